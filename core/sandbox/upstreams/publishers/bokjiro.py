"""Bokjiro's own manner behind the data.go.kr gateway: `<wantedList>`, code "0", XML only."""

from collections.abc import Mapping

from core.sandbox.upstreams.publishers.data_go_kr import XML, check_key, gateway_error
from core.sandbox.upstreams.publishers.xml import DECLARATION, elements
from core.sandbox.upstreams.serving.contract import (
    Answer,
    Ask,
    Page,
    Refusal,
    Refused,
    Route,
    Target,
)
from core.sandbox.upstreams.serving.tables import Criterion

MOST_ROWS = 500
DETAIL_OPERATIONS = ("NationalWelfaredetailedV001", "LcgvWelfaredetailed")
CENTRAL_LIST = "NationalWelfarelistV001"
SEARCH_KEYS = frozenset({"001", "002", "003"})
BAD_PARAMETER, MISSING_PARAMETER, NO_DATA, NO_SERVICE = "10", "11", "40", "12"
MESSAGES = {
    "0": "SUCCESS",
    BAD_PARAMETER: "INVALID_REQUEST_PARAMETER_ERROR",
    MISSING_PARAMETER: "NO_MANDATORY_REQUEST_PARAMETERS_ERROR",
    NO_DATA: "NO DATA",
}


class Bokjiro:
    """Lists and details; a wish for JSON goes unheard."""

    prefix = "bokjiro"

    def address(self, target: Target) -> str:
        return "/".join(target.segments)

    def read(self, target: Target, routes: Mapping[str, Route]) -> Ask:
        query, address = target.query, self.address(target)
        check_key(query.get("serviceKey", query.get("ServiceKey", "")), "xml")
        if address not in routes:
            raise Refused(gateway_error(NO_SERVICE))
        route, operation = routes[address], address.rpartition("/")[2]
        if operation in DETAIL_OPERATIONS:
            _require(bool(query.get("servId")), MISSING_PARAMETER, "wantedDtl")
            selection = route.table.select((Criterion("servId", query["servId"]),))
            _require(len(selection) > 0, NO_DATA, "wantedDtl")
            return Ask(address, route.roles, selection, 0, 1, "xml")
        if operation == CENTRAL_LIST:
            _require(query.get("srchKeyCode", "") in SEARCH_KEYS, MISSING_PARAMETER)
        page, size = _positive(query, "pageNo", 1), _positive(query, "numOfRows", 10)
        _require(size <= MOST_ROWS, BAD_PARAMETER)
        criteria = tuple(
            Criterion(narrowed.field, query[name], *narrowed[1:])
            for name, narrowed in route.filters.items()
            if query.get(name)
        )
        selection = route.table.select(criteria)
        return Ask(address, route.roles, selection, (page - 1) * size, size, "xml")

    def write(self, ask: Ask, page: Page) -> Answer:
        if ask.address.rpartition("/")[2] in DETAIL_OPERATIONS:
            cells = elements("x", page.rows).removeprefix("<x>").removesuffix("</x>")
            return _xml("wantedDtl", f"{_result('0')}{cells}")
        head = (
            f"<totalCount>{page.total}</totalCount>"
            f"<pageNo>{ask.start // ask.size + 1}</pageNo><numOfRows>{ask.size}</numOfRows>"
        )
        return _xml("wantedList", f"{head}{_result('0')}{elements('servList', page.rows)}")

    def refuse(self, ask: Ask, refusal: Refusal) -> Answer:
        return gateway_error("30" if refusal == "bad_key" else "22")


def _require(is_so: bool, code: str, root: str = "wantedList") -> None:
    if not is_so:
        raise Refused(_xml(root, _result(code)))


def _positive(query: Mapping[str, str], name: str, default: int) -> int:
    told = query.get(name, str(default))
    _require(told.isascii() and told.isdigit() and int(told) > 0, BAD_PARAMETER)
    return int(told)


def _result(code: str) -> str:
    return f"<resultCode>{code}</resultCode><resultMessage>{MESSAGES[code]}</resultMessage>"


def _xml(root: str, content: str) -> Answer:
    return Answer(XML, f"{DECLARATION}<{root}>{content}</{root}>".encode())


BOKJIRO = Bokjiro()
