"""Values of a facility's fields in an officer's words."""

from collections.abc import Callable, Mapping
from typing import Any

from core.places.enums import AccessFeature, Answer
from core.places.rules import WeeklyHours, hours_words
from welfare.enums import FacilityStatus
from welfare.services import CORRECTABLE

NONE = "모름"
# What history keeps beside the fields that can be corrected.
OTHER_LABELS = {
    "verified_at": "직원 확인",
    "hours_exception": "운영시간 예외",
    "retired_at": "원본에서 사라짐",
    "kind": "종류",
    "family": "시설 분류",
    "client_group": "대상",
    "jurisdiction_code": "관할",
    "district_code": "소재 자치구",
    "dong_code": "소재 행정동",
    "operator": "운영 법인",
    "is_protected": "보호 시설",
    "precision": "위치 정확도",
    "lat": "위도",
    "lon": "경도",
    "x": "동쪽 좌표",
    "y": "북쪽 좌표",
    "kind_code": "종류 코드",
}
KINDS = {
    "welfare.facility": "게시",
    "welfare.seoul_facilities": "서울시",
    "welfare.central_facilities": "중앙정부",
}


def field_label(name: str) -> str:
    field = CORRECTABLE.get(name)
    return field.label if field else OTHER_LABELS.get(name, name)


def value_words(name: str, value: Any) -> str:
    """Say a value as an officer reads it; what nobody knows is said to be unknown."""
    if value is None or value in ("", [], {}):
        return NONE
    if name in _WORDS:
        return _WORDS[name](value)
    if isinstance(value, bool):
        return "예" if value else "아니요"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _hours_words(value: Any) -> str:
    days = hours_words(WeeklyHours.from_json(value))
    return " / ".join(f"{day} {hours}" for day, hours in days)


def _access_words(value: Any) -> str:
    return " / ".join(_fact_words(feature, fact) for feature, fact in value.items())


def _status_words(value: Any) -> str:
    return str(FacilityStatus(value).label) if value in FacilityStatus.values else str(value)


def _fact_words(feature: str, fact: Mapping[str, Any]) -> str:
    width = f" {fact['centimetres']}cm" if fact.get("centimetres") else ""
    answer = Answer(fact["answer"]).label
    checked = f"{fact['source']}, {fact['checked_date']}"
    return f"{AccessFeature(feature).label}: {answer}{width} ({checked})"


def _exception_words(told: Mapping[str, Any]) -> str:
    hours = ", ".join("–".join(pair) for pair in told["hours"]) or "휴무"
    return f"{told['starts']}~{told['ends']} {hours}"


_WORDS: dict[str, Callable[[Any], str]] = {
    "weekly_hours": _hours_words,
    "accessibility": _access_words,
    "status": _status_words,
    "hours_exception": _exception_words,
}
