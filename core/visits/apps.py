"""Registers the app with Django."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "core.visits"
    label = "visits"
    verbose_name = "이용 횟수"
