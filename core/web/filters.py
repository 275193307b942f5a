"""The filters beside a list: controls drawn in one go, and a form that shows what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.places.facts import districts, get_district
from core.places.rules import parse_address
from core.web.wording import HANGUL

Choices = Iterable[tuple[str, str | Promise]]


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


class NamesSelect(forms.Select):
    """A choice of names: on an English page those that stay Korean say so."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if get_language() == "en" and HANGUL.search(str(option["label"])):
            option["attrs"]["lang"] = "ko"
        return option


class GroupedSelect(forms.Select):
    """A choice of many names in groups, drawn in one go; Korean names on English pages say so.

    Its `choices` are pairs of a key and a name, or of a group's name and such pairs.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attributes = _attributes(self.build_attrs({"name": name, **self.attrs}, attrs))
        is_english = get_language() == "en"
        drawn = "".join(
            _group(str(key), label, is_english=is_english)
            if isinstance(label, list | tuple)
            else _option(key, label, is_english=is_english)
            for key, label in self.choices
        )
        if (
            value
        ):  # the first of its key: one that is offered above all groups stands in its own too
            key = f'<option value="{escape(str(value))}"'
            drawn = drawn.replace(key, f"{key} selected", 1)
        return SafeString(f"<select{attributes}>{drawn}</select>")


def _group(title: str, options: Iterable[tuple[Any, Any]], *, is_english: bool) -> str:
    drawn = "".join(_option(*one, is_english=is_english) for one in options)
    return f'<optgroup label="{escape(title)}">{drawn}</optgroup>'


def _option(key: Any, label: Any, *, is_english: bool) -> str:
    shown = str(label)
    language = ' lang="ko"' if is_english and HANGUL.search(shown) else ""
    return f'<option value="{escape(str(key))}"{language}>{escape(shown)}</option>'


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


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in force, and the same list without it."""

    label: str | Promise
    url: str


class FilterForm(forms.Form):
    """Shows the filters in force, and beside each what is wrong with it.

    Whoever reads the address judges; `errors` are its sentences by the names of the parameters.
    """

    use_required_attribute = False

    def __init__(self, shown: Mapping[str, str], *, errors: Mapping[str, str]) -> None:
        self._told = errors
        super().__init__(shown)

    def full_clean(self) -> None:
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict()
        for name, message in self._told.items():
            known = name in self.fields
            self.add_error(name if known else None, message if known else f"{name}: {message}")


def filter_choice(label: str | Promise, any_label: str | Promise, choices: Choices) -> forms.Field:
    """A filter with many values; `any_label` is the choice of not filtering."""
    return forms.Field(label=cast(Any, label), widget=PlainSelect([("", any_label), *choices]))


def district_choice() -> forms.Field:
    return filter_choice(
        gettext_lazy("자치구"), gettext_lazy("서울 전체"), district_choices(get_language())
    )


def place_input() -> forms.Field:
    return forms.CharField(
        label=gettext_lazy("주소나 동 이름"),
        help_text=gettext_lazy(
            "이곳에서 가까운 곳부터 보여 드립니다. 예: 역삼동, 중구 세종대로 110"
        ),
        widget=PlainInput(attrs={"autocomplete": "street-address", "maxlength": 100}),
    )


def no_such_place(typed: str) -> str:
    """Say what would do where a place that somebody typed was not found."""
    parsed = parse_address(typed)
    if parsed.district_code and get_district(typed) is None:
        return _(
            "이 주소를 찾지 못했습니다. 도로명과 건물번호(중구 세종대로 110)가 맞는지 보거나, "
            "동(역삼동)이나 자치구로 적어 주세요."
        )
    return _(
        "이곳을 찾지 못했습니다. 동(역삼동)이나 자치구, 또는 자치구를 넣은 도로명주소"
        "(중구 세종대로 110)로 적어 주세요."
    )


@cache
def district_choices(language: str) -> list[tuple[str, str]]:
    """Answer the 25 districts as a filter offers them: the value is the Korean name."""
    return [(d.name, d.name_en if language == "en" else d.name) for d in districts()]
