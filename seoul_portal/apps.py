"""Registers the app with Django."""

from django.apps import AppConfig


class SeoulPortalConfig(AppConfig):
    name = "seoul_portal"
    verbose_name = "서울 시민 서비스 포털"
