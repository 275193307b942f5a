"""Draws the fields of the desk's forms in one go: a page of staff's has a hundred of them."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.forms import BaseForm, BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

MUST = ' <span class="desk-must">(필수)</span>'


def draw_fields(form: BaseForm | Iterable[BoundField]) -> SafeString:
    """Answer all fields one below the other, with what is wrong with the form as a whole first.

    Some of a form's fields can be drawn as well, where the others stand apart.
    """
    wrong = form.non_field_errors() if isinstance(form, BaseForm) else None
    parts = [f'<div class="desk-note desk-note--error" role="alert">{wrong}</div>'] if wrong else []
    parts += [str(one) if one.is_hidden else draw_field(one) for one in form]
    return SafeString("\n".join(parts))


def draw_field(bound: BoundField, *, says_must: bool = True) -> SafeString:
    """Answer one field: its name, how to fill it in, itself, and what is wrong with it."""
    of, name = escape(bound.id_for_label), conditional_escape(bound.label)
    must = MUST if says_must and bound.field.required else ""
    return SafeString(
        f'<div class="desk-field"><label for="{of}">{name}{must}</label>'
        f"{_hint(bound)}{bound}{draw_errors(bound)}</div>"
    )


def _hint(bound: BoundField) -> str:
    if not bound.help_text:
        return ""
    told = conditional_escape(bound.help_text)
    return f'<p class="desk-help" id="{escape(bound.auto_id)}_helptext">{told}</p>'


def draw_errors(bound: BoundField) -> SafeString:
    wrong: Any = bound.errors
    said = (f'<p class="desk-error" role="alert">{conditional_escape(one)}</p>' for one in wrong)
    return SafeString("".join(said))


def draw_choices(bound: BoundField) -> SafeString:
    """Answer boxes or circles to tick, each within its label."""
    choices: Any = bound
    return SafeString("".join(_choice(one) for one in choices))


def _choice(one: Any) -> str:
    of, name = escape(one.id_for_label), conditional_escape(one.choice_label)
    return f'<label for="{of}">{one.tag()}{name}</label>'
