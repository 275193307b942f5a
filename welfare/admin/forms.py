"""Forms by which an officer corrects a field; each answers the value that the services take."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from core.places.enums import AccessFeature, Answer
from core.places.rules import HoursRefused, WeeklyHours, hours_as_text, hours_from_text
from welfare.enums import FacilityStatus
from welfare.models import Facility

DAYS = {
    "mon": "월요일",
    "tue": "화요일",
    "wed": "수요일",
    "thu": "목요일",
    "fri": "금요일",
    "sat": "토요일",
    "sun": "일요일",
    "holidays": "공휴일",
}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
HOURS_HINT = "9시~18시, 또는 09:00-12:00, 13:00-18:00처럼 적습니다."
DAY_HINT = "쉬는 날은 ‘휴무’라고 적습니다. 모르면 비워 둡니다."
CLOCK_HINT = "오후 6시는 18시나 ‘오후 6시’로 적습니다."
NOTHING_KNOWN = WeeklyHours.from_json(dict.fromkeys(DAYS))
WIDEST_DOOR = 500
ANSWERS = [("", "적지 않음"), *((one.value, one.label) for one in Answer)]


class ReasonForm(forms.Form):
    """Asks why; every correction says so."""

    reason = forms.CharField(
        label="고치는 이유",
        help_text="나중에 보는 사람이 알 수 있게 적습니다. 예: 시설에 전화해 확인함",
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CorrectionForm(ReasonForm):
    """A field in one line."""

    value = forms.CharField(label="올바른 값", required=False)
    field_order: tuple[str, ...] = ("value", "reason")

    @classmethod
    def initial_of(cls, facility: Facility, field: str) -> dict[str, Any]:
        return {"value": getattr(facility, field)}

    def correct_value(self) -> Any:
        return self.cleaned_data["value"]


class LongTextForm(CorrectionForm):
    value = forms.CharField(label="올바른 값", required=False, widget=forms.Textarea)


class NumberForm(CorrectionForm):
    value = forms.IntegerField(label="올바른 값 (명)", required=False, min_value=0)  # type: ignore[assignment]


class StatusForm(CorrectionForm):
    value = forms.ChoiceField(  # type: ignore[assignment]
        label="상태",
        choices=[(FacilityStatus.RETIRED, FacilityStatus.RETIRED.label)],
        help_text="목록과 검색에서 빠집니다. 되돌리려면 이 수정을 거둡니다.",
    )


class AddressForm(CorrectionForm):
    value = forms.CharField(
        label="올바른 주소",
        required=False,
        help_text="예: 서울특별시 종로구 비봉길 76 (구기동). 동을 알면 괄호에 함께 적어 주세요.",
    )
    lat = forms.FloatField(
        label="위도",
        required=False,
        help_text="지도에서 확인한 위치만 적습니다. 없으면 동의 중심으로 알립니다.",
    )
    lon = forms.FloatField(label="경도", required=False)
    field_order = ("value", "lat", "lon", "reason")

    def correct_value(self) -> Any:
        told = self.cleaned_data
        return {"address": told["value"], "lat": told["lat"], "lon": told["lon"]}


class HoursForm(CorrectionForm):
    """A week: Monday to Friday in one line, or each day by itself; empty is unknown, not closed."""

    value = None  # type: ignore[assignment]
    workdays = forms.CharField(
        label="월~금 모두",
        required=False,
        help_text=f"적으면 월~금이 모두 이렇게 됩니다. 비우면 아래에 적은 대로입니다. {HOURS_HINT}",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, label in DAYS.items():
            self.fields[day] = forms.CharField(label=label, required=False, help_text=DAY_HINT)
        self.order_fields(["workdays", *DAYS, "reason"])

    @classmethod
    def initial_of(cls, facility: Facility, field: str) -> dict[str, Any]:
        return {} if facility.hours is None else {**hours_as_text(facility.hours)}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        typed = {day: told.get(day, "") for day in DAYS}
        if told.get("workdays"):
            typed |= dict.fromkeys(WEEKDAYS, told["workdays"])
        told["hours"] = self._read(typed)
        return told

    def _read(self, typed: dict[str, str]) -> WeeklyHours | None:
        for day, text in typed.items():
            try:
                hours_from_text({day: text})
            except (HoursRefused, ValueError):
                name = "workdays" if self.cleaned_data.get("workdays") == text else day
                self.add_error(
                    name, f"‘{text}’에서 시간을 읽을 수 없습니다. {HOURS_HINT} {CLOCK_HINT}"
                )
                return None
        try:
            hours = hours_from_text(typed)
        except (HoursRefused, ValueError):
            self.add_error(None, "자정을 넘긴 시간이 다음 날의 시간과 겹칩니다.")
            return None
        return None if hours == NOTHING_KNOWN else hours

    def correct_value(self) -> Any:
        return self.cleaned_data["hours"]


class AccessForm(CorrectionForm):
    """An answer for each feature; source and day are asked once, for what is new or changed."""

    value = None  # type: ignore[assignment]
    centimetres = forms.IntegerField(
        label="출입문 폭 (cm)", required=False, min_value=1, max_value=WIDEST_DOOR
    )
    source = forms.CharField(
        label="출처", initial="현장 확인", max_length=200, help_text="예: 현장 확인, 시설에 전화"
    )
    checked_date = forms.DateField(
        label="확인한 날", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, facts: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = facts or {}
        for feature in AccessFeature:
            self.fields[feature.value] = forms.ChoiceField(
                label=str(feature.label), choices=ANSWERS, required=False
            )
        self.order_fields([*AccessFeature.values, "centimetres", "source", "checked_date"])
        self.fields["checked_date"].initial = timezone.localdate

    @classmethod
    def initial_of(cls, facility: Facility, field: str) -> dict[str, Any]:
        facts = facility.accessibility or {}
        door = facts.get(AccessFeature.DOOR_WIDTH, {})
        told = {feature: fact["answer"] for feature, fact in facts.items()}
        return {**told, "centimetres": door.get("centimetres")}

    def clean_checked_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["checked_date"]
        if day > timezone.localdate():
            raise forms.ValidationError("확인한 날이 오늘보다 뒤입니다.")
        return day

    def correct_value(self) -> Any:
        return {
            feature: self._fact(feature, self.cleaned_data[feature])
            for feature in AccessFeature.values
            if self.cleaned_data[feature]
        }

    def _fact(self, feature: str, answer: str) -> dict[str, Any]:
        fact: dict[str, Any] = {"answer": answer}
        if feature == AccessFeature.DOOR_WIDTH and self.cleaned_data["centimetres"]:
            fact["centimetres"] = self.cleaned_data["centimetres"]
        known = self.known.get(feature, {})
        if fact == {key: known[key] for key in ("answer", "centimetres") if key in known}:
            return dict(known)
        checked: datetime.date = self.cleaned_data["checked_date"]
        return fact | {"source": self.cleaned_data["source"], "checked_date": checked.isoformat()}


class HoursExceptionForm(forms.Form):
    starts = forms.DateField(label="시작일", widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(label="종료일", widget=forms.DateInput(attrs={"type": "date"}))
    hours = forms.CharField(
        label="그날의 운영시간",
        required=False,
        help_text=f"{HOURS_HINT} 비우거나 ‘휴무’라고 적으면 쉬는 날입니다.",
    )
    reason = forms.CharField(
        label="사유", max_length=200, help_text="시민에게도 보입니다. 예: 내부 공사"
    )

    def clean_hours(self) -> list[list[str]]:
        text = self.cleaned_data["hours"]
        try:
            hours = hours_from_text({"mon": text})
        except (HoursRefused, ValueError) as wrong:
            raise forms.ValidationError(HOURS_HINT) from wrong
        stored = hours.to_json()["mon"]
        return stored or []


FORMS: dict[str, type[CorrectionForm]] = {
    "address": AddressForm,
    "weekly_hours": HoursForm,
    "accessibility": AccessForm,
    "capacity": NumberForm,
    "occupancy": NumberForm,
    "waiting": NumberForm,
    "status": StatusForm,
    "services_offered": LongTextForm,
    "who_may_use": LongTextForm,
    "fees": LongTextForm,
    "languages": LongTextForm,
}


def correction_form(
    facility: Facility, field: str, *, data: Any = None, initial: dict[str, Any] | None = None
) -> CorrectionForm:
    """Answer the form of one field, filled with what is published now."""
    kind = FORMS.get(field, CorrectionForm)
    extra: dict[str, Any] = {"facts": facility.accessibility} if kind is AccessForm else {}
    filled = kind.initial_of(facility, field) | (initial or {})
    return kind(data, initial=filled, **extra)
