"""Draws a component once for the same words: most of what surrounds a list never changes.

Only for components that follow from their arguments and the language alone. What somebody typed
is drawn each time, so that no memory holds a person's words.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def drawn(template: str, **told: Any) -> SafeString:
    """Answer the component's markup; arguments are texts, numbers, or lists of these."""
    plain = tuple((name, _plain(value)) for name, value in told.items())
    # Whoever works at a template wants to see it change.
    draw = _draw.__wrapped__ if settings.DEBUG else _draw
    return draw(template, get_language() or "", plain)


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
