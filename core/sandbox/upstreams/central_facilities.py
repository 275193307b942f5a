"""Upstream: the ministry's welfare facilities, three operations that disagree about the total."""

from collections.abc import Callable, Mapping
from pathlib import Path

from core.sandbox.upstreams.facilities import generated, naming
from core.sandbox.upstreams.facilities.files import JURISDICTION_NAMES, central_records
from core.sandbox.upstreams.publishers.data_go_kr import DATA_GO_KR
from core.sandbox.upstreams.serving.contract import Filter, Material, Roles, Route, Upstream
from core.sandbox.upstreams.serving.tables import Row, Table

SERVICE = "B554287/sclWlfrFcltInfoInqirService1"
LIST_FIELDS = ("fcltCd", "fcltNm", "fcltKindCd", "fcltKindNm", "jrsdSggCd", "jrsdSggNm")
WORK_FIELDS = ("fcltCd", "fcltNm", "fcltKindCd", "fcltKindNm", "certYn", "fcltStatus")
BASIC_FIELDS = (
    "fcltCd",
    "srvInstId",
    "fcltNm",
    "fcltKindCd",
    "jrsdSggCd",
    "rprsNm",
    "cprNm",
    "homepageAddr",
    "fcltMailAddr",
    "fcltZipcd",
    "fcltAddr",
    "fcltDtl_1Addr",
    "fcltDtl_2Addr",
    "fcltTelNo",
    "fcltTelNo2",
    "faxNo",
    "cfbClCd",
    "cfbNm",
)
NARROWING = {
    "jrsdSggCd": Filter("jrsdSggCd"),
    "fcltKindCd": Filter("fcltKindCd"),
    "fcltNm": Filter("fcltNm", is_partial=True),
}
JUNK_CODE = "00000"
SHARED_OF = 4
"""Of four rows, three are in the city's list too."""


def routes(material: Material) -> Mapping[str, Route]:
    total, make, facets = _real(material.data) if material.data else _generated(material)

    def route(fields: tuple[str, ...], size: int, filters: Mapping[str, Filter]) -> Route:
        table = Table(size, lambda index: _only(fields, make(index)), facets)
        return Route(table, _roles(fields), filters)

    by_code = {"fcltCd": Filter("fcltCd"), **NARROWING}
    listed = total - total // 4
    return {
        f"{SERVICE}/getFcltListInfoInqire": route(LIST_FIELDS, listed, by_code),
        f"{SERVICE}/getNFcltBizInqire": route(WORK_FIELDS, listed - listed // 1000 - 1, by_code),
        # The basic information ignores the code asked for and answers other facilities.
        f"{SERVICE}/getFcltByBassInfoInqire": route(BASIC_FIELDS, total, NARROWING),
    }


Facets = Mapping[str, Callable[[int], str]]


def _real(data: Path) -> tuple[int, Callable[[int], Row], Facets]:
    rows: list[Row] = [
        {
            **record,
            "jrsdSggNm": JURISDICTION_NAMES.get(record["jrsdSggCd"], ""),
            "certYn": "N",
            "fcltStatus": "정상",
        }
        for record in central_records(data)
    ]
    return len(rows), lambda index: rows[index], {}


def _generated(material: Material) -> tuple[int, Callable[[int], Row], Facets]:
    def make(index: int) -> Row:
        if index == 0:
            return {"fcltCd": JUNK_CODE}
        return row_of(index, generated.facility(_number(index), material.seed))

    facets = {
        "fcltCd": lambda index: generated.code_of(_number(index)) if index else JUNK_CODE,
        "jrsdSggCd": lambda index: generated.jurisdiction_of(_number(index))[0] if index else "",
        "fcltKindCd": lambda index: generated.kind_of(_number(index)).code if index else "",
    }
    return material.rows, make, facets


def _number(index: int) -> int:
    return index if index % SHARED_OF else generated.CENTRAL_ONLY + index


def _only(fields: tuple[str, ...], row: Row) -> Row:
    return {field: row.get(field, "") for field in fields}


def _roles(fields: tuple[str, ...]) -> Roles:
    return Roles(
        code="fcltCd",
        name="fcltNm",
        district="jrsdSggCd" if "jrsdSggCd" in fields else "fcltKindCd",
        number="fcltZipcd" if "fcltZipcd" in fields else "fcltKindCd",
    )


def row_of(index: int, facility: generated.Facility) -> Row:
    row: Row = {
        "fcltCd": facility.code,
        "srvInstId": f"SI{facility.number + 1:08}",
        "fcltNm": facility.name,
        "fcltKindCd": facility.kind.code,
        "fcltKindNm": facility.kind.name,
        "jrsdSggCd": facility.jurisdiction_code,
        "jrsdSggNm": facility.jurisdiction_name,
        "certYn": "Y" if facility.dice % 3 else "N",
        "fcltStatus": "정상" if facility.dice % 60 else "휴지",
    }
    if facility.is_masked:
        return row
    road, rest = generated.central_address(facility)
    dice = facility.dice
    row.update(
        rprsNm=naming.head_of(dice),
        cprNm=f"사회복지법인 {naming.STEMS[dice % 50]}재단" if dice % 3 else "",
        homepageAddr=f"http://www.example.org/{facility.code.lower()}" if dice % 4 == 0 else "",
        fcltMailAddr=f"{facility.code.lower()}@example.org" if dice % 6 == 0 else "",
        fcltZipcd=facility.place.postcode if road else "",
        fcltAddr=road,
        fcltDtl_1Addr=rest,
        fcltTelNo=_phone(index, facility),
    )
    return row


def _phone(index: int, facility: generated.Facility) -> str:
    """Digits only, but for a few that somebody typed otherwise; one in nine has none."""
    area, exchange, line = facility.phone
    match index % 200:
        case 17:
            return "nullnullnull"
        case 18:
            return f"{area}-{exchange}-{line}"
        case 19:
            return f"{area}){exchange}{line}"
    return "" if facility.dice % 9 == 0 else f"{area}{exchange}{line}"


UPSTREAM = Upstream("central_facilities", DATA_GO_KR, routes, most_parallel=3)
