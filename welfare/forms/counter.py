"""What a clerk types while talking with a citizen: all of it on one screen, none of it required."""

import re
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from core.offices.models import Office
from core.web.days import TypedDay
from welfare.enums import CounterConsent
from welfare.forms.check import WeeksField
from welfare.queries.fact_names import NAMES_OF, OURS
from welfare.queries.told import MOST_MEMBERS, MOST_WON
from welfare.rules.vocabulary import DISTRICTS, OUTSIDE_SEOUL, RECEIPTS, Group

MOST_AT_COUNTER = 8
UNKNOWN = [("", "모름")]
COMPLETE = "표시하지 않은 것은 모두 아님"
# 1억 5000만 3000, of which any part may be missing.
SUM = re.compile(r"(?:(\d{1,4})억)?(?:(\d{1,8})만)?(\d{1,4})?", re.ASCII)
TYPED = {"autocomplete": "off", "inputmode": "numeric"}
# Asked by itself: whether they own a home.
ASKED_APART = "NO_HOME"


def _choice(label: str, group: Group) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[*UNKNOWN, *NAMES_OF[group].items()], required=False
    )


class WonField(forms.IntegerField):
    """A sum as people say and write it: 1800000, 1,800,000원, 180만, 1억 5000만."""

    def to_python(self, value: Any) -> int | None:
        typed = "".join(str(value or "").replace(",", "").split()).removesuffix("원")
        found = SUM.fullmatch(typed)
        if found is None or not typed or typed.isdecimal():
            return super().to_python(typed)
        hundred_millions, ten_thousands, rest = (int(found[at] or 0) for at in (1, 2, 3))
        return hundred_millions * 10**8 + ten_thousands * 10**4 + rest


def _won(label: str) -> WonField:
    return WonField(
        label=label,
        min_value=0,
        max_value=MOST_WON,
        required=False,
        widget=forms.TextInput(attrs=TYPED),
        error_messages={"invalid": "원 단위의 숫자로 적어 주세요. 예: 1800000, 180만"},
    )


def _facts(label: str, group: Group, *, but: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(name, words) for name, words in NAMES_OF[group].items() if name != but],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class _FactsForm(forms.Form):
    """Boxes say what is so; the last one says that nothing else is."""

    group: Group
    asked_apart = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def _given(self, *names: str) -> dict[str, Any]:
        told = {name: self.cleaned_data.get(name) for name in names}
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in told.items()
            if value not in (None, "")
        }

    def _yes_and_no(self) -> tuple[list[str], list[str]]:
        yes = list(self.cleaned_data["facts"])
        if not self.cleaned_data["is_complete"]:
            return yes, []
        known = {*yes, self.asked_apart}
        return yes, [name for name in NAMES_OF[self.group] if name not in known]


class MemberFactsForm(_FactsForm):
    group = Group.PERSON
    birth_date = TypedDay(label="생년월일", required=False, help_text="보기: 19560302")
    sex = _choice("성별", Group.SEX)
    facts = _facts("해당하는 것", Group.PERSON)
    is_complete = forms.BooleanField(label=COMPLETE, required=False)
    pregnancy_weeks = WeeksField(label="임신 주수(임신 중이면)", required=False)
    disability = _choice("장애 정도", Group.DISABILITY)
    nationality = _choice("국적", Group.NATIONALITY)
    spouse = _choice("배우자", Group.SPOUSE)
    service_pension = _choice("직역연금 (공무원·군인·사학·별정우체국)", Group.SERVICE_PENSION)
    care = _choice("아이가 다니는 곳", Group.CARE)
    resident_since = TypedDay(
        label="지금 사는 곳으로 이사 온 날",
        help_text="보기: 20190501",
        required=False,
        example="20190501",
    )

    def told(self, number: int) -> dict[str, Any]:
        """Answer the member as the API takes it."""
        given = self._given(
            "birth_date",
            "sex",
            "pregnancy_weeks",
            "disability",
            "nationality",
            "spouse",
            "service_pension",
            "care",
            "resident_since",
        )
        yes, no = self._yes_and_no()
        for name, fact in (("disability", "DISABLED"), ("pregnancy_weeks", "PREGNANT")):
            if name in given and fact not in yes:
                yes, no = [*yes, fact], [one for one in no if one != fact]
        return {"id": "me" if number == 1 else str(number), "yes": yes, "no": no, **given}


class HouseholdFactsForm(_FactsForm):
    group = Group.HOUSEHOLD
    asked_apart = ASKED_APART
    district = forms.ChoiceField(
        label="사는 구",
        choices=[*UNKNOWN, *((name, name) for name in DISTRICTS), (OUTSIDE_SEOUL, "서울 밖")],
        required=False,
    )
    household_size = forms.IntegerField(
        label="함께 사는 사람(본인 포함, 모르면 비움)",
        min_value=1,
        max_value=MOST_MEMBERS,
        required=False,
        widget=forms.TextInput(attrs=TYPED),
    )
    income_monthly = _won("가족의 한 달 소득(원)")
    home_owner = forms.ChoiceField(
        label="집을 가진 사람", choices=[*UNKNOWN, ("yes", "있음"), ("no", "없음")], required=False
    )
    housing = _choice("사는 집", Group.HOUSING)
    assets = _won("가족의 재산(원)")
    facts = _facts("해당하는 것", Group.HOUSEHOLD, but=ASKED_APART)
    receives = forms.MultipleChoiceField(
        label="받고 있는 급여",
        choices=[(one, OURS[one].name) for one in RECEIPTS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_complete = forms.BooleanField(label=COMPLETE, required=False)

    def told(self) -> dict[str, Any]:
        given = self._given("district", "household_size", "income_monthly", "housing", "assets")
        yes, no = self._yes_and_no()
        received = list(self.cleaned_data["receives"])
        is_complete = self.cleaned_data["is_complete"]
        told = {"household_yes": yes, "household_no": no, "household_size": None, **given}
        told["receives"] = received
        told["receives_not"] = [one for one in RECEIPTS if is_complete and one not in received]
        if owns := self.cleaned_data["home_owner"]:
            told["home_owner"] = owns == "yes"
        return told


MemberFactsForms: "type[BaseFormSet[MemberFactsForm]]" = formset_factory(
    MemberFactsForm, extra=0, min_num=1, max_num=MOST_AT_COUNTER, absolute_max=MOST_AT_COUNTER
)


class FirstFocused(forms.RadioSelect):
    """Radio buttons that the next keystroke reaches: the page has nothing else to fill in."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["index"] == "0":
            option["attrs"]["autofocus"] = True
        return option


class BeginForm(forms.Form):
    """How the citizen agreed; the office only of whoever works in several."""

    consent = forms.ChoiceField(
        label="동의를 어떻게 받았나요",
        choices=CounterConsent.choices,
        widget=FirstFocused,
        error_messages={"required": "동의를 어떻게 받았는지 골라 주세요."},
    )
    office = forms.ModelChoiceField(
        label="상담하는 기관", queryset=Office.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, office_ids: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = Office.objects.filter(pk__in=sorted(office_ids)).by_name()
        self.only_office = next(iter(office_ids)) if len(office_ids) == 1 else None
        if self.only_office is not None:
            del self.fields["office"]

    @property
    def office_id(self) -> int:
        return int(self.only_office or self.cleaned_data["office"].pk)
