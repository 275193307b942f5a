"""What the desk's lists draw themselves in unfold's pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from core.desk.list_pages import draw_page
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
    """Draw the menu as the site says; the token is for the form that signs out."""
    markup: SafeString = context["draw_menu"](str(context.get("csrf_token", "")))
    return markup


@register.simple_tag(takes_context=True)
def drawn_list(context: dict[str, Any]) -> SafeString:
    return draw_page(context)
