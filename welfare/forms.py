"""What citizens type: the filters of the directory, and what is wrong on a facility's page."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.places.facts import districts
from core.web.spam import GuardedForm
from welfare.enums import ReportTopic
from welfare.queries import directory

Choices = Iterable[tuple[str, str | Promise]]
RADII = ("500", "1000", "2000", "5000")


class PlainSelect(forms.Widget):
    """A choice of many, drawn in one go: Django draws each option with a template of its own."""

    def __init__(self, choices: Choices = ()) -> None:
        super().__init__()
        self.told = tuple((str(key), str(label)) for key, label in choices)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attributes = _attributes(self.build_attrs({"name": name}, attrs))
        return SafeString(f"<select{attributes}>{_options(self.told, str(value or ''))}</select>")


@lru_cache(maxsize=1024)
def _options(told: tuple[tuple[str, str], ...], chosen: str) -> str:
    """The same choices with the same one chosen read the same."""
    return "".join(
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(label)}'
        "</option>"
        for key, label in told
    )


class PlainInput(forms.TextInput):
    """A line to type, drawn without Django's templates: one for the tag, one for each attribute."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        told: dict[str, Any] = {"type": self.input_type, "name": name}
        if (text := self.format_value(value)) not in (None, ""):
            told["value"] = text
        return SafeString(f"<input{_attributes(told | self.build_attrs(self.attrs, attrs))}>")


def _attributes(told: Mapping[str, Any]) -> str:
    """Write attributes as Django does: True is the name alone, False and None nothing."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in told.items()
        if value is not None and value is not False
    )


def _choice(label: str | Promise, any_label: str | Promise, choices: Choices) -> forms.Field:
    return forms.Field(label=cast(Any, label), widget=PlainSelect([("", any_label), *choices]))


class FacilityFilterForm(forms.Form):
    """Shows the filters in force, and beside each what is wrong with it; `read_filters` judges."""

    use_required_attribute = False

    district = forms.Field()
    family = forms.Field()
    kind = forms.Field()
    place = forms.CharField(
        label=gettext_lazy("주소나 동 이름"),
        help_text=gettext_lazy("이곳에서 가까운 곳부터 보여 드립니다. 예: 역삼동"),
        widget=PlainInput(attrs={"autocomplete": "street-address", "maxlength": 100}),
    )
    radius = forms.Field()
    open_at = forms.CharField(
        label=gettext_lazy("이때 여는 곳"),
        widget=PlainInput(attrs={"type": "datetime-local"}),
    )

    def __init__(self, shown: Mapping[str, str], *, errors: Mapping[str, str]) -> None:
        self._told = errors
        super().__init__(shown)
        families = directory().families
        kinds = families.get(shown.get("family", ""), ())
        self.fields["district"] = _choice(
            gettext_lazy("자치구"),
            gettext_lazy("서울 전체"),
            _district_choices(get_language()),
        )
        self.fields["family"] = _choice(
            gettext_lazy("시설 분류"),
            gettext_lazy("모든 분류"),
            [(name, kinds[0].family_label) for name, kinds in families.items()],
        )
        self.fields["kind"] = _choice(
            gettext_lazy("시설 종류"),
            gettext_lazy("이 분류의 모든 종류"),
            [(kind.name, kind.label) for kind in kinds],
        )
        self.fields["radius"] = _choice(
            gettext_lazy("거리"),
            gettext_lazy("거리 상관없음"),
            [(metres, radius_words(metres)) for metres in _radii(shown.get("radius", ""))],
        )
        if not kinds:
            del self.fields["kind"]

    def full_clean(self) -> None:
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict()
        for name, message in self._told.items():
            known = name in self.fields
            self.add_error(name if known else None, message if known else f"{name}: {message}")


@cache
def _district_choices(language: str) -> list[tuple[str, str]]:
    return [(d.name, d.name_en if language == "en" else d.name) for d in districts()]


def _radii(asked: str) -> list[str]:
    return sorted({*RADII, asked} - {""} if asked.isdecimal() else RADII, key=int)


def radius_words(metres: str | int) -> str:
    return _("%(km)s km 안") % {"km": f"{int(metres) / 1000:g}"}


class FacilityReportForm(GuardedForm):
    """What is wrong on a facility's page; asks nothing about who says so."""

    topic = forms.ChoiceField(
        label=gettext_lazy("무엇이 다른가요?"),
        choices=ReportTopic,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("무엇이 다른지 하나를 골라 주세요.")},
    )
    proposed = forms.CharField(
        label=gettext_lazy("올바른 내용"),
        help_text=gettext_lazy("아는 만큼만 적어 주세요. 예: 02-123-4567"),
        required=False,
        max_length=300,
    )
    message = forms.CharField(
        label=gettext_lazy("더 하고 싶은 말"),
        help_text=gettext_lazy("이름이나 전화번호처럼 나를 알 수 있는 내용은 적지 마세요."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        says = cleaned.get("proposed") or cleaned.get("message")
        if cleaned.get("topic") not in (None, ReportTopic.CLOSED) and not says:
            self.add_error("proposed", _("올바른 내용을 적거나, 아래에 설명을 적어 주세요."))
        return cleaned
