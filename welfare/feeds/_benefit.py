"""What all benefit upstreams share: the key of a row, its names, lists, and what rejects keep."""

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from core.feeds.protocol import Page, Record, Reject
from welfare.feeds._reading import FieldRefused, prose
from welfare.rules.providers import Provider, UnknownProvider

RecordT = TypeVar("RecordT", bound=Record)

# gov24: 000000465790, B55258400009, O00085500003; Bokjiro: WLF00006309. Leading zeros count.
KEY = re.compile(r"[A-Z0-9]{8,16}")
MODIFIED = re.compile(r"\d{14}")
DAY = re.compile(r"\d{8}")
NO_END = "99991231"


class BenefitRecord(Record, frozen=True):
    """What every list tells of a benefit; both names are forms to compare, not to show."""

    name: str
    full_name: str
    core_name: str
    summary: str | None
    provider_level: str
    provider: str
    province_code: str | None
    district_code: str | None
    department: str | None
    themes: list[str]
    link: str | None
    modified_at: str | None


def read_page(
    rows: Iterable[dict[str, Any]],
    total: int,
    *,
    parse: Callable[[dict[str, Any]], RecordT],
    key: str,
    is_partial: bool = False,
) -> Page:
    records: list[RecordT] = []
    rejects: list[Reject] = []
    for row in rows:
        try:
            records.append(parse(row))
        except FieldRefused as fault:
            rejects.append(reject(row, key, fault))
    return Page(records=records, rejects=rejects, total=total, is_partial=is_partial)


def reject(row: dict[str, Any], key: str, fault: FieldRefused) -> Reject:
    """Keep a row that cannot be taken; its key only where it can be trusted."""
    told = row.get(key)
    told = told.strip() if isinstance(told, str) else ""
    return Reject(
        source_key=told if KEY.fullmatch(told) else None,
        field=fault.field,
        reason=str(fault),
        row=row,
    )


def key_of(row: dict[str, Any], field: str) -> str:
    found = prose(row, field)
    if found is None:
        raise FieldRefused(field, "서비스 번호가 비어 있습니다.")
    if not KEY.fullmatch(found):
        raise FieldRefused(
            field, f"서비스 번호 ‘{found[:40]}’는 영문 대문자와 숫자 8~16자의 꼴이 아닙니다."
        )
    return found


def moment(row: dict[str, Any], field: str, *, after: datetime.datetime) -> str:
    """Answer 14 digits that are a moment, and not one after `after`: later ones are mistaken."""
    found = prose(row, field) or ""
    try:
        if not MODIFIED.fullmatch(found):
            raise ValueError
        told = datetime.datetime.strptime(found, "%Y%m%d%H%M%S")
    except ValueError:
        raise FieldRefused(field, f"‘{found[:40]}’는 날짜와 시각(14자리)이 아닙니다.") from None
    if told > after.replace(tzinfo=None):
        raise FieldRefused(field, f"‘{found[:40]}’는 아직 오지 않은 때입니다.")
    return found


def day(row: dict[str, Any], field: str) -> str | None:
    """Answer eight digits that are a day, or None; 99991231 is no end."""
    found = (prose(row, field) or "").replace(".", "").replace("-", "")
    if not found or found == NO_END:
        return None
    try:
        if not DAY.fullmatch(found):
            raise ValueError
        datetime.datetime.strptime(found, "%Y%m%d")
    except ValueError:
        raise FieldRefused(field, f"‘{found[:40]}’는 날짜(8자리)가 아닙니다.") from None
    return found


def provided(field: str, find: Callable[[], Provider]) -> Provider:
    try:
        return find()
    except UnknownProvider as fault:
        raise FieldRefused(field, str(fault)) from None
