"""Addresses below `/accounts/` that allauth does not have; asked before its own."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("second-factor/", views.second_factor, name="account_second_factor"),
    path("sessions/<int:number>/end/", views.end_session, name="account_end_session"),
    path(
        "2fa/recovery-codes/confirm/",
        views.confirm_recovery_codes,
        name="account_confirm_recovery_codes",
    ),
]
