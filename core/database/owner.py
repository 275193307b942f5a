"""Lets a command work as the tables' owner, where the installation has one apart."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

WHOSE = ("USER", "PASSWORD", "HOST", "PORT")


def has_owner() -> bool:
    """Say whether the settings of this process name an owner who is not the application."""
    owner = settings.DATABASE_OWNER
    return owner is not None and owner["USER"] != settings.DATABASES["default"]["USER"]


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the owner; as who we are, where there is no other. Not within a transaction."""
    owner = settings.DATABASE_OWNER
    if owner is None or not has_owner():
        yield
        return
    with connected_as(owner):
        yield


@contextmanager
def connected_as(whose: Mapping[str, Any]) -> Iterator[None]:
    """Let this thread's connection be another role's, out of the pool, which stays as it is."""
    before = connection.settings_dict
    options = {name: value for name, value in before["OPTIONS"].items() if name != "pool"}
    connection.close()
    connection.settings_dict = {
        **before,
        **{name: whose[name] for name in WHOSE},
        "OPTIONS": options | whose["OPTIONS"],
    }
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before
