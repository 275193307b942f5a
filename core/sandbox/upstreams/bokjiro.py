"""Upstream: Bokjiro's welfare services, central and local, each as a list and details."""

from collections.abc import Callable, Mapping
from functools import partial

from core.sandbox.upstreams.benefits import files, generated
from core.sandbox.upstreams.publishers.bokjiro import BOKJIRO
from core.sandbox.upstreams.serving.contract import Filter, Material, Roles, Route, Upstream
from core.sandbox.upstreams.serving.tables import Row, Table, table_of

CENTRAL = "B554287/NationalWelfareInformationsV001"
LOCAL = "B554287/LocalGovernmentWelfareInformations"
USUAL_CENTRAL, USUAL_LOCAL = 452, 4_569
CENTRAL_ROLES = Roles(code="servId", name="servNm", district="jurMnofNm", number="svcfrstRegTs")
LOCAL_ROLES = Roles(code="servId", name="servNm", district="ctpvNm", number="lastModYmd")
CENTRAL_FILTERS = {"searchWrd": Filter("servNm", is_partial=True)}
LOCAL_FILTERS = {
    "searchWrd": Filter("servNm", is_partial=True),
    "ctpvNm": Filter("ctpvNm"),
    "sggNm": Filter("sggNm"),
}


def routes(material: Material) -> Mapping[str, Route]:
    central, central_details, local, local_details = _tables(material)
    return {
        f"{CENTRAL}/NationalWelfarelistV001": Route(central, CENTRAL_ROLES, CENTRAL_FILTERS),
        f"{CENTRAL}/NationalWelfaredetailedV001": Route(central_details, CENTRAL_ROLES),
        f"{LOCAL}/LcgvWelfarelist": Route(local, LOCAL_ROLES, LOCAL_FILTERS),
        f"{LOCAL}/LcgvWelfaredetailed": Route(local_details, LOCAL_ROLES),
    }


def _tables(material: Material) -> tuple[Table, Table, Table, Table]:
    if data := material.data:
        # The files hold no details: what the list tells is all that is told.
        central, local = (
            table_of(files.central(data), "servId"),
            table_of(files.local(data), "servId"),
        )
        return central, central, local, local
    return (
        _generated(material.rows_of(USUAL_CENTRAL), is_local=False, is_detail=False),
        _generated(material.rows_of(USUAL_CENTRAL), is_local=False, is_detail=True),
        _generated(material.rows_of(USUAL_LOCAL), is_local=True, is_detail=False),
        _generated(material.rows_of(USUAL_LOCAL), is_local=True, is_detail=True),
    )


def _generated(rows: int, *, is_local: bool, is_detail: bool) -> Table:
    number_of: Callable[[int], int] = (
        generated.local_number if is_local else generated.central_number
    )
    write = generated.welfare_detail if is_detail else generated.welfare_service

    def make(row: int) -> Row:
        return write(number_of(row), row, is_local=is_local)

    finders = {"servId": partial(generated.row_of_welfare, is_local=is_local)}
    return Table(rows, make, finders=finders)


UPSTREAM = Upstream("bokjiro", BOKJIRO, routes)
