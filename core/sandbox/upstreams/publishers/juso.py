"""The road-name address service: `/addrlink/addrLinkApi.do`, answers of 200 with an error code."""

import re
from collections.abc import Mapping
from typing import Protocol

import msgspec

from core.sandbox.upstreams.serving.contract import (
    Answer,
    Ask,
    Page,
    Refusal,
    Refused,
    Roles,
    Route,
    Target,
)
from core.sandbox.upstreams.serving.tables import Row, Selection

JSON = "application/json;charset=UTF-8"
MOST_ROWS = 100
SEARCH, COORDINATES = "addrlink/addrLinkApi.do", "addrlink/addrCoordApi.do"
ERRORS = {
    "0": "정상",
    "-999": "시스템에러",
    "E0001": "승인되지 않은 KEY 입니다.",
    "E0005": "검색어가 입력되지 않았습니다.",
    "E0006": "주소를 상세히 입력해 주시기 바랍니다.",
    "E0008": "검색어는 두글자 이상 입력되어야 합니다.",
    "E0013": "SQL 예약어 또는 특수문자( %,=,>,<,[,] )는 검색이 불가능 합니다.",
}
_REFUSED_SIGNS = re.compile(r"[%=><\[\]]")
_PARTS_OF_A_BUILDING = ("admCd", "rnMgtSn", "udrtYn", "buldMnnm", "buldSlno")
_SHORTEST = 2


class Gazetteer(Protocol):
    """Knows every address by rule, so that there is no table to search."""

    def find(self, keyword: str) -> list[Row]: ...

    def entrance(self, building: Mapping[str, str]) -> list[Row]: ...


class Juso:
    """JSON where asked; everything is text, numbers too, and nothing found is an empty list."""

    prefix = "juso"

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def address(self, target: Target) -> str:
        return "/".join(target.segments)

    def read(self, target: Target, routes: Mapping[str, Route]) -> Ask:
        query, address = target.query, self.address(target)
        if not query.get("confmKey", "").strip():
            raise Refused(error("E0001"))
        if address not in routes:
            raise Refused(Answer("text/html;charset=UTF-8", b"<html>404</html>", 404))
        size = int(query.get("countPerPage", "10") or 10)
        start = (int(query.get("currentPage", "1") or 1) - 1) * size
        rows = self._rows(address, query)
        selection = Selection(lambda index: dict(rows[index]), range(len(rows)))
        roles: Roles = routes[address].roles
        return Ask(address, roles, selection, start, min(size, MOST_ROWS), "json")

    def _rows(self, address: str, query: Mapping[str, str]) -> list[Row]:
        if address == COORDINATES:
            if any(not query.get(part) for part in _PARTS_OF_A_BUILDING):
                raise Refused(error("E0006"))
            return self._gazetteer.entrance(query)
        keyword = query.get("keyword", "").strip()
        if not keyword:
            raise Refused(error("E0005"))
        if len(keyword) < _SHORTEST:
            raise Refused(error("E0008"))
        if _REFUSED_SIGNS.search(keyword):
            raise Refused(error("E0013"))
        return self._gazetteer.find(keyword)

    def write(self, ask: Ask, page: Page) -> Answer:
        common = {
            "errorCode": "0",
            "errorMessage": ERRORS["0"],
            "totalCount": str(page.total),
            "currentPage": str(ask.start // ask.size + 1),
            "countPerPage": str(ask.size),
        }
        rows: object = page.rows[0] if page.is_object else page.rows
        return Answer(JSON, msgspec.json.encode({"results": {"common": common, "juso": rows}}))

    def refuse(self, ask: Ask, refusal: Refusal) -> Answer:
        # The service documents no daily limit: what it says then is not known.
        return error("E0001" if refusal == "bad_key" else "-999")


def error(code: str) -> Answer:
    common = {
        "errorCode": code,
        "errorMessage": ERRORS[code],
        "totalCount": "0",
        "currentPage": "1",
        "countPerPage": "10",
    }
    return Answer(JSON, msgspec.json.encode({"results": {"common": common, "juso": None}}))
