"""Draws a component once for the same words: most of what surrounds a list never changes.

Only for components that follow from their arguments and the language alone. What somebody typed
is drawn each time, or filled in each time where a component leaves a hole for it, so that no
memory holds a person's words.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.web.kept import kept

HOLE = re.compile("@@([a-z_]+)@@")


def drawn(template: str, **told: Any) -> SafeString:
    """Answer the component's markup; arguments are texts, numbers, or lists of these."""
    plain = tuple((name, _plain(value)) for name, value in told.items())
    # Whoever works at a template wants to see it change.
    draw = _draw.__wrapped__ if settings.DEBUG else _draw
    return draw(template, get_language() or "", plain)


def drawn_around(template: str, told: Mapping[str, str], **always: Any) -> SafeString:
    """Answer the component's markup, drawn once, with what differs each time filled in."""
    return filled(drawn(template, **always, **holes(told)), told)


def drawn_from_data(key: str, draw: Callable[[], SafeString]) -> SafeString:
    """Answer what follows from published data, the key and the language: drawn once a revision."""
    if settings.DEBUG:
        return draw()
    return kept.get(f"{key}|{get_language()}", draw)


def holes(names: Iterable[str]) -> dict[str, SafeString]:
    """Answer marks that a template takes instead of what is filled in later."""
    return {name: SafeString(f"@@{name}@@") for name in names}


def filled(markup: str, told: Mapping[str, str]) -> SafeString:
    """Fill the holes in one pass; what is filled in is escaped, and never looked through again."""
    return SafeString(HOLE.sub(lambda hole: _in_hole(hole, told), markup))


def _in_hole(hole: re.Match[str], told: Mapping[str, str]) -> str:
    """A text that only looks like a hole stays as it is."""
    return conditional_escape(told[hole[1]]) if hole[1] in told else hole[0]


@lru_cache(maxsize=512)
def _draw(template: str, language: str, told: tuple[tuple[str, Any], ...]) -> SafeString:
    return SafeString(render_to_string(template, dict(told)))


def _plain(value: Any) -> Any:
    """Escape before comparing: as keys, a text and the same letters as markup are one."""
    if isinstance(value, str | Promise):
        return conditional_escape(str(value) if isinstance(value, Promise) else value)
    if isinstance(value, list | tuple):
        return tuple(_plain(one) for one in value)
    return value
