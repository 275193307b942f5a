"""What a person tells of themselves: one form a group, with what it may be used for beneath."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import (
    AccessNeed,
    AssetsBand,
    Disability,
    Employment,
    FactGroup,
    Household,
    Housing,
    IncomeBand,
    Interest,
    Language,
    Nationality,
    PreferredChannel,
    Pregnancy,
    Receipt,
    Relation,
    School,
    ServicePension,
    Sex,
    Spouse,
    Support,
)
from accounts.queries import purposes_for
from core.places.facts import District, Dong, districts, dongs, get_district, get_dong
from core.web.days import TypedDay

OLDEST = datetime.date(1900, 1, 1)
OLDEST_AGE = 120
MOST_MEMBERS, SPARE_ROWS = 15, 3
NOT_TOLD = ("", _("적지 않음"))


def _one_of(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=[NOT_TOLD, *choices.choices], help_text=help_text
    )


def _many_of(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def _birth_date(label: Any, **told: Any) -> forms.DateField:
    eight = _("연도, 월, 일을 숫자 여덟 개로. 보기: 19560302")
    return TypedDay(label=label, required=False, help_text=eight, **told)


class FactForm(forms.Form):
    """The facts of one group, and a box for each purpose; without one nothing is kept."""

    group: ClassVar[FactGroup]

    def __init__(
        self, data: Any = None, *, facts: Mapping[str, Any], agreed: frozenset[str]
    ) -> None:
        super().__init__(data, initial=self.shown(facts))
        self.purposes = {f"agree_{n}": one for n, one in enumerate(purposes_for(self.group), 1)}
        for name, purpose in self.purposes.items():
            self.fields[name] = forms.BooleanField(
                label=str(purpose.title),
                help_text=str(purpose.text),
                required=False,
                initial=purpose.slug in agreed,
            )

    @property
    def asked(self) -> Iterator[BoundField]:
        return (bound for bound in self if bound.name not in self.purposes)

    @property
    def agreements(self) -> Iterator[BoundField]:
        return (self[name] for name in self.purposes)

    @property
    def chosen(self) -> frozenset[str]:
        """Answer the purposes that were ticked."""
        return frozenset(
            one.slug for name, one in self.purposes.items() if self.cleaned_data.get(name)
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors and not any(value for value in self.facts().values()):
            raise ValidationError(_("적은 것이 없습니다. 하나라도 적거나 골라 주세요."))
        if not self.errors and not self.chosen:
            self.add_error(
                next(iter(self.purposes)),
                _("어디에 쓸지 하나라도 골라 주세요. 고르지 않으면 보관하지 않습니다."),
            )
        return told

    def shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Answer what the fields show of the facts that are kept."""
        return dict(facts)

    def facts(self) -> dict[str, Any]:
        """Answer what was typed, as it is kept."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in self.purposes
        }


def check_birth_date(day: datetime.date | None) -> datetime.date | None:
    if day is not None and not OLDEST <= day <= timezone.localdate():
        raise ValidationError(_("생년월일을 다시 확인해 주세요. 예: 1958-03-02"))
    return day


class BasicsForm(FactForm):
    group = FactGroup.BASICS

    birth_date = _birth_date(_("생년월일"), autocomplete="bday")
    home = forms.ChoiceField(
        label=_("사는 동"),
        required=False,
        choices=lambda: list(_homes()),
        help_text=_("동을 모르면 자치구만 골라도 됩니다."),
    )

    def shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        home = facts.get("dong_code") or facts.get("district_code")
        return {"birth_date": facts.get("birth_date"), "home": home}

    def clean_birth_date(self) -> datetime.date | None:
        return check_birth_date(self.cleaned_data["birth_date"])

    def facts(self) -> dict[str, Any]:
        home = self.cleaned_data.get("home") or ""
        dong, district = get_dong(home), get_district(home)
        return {
            "birth_date": self.cleaned_data.get("birth_date"),
            "dong_code": dong and dong.code,
            "district_code": dong.district.code if dong else district and district.code,
        }


def _homes() -> Iterator[tuple[str, Any]]:
    """Yield the dongs below their districts, and each district for who does not know the dong."""
    yield NOT_TOLD
    below: dict[str, list[tuple[str, str]]] = {
        one.code: [(one.code, _("%(district)s (동은 모름)") % {"district": in_language(one)})]
        for one in districts()
    }
    for dong in dongs():
        below[dong.district.code].append((dong.code, in_language(dong)))
    for district in districts():
        yield in_language(district), below[district.code]


def in_language(area: District | Dong) -> str:
    return area.name_en if get_language() == "en" else area.name


class HouseholdForm(FactForm):
    """A few rows of people, a few more than there are; an empty row is nobody."""

    group = FactGroup.HOUSEHOLD

    def __init__(self, data: Any = None, *, facts: Mapping[str, Any], **more: Any) -> None:
        self.told_day = timezone.localdate().isoformat()
        self.members = list(facts.get("members", ()))
        self.number = _rows(data, len(self.members))
        super().__init__(data, facts=facts, **more)
        agreements = {name: self.fields.pop(name) for name in self.purposes}
        # Empty rows are of whoever tells nothing as well as of whoever lives alone.
        self.fields["alone"] = forms.BooleanField(label=_("혼자 삽니다"), required=False)
        for row in range(1, self.number + 1):
            number = {"number": row}
            self.fields[f"relation_{row}"] = _one_of(
                _("%(number)s. 나와의 관계") % number, Relation
            )
            self.fields[f"birth_date_{row}"] = _birth_date(_("%(number)s. 생년월일") % number)
            self.fields[f"age_{row}"] = forms.IntegerField(
                label=_("%(number)s. 생년월일을 모르면 나이") % number,
                required=False,
                min_value=0,
                max_value=OLDEST_AGE,
            )
        self.fields["rows"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=self.number
        )
        self.fields |= agreements

    def shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        rows = {
            f"{name}_{row}": member.get(name)
            for row, member in enumerate(self.members, start=1)
            for name in ("relation", "birth_date", "age")
        }
        return {"alone": True} if facts.get("alone") else rows

    def clean(self) -> dict[str, Any]:
        for row in range(1, self.number + 1):
            self._check(row)
        is_row_told = any(
            self.cleaned_data.get(f"{name}_{row}") not in (None, "")
            for name in ("relation", "birth_date", "age")
            for row in range(1, self.number + 1)
        )
        if self.cleaned_data.get("alone") and is_row_told:
            self.add_error("alone", _("‘혼자 삽니다’와 함께 사는 사람을 같이 고를 수 없습니다."))
        return super().clean()

    def _check(self, row: int) -> None:
        told = self.cleaned_data
        relation = told.get(f"relation_{row}")
        born, age = told.get(f"birth_date_{row}"), told.get(f"age_{row}")
        try:
            check_birth_date(born)
        except ValidationError as wrong:
            self.add_error(f"birth_date_{row}", wrong)
        if (born or age is not None) and not relation:
            self.add_error(f"relation_{row}", _("나와 어떤 관계인지 골라 주세요."))
        if relation and not (born or age is not None):
            name = f"birth_date_{row}"
            if not {name, f"age_{row}"} & self.errors.keys():
                self.add_error(name, _("생년월일이나 나이를 적어 주세요."))

    def facts(self) -> dict[str, Any]:
        members = [one for row in range(1, self.number + 1) if (one := self._member(row))]
        return {"alone": True} if self.cleaned_data.get("alone") else {"members": members}

    def _member(self, row: int) -> dict[str, Any]:
        told = self.cleaned_data
        relation = told.get(f"relation_{row}")
        if not relation:
            return {}
        if born := told.get(f"birth_date_{row}"):
            return {"relation": relation, "birth_date": born.isoformat()}
        age = told.get(f"age_{row}")
        known = {"relation": relation, "age": age}
        # An age is of the day on which it was told, and stays so until it is told anew.
        same = next((one for one in self.members if known.items() <= one.items()), None)
        return {**known, "age_on": same["age_on"] if same else self.told_day}


def _rows(data: Any, held: int) -> int:
    wanted = held + SPARE_ROWS
    if data is not None and str(data.get("rows", "")).isdecimal():
        wanted = int(data["rows"][:3])
    return max(1, min(wanted, MOST_MEMBERS))


class CircumstancesForm(FactForm):
    group = FactGroup.CIRCUMSTANCES

    sex = _one_of(_("성별"), Sex)
    nationality = _one_of(_("국적"), Nationality)
    spouse = _one_of(_("배우자"), Spouse)
    service_pension = _one_of(
        _("공무원·군인·사학·별정우체국 연금"),
        ServicePension,
        _("받는 사람과 그 배우자는 대개 기초연금을 받지 않습니다. 국민연금은 괜찮습니다."),
    )
    resident_since = TypedDay(
        label=_("지금 사는 곳으로 이사한 날"),
        required=False,
        help_text=_("연도, 월, 일을 숫자 여덟 개로. 보기: 20190501"),
    )
    income = _one_of(_("가구 소득"), IncomeBand, _("건강보험료로 어림잡아도 됩니다."))
    assets = _one_of(_("가구 재산"), AssetsBand)
    support = _one_of(_("기초생활보장"), Support)
    receipts = _many_of(_("받고 있는 급여"), Receipt)
    housing = _one_of(_("사는 집"), Housing)
    employment = _one_of(_("일"), Employment)
    school = _one_of(_("다니는 학교"), School)
    disability = _one_of(_("등록한 장애"), Disability)
    pregnancy = _one_of(_("임신과 출산"), Pregnancy)
    household = _many_of(_("해당하는 것"), Household)

    def shown(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        since = facts.get("resident_since")
        return {**facts, "resident_since": since and datetime.date.fromisoformat(since)}

    def clean_resident_since(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["resident_since"]
        if day is not None and not OLDEST <= day <= timezone.localdate():
            raise ValidationError(_("이사한 날을 다시 확인해 주세요. 예: 2019-05-01"))
        return day

    def facts(self) -> dict[str, Any]:
        told = super().facts()
        since = told.get("resident_since")
        # What "none of these" denies: a list grows, and says nothing of what it did not hold.
        asked = [one for one in Receipt.values if one != Receipt.NONE]
        denied = asked if Receipt.NONE in told.get("receipts", ()) else None
        return {
            **told,
            "resident_since": since and since.isoformat(),
            "receipts_denied": denied,
        }

    def clean_receipts(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["receipts"]
        if Receipt.NONE in chosen and len(chosen) > 1:
            raise ValidationError(_("‘받는 것 없음’과 다른 것을 함께 고를 수 없습니다."))
        return chosen


class InterestsForm(FactForm):
    group = FactGroup.INTERESTS

    interests = _many_of(_("관심 있는 것"), Interest)


class AccessForm(FactForm):
    group = FactGroup.ACCESS

    needs = _many_of(_("필요한 도움"), AccessNeed)
    note = forms.CharField(label=_("그 밖에 담당자가 알면 좋은 것"), required=False, max_length=300)


def in_itself(code: str) -> SafeString:
    """Name a language in its own words, read aloud in it."""
    return format_html('<span lang="{}">{}</span>', code, Language(code).label)


class ContactForm(FactForm):
    group = FactGroup.CONTACT

    channel = _one_of(_("연락받을 방법"), PreferredChannel)
    languages = forms.MultipleChoiceField(
        label=_("편한 언어"),
        required=False,
        choices=[(code, in_itself(code)) for code in Language.values],
        widget=forms.CheckboxSelectMultiple,
    )


FORMS: dict[FactGroup, type[FactForm]] = {
    form.group: form
    for form in (
        BasicsForm,
        HouseholdForm,
        CircumstancesForm,
        InterestsForm,
        AccessForm,
        ContactForm,
    )
}
