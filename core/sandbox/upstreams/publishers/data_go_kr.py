"""The data.go.kr gateway: `/{agency}/{service}/{operation}?serviceKey=…&pageNo=…&numOfRows=…`."""

from collections.abc import Mapping

import msgspec

from core.sandbox.upstreams.publishers.xml import DECLARATION, elements
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
from core.sandbox.upstreams.serving.tables import Criterion

MOST_ROWS = 1000
CODES = {
    "01": "APPLICATION_ERROR",
    "02": "DB_ERROR",
    "03": "NODATA_ERROR",
    "04": "HTTP_ERROR",
    "05": "SERVICETIMEOUT_ERROR",
    "10": "INVALID_REQUEST_PARAMETER_ERROR",
    "11": "NO_MANDATORY_REQUEST_PARAMETERS_ERROR",
    "12": "NO_OPENAPI_SERVICE_ERROR",
    "20": "SERVICE_ACCESS_DENIED_ERROR",
    "21": "TEMPORARILY_DISABLE_THE_SERVICEKEY_ERROR",
    "22": "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR",
    "30": "SERVICE_KEY_IS_NOT_REGISTERED_ERROR",
    "31": "DEADLINE_HAS_EXPIRED_ERROR",
    "32": "UNREGISTERED_IP_ERROR",
    "33": "UNSIGNED_CALL_ERROR",
    "99": "UNKNOWN_ERROR",
}
PARAMETER_CODES = ("10", "11")
STATUSES = {"20": 403}
"""Errors come with 200, 401 or 403; a missing key with 401."""
CODE_KEY = "CODE-"
JSON, XML = "application/json;charset=UTF-8", "application/xml;charset=UTF-8"
ANSWERED_AT = "2026-06-20T09:00:00.000+09:00"


class DataGoKr:
    """XML unless `_type=json`; a single item of a JSON answer is an object, none are a blank."""

    prefix = "data.go.kr"

    def address(self, target: Target) -> str:
        return "/".join(target.segments)

    def read(self, target: Target, routes: Mapping[str, Route]) -> Ask:
        query = target.query
        wants: Wanted = "json" if query.get("_type", "").lower() == "json" else "xml"
        address = self.address(target)
        check_key(query.get("serviceKey", query.get("ServiceKey", "")), wants)
        if address not in routes:
            raise Refused(gateway_error("12"))
        page, size = _positive(query, "pageNo", 1, wants), _positive(query, "numOfRows", 10, wants)
        if size > MOST_ROWS:
            raise Refused(parameter_error("10", wants))
        route = routes[address]
        selection = route.table.select((*route.always, *_criteria(route, query)))
        if not len(selection):
            raise Refused(_header_only("03", wants))
        return Ask(address, route.roles, selection, (page - 1) * size, size, wants)

    def write(self, ask: Ask, page: Page) -> Answer:
        number = ask.start // ask.size + 1
        if ask.wants == "xml":
            return _xml(
                f"{_header('00', 'NORMAL SERVICE.')}<body>"
                f"<items>{elements('item', page.rows)}</items>"
                f"<numOfRows>{ask.size}</numOfRows><pageNo>{number}</pageNo>"
                f"<totalCount>{page.total}</totalCount></body>"
            )
        items: object = ""
        if page.rows:
            items = {"item": page.rows[0] if len(page.rows) == 1 else page.rows}
        body = {
            "items": items,
            "numOfRows": ask.size,
            "pageNo": number,
            # Now a number, now a text of digits.
            "totalCount": page.total if number % 2 else str(page.total),
        }
        header = {"resultCode": "00", "resultMsg": "NORMAL SERVICE."}
        return Answer(JSON, msgspec.json.encode({"response": {"header": header, "body": body}}))

    def refuse(self, ask: Ask, refusal: Refusal) -> Answer:
        answer = gateway_error("30" if refusal == "bad_key" else "22")
        return Answer(JSON if ask.wants == "json" else XML, answer.body)


def gateway_error(code: str, status: int = 200) -> Answer:
    """The gateway answers in XML whatever was asked."""
    told = (
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
        f"<returnAuthMsg>{CODES[code]}</returnAuthMsg>"
        f"<returnReasonCode>{code}</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
    )
    return Answer(XML, told.encode(), status)


def parameter_error(code: str, wants: Wanted) -> Answer:
    """In JSON without the usual wrapper."""
    if wants == "xml":
        return _header_only(code, wants)
    told = {"responseTime": ANSWERED_AT, "resultCode": code, "resultMsg": CODES[code]}
    return Answer(JSON, msgspec.json.encode(told))


def check_key(key: str, wants: Wanted) -> None:
    """A blank or a percent sign is left in a key that was pasted badly, or encoded twice."""
    if not key:
        raise Refused(gateway_error("30", 401))
    if "%" in key or key != key.strip():
        raise Refused(gateway_error("30"))
    code = key.removeprefix(CODE_KEY)
    if code == key or code not in CODES:
        return
    if code in PARAMETER_CODES:
        raise Refused(parameter_error(code, wants))
    raise Refused(gateway_error(code, STATUSES.get(code, 200)))


def _positive(query: Mapping[str, str], name: str, default: int, wants: Wanted) -> int:
    told = query.get(name, str(default))
    if not (told.isascii() and told.isdigit() and int(told)):
        raise Refused(parameter_error("10", wants))
    return int(told)


def _criteria(route: Route, query: Mapping[str, str]) -> tuple[Criterion, ...]:
    """Parameters that the operation does not know are ignored."""
    return tuple(
        Criterion(narrowed.field, query[name], *narrowed[1:])
        for name, narrowed in route.filters.items()
        if query.get(name)
    )


def _header(code: str, message: str) -> str:
    return f"<header><resultCode>{code}</resultCode><resultMsg>{message}</resultMsg></header>"


def _header_only(code: str, wants: Wanted) -> Answer:
    if wants == "xml":
        return _xml(_header(code, CODES[code]))
    header = {"resultCode": code, "resultMsg": CODES[code]}
    return Answer(JSON, msgspec.json.encode({"response": {"header": header}}))


def _xml(content: str) -> Answer:
    return Answer(XML, f"{DECLARATION}<response>{content}</response>".encode())


DATA_GO_KR = DataGoKr()
