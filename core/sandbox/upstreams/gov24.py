"""Upstream: gov24 v3, all services of every agency: list, detail, and conditions as tick-boxes."""

from collections.abc import Callable, Mapping

from core.sandbox.upstreams.benefits import files, generated
from core.sandbox.upstreams.publishers.odcloud import ODCLOUD
from core.sandbox.upstreams.serving.contract import Filter, Material, Roles, Route, Upstream
from core.sandbox.upstreams.serving.tables import COMPARISONS, Row, Table, table_of

SERVICE = "api/gov24/v3"
USUAL_ROWS = 11_032
ROLES = Roles(code="서비스ID", name="서비스명", district="소관기관유형", number="수정일시")
DETAIL_ROLES = Roles(code="서비스ID", name="서비스명", district="소관기관명", number="수정일시")
CONDITION_ROLES = Roles(code="서비스ID", name="서비스명", district="JA0410", number="JA0110")
BY_ID = {"cond[서비스ID::EQ]": Filter("서비스ID")}
LIKE = ("서비스명", "소관기관명", "소관기관유형", "사용자구분", "서비스분야")
FILTERS = {
    **{f"cond[{name}::LIKE]": Filter(name, is_partial=True) for name in LIKE},
    **{
        f"cond[{name}::{sign}]": Filter(name, compares=sign)
        for name in ("등록일시", "수정일시")
        for sign in COMPARISONS
    },
}


def routes(material: Material) -> Mapping[str, Route]:
    services, details, conditions = _tables(material)
    return {
        f"{SERVICE}/serviceList": Route(services, ROLES, FILTERS),
        f"{SERVICE}/serviceDetail": Route(details, DETAIL_ROLES, BY_ID),
        f"{SERVICE}/supportConditions": Route(conditions, CONDITION_ROLES, BY_ID),
    }


def _tables(material: Material) -> tuple[Table, Table, Table]:
    if data := material.data:
        return (
            table_of(files.services(data), "서비스ID"),
            table_of(files.details(data), "서비스ID"),
            table_of(files.conditions(data), "서비스ID"),
        )
    rows = material.rows_of(USUAL_ROWS)
    facets = {"수정일시": lambda number: generated.modified_at(number, material.seed)}
    finders = {"서비스ID": generated.number_of_service}

    def table(make: Callable[[int, int], Row]) -> Table:
        return Table(rows, lambda number: make(number, material.seed), facets, finders)

    return table(generated.service), table(generated.detail), table(generated.conditions)


UPSTREAM = Upstream("gov24", ODCLOUD, routes)
