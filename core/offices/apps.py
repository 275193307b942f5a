"""Registers the app with Django."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "core.offices"
    label = "offices"
    verbose_name = "기관"
