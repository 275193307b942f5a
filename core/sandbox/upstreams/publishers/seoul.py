"""The Seoul Open Data Plaza: `/{KEY}/{TYPE}/{SERVICE}/{START}/{END}/{positional filters}/`."""

from collections.abc import Mapping
from typing import NoReturn

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
SAMPLE_KEY, SAMPLE_ROWS = "sample", 5
FORMATS: Mapping[str, Wanted] = {"json": "json", "xml": "xml", "xmlf": "xml"}
MESSAGES = {
    "INFO-000": "정상 처리되었습니다",
    "INFO-100": "인증키가 유효하지 않습니다. 인증키가 없는 경우, 열린 데이터 광장 홈페이지에서 "
    "인증키를 신청하십시오.",
    "INFO-200": "해당하는 데이터가 없습니다.",
    "ERROR-300": "필수 값이 누락되어 있습니다. 요청인자를 참고 하십시오.",
    "ERROR-301": "파일타입 값이 누락 혹은 유효하지 않습니다. 요청인자 중 TYPE을 확인하십시오.",
    "ERROR-310": "해당하는 서비스를 찾을 수 없습니다. 요청인자 중 SERVICE를 확인하십시오.",
    "ERROR-331": "요청시작위치 값을 확인하십시오. 요청인자 중 START_INDEX를 확인하십시오.",
    "ERROR-332": "요청종료위치 값을 확인하십시오. 요청인자 중 END_INDEX를 확인하십시오.",
    "ERROR-333": "요청위치 값의 타입이 유효하지 않습니다. 요청위치 값은 정수를 입력하세요.",
    "ERROR-334": "요청종료위치 보다 요청시작위치가 더 큽니다.",
    "ERROR-335": "샘플데이터(샘플키:sample) 는 한번에 최대 5건을 넘을 수 없습니다.",
    "ERROR-336": "데이터요청은 한번에 최대 1000건을 넘을 수 없습니다.",
    "ERROR-500": "서버 오류입니다.",
    "ERROR-600": "데이터베이스 연결 오류입니다.",
    "ERROR-601": "SQL 문장 오류 입니다.",
}
JSON, XML = "application/json;charset=UTF-8", "text/xml;charset=UTF-8"
NOT_FOUND = Answer("text/html;charset=UTF-8", b"<html><body>HTTP Status 404</body></html>", 404)


class SeoulPlaza:
    """Errors come without the service's wrapper; those of the key in XML whatever was asked."""

    prefix = "seoul"

    def address(self, target: Target) -> str:
        return next(iter(target.segments[2:3]), "")

    def read(self, target: Target, routes: Mapping[str, Route]) -> Ask:
        segments = target.segments[:-1] if target.segments[-1:] == ("",) else target.segments
        if "" in segments:
            raise Refused(NOT_FOUND)
        key, kind, service, first, last = (*segments[:5], *[""] * (5 - len(segments)))
        wants = FORMATS.get(kind)
        _require(wants is not None, "ERROR-301", "xml")
        wants = wants or "xml"
        _require(key != "INFO-100", "INFO-100", "xml")
        _require(key == "INFO-000" or key not in MESSAGES, key, wants)
        _require(service != "", "ERROR-300", wants)
        _require(service in routes, "ERROR-310", wants)
        start, stop = _window(key, first, last, wants)
        route = routes[service]
        selection = route.table.select((*route.always, *_criteria(route, segments[5:])))
        _require(start < len(selection), "INFO-200", wants)
        return Ask(service, route.roles, selection, start, stop - start, wants)

    def write(self, ask: Ask, page: Page) -> Answer:
        if ask.wants == "xml":
            body = elements("row", page.rows)
            head = f"<list_total_count>{page.total}</list_total_count>{_result('INFO-000')}"
            return _xml(f"<{ask.address}>{head}{body}</{ask.address}>")
        rows = page.rows[0] if page.is_object else page.rows
        result = {"CODE": "INFO-000", "MESSAGE": MESSAGES["INFO-000"]}
        told = {"list_total_count": page.total, "RESULT": result, "row": rows}
        return Answer(JSON, msgspec.json.encode({ask.address: told}))

    def refuse(self, ask: Ask, refusal: Refusal) -> Answer:
        """No code is documented for a used-up quota: as any refused key, and in the format asked.

        A bad key is answered in XML, under the content type of what was asked.
        """
        if refusal == "quota":
            return error("INFO-100", ask.wants)
        answer = error("INFO-100", "xml")
        return Answer(JSON if ask.wants == "json" else XML, answer.body)


def error(code: str, wants: Wanted) -> Answer:
    if wants == "xml":
        return _xml(_result(code))
    return Answer(JSON, msgspec.json.encode({"RESULT": {"CODE": code, "MESSAGE": MESSAGES[code]}}))


def _refuse(code: str, wants: Wanted) -> NoReturn:
    raise Refused(error(code, wants))


def _require(is_so: bool, code: str, wants: Wanted) -> None:
    if not is_so:
        _refuse(code, wants)


def _window(key: str, first: str, last: str, wants: Wanted) -> tuple[int, int]:
    """From the first row's position, counted from 0, to the one after the last."""
    _require(first != "", "ERROR-331", wants)
    _require(last != "", "ERROR-332", wants)
    _require(_is_whole(first) and _is_whole(last), "ERROR-333", wants)
    start, stop = int(first), int(last)
    _require(start >= 1, "ERROR-331", wants)
    _require(stop >= 1, "ERROR-332", wants)
    _require(start <= stop, "ERROR-334", wants)
    _require(key != SAMPLE_KEY or stop <= SAMPLE_ROWS, "ERROR-335", wants)
    _require(stop - start + 1 <= MOST_ROWS, "ERROR-336", wants)
    return start - 1, stop


def _is_whole(told: str) -> bool:
    return told.removeprefix("-").isascii() and told.removeprefix("-").isdigit()


def _criteria(route: Route, positional: tuple[str, ...]) -> tuple[Criterion, ...]:
    """A skipped argument is a blank (an empty segment was refused before)."""
    return tuple(
        Criterion(narrowed.field, told, narrowed.is_partial)
        for narrowed, told in zip(route.filters.values(), positional, strict=False)
        if told.strip()
    )


def _result(code: str) -> str:
    return f"<RESULT><CODE>{code}</CODE><MESSAGE><![CDATA[{MESSAGES[code]}]]></MESSAGE></RESULT>"


def _xml(content: str) -> Answer:
    return Answer(XML, (DECLARATION + content).encode())


SEOUL = SeoulPlaza()
