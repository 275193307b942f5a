"""Registers the app with Django."""

from django.apps import AppConfig


class Portal50Config(AppConfig):
    name = "portal50"
    verbose_name = "50플러스"
    is_policy_area = True
