"""The odcloud gateway: `/api/{service}/{operation}?page=…&perPage=…&returnType=…&cond[…]=…`.

It also takes the key in a header; the stand-in only in the query, as all who were seen send it.
"""

from collections.abc import Mapping

import msgspec

from core.sandbox.upstreams.publishers.data_go_kr import CODE_KEY, CODES, gateway_error
from core.sandbox.upstreams.publishers.xml import DECLARATION, escaped
from core.sandbox.upstreams.serving.contract import (
    Answer,
    Ask,
    Page,
    Refusal,
    Refused,
    Route,
    Target,
    Wanted,
)
from core.sandbox.upstreams.serving.tables import Criterion, Row

MOST_ROWS = 1000
JSON, XML = "application/json;charset=UTF-8", "application/xml;charset=UTF-8"
UNAUTHORIZED, NOT_FOUND, BAD_REQUEST = 401, 404, 400
NO_KEY, UNKNOWN_KEY, NO_SERVICE, BAD_PARAMETER = -401, -4, -3, -2
MESSAGES = {
    NO_KEY: "유효하지 않은 인증키 입니다.",
    UNKNOWN_KEY: "등록되지 않은 인증키 입니다.",
    NO_SERVICE: "등록되지 않은 서비스 입니다.",
    BAD_PARAMETER: "잘못된 요청 파라미터 입니다.",
}


class Odcloud:
    """JSON unless XML is asked; the envelope tells the whole total and that of the filter."""

    prefix = "odcloud"

    def address(self, target: Target) -> str:
        return "/".join(target.segments)

    def read(self, target: Target, routes: Mapping[str, Route]) -> Ask:
        query, address = target.query, self.address(target)
        wants: Wanted = "xml" if query.get("returnType", "").upper() == "XML" else "json"
        _check_key(query.get("serviceKey", ""))
        if address not in routes:
            raise Refused(error(NO_SERVICE, NOT_FOUND))
        page, size = _positive(query, "page", 1), _positive(query, "perPage", 10)
        if size > MOST_ROWS:
            raise Refused(error(BAD_PARAMETER, BAD_REQUEST))
        route = routes[address]
        selection = route.table.select(_criteria(route, query))
        start = (page - 1) * size
        return Ask(address, route.roles, selection, start, size, wants, route.table.size)

    def write(self, ask: Ask, page: Page) -> Answer:
        is_filtered = len(ask.selection) != ask.whole
        told = {
            "page": ask.start // ask.size + 1,
            "perPage": ask.size,
            "totalCount": ask.whole if is_filtered else page.total,
            "currentCount": len(page.rows),
            "matchCount": page.total,
        }
        if ask.wants == "xml":
            head = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
            items = "".join(_item(row) for row in page.rows)
            body = f"{DECLARATION}<results>{head}<data>{items}</data></results>"
            return Answer(XML, body.encode())
        rows: object = page.rows[0] if page.is_object else page.rows
        return Answer(JSON, msgspec.json.encode({**told, "data": rows}))

    def refuse(self, ask: Ask, refusal: Refusal) -> Answer:
        """A used-up quota is told by the gateway in front, in XML whatever was asked."""
        if refusal == "quota":
            return gateway_error("22")
        return error(UNKNOWN_KEY, UNAUTHORIZED)


def error(code: int, status: int) -> Answer:
    return Answer(JSON, msgspec.json.encode({"code": code, "msg": MESSAGES[code]}), status)


def _check_key(key: str) -> None:
    """A blank or a percent sign is left in a key that was pasted badly, or encoded twice."""
    if not key:
        raise Refused(error(NO_KEY, UNAUTHORIZED))
    if "%" in key or key != key.strip():
        raise Refused(error(UNKNOWN_KEY, UNAUTHORIZED))
    code = key.removeprefix(CODE_KEY)
    if code != key and code in CODES:
        raise Refused(gateway_error(code))


def _positive(query: Mapping[str, str], name: str, default: int) -> int:
    told = query.get(name, str(default))
    if not (told.isascii() and told.isdigit() and int(told)):
        raise Refused(error(BAD_PARAMETER, BAD_REQUEST))
    return int(told)


def _criteria(route: Route, query: Mapping[str, str]) -> tuple[Criterion, ...]:
    """Conditions that the operation does not know are ignored."""
    return tuple(
        Criterion(narrowed.field, query[name], *narrowed[1:])
        for name, narrowed in route.filters.items()
        if query.get(name)
    )


def _item(row: Row) -> str:
    cells = "".join(
        f'<col name="{name}"/>'
        if value is None
        else f'<col name="{name}">{escaped(str(value))}</col>'
        for name, value in row.items()
    )
    return f"<item>{cells}</item>"


ODCLOUD = Odcloud()
