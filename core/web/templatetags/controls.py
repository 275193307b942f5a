"""Forms and filters as template tags: label, hint and error beside the control, and a summary."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from core.web.drawn import drawn
from core.web.filters import PlainSelect
from core.web.wording import korean_marked

register = template.Library()

Text = str | Promise
Choices = Iterable[tuple[str, Text]]


@register.simple_tag
def field(bound: BoundField, *, label: Text = "", hint: Text = "") -> SafeString:
    """One question of a form; optional questions say so, required ones need no star."""
    widget = bound.field.widget
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    hint = korean_marked(str(hint or bound.help_text))
    described = [f"{bound.auto_id}_hint"] if hint else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    # The group's own id stands on its fieldset, where the summary of errors leads.
    group = {"id": f"{bound.auto_id}_choice"}
    attributes: dict[str, Any] = group if is_group else {"class": _control_class(bound)}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors and not is_group:
        attributes["aria-invalid"] = "true"
    told = {
        "label": label or bound.label,
        "control": bound.as_widget(attrs=attributes),
        "hint": hint,
        "error": korean_marked(str(bound.errors[0])) if bound.errors else "",
        "auto_id": bound.auto_id,
        "id_for_label": bound.id_for_label,
        "is_required": bound.field.required,
        "is_group": is_group,
        "is_checkbox": isinstance(widget, CheckboxInput),
        "described_by": " ".join(described),
    }
    # A choice of known things says nothing of anybody; a line to type may.
    is_typed = not isinstance(widget, PlainSelect) and bool(bound.value())
    if is_typed or bound.errors:
        return render_to_string("components/field.html", told)
    return drawn("components/field.html", **told)


def _control_class(bound: BoundField) -> str:
    if bound.field.widget.__class__.__name__.endswith("Select"):
        return "krds-form-select"
    return "" if isinstance(bound.field.widget, CheckboxInput) else "krds-input"


@register.inclusion_tag("components/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """All questions of a form in order, hidden ones included."""
    return {"form": form}


@register.inclusion_tag("components/error_summary.html")
def error_summary(
    form: BaseForm, *, heading: int = 2, take_focus: bool = True
) -> dict[str, object]:
    """What is wrong, above the form, in a box that takes the focus; lines lead to the fields."""
    wrong = [(bound, bound.errors) for bound in form if bound.errors]
    return {
        "general": form.non_field_errors(),
        "wrong": wrong,
        "heading": heading,
        "take_focus": take_focus,
    }


@register.simple_tag
def search_field(
    label: Text,
    *,
    value: str = "",
    name: str = "q",
    id: str = "q",  # noqa: A002
    hint: Text = "",
    suggest_url: str = "",
    label_shown: bool = True,
) -> SafeString:
    """A search box with its button; suggestions come where a script runs."""
    told = {
        "label": label,
        "value": value,
        "name": name,
        "id": id,
        "hint": korean_marked(str(hint)),
        "suggest_url": suggest_url,
        "label_shown": label_shown,
    }
    if value:
        return render_to_string("components/search_field.html", told)
    return drawn("components/search_field.html", **told)


@register.simple_tag
def near_here(near: str = "") -> SafeString:
    """The button that fills in where one is, where a script runs; `near` is what is in force."""
    if near:
        return render_to_string("components/near_here.html", {"near": near})
    return drawn("components/near_here.html", near="")


@register.inclusion_tag("components/select_filter.html")
def select_filter(
    label: Text, name: str, choices: Choices, *, value: str = "", any_label: Text = ""
) -> dict[str, object]:
    """A filter with many values; `any_label` is the choice of not filtering."""
    options = [(str(key), text, str(key) == str(value)) for key, text in choices]
    return {"label": label, "name": name, "options": options, "any_label": any_label}


@register.simple_tag
def choice_filter(
    legend: Text,
    name: str,
    choices: Choices,
    *,
    values: Iterable[str] = (),
    many: bool = False,
    hint: Text = "",
) -> SafeString:
    """A filter with few values: radio buttons, or boxes to tick where `many` may be chosen."""
    values = {values} if isinstance(values, str) else set(values)
    options = [(str(key), text, str(key) in values) for key, text in choices]
    return drawn(
        "components/choice_filter.html",
        legend=legend,
        name=name,
        options=options,
        many=many,
        hint=hint,
    )
