"""Finds what every app declares to hold about people, and refuses what contradicts itself."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from core.areas import policy_areas
from core.records.declaration import Erasure, Holding


@cache
def declared_holdings() -> tuple[Holding, ...]:
    """Answer the holdings of areas (`AREA.holdings`) and of all other apps (`holdings.HOLDINGS`).

    Raises ImproperlyConfigured for a model that is declared twice, a field or person that the
    model has not, and a row that stays without naming the law.
    """
    found = [*_of_rooms(), *(one for area in policy_areas() for one in area.holdings)]
    for one in found:
        _check(one)
    names = [one.model for one in found]
    if len(set(names)) != len(names):
        raise ImproperlyConfigured(f"Two holdings declare the same model: {sorted(names)}")
    return tuple(found)


def _of_rooms() -> Iterator[Holding]:
    for config in apps.get_app_configs():
        if getattr(config, "is_policy_area", False):
            continue
        if config.name.startswith(("core.", "accounts")) and find_spec(f"{config.name}.holdings"):
            yield from import_module(f"{config.name}.holdings").HOLDINGS


def _check(one: Holding) -> None:
    model = apps.get_model(one.model)
    held = {field.name for field in model._meta.get_fields()}
    if unknown := sorted(set(one.fields) - held):
        raise ImproperlyConfigured(f"Holding {one.model}: no such field: {', '.join(unknown)}")
    if one.erasure is not Erasure.DELETE and not one.law:
        raise ImproperlyConfigured(f"Holding {one.model}: it stays, and names no law.")
    if one.keep is not None and one.kept_from not in held:
        raise ImproperlyConfigured(f"Holding {one.model}: kept from a field that it has not.")
