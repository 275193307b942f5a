"""Registers the app with Django."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "core.records"
    label = "records"
    verbose_name = "개인정보"
