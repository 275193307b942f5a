"""Which fields of a facility staff may correct, and what a correction of each must look like."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from core.places.facts import get_district
from core.places.fields import write_minutes
from core.places.geocode import DongCentroidGeocoder
from core.places.rules import (
    FactRefused,
    HoursRefused,
    ParsedAddress,
    WeeklyHours,
    facts_from_json,
    facts_to_json,
    judge_accessible,
    normalise_phone,
    normalise_postcode,
    parse_address,
    to_metres,
    valid_wgs84,
)
from welfare.enums import FacilityStatus
from welfare.models import Facility
from welfare.services.publication import CORRECTABLE_OF_PROTECTED

LONGEST_NAME = 200
LONGEST_TEXT = 2000
MOST_PEOPLE = 100_000
LONGEST_COUNT = 12
# Neither stands in a name or an address; who pastes such a thing pasted more than a name.
MARKUP = re.compile(r"[<>＜＞\x00-\x1f\x7f\u2028\u2029]")
MASKED = re.compile(r"[*＊※]|[○●◯]{2}")
# A point farther than this from the middle of the address's district is a slip of the pen.
FARTHEST_METRES = 20_000


class CorrectionRefused(Exception):
    """The correction cannot be made; the message is a sentence for the officer who tried."""


# From what staff typed to the values that are kept: the field's own, and those that follow from it.
Cleaned = dict[str, Any]
Clean = Callable[[Any, Facility], Cleaned]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """One field; `derived` are hidden fields that follow from it and come and go with it.

    A field without a source is entered by staff alone: left empty, the entry is withdrawn.
    """

    name: str
    label: str
    clean: Clean
    has_source: bool = False
    derived: tuple[str, ...] = ()
    in_bulk: bool = False

    @property
    def of_protected(self) -> bool:
        return self.name in CORRECTABLE_OF_PROTECTED


def correctable(name: str) -> Correctable:
    if (field := CORRECTABLE.get(name)) is None:
        raise CorrectionRefused(f"고칠 수 없는 항목입니다: {name}.")
    return field


def _text(name: str, longest: int = LONGEST_TEXT, *, required: bool = False) -> Clean:
    def clean(value: Any, facility: Facility) -> Cleaned:
        text = str(value or "").strip()
        if required and not text:
            raise CorrectionRefused("비워 둘 수 없는 항목입니다.")
        if len(text) > longest:
            raise CorrectionRefused(f"{longest:,}자까지 적을 수 있습니다.")
        if "\x00" in text:
            raise CorrectionRefused("쓸 수 없는 글자가 들어 있습니다.")
        return {name: text or None}

    return clean


def _written(name: str, *, required: bool = False) -> Clean:
    """Clean a name or an address: words alone, no markup and nothing that a publisher masked."""
    clean_text = _text(name, LONGEST_NAME, required=required)

    def clean(value: Any, facility: Facility) -> Cleaned:
        _refuse_markup(str(value or ""))
        if MASKED.search(str(value or "")):
            raise CorrectionRefused("가린 글자(*, ○)가 들어 있습니다. 모두 적어 주세요.")
        return clean_text(value, facility)

    return clean


def _refuse_markup(text: str) -> None:
    if MARKUP.search(text):
        raise CorrectionRefused("< >나 줄바꿈은 쓸 수 없습니다. 괄호 ( )를 써 주세요.")


def _count(name: str) -> Clean:
    def clean(value: Any, facility: Facility) -> Cleaned:
        if value in (None, ""):
            return {name: None}
        text = str(value).strip().replace(",", "")
        is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_COUNT
        if not is_number or int(text) > MOST_PEOPLE:
            raise CorrectionRefused(f"0부터 {MOST_PEOPLE:,}까지의 수를 적어 주세요.")
        return {name: int(text)}

    return clean


def _phone(value: Any, facility: Facility) -> Cleaned:
    text = str(value or "").strip()
    if not text:
        return {"phone": None}
    if (phone := normalise_phone(text)) is None:
        raise CorrectionRefused(f"‘{text}’: 걸 수 있는 전화번호가 아닙니다.")
    return {"phone": phone}


def _postcode(value: Any, facility: Facility) -> Cleaned:
    text = str(value or "").strip()
    if not text:
        return {"postcode": None}
    if (postcode := normalise_postcode(text)) is None:
        raise CorrectionRefused("우편번호는 숫자 다섯 자리입니다.")
    return {"postcode": postcode}


def _homepage(value: Any, facility: Facility) -> Cleaned:
    text = str(value or "").strip()
    if not text:
        return {"homepage": None}
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(text) > LONGEST_NAME:
        raise CorrectionRefused("누리집은 http:// 또는 https://로 시작하는 주소입니다.")
    return {"homepage": text}


def _status(value: Any, facility: Facility) -> Cleaned:
    if value != FacilityStatus.RETIRED:
        raise CorrectionRefused(
            "직원은 ‘목록에서 빠짐’으로만 고칠 수 있습니다. 되돌리려면 수정을 거두세요."
        )
    return {"status": str(FacilityStatus.RETIRED)}


def _address(value: Any, facility: Facility) -> Cleaned:
    """Take the address apart; a point may come with it (`{"address", "lat", "lon"}`)."""
    told = value if isinstance(value, Mapping) else {"address": value}
    text = str(told.get("address") or "").strip()
    _refuse_markup(text)
    lat, lon = told.get("lat"), told.get("lon")
    if len(text) > LONGEST_TEXT:
        raise CorrectionRefused(f"{LONGEST_TEXT:,}자까지 적을 수 있습니다.")
    if not text:
        if lat is not None or lon is not None:
            raise CorrectionRefused("좌표는 주소와 함께 적어 주세요.")
        return {"address": None, "place": _place(parse_address(None), None)}
    parsed = parse_address(text, jurisdiction_code=facility.jurisdiction_code)
    if parsed.in_seoul and parsed.district_code is None:
        raise CorrectionRefused("주소에 자치구를 함께 적어 주세요.")
    point = None
    if lat is not None or lon is not None:
        point = _point(lat, lon, parsed)
    return {"address": parsed.road_address, "place": _place(parsed, point)}


def _point(lat: Any, lon: Any, parsed: ParsedAddress) -> tuple[float, float]:
    point = valid_wgs84(lat, lon)
    if point is None:
        raise CorrectionRefused("위도와 경도를 함께, 십진수로 적어 주세요 (예: 37.5663, 126.9779).")
    district = get_district(parsed.district_code) if parsed.district_code else None
    if district:
        x, y = to_metres(*point)
        if math.hypot(x - district.x, y - district.y) > FARTHEST_METRES:
            raise CorrectionRefused(f"좌표가 {district.name}에서 너무 멉니다.")
    return point


def _place(parsed: ParsedAddress, point: tuple[float, float] | None) -> dict[str, Any]:
    place: dict[str, Any] = {
        "district_code": parsed.district_code,
        "dong_code": parsed.dong_code,
        "address_detail": parsed.detail or None,
        "postcode": parsed.postcode,
        "lat": None, "lon": None, "x": None, "y": None, "precision": "NONE",
    }  # fmt: skip
    if point is not None:
        x, y = to_metres(*point)
        place |= {"lat": point[0], "lon": point[1], "x": x, "y": y, "precision": "EXACT"}
    elif (found := DongCentroidGeocoder().locate(parsed)) is not None:
        place |= found._asdict()
    return place


def _weekly_hours(value: Any, facility: Facility) -> Cleaned:
    if not value:
        return {"weekly_hours": None, "open_minutes": None}
    try:
        hours = value if isinstance(value, WeeklyHours) else WeeklyHours.from_json(value)
    except (HoursRefused, AttributeError, TypeError, ValueError) as wrong:
        raise CorrectionRefused(
            "운영시간을 읽을 수 없습니다. 09:00-12:00, 13:00-18:00처럼 적고, 한 날의 시간이 "
            "겹치지 않게 해 주세요."
        ) from wrong
    return {"weekly_hours": hours.to_json(), "open_minutes": write_minutes(hours.open_minutes())}


def _accessibility(value: Any, facility: Facility) -> Cleaned:
    try:
        facts = facts_from_json(value or {})
    except (FactRefused, KeyError, TypeError, ValueError) as wrong:
        raise CorrectionRefused(
            "이용 편의는 항목마다 있음·없음·확인되지 않음, 출처, 확인한 날을 함께 적어 주세요."
        ) from wrong
    return {"accessibility": facts_to_json(facts) or None, "is_accessible": judge_accessible(facts)}


CORRECTABLE: dict[str, Correctable] = {
    field.name: field
    for field in (
        Correctable(
            name="name",
            label="이름",
            clean=_written("name", required=True),
            has_source=True,
        ),
        Correctable(name="name_en", label="영문 이름", clean=_written("name_en")),
        Correctable(
            name="address", label="주소", clean=_address, has_source=True, derived=("place",)
        ),
        Correctable(
            name="address_detail",
            label="상세 주소",
            clean=_written("address_detail"),
            has_source=True,
        ),
        Correctable(name="postcode", label="우편번호", clean=_postcode, has_source=True),
        Correctable(name="phone", label="전화", clean=_phone, has_source=True),
        Correctable(
            name="homepage", label="누리집", clean=_homepage, has_source=True, in_bulk=True
        ),
        Correctable(
            name="weekly_hours",
            label="운영시간",
            clean=_weekly_hours,
            derived=("open_minutes",),
            in_bulk=True,
        ),
        Correctable(
            name="accessibility",
            label="이용 편의",
            clean=_accessibility,
            derived=("is_accessible",),
        ),
        Correctable(name="capacity", label="정원", clean=_count("capacity"), has_source=True),
        Correctable(name="occupancy", label="현원", clean=_count("occupancy"), has_source=True),
        Correctable(name="waiting", label="대기", clean=_count("waiting")),
        Correctable(
            name="services_offered",
            label="제공 서비스",
            clean=_text("services_offered"),
            in_bulk=True,
        ),
        Correctable(
            name="who_may_use", label="이용 대상", clean=_text("who_may_use"), in_bulk=True
        ),
        Correctable(name="fees", label="이용 요금", clean=_text("fees"), in_bulk=True),
        Correctable(name="languages", label="가능한 언어", clean=_text("languages"), in_bulk=True),
        Correctable(name="status", label="상태", clean=_status, in_bulk=True),
    )
}
