"""Which pages of the admin answer about people: also by a number, a refusal or an empty list.

Whoever must say why is asked before these are answered at all; elsewhere only when a row about
somebody is read (`core.records.reading`).
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest

from core.records.registry import watched_tables

AUTOCOMPLETE = "autocomplete"
LISTS = {"changelist": "목록", "export": "목록 내려받기"}
# How Django's admin says in which way a field is searched.
SEARCH_SIGNS = "^=@"


def is_about_people(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or "admin" not in match.namespaces:
        return False
    name = match.url_name or ""
    if name == AUTOCOMPLETE:
        return _offers_people(request)
    return any(name.startswith(prefix) for prefix in _prefixes())


@cache
def _prefixes() -> tuple[str, ...]:
    """Answer how the names of these pages' addresses begin: `accounts_user_`."""
    return tuple(
        f"{model._meta.app_label}_{model._meta.model_name}_"
        for model, desk in admin.site._registry.items()  # noqa: SLF001
        if getattr(desk, "is_about_people", False)
        or _is_watched(model)
        or any(map(_is_watched, _looked_through(model, desk)))
    )


def listing_of(request: HttpRequest) -> str:
    """Answer what a list of the admin is called, or what is taken along of it; "" elsewhere."""
    match = request.resolver_match
    if match is None or "admin" not in match.namespaces:
        return ""
    model, _, what = (match.url_name or "").rpartition("_")
    title = _titles().get(model)
    return f"{title} {LISTS[what]}" if title and what in LISTS else ""


@cache
def _titles() -> dict[str, str]:
    return {
        f"{model._meta.app_label}_{model._meta.model_name}": str(model._meta.verbose_name_plural)
        for model in admin.site._registry  # noqa: SLF001
    }


@cache
def titles_of_lists() -> dict[str, str]:
    """Answer, for what a list of the admin is called, whose records it shows ("app.Model")."""
    return {
        str(model._meta.verbose_name_plural): model._meta.label
        for model in admin.site._registry  # noqa: SLF001
        if _is_watched(model)
    }


def _is_watched(model: Any) -> bool:
    return model._meta.db_table in watched_tables()


def _looked_through(model: Any, desk: Any) -> Iterator[Any]:
    """Yield the models through which a list is searched and filtered."""
    paths = [*desk.search_fields, *(one for one in desk.list_filter if isinstance(one, str))]
    for path in paths:
        reached = model
        for part in path.lstrip(SEARCH_SIGNS).split(LOOKUP_SEP):
            try:
                reached = reached._meta.get_field(part).related_model
            except FieldDoesNotExist:  # a transform or a lookup: the way ends before it
                break
            if reached is None:
                break
            yield reached


def _offers_people(request: HttpRequest) -> bool:
    """Say whether the field for which something is looked up names people; so does a wrong one."""
    asked = request.GET
    try:
        model: Any = apps.get_model(asked.get("app_label", ""), asked.get("model_name", ""))
        return _is_watched(model._meta.get_field(asked.get("field_name", "")).related_model)
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return True
