"""Registers the app with Django."""

from django.apps import AppConfig


class WelfareConfig(AppConfig):
    name = "welfare"
    verbose_name = "복지"
    is_policy_area = True
