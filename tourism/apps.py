"""Registers the app with Django."""

from django.apps import AppConfig


class TourismConfig(AppConfig):
    name = "tourism"
    verbose_name = "관광"
    is_policy_area = True
