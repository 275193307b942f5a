"""Seoul's own list of social welfare facilities (Seoul Open Data Plaza, `fcltOpenInfo`)."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.feeds.fetching import Fetcher
from core.feeds.gateways import seoul_open_data
from core.feeds.protocol import Connection, Page, Reject
from core.places.rules.phones import normalise_phone, normalise_postcode
from welfare.feeds._facility import (
    LONGEST_NAME,
    NOWHERE,
    FacilityRecord,
    Reading,
    code,
    head_count,
    place,
    region_code,
)
from welfare.feeds._reading import FieldRefused, text
from welfare.rules import is_protected_shelter, mask_name

NAME = "서울시 사회복지시설"
SERVICE = "fcltOpenInfo"
SEOUL = "11"
READING = Reading(
    code="FCLT_CD",
    name="FCLT_NM",
    kind="FCLT_KIND_NM",
    family="FCLT_KIND_DTL_NM",
    kind_code="FCLT_KIND_CD",
)
# What the plaza calls its fields in its own description.
LABELS = {
    "FCLT_CD": "시설코드",
    "FCLT_NM": "시설명",
    "FCLT_KIND_NM": "시설종류",
    "FCLT_KIND_DTL_NM": "시설유형",
    "JRSD_SGG_SE": "관할 구분",
    "JRSD_SGG_CD": "관할 코드",
    "JRSD_SGG_NM": "관할",
    "FCLT_ADDR": "시설주소",
    "FCLT_ZIPCD": "우편번호",
    "FCLT_TEL_NO": "전화번호",
    "INMT_GRDN_CNT": "정원",
    "LVLH_NMPR": "현원",
}
# "(노인) 양로시설": whom it is for, then the kind.
KIND = re.compile(r"^\((?P<group>[^()]*)\)\s*(?P<kind>.+)$")


class SeoulFacilityRecord(FacilityRecord, frozen=True):
    kind: str
    family: str
    client_group: str
    capacity: int | None
    occupancy: int | None


@dataclass(frozen=True, slots=True)
class SeoulFacilitiesFeed:
    connection: Connection
    now: datetime.datetime

    def pages(self) -> Iterator[Page]:
        fetcher = Fetcher(
            name=NAME,
            parallel=seoul_open_data.PARALLEL_CALLS,
            upstream=self.connection,
        )
        try:
            for rows, total in seoul_open_data.read_rows(
                fetcher,
                base_url=self.connection.base_url,
                key=self.connection.key,
                service=SERVICE,
                now=self.now,
            ):
                yield read_page(rows, total)
        finally:
            fetcher.close()


def read_page(rows: list[dict[str, Any]], total: int) -> Page:
    records: list[SeoulFacilityRecord] = []
    rejects: list[Reject] = []
    for row in rows:
        try:
            records.append(parse_seoul_facility(row))
        except FieldRefused as fault:
            rejects.append(READING.reject(row, fault))
    return Page(records=records, rejects=rejects, total=total)


def parse_seoul_facility(row: dict[str, Any]) -> SeoulFacilityRecord:
    """Answer one row as a record; raise FieldRefused where it must not be taken."""
    source_key = code(row, "FCLT_CD")
    name = text(row, "FCLT_NM", most=LONGEST_NAME)
    if name is None:
        raise FieldRefused("FCLT_NM", "시설 이름이 비어 있습니다.")
    client_group, kind = _kind(row)
    jurisdiction = region_code(row, "JRSD_SGG_CD")
    if jurisdiction is not None and not jurisdiction.startswith(SEOUL):
        raise FieldRefused("JRSD_SGG_CD", f"서울의 관할 코드가 아닙니다: {jurisdiction}")
    family = text(row, "FCLT_KIND_DTL_NM") or kind
    protected = is_protected_shelter(name=name, kind=kind, family=family)
    return SeoulFacilityRecord(
        source_key=source_key,
        name=mask_name(name) if protected else name,
        jurisdiction_code=jurisdiction,
        is_protected=protected,
        kind=kind,
        family=family,
        client_group=client_group,
        capacity=head_count(row, "INMT_GRDN_CNT"),
        occupancy=head_count(row, "LVLH_NMPR"),
        **(NOWHERE if protected else _whereabouts(row, jurisdiction)),
    )


def _kind(row: dict[str, Any]) -> tuple[str, str]:
    found = text(row, "FCLT_KIND_NM")
    if found is None:
        raise FieldRefused("FCLT_KIND_NM", "시설 종류가 비어 있습니다.")
    # The middle dot does not survive the publisher's encoding: 아동?청소년.
    found = found.replace("?", "·")
    parts = KIND.match(found)
    return (parts["group"], parts["kind"]) if parts else ("", found)


def _whereabouts(row: dict[str, Any], jurisdiction: str | None) -> dict[str, Any]:
    placed = place(text(row, "FCLT_ADDR"), jurisdiction_code=jurisdiction)
    return placed | {
        "postcode": normalise_postcode(text(row, "FCLT_ZIPCD")) or placed["postcode"],
        "phone": normalise_phone(text(row, "FCLT_TEL_NO")),
    }
