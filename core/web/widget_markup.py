"""Draws Django's own form fields without templates: the same markup, sign by sign.

A select of a few choices is a template for each of them; a page of staff's with twenty forms spent
a third of its time there. What is drawn here is what `django/forms/widgets` says; every other
template is drawn by Django. Tests hold both against each other.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.safestring import SafeString

from core.web.wording import safe

PLACE = "django/forms/widgets/"
INPUTS = (
    *("input", "text", "number", "email", "url", "password", "hidden", "file", "date"),
    *("datetime", "time", "search", "tel", "color", "checkbox"),
)
OPTIONS = ("input_option", "checkbox_option", "radio_option")
OPTION = f"{PLACE}select_option.html"


class WidgetRenderer(DjangoTemplates):
    """Django's renderer, which draws the commonest fields at once (`FORM_RENDERER`)."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> Any:
        draw = DRAWN.get(template_name)
        drawn = draw(context["widget"]) if draw is not None else None
        if drawn is None:
            return super().render(template_name, context, request)
        return SafeString(drawn)


def draw_input(widget: Mapping[str, Any]) -> str:
    value = widget.get("value")
    told = "" if value is None else f' value="{_as_text(value)}"'
    name = safe(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{told}{_attributes(widget)}>'


def draw_option(widget: Mapping[str, Any]) -> str:
    """Draw a box or a circle to tick, with its label around it where that is wanted."""
    drawn = draw_input(widget)
    if not widget.get("wrap_label"):
        return drawn
    of = widget["attrs"].get("id")
    told = f' for="{_shown(of)}"' if of else ""
    return f"<label{told}>{drawn}\n {_shown(widget['label'])}</label>"


def draw_textarea(widget: Mapping[str, Any]) -> str:
    value = _shown(widget["value"]) if widget["value"] else ""
    name = safe(widget["name"])
    return f'<textarea name="{name}"{_attributes(widget)}>\n{value}</textarea>'


def draw_select(widget: Mapping[str, Any]) -> str | None:
    """Draw a list to choose from, unless its choices are drawn in a way of their own."""
    if any(one["template_name"] != OPTION for _, group, _ in widget["optgroups"] for one in group):
        return None
    name = safe(widget["name"])
    choices = "".join(_groups(widget["optgroups"]))
    return f'<select name="{name}"{_attributes(widget)}>{choices}\n</select>'


def _groups(groups: Any) -> Iterator[str]:
    for title, options, _ in groups:
        if title:
            yield f'\n  <optgroup label="{_shown(title)}">'
        for one in options:
            yield (
                f'\n  <option value="{_as_text(one["value"])}"{_attributes(one)}>'
                f"{_shown(one['label'])}</option>\n"
            )
        if title:
            yield "\n  </optgroup>"


def _attributes(widget: Mapping[str, Any]) -> str:
    return "".join(
        [
            f" {safe(name)}" if value is True else f' {safe(name)}="{_as_text(value)}"'
            for name, value in widget["attrs"].items()
            if value is not False
        ]
    )


def _as_text(value: Any) -> str:
    """Say a value as it is, whatever the language: `stringformat:'s'`."""
    return safe(value if isinstance(value, str) else str(value))


def _shown(value: Any) -> str:
    """Say a value as a template shows it: in the language of the page."""
    return safe(value if isinstance(value, str) else localize(value))


DRAWN: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = {
    **{f"{PLACE}{name}.html": draw_input for name in INPUTS},
    **{f"{PLACE}{name}.html": draw_option for name in OPTIONS},
    f"{PLACE}textarea.html": draw_textarea,
    f"{PLACE}select.html": draw_select,
}
