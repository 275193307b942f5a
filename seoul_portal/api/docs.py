"""Pages that tell how to use the API, and let anybody try it without a script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core.web.public import public
from seoul_portal.api.description import operations

IN_PATH = re.compile(r"\{(\w+)\}")
EXAMPLE = "/api/v1/facilities/?district=%EA%B0%95%EB%82%A8%EA%B5%AC"
# The order in which they are told; what is not named here comes last.
GROUPS = ("facilities", "search", "hsds")


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API with a form to try it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[dict[str, Any], ...]

    @property
    def form(self) -> forms.Form:
        fields = {one["name"]: _field(one) for one in self.parameters}
        made: type[forms.Form] = type("TryForm", (forms.Form,), fields)
        return made(auto_id=f"{self.id}-%s")


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: str
    operations: tuple[Operation, ...]


@public(max_age=3600)
def api_docs(request: HttpRequest) -> HttpResponse:
    language = get_language() or "ko"
    return render(
        request,
        "seoul_portal/api_docs.html",
        {"groups": _groups(language), "rate": settings.API_RATE, "example": EXAMPLE},
    )


@public(max_age=3600)
def try_out(request: HttpRequest) -> HttpResponse:
    """Lead from a filled form to the address it makes: some have a blank in their path.

    What names no operation leads back to the forms.
    """
    given = {name: str(value) for name, value in request.GET.items() if value}
    asked = _operation(given.pop("operation", ""))
    if asked is None:
        return redirect("api-docs")
    path = IN_PATH.sub(lambda found: quote(given.pop(found[1], "-"), safe=""), asked.path)
    known = {one["name"] for one in asked.parameters}
    query = urlencode({name: value for name, value in given.items() if name in known})
    return HttpResponseRedirect(f"{path}?{query}" if query else path)


def _operation(wanted: str) -> Operation | None:
    groups = _groups("ko")
    return next((one for group in groups for one in group.operations if one.id == wanted), None)


@lru_cache(maxsize=2)
def _groups(language: str) -> tuple[Group, ...]:
    with override(language):  # it is kept for every page in this language, whichever page asked
        titles = {
            "facilities": _("복지시설"),
            "search": _("검색"),
            "hsds": "HSDS 3.0 (Open Referral)",
        }
    found: dict[str, list[Operation]] = {}
    for told in operations(language):
        found.setdefault(told["tags"][0], []).append(_read(told))
    order = sorted(found, key=lambda tag: (tag not in GROUPS, *_place(tag)))
    return tuple(Group(tag, titles.get(tag, tag), tuple(found[tag])) for tag in order)


def _place(tag: str) -> Iterator[int]:
    yield GROUPS.index(tag) if tag in GROUPS else 0


def _read(told: dict[str, Any]) -> Operation:
    return Operation(
        id=told["operationId"],
        method=told["method"],
        path=told["path"],
        summary=told["summary"],
        description=told.get("description", ""),
        parameters=tuple(told.get("parameters", ())),
    )


def _field(told: dict[str, Any]) -> forms.Field:
    schema = told["schema"]
    common: dict[str, Any] = {
        "label": told["name"],
        "required": told.get("required", False),
        "help_text": told.get("description", ""),
    }
    if options := schema.get("enum") or (["true", "false"] if schema["type"] == "boolean" else []):
        return forms.ChoiceField(choices=[("", "-"), *((one, one) for one in options)], **common)
    if schema["type"] == "integer":
        return forms.IntegerField(
            min_value=schema.get("minimum"), max_value=schema.get("maximum"), **common
        )
    return forms.CharField(**common)
