"""Registers the app with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "core.cases"
    label = "cases"
    verbose_name = "신청과 민원"
