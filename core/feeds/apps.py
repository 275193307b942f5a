"""Registers the app with Django."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "core.feeds"
    verbose_name = "자료 수신"
