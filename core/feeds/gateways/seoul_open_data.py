"""Seoul Open Data Plaza: positional addresses, 1,000 rows a call, errors without the wrapper."""

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from core.feeds.fetching import Fetcher, Hiccup, in_order, refuse_bad_key, refuse_over_quota
from core.feeds.gateways.body import bare, open_json, open_xml, part, rows_of, whole, words
from core.feeds.protocol import FeedRefused

ROWS_A_CALL = 1000
# FORMATS.md names no limit for the plaza; three is what the strictest measured upstream bears.
PARALLEL_CALLS = 3

OK, BAD_KEY, NO_DATA = "INFO-000", "INFO-100", "INFO-200"
PASSING = frozenset({"ERROR-500", "ERROR-600", "ERROR-601"})
QUOTA_WORDS = ("한도", "초과", "LIMITED_NUMBER")

Row = dict[str, Any]


def read_rows(
    fetcher: Fetcher, *, base_url: str, key: str, service: str, now: datetime.datetime
) -> Iterator[tuple[list[Row], int]]:
    """Yield (rows, total) for each call until the announced total is reached.

    An empty page in the middle is a fault that may pass, never the end.
    """

    def call(start: int, expected: int) -> tuple[list[Row], int]:
        url = f"{base_url}/{key}/json/{service}/{start}/{start + ROWS_A_CALL - 1}/"
        return fetcher.get(
            url, parse=lambda body: _page(body, service, fetcher.name, expected=expected, now=now)
        )

    first, total = call(1, 0)
    yield first, total
    calls: Iterator[Callable[[], tuple[list[Row], int]]] = (
        partial(call, start, min(ROWS_A_CALL, total - start + 1))
        for start in range(ROWS_A_CALL + 1, total + 1, ROWS_A_CALL)
    )
    yield from in_order(calls, parallel=fetcher.parallel)


def _page(
    body: bytes, service: str, name: str, *, expected: int, now: datetime.datetime
) -> tuple[list[Row], int]:
    result, rows, total = open_body(body, service)
    code = result.get("CODE", "")
    message = result.get("MESSAGE", "")
    if code == OK:
        if expected and not rows:
            raise Hiccup("목록 중간의 쪽이 비어서 왔습니다.")
        return rows, total
    if code == NO_DATA:
        if expected:
            raise Hiccup("목록 중간의 쪽이 비어서 왔습니다.")
        return [], 0
    if code == BAD_KEY:
        raise refuse_bad_key(name)
    if any(word in message for word in QUOTA_WORDS) and code != "ERROR-336":
        raise refuse_over_quota(name, now=now)
    if code in PASSING:
        raise Hiccup(f"제공 기관의 서버에 오류가 있습니다({code}).")
    if not code:
        raise Hiccup("제공 기관의 답을 알아볼 수 없습니다.")
    raise FeedRefused(
        f"{name}: 제공 기관이 요청을 거절했습니다({code} {message}). "
        "서비스 이름이 바뀌었는지 확인이 필요합니다."
    )


def open_body(body: bytes, service: str) -> tuple[dict[str, str], list[Row], int]:
    """Answer (result, rows, total) of a body, whichever format it really has."""
    body = bare(body)
    if body.startswith(b"{"):
        answer = open_json(body)
        inner = part(answer, service) or answer
        result = {name: words(value) for name, value in part(inner, "RESULT").items()}
        return result, rows_of(inner.get("row")), whole(inner.get("list_total_count"))
    if body.startswith(b"<"):
        return _open_xml(open_xml(body))
    raise Hiccup("제공 기관이 빈 답을 보냈습니다.")


def _open_xml(root: ET.Element) -> tuple[dict[str, str], list[Row], int]:
    result = root if root.tag == "RESULT" else root.find("RESULT")
    rows = [{cell.tag: cell.text or "" for cell in row} for row in root.iter("row")]
    return (
        {cell.tag: words(cell.text) for cell in (result if result is not None else ())},
        rows,
        whole(root.findtext("list_total_count")),
    )
