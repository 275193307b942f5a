"""Registers the app with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "core.notices"
    label = "notices"
    verbose_name = "알림"
