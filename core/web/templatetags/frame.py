"""Head and foot of every page, drawn once for all pages on which the same of it is marked.

What differs from page to page are three addresses in the head; they are filled in each time.
"""

from collections.abc import Callable
from typing import Any, cast

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.web.drawn import drawn, filled, holes

register = template.Library()

ADDRESSES = ("korean_url", "english_url", "here")
Mark = tuple[object, ...]
# As many as there are lines in the navigation, languages, and ways to be signed in.
_drawn: dict[Mark, str] = {}


@register.simple_tag
def frame_styles() -> SafeString:
    return drawn("core/frame/styles.html")


@register.simple_tag(takes_context=True)
def frame_header(context: Context) -> SafeString:
    told = _flat(context)
    area, link = told.get("current_area"), told.get("current_link")
    is_here = told["request"].path in {getattr(one, "url", None) for one in (area, link)}
    mark = ("header", *_common(told), area and area.url, link and link.url, is_here)
    marked = told | holes(ADDRESSES)
    text = _kept(mark, lambda: render_to_string("core/frame/header.html", marked))
    return filled(text, {name: told[name] for name in ADDRESSES})


@register.simple_tag(takes_context=True)
def frame_footer(context: Context) -> SafeString:
    told = _flat(context)
    mark = ("footer", *_common(told), told.get("contact_phone"), told.get("contact_email"))
    return SafeString(_kept(mark, lambda: render_to_string("core/frame/footer.html", told)))


def _flat(context: Context) -> dict[str, Any]:
    return cast(dict[str, Any], context.flatten())


def _common(told: dict[str, Any]) -> Mark:
    """Answer what all of the frame follows from; the navigation by what it leads to."""
    areas = told.get("navigation") or ()
    ways = tuple(area.url for area in areas)
    return (told.get("language"), told.get("is_signed_in"), told.get("official"), ways)


def _kept(mark: Mark, draw: Callable[[], str]) -> str:
    # Whoever works at a template wants to see it change.
    if settings.DEBUG or (text := _drawn.get(mark)) is None:
        text = _drawn[mark] = draw()
    return text
