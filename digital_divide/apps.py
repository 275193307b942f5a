"""Registers the app with Django."""

from django.apps import AppConfig


class DigitalDivideConfig(AppConfig):
    name = "digital_divide"
    verbose_name = "디지털 포용"
    is_policy_area = True
