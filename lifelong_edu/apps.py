"""Registers the app with Django."""

from django.apps import AppConfig


class LifelongEduConfig(AppConfig):
    name = "lifelong_edu"
    verbose_name = "평생교육"
    is_policy_area = True
