"""Registers the app with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "core.search"
    verbose_name = "통합 검색"
