"""Form fields drawn without templates: no sign otherwise than Django draws them."""

import datetime

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Widget
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from core.web import widget_markup
from core.web.widget_markup import WidgetRenderer

HOSTILE = "\"'><b>&amp;{{ x }}{% y %}"
CHOICES = [
    ("", "----"),
    (1, "하나"),
    (2000, 3000),
    (HOSTILE, HOSTILE),
    ("묶음", [("a", "가"), (HOSTILE, mark_safe("<i>나</i>"))]),
    (HOSTILE, [("c", gettext_lazy("Yes"))]),
]
ATTRIBUTES = (
    {},
    {"id": "id_x", "class": HOSTILE, "required": True, "disabled": False, "rows": 3},
    {"id": HOSTILE, HOSTILE: 4000, "title": mark_safe("<b>"), "hidden": True},
    {"data-n": 1.5, "data-day": datetime.date(2026, 11, 29), "data-none": None},
)
SIMPLE: tuple[Widget, ...] = (
    *(forms.TextInput(), forms.NumberInput(), forms.EmailInput(), forms.URLInput()),
    *(forms.PasswordInput(), forms.PasswordInput(render_value=True), forms.HiddenInput()),
    *(forms.FileInput(), forms.DateInput(), forms.DateInput(format="%Y-%m-%d")),
    *(forms.DateTimeInput(), forms.TimeInput(), forms.CheckboxInput(), forms.Textarea()),
    *(forms.SearchInput(), forms.TelInput(), forms.ColorInput()),
)
CHOOSING: tuple[Widget, ...] = (
    *(forms.Select(choices=CHOICES), forms.SelectMultiple(choices=CHOICES)),
    forms.Select(),
    *(forms.RadioSelect(choices=CHOICES), forms.CheckboxSelectMultiple(choices=CHOICES)),
)
VALUES = (
    *(None, "", "0", 0, 4000, 12.5, True, HOSTILE, mark_safe("<b>"), "\n두\n줄 ", "a"),
    *(datetime.date(2026, 11, 29), datetime.time(9, 5), [], ["a", HOSTILE], ["1", 2000]),
)


def both(widget: Widget, value: object, attributes: dict[str, object]) -> tuple[str, str]:
    ours = widget.render("na<me", value, attributes, renderer=WidgetRenderer())
    return ours, widget.render("na<me", value, attributes, renderer=DjangoTemplates())


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("widget", [*SIMPLE, *CHOOSING], ids=lambda one: type(one).__name__)
class TestFields:
    def test_are_those_of_django(self, widget, language):
        with override(language):
            for value in VALUES:
                for attributes in ATTRIBUTES:
                    ours, theirs = both(widget, value, attributes)
                    assert ours == theirs, (value, attributes)


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
class TestChoices:
    def test_one_by_one_are_those_of_django(self, kind):
        class Asked(forms.Form):
            field = forms.MultipleChoiceField(choices=CHOICES, widget=kind)

        ours, theirs = (
            [
                one.tag(wrap_label=wrapped)
                for one in Asked(renderer=renderer)["field"]
                for wrapped in (False, True)
            ]
            for renderer in (WidgetRenderer(), DjangoTemplates())
        )

        assert ours == theirs
        assert len(ours) > len(CHOICES)


class TestRenderer:
    def test_is_the_one_of_every_form(self):
        assert isinstance(forms.Form().renderer, WidgetRenderer)

    def test_draws_what_is_drawn_otherwise_by_its_template(self, monkeypatch):
        class Own(forms.Select):
            option_template_name = "django/forms/widgets/checkbox_option.html"

        ours, theirs = both(Own(choices=[("a", "가")]), "a", {})

        assert ours == theirs
        assert "checkbox" not in widget_markup.OPTION

    def test_asks_no_template_for_the_commonest(self, monkeypatch):
        monkeypatch.setattr(DjangoTemplates, "get_template", None)

        for widget in SIMPLE:
            widget.render("name", None, {}, renderer=WidgetRenderer())
        forms.Select(choices=CHOICES).render("name", "a", {}, renderer=WidgetRenderer())
