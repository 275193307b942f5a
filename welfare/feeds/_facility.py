"""What both facility upstreams share: reading a field, and placing an address."""

import re
from dataclasses import dataclass
from typing import Any

from core.feeds.protocol import Record, Reject
from core.places.facts import get_dong, get_legal_dong
from core.places.rules.addresses import parse_address
from welfare.feeds._reading import FieldRefused, text
from welfare.rules import WITHHELD, is_protected_shelter

CODE = re.compile(r"^[A-Z][A-Z0-9]{3,11}$")
REGION_CODE = re.compile(r"^\d{10}$")
MOST_PEOPLE = 100_000
LONGEST_NAME = 200
LONGEST_LINK = 2_000
# A code of digits alone is the publishers' own junk (`00000`), and no facility's code gone wrong.
JUNK_CODE = re.compile(r"^\d{1,12}$")
# Fields that tell of people (heads, e-mail), however the publisher comes to write them.
PERSONAL = re.compile(r"rprs|mail", re.IGNORECASE)


class FacilityRecord(Record, frozen=True):
    """What both publishers tell of a facility; x and y are EPSG:5186 metres."""

    name: str | None
    jurisdiction_code: str | None
    address: str | None
    address_detail: str | None
    postcode: str | None
    district_code: str | None
    dong_code: str | None
    phone: str | None
    lat: float | None
    lon: float | None
    x: float | None
    y: float | None
    precision: str
    is_protected: bool


NOWHERE: dict[str, Any] = {
    "address": None,
    "address_detail": None,
    "postcode": None,
    "district_code": None,
    "dong_code": None,
    "phone": None,
    "lat": None,
    "lon": None,
    "x": None,
    "y": None,
    "precision": "NONE",
}


def code(row: dict[str, Any], field: str) -> str:
    found = text(row, field)
    if found is None:
        raise FieldRefused(field, "시설코드가 비어 있습니다.")
    if not CODE.match(found):
        raise FieldRefused(
            field, f"시설코드 ‘{found[:40]}’는 영문자로 시작하는 4~12자의 꼴이 아닙니다."
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where a publisher's row says what decides whether a reject of it may be kept."""

    code: str
    name: str
    kind: str
    family: str
    kind_code: str

    def reject(self, row: dict[str, Any], fault: FieldRefused) -> Reject:
        """Keep a row that cannot be taken: without people, and nothing where it may be a shelter's.

        The key is answered only where it can be trusted: under a damaged one, a facility that did
        come would be taken for one that vanished.
        """
        key = row.get(self.code)
        key = key.strip() if isinstance(key, str) else ""
        kept = {name: value for name, value in row.items() if not PERSONAL.search(name)}
        return Reject(
            source_key=key if CODE.match(key) or JUNK_CODE.match(key) else None,
            field=fault.field,
            reason=str(fault),
            row=WITHHELD if self._may_be_a_shelter(row) else kept,
        )

    def _may_be_a_shelter(self, row: dict[str, Any]) -> bool:
        try:
            name, kind = text(row, self.name), text(row, self.kind)
            family, kind_code = text(row, self.family), text(row, self.kind_code)
        except FieldRefused:
            return True
        if kind is None and kind_code is None:
            return name is not None
        return is_protected_shelter(name=name, kind=kind, family=family, kind_code=kind_code)


def region_code(row: dict[str, Any], field: str) -> str | None:
    found = text(row, field)
    if found is not None and not REGION_CODE.match(found):
        raise FieldRefused(field, f"지역코드 ‘{found[:40]}’는 숫자 10자리가 아닙니다.")
    return found


def head_count(row: dict[str, Any], field: str) -> int | None:
    found = text(row, field)
    if found is None:
        return None
    digits = found.replace(",", "").removesuffix(".0").removesuffix("명")
    if not digits.isdecimal() or int(digits) > MOST_PEOPLE:
        raise FieldRefused(field, f"‘{found[:40]}’는 사람 수가 아닙니다.")
    return int(digits)


def place(address: str | None, *, jurisdiction_code: str | None) -> dict[str, Any]:
    """Answer the columns that follow from an address: where it is, and how exactly we know.

    The point is the middle of the dong: neither publisher gives one.
    """
    parsed = parse_address(address or "", jurisdiction_code=jurisdiction_code)
    dong = get_dong(parsed.dong_code) if parsed.dong_code else None
    middle = dong or (get_legal_dong(parsed.legal_dong_code) if parsed.legal_dong_code else None)
    return {
        "address": parsed.road_address or None,
        "address_detail": parsed.detail or None,
        "postcode": parsed.postcode,
        "district_code": parsed.district_code,
        "dong_code": parsed.dong_code,
        "lat": middle.lat if middle else None,
        "lon": middle.lon if middle else None,
        "x": middle.x if middle else None,
        "y": middle.y if middle else None,
        "precision": "DONG" if middle else "NONE",
    }
