"""Registers the app with Django."""

from django.apps import AppConfig


class CultureConfig(AppConfig):
    name = "culture"
    verbose_name = "문화행사"
    is_policy_area = True
