"""Registers the app with Django."""

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "core.sandbox"
    verbose_name = "내장 실행 환경"
