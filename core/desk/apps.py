"""Registers the app with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "core.desk"
    verbose_name = "직원 화면"
