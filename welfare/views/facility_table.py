"""A facility as one line of a table: what a spreadsheet shows of it, in words."""

from collections.abc import Iterator
from typing import Any, Literal

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.places.enums import AccessFeature, Answer, Precision
from core.places.facts import get_district, get_dong
from core.places.rules import WeeklyHours, hours_words
from core.places.rules.access import facts_from_json
from welfare.views import facility_words as words

COLUMNS = (
    "code", "name", "name_en", "family_name", "kind_id", "jurisdiction_code", "district_code",
    "dong_code", "address", "address_detail", "postcode", "phone", "lat", "lon", "precision",
    "weekly_hours", "who_may_use", "services_offered", "fees", "languages", "accessibility",
    "capacity", "occupancy", "waiting", "operator__name", "homepage", "source", "checked_at",
)  # fmt: skip


def headings() -> list[str]:
    return [
        _("시설코드"), _("이름"), _("영문 이름"), _("시설 분류"), _("시설 종류"), _("관할"),
        _("자치구"), _("행정동"), _("주소"), _("상세 주소"), _("우편번호"), _("전화번호"),
        _("위도"), _("경도"), _("위치 정확도"), _("여는 시간"), _("이용 대상"), _("하는 일"),
        _("이용 요금"), _("쓸 수 있는 말"), _("이용 편의"), _("정원"), _("현원"), _("대기"),
        _("운영"), _("누리집"), _("출처"), _("마지막으로 확인한 때"),
    ]  # fmt: skip


def cells(row: tuple[Any, ...]) -> list[Any]:
    """Answer the values of `COLUMNS` as a table tells them."""
    told = dict(zip(COLUMNS, row, strict=True))
    return list((told | dict(_in_words(told))).values())


def _in_words(row: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    district, dong = get_district(row["district_code"] or ""), get_dong(row["dong_code"] or "")
    yield "family_name", words.family_label(row["family_name"])
    yield "kind_id", words.kind_label(row["kind_id"])
    yield "jurisdiction_code", _jurisdiction(row["jurisdiction_code"])
    yield "district_code", words.region_name(district) if district else None
    yield "dong_code", words.region_name(dong) if dong else None
    yield "precision", str(Precision(row["precision"]).label)
    yield "weekly_hours", _hours(row["weekly_hours"])
    yield "accessibility", _access(row["accessibility"])
    checked = row["checked_at"]
    yield "checked_at", localtime(checked).isoformat(timespec="seconds") if checked else None


def _jurisdiction(code: str | None) -> str | None:
    district = get_district(code or "")
    if district:
        return words.region_name(district)
    return _("서울특별시") if code else code


def _hours(stored: dict[str, Any] | None) -> str | None:
    if stored is None:
        return None
    language: Literal["ko", "en"] = "en" if get_language() == "en" else "ko"
    told = hours_words(WeeklyHours.from_json(stored), language)
    return "; ".join(f"{days} {hours}" for days, hours in told)


def _access(stored: dict[str, Any] | None) -> str:
    return "; ".join(
        f"{AccessFeature(fact.feature).label}: "
        + (f"{fact.centimetres} cm" if fact.centimetres else str(Answer(fact.answer).label))
        for fact in facts_from_json(stored)
    )
