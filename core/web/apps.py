"""Registers the app with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "core.web"
    verbose_name = "화면"
