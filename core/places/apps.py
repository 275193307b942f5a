"""Registers the app with Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "core.places"
    verbose_name = "장소"
