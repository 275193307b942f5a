"""The design system's components as template tags: the Python signature is the contract."""

from django import template

register = template.Library()
