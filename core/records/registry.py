"""Finds what every app declares to hold about people, and refuses what contradicts itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import CharField, F, Field, Model, TextField

from core.areas import policy_areas
from core.records.declaration import Erasure, Holding
from core.records.watches import Watch


@cache
def declared_holdings() -> tuple[Holding, ...]:
    """Answer the holdings of areas (`AREA.holdings`) and of all other apps (`holdings.HOLDINGS`).

    Raises ImproperlyConfigured for what is declared twice, a field or person that the model has
    not, a row that stays without naming the law, and one whose reading is not told without a
    reason.
    """
    found = [*_of_rooms(), *(one for area in policy_areas() for one in area.holdings)]
    for one in found:
        check(one)
    names = [(one.model, one.person) for one in found]
    if len(set(names)) != len(names):
        raise ImproperlyConfigured(f"Two holdings declare the same model: {sorted(names)}")
    return tuple(found)


def _of_rooms() -> Iterator[Holding]:
    for config in apps.get_app_configs():
        if getattr(config, "is_policy_area", False):
            continue
        if config.name.startswith(("core.", "accounts")) and find_spec(f"{config.name}.holdings"):
            yield from import_module(f"{config.name}.holdings").HOLDINGS


def model_of(holding: Holding) -> type[Model]:
    return apps.get_model(holding.model)


def titles_of(models: Sequence[str]) -> list[str]:
    """Answer what holdings are called; one that is declared no more by its model's name."""
    known = {one.model: str(one.title) for one in reversed(declared_holdings())}
    return [known.get(model, model) for model in models]


def check(one: Holding) -> None:
    """Raise ImproperlyConfigured where a declaration contradicts its model, or itself."""
    held = {field.name for field in model_of(one)._meta.get_fields()}
    if unknown := sorted({*one.fields, *one.emptied} - held):
        raise ImproperlyConfigured(f"Holding {one.model}: no such field: {', '.join(unknown)}")
    path_to_person(one)
    if one.erasure is not Erasure.DELETE and not one.law:
        raise ImproperlyConfigured(f"Holding {one.model}: it stays, and names no law.")
    if one.keep is not None and kept_from(one) is None:
        raise ImproperlyConfigured(f"Holding {one.model}: kept from a field that it has not.")
    if one.erasure is Erasure.ANONYMISE:
        emptied(one)
    if one.rows_by and (one.is_watched or one.person not in held):
        raise ImproperlyConfigured(f"Holding {one.model}: rows without a key cannot be watched.")
    if not one.is_watched and not one.unwatched_because:
        raise ImproperlyConfigured(f"Holding {one.model}: who reads it is not told, and not why.")


def kept_from(one: Holding) -> Any:
    """Answer the field that says since when rows are kept, also across a relation; or None."""
    model: Any = model_of(one)
    field: Any = None
    for name in one.kept_from.split("__"):
        try:
            field = model._meta.get_field(name)
        except (FieldDoesNotExist, AttributeError):
            return None
        model = field.related_model
    return field if isinstance(field, Field) else None


def path_to_person(one: Holding) -> list[Any]:
    """Answer the foreign keys from the model to its person; empty where no key leads there."""
    model: Any = model_of(one)
    path: list[Any] = []
    if one.person == "pk" or one.rows_by:
        return path
    for name in one.person.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist as fault:
            raise ImproperlyConfigured(f"Holding {one.model}: {fault}") from fault
        if not isinstance(field, Field) or field.related_model is None:
            raise ImproperlyConfigured(f"Holding {one.model}: {name} leads to no model.")
        path.append(field)
        model = field.related_model
    return path


def emptied(holding: Holding) -> dict[str, Any]:
    """Answer what an anonymised row holds: nothing personal, and no way back to the person."""
    meta, path = model_of(holding)._meta, path_to_person(holding)
    left = [name for name in holding.fields if name not in holding.emptied]
    empty = {name: _empty_of(meta.get_field(name)) for name in left}
    if len(path) == 1 and path[0].null:
        empty[path[0].name] = None
    changed = {**empty, **holding.emptied}
    # What stays as it is, is not written: on a table that only grows nobody may.
    return {name: to for name, to in changed.items() if to != F(name)}


def _empty_of(field: Any) -> Any:
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    if isinstance(field, CharField | TextField):
        return ""
    raise ImproperlyConfigured(f"{field}: say in `emptied` what an anonymised row holds.")


@cache
def watched_tables() -> dict[str, tuple[Watch, ...]]:
    """Answer, by table, what reading to tell people of; nothing before the apps are loaded."""
    watches: dict[str, tuple[Watch, ...]] = {}
    for one in declared_holdings():
        if one.is_watched:
            made = watch_of(one)
            others = watches.get(made.table, ())
            watches[made.table] = (*others, replace(made, is_second=bool(others)))
    return watches


def watch_of(one: Holding) -> Watch:
    meta, path = model_of(one)._meta, path_to_person(one)
    told = [meta.get_field(name) for name in one.fields]
    return Watch(
        holding=one.model,
        table=meta.db_table,
        columns=frozenset(
            field.column for field in told if isinstance(field, Field) and field.column
        ),
        person=path[0].name if path else str(meta.pk.name if meta.pk else "id"),
        onward="__".join(one.person.split("__")[1:]),
        between=path[0].related_model._meta.label if path[1:] else "",
    )
