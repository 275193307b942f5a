"""What the desk draws itself in unfold's pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from core.desk import fields
from core.desk.list_pages import draw_page
from core.desk.page_frames import draw_around
from core.desk.rows import draw_rows, is_plain

register = template.Library()
# What unfold's script would write into a style attribute, which the portal's policy refuses.
WIDTH_BY_ATTRIBUTE = "x-bind:style=\"'width: ' + changeListWidth + 'px'\""
WIDTH_BY_PROPERTY = "x-bind:style=\"{ width: changeListWidth + 'px' }\""


@register.simple_tag(takes_context=True)
def rows_are_plain(context: dict[str, Any], cl: Any) -> bool:
    """Say whether there are rows, and our own way draws all that they hold."""
    return bool(cl.result_list) and is_plain(cl, context.get("actions_row"))


@register.filter
def width_by_property(drawn: SafeString) -> SafeString:
    """Let the bar of actions be as wide as its list without a style attribute."""
    return SafeString(drawn.replace(WIDTH_BY_ATTRIBUTE, WIDTH_BY_PROPERTY))


@register.simple_tag
def plain_rows(cl: Any) -> SafeString:
    return draw_rows(cl)


@register.simple_tag(takes_context=True)
def desk_menu(context: dict[str, Any]) -> SafeString:
    """Draw the menu as the site says, if it does; the token is for the form that signs out."""
    draw = context.get("draw_menu") if context.get("has_permission") else None
    return draw(str(context.get("csrf_token", ""))) if draw else SafeString("")


@register.simple_tag(takes_context=True)
def drawn_list(context: dict[str, Any]) -> SafeString:
    return draw_page(context)


@register.simple_block_tag(takes_context=True)
def framed(context: dict[str, Any], content: str) -> SafeString:
    """Draw the desk's frame around a page of our own."""
    return draw_around(context, SafeString(content))


@register.simple_tag
def desk_fields(form: BaseForm | Iterable[BoundField]) -> SafeString:
    return fields.draw_fields(form)


@register.simple_tag
def desk_field(bound: BoundField) -> SafeString:
    """Draw a field of a form in which nothing has to be told."""
    return fields.draw_field(bound, says_must=False)


@register.simple_tag
def desk_choices(bound: BoundField) -> SafeString:
    return fields.draw_choices(bound)


@register.simple_tag
def desk_errors(bound: BoundField) -> SafeString:
    return fields.draw_errors(bound)
