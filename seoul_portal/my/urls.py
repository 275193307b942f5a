"""Addresses below `/my/`: never public, never kept by anybody."""

from django.urls import path

from seoul_portal.my import home, notice_settings, notices

urlpatterns = [
    path("", home.my_home, name="my-home"),
    path("notices/", notices.notice_list, name="my-notices"),
    path("notices/<int:number>/open/", notices.notice_open, name="my-notice-open"),
    path("notices/settings/", notice_settings.notice_settings, name="my-notice-settings"),
    path("notices/settings/phone/", notice_settings.notice_phone, name="my-notice-phone"),
    path("notices/settings/browser/", notice_settings.notice_browser, name="my-notice-browser"),
    path("notices/settings/again/", notice_settings.forgive, name="my-notice-forgive"),
]
