"""Finds the messages of every app, and refuses silence, duplicates and texts that do not hold."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from core.notices.declaration import Notice, NoticePurpose
from core.notices.enums import Language

SLUG = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9-]*)?")
PURPOSE_SLUG = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)?")
LONGEST_SLUG, LONGEST_TEMPLATE_CODE = 60, 20
PARTS = ("subject", "body", "short", "reason")
# What an AlimTalk template may be filled with besides the facts of its message.
ADDRESSES = frozenset({"link", "stop"})


class UnknownNotice(Exception):
    """No app declares this message, or this purpose, any more."""


@cache
def declared_notices() -> dict[str, type[Notice]]:
    """Answer every message by its slug; raises ImproperlyConfigured for a wrong declaration."""
    found: dict[str, type[Notice]] = {}
    for module in _modules():
        for notice in _of(module):
            check(notice)
            if notice.slug in found:
                raise ImproperlyConfigured(f"Two messages are called {notice.slug}.")
            found[notice.slug] = notice
    return found


@cache
def declared_purposes() -> dict[str, NoticePurpose]:
    """Answer every purpose that a message has, by its slug."""
    found: dict[str, NoticePurpose] = {}
    for notice in declared_notices().values():
        purpose = found.setdefault(notice.purpose.slug, notice.purpose)
        if purpose is not notice.purpose:
            raise ImproperlyConfigured(f"Two purposes are called {purpose.slug}.")
        check_purpose(purpose)
    return found


def get_notice(slug: str) -> type[Notice]:
    try:
        return declared_notices()[slug]
    except KeyError as fault:
        raise UnknownNotice(slug) from fault


def get_purpose(slug: str) -> NoticePurpose:
    try:
        return declared_purposes()[slug]
    except KeyError as fault:
        raise UnknownNotice(slug) from fault


def _modules() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.notices"):
            yield import_module(f"{config.name}.notices")


def _of(module: ModuleType) -> tuple[type[Notice], ...]:
    """Answer what a module lists as NOTICES; one that holds messages and lists none is refused."""
    listed: tuple[type[Notice], ...] = getattr(module, "NOTICES", ())
    held = {
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Notice)
        and thing.__module__ == module.__name__
    }
    if silent := sorted(thing.__name__ for thing in held - set(listed)):
        raise ImproperlyConfigured(f"{module.__name__}: not in NOTICES: {', '.join(silent)}")
    return listed


def check(notice: type[Notice]) -> None:
    """Raise ImproperlyConfigured where a message could not be told, in either language."""
    name = notice.__qualname__
    for part in ("slug", "purpose", *PARTS):
        if not getattr(notice, part, None):
            raise ImproperlyConfigured(f"Message {name} says no {part}.")
    if not SLUG.fullmatch(notice.slug) or len(notice.slug) > LONGEST_SLUG:
        raise ImproperlyConfigured(f"Message {name}: {notice.slug!r} is no slug (app.what-it-is).")
    for language in Language.values:
        with translation.override(language):
            for part in PARTS:
                _check_text(notice, part)
    if notice.alimtalk is not None:
        unknown = set(notice.alimtalk.variables) - set(notice.words(notice.sample)) - ADDRESSES
        codes = [notice.alimtalk.code_in(language) for language in Language.values]
        if unknown or max(map(len, codes)) > LONGEST_TEMPLATE_CODE:
            raise ImproperlyConfigured(
                f"Message {name}: its AlimTalk template has a code that is too long, or variables "
                f"that are no facts: {', '.join(sorted(unknown))}"
            )
        if notice.purpose.can_be_silenced and "stop" not in notice.alimtalk.variables:
            raise ImproperlyConfigured(f"Message {name}: its AlimTalk template has no stop link.")


def _check_text(notice: type[Notice], part: str) -> None:
    try:
        text = notice.says(part, notice.sample)
        if part == "short":
            text.encode("euc-kr")
    except (KeyError, ValueError, TypeError) as fault:
        raise ImproperlyConfigured(
            f"Message {notice.__qualname__}: its {part} cannot be said ({fault!r})."
        ) from fault


def check_purpose(purpose: NoticePurpose) -> None:
    if not PURPOSE_SLUG.fullmatch(purpose.slug) or len(purpose.slug) > LONGEST_SLUG:
        raise ImproperlyConfigured(f"Purpose {purpose.slug!r} has no proper slug.")
    if (purpose.is_compulsory or purpose.is_urgent) and not purpose.because:
        raise ImproperlyConfigured(f"Purpose {purpose.slug} says not why it cannot be put off.")
