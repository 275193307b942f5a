"""Addresses below `/my/`: never public, never kept by anybody."""

from django.urls import path

from seoul_portal.my import home, profile

urlpatterns = [
    path("", home.my_home, name="my-home"),
    path("profile/", profile.my_profile, name="my-profile"),
    path(
        "profile/withdraw/<str:purpose>/", profile.my_profile_withdraw, name="my-profile-withdraw"
    ),
    path("profile/<slug:group>/", profile.my_profile_group, name="my-profile-group"),
    path("profile/<slug:group>/forget/", profile.my_profile_forget, name="my-profile-forget"),
]
