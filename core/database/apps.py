"""Registers the app with Django."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "core.database"
    label = "database"
    verbose_name = "데이터베이스"
