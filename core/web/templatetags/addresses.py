"""Addresses in lists."""

from django import template

from core.web.addresses import address_of

register = template.Library()


@register.simple_tag
def list_address(name: str, *args: str | int) -> str:
    """Say where a page is that every line of a list leads to; never one about somebody."""
    return address_of(name, *args)
