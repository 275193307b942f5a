"""The central government's list of welfare facilities (data.go.kr, basic-information operation)."""

import datetime
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.feeds.fetching import Fetcher
from core.feeds.gateways import data_go_kr
from core.feeds.protocol import Connection, Page, Reject
from core.places.rules.phones import normalise_phone, normalise_postcode
from welfare.feeds._facility import (
    LONGEST_LINK,
    LONGEST_NAME,
    NOWHERE,
    FacilityRecord,
    Reading,
    code,
    place,
    region_code,
)
from welfare.feeds._reading import FieldRefused, text
from welfare.rules import is_protected_shelter, mask_name

NAME = "중앙정부 사회복지시설"
PATH = "/B554287/sclWlfrFcltInfoInqirService1/getFcltByBassInfoInqire"
READING = Reading(
    code="fcltCd", name="fcltNm", kind="fcltKindNm", family="fcltKindNm", kind_code="fcltKindCd"
)
# What the publisher calls its fields in its own description.
LABELS = {
    "fcltCd": "시설코드",
    "fcltNm": "시설명",
    "fcltKindCd": "시설종류 코드",
    "fcltKindNm": "시설종류",
    "jrsdSggCd": "관할 코드",
    "jrsdSggNm": "관할",
    "cprNm": "운영 법인",
    "homepageAddr": "누리집",
    "fcltAddr": "시설주소",
    "fcltDtl_1Addr": "상세 주소 1",
    "fcltDtl_2Addr": "상세 주소 2",
    "fcltZipcd": "우편번호",
    "fcltTelNo": "전화번호",
    "fcltTelNo2": "전화번호 2",
    "faxNo": "팩스번호",
    "srvInstId": "서비스 제공기관 번호",
    "cfbClCd": "시설 분류 코드",
    "cfbNm": "시설 분류",
    "certYn": "인증 여부",
    "fcltStatus": "운영 상태",
}


class CentralFacilityRecord(FacilityRecord, frozen=True):
    kind_code: str | None
    operator: str | None
    homepage: str | None


@dataclass(frozen=True, slots=True)
class CentralFacilitiesFeed:
    """Reads the whole country: the operation's own filters are not to be trusted."""

    connection: Connection
    now: datetime.datetime

    def pages(self) -> Iterator[Page]:
        fetcher = Fetcher(name=NAME, parallel=data_go_kr.PARALLEL_CALLS, upstream=self.connection)
        try:
            for rows, total in data_go_kr.read_rows(
                fetcher,
                url=f"{self.connection.base_url}{PATH}",
                key=self.connection.key,
                now=self.now,
            ):
                yield read_page(rows, total)
        finally:
            fetcher.close()


def read_page(rows: list[dict[str, Any]], total: int) -> Page:
    records: list[CentralFacilityRecord] = []
    rejects: list[Reject] = []
    for row in rows:
        try:
            records.append(parse_central_facility(row))
        except FieldRefused as fault:
            rejects.append(READING.reject(row, fault))
    return Page(records=records, rejects=rejects, total=total)


def parse_central_facility(row: dict[str, Any]) -> CentralFacilityRecord:
    """Answer one row as a record; raise FieldRefused where it must not be taken."""
    source_key = code(row, "fcltCd")
    name = text(row, "fcltNm", most=LONGEST_NAME)
    kind_code = text(row, "fcltKindCd")
    jurisdiction = region_code(row, "jrsdSggCd")
    protected = is_protected_shelter(name=name, kind=text(row, "fcltKindNm"), kind_code=kind_code)
    return CentralFacilityRecord(
        source_key=source_key,
        name=mask_name(name) if protected and name else name,
        jurisdiction_code=jurisdiction,
        is_protected=protected,
        kind_code=kind_code,
        operator=None if protected else text(row, "cprNm"),
        homepage=None if protected else _homepage(row),
        **(NOWHERE if protected else _whereabouts(row, jurisdiction)),
    )


def _homepage(row: dict[str, Any]) -> str | None:
    found = text(row, "homepageAddr", most=sys.maxsize)
    if found is None or len(found) > LONGEST_LINK or " " in found or "." not in found:
        return None
    if found.lower().startswith(("http://", "https://")):
        return found
    # A scheme of any other kind (javascript:, data:) must never become a link.
    return None if ":" in found.split("/")[0] else f"http://{found}"


def _whereabouts(row: dict[str, Any], jurisdiction: str | None) -> dict[str, Any]:
    written = " ".join(
        part
        for part in (text(row, "fcltAddr"), text(row, "fcltDtl_1Addr"), text(row, "fcltDtl_2Addr"))
        if part
    )
    placed = place(written, jurisdiction_code=jurisdiction)
    return placed | {
        "postcode": normalise_postcode(text(row, "fcltZipcd")) or placed["postcode"],
        "phone": normalise_phone(text(row, "fcltTelNo"))
        or normalise_phone(text(row, "fcltTelNo2")),
    }
