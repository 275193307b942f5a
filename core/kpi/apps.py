"""Registers the app with Django."""

from django.apps import AppConfig


class KpiConfig(AppConfig):
    name = "core.kpi"
    label = "kpi"
    verbose_name = "지표"
