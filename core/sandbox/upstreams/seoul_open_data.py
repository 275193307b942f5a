"""Upstream: the city's welfare facilities, `fcltOpenInfo` and one service per district."""

from collections.abc import Mapping
from pathlib import Path

from core.sandbox.upstreams.facilities import generated, naming
from core.sandbox.upstreams.facilities.districts import DISTRICTS
from core.sandbox.upstreams.facilities.files import city_records
from core.sandbox.upstreams.publishers.seoul import SEOUL
from core.sandbox.upstreams.serving.contract import Filter, Material, Roles, Route, Upstream
from core.sandbox.upstreams.serving.tables import Criterion, Row, Table, table_of

SERVICE = "fcltOpenInfo"
ROLES = Roles(code="FCLT_CD", name="FCLT_NM", district="JRSD_SGG_CD", number="INMT_GRDN_CNT")
FILTERS = {"1": Filter("FCLT_CD"), "2": Filter("FCLT_NM", is_partial=True)}
"""Which positional arguments the real service takes is not known; these two are ours."""


def routes(material: Material) -> Mapping[str, Route]:
    table = _real(material.data) if material.data else _generated(material)
    districts = {
        f"{SERVICE}_{district.suffix}": Route(
            table, ROLES, FILTERS, always=(Criterion("JRSD_SGG_CD", district.code),)
        )
        for district in DISTRICTS
    }
    return {SERVICE: Route(table, ROLES, FILTERS), **districts}


def _generated(material: Material) -> Table:
    def make(number: int) -> Row:
        return row_of(generated.facility(number, material.seed))

    facets = {
        "FCLT_CD": generated.code_of,
        "JRSD_SGG_CD": lambda number: generated.jurisdiction_of(number)[0],
    }
    return Table(material.rows, make, facets)


def _real(data: Path) -> Table:
    """The download has fewer fields than the service."""
    return table_of(
        [
            {
                "FCLT_NM": record["시설명"],
                "FCLT_CD": record["시설코드"],
                "FCLT_KIND_NM": record["시설종류명(시설유형)"],
                "FCLT_KIND_DTL_NM": record["시설종류상세명(시설종류)"],
                "JRSD_SGG_SE": record["자치구(시)구분"],
                "RPRSNTV": record["시설장명"],
                "JRSD_SGG_CD": record["시군구코드"],
                "JRSD_SGG_NM": record["시군구명"],
                "FCLT_ADDR": record["시설주소"],
                "INMT_GRDN_CNT": "",
                "LVLH_NMPR": "",
                "FCLT_TEL_NO": "",
                "FCLT_ZIPCD": "",
            }
            for record in city_records(data)
        ]
    )


def row_of(facility: generated.Facility) -> Row:
    is_masked, dice = facility.is_masked, facility.dice
    return {
        "FCLT_NM": facility.name,
        "FCLT_CD": facility.code,
        "FCLT_KIND_NM": facility.kind.label,
        "FCLT_KIND_DTL_NM": facility.kind.family,
        "JRSD_SGG_SE": "자치구",
        "RPRSNTV": "" if is_masked or dice % 280 == 0 else naming.head_of(dice),
        "JRSD_SGG_CD": facility.jurisdiction_code,
        "JRSD_SGG_NM": "-" if is_masked else facility.jurisdiction_name,
        "FCLT_ADDR": "-" if is_masked else generated.city_address(facility),
        "INMT_GRDN_CNT": facility.capacity or "",
        "LVLH_NMPR": facility.capacity - dice % 5 if facility.capacity else "",
        "FCLT_TEL_NO": "-" if is_masked else "-".join(facility.phone),
        "FCLT_ZIPCD": "" if is_masked else facility.place.postcode,
    }


UPSTREAM = Upstream("seoul_open_data", SEOUL, routes)
