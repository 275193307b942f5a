"""Finds the purposes that apps declare (`<app>/purposes.py`: PURPOSES), each slug once."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from core.records.declaration import Purpose

OWN = "core.records"  # whose `purposes` is this module


class UnknownPurpose(LookupError):
    """Nobody declares this purpose; the message holds its slug."""


@cache
def declared_purposes() -> dict[str, Purpose]:
    found: dict[str, Purpose] = {}
    for config in apps.get_app_configs():
        if config.name == OWN or find_spec(f"{config.name}.purposes") is None:
            continue
        for one in import_module(f"{config.name}.purposes").PURPOSES:
            if one.slug in found:
                raise ImproperlyConfigured(f"Two purposes are called {one.slug!r}.")
            if not 1 <= one.oldest_valid <= one.version:
                raise ImproperlyConfigured(f"Purpose {one.slug!r}: its versions contradict.")
            found[one.slug] = one
    return found


def get_purpose(slug: str) -> Purpose:
    """Answer the declared purpose; raises UnknownPurpose."""
    try:
        return declared_purposes()[slug]
    except KeyError:
        raise UnknownPurpose(slug) from None
