"""Bokjiro behind the data.go.kr gateway: XML only, `<wantedList>` and `<wantedDtl>`, code 0."""

import datetime
import math
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import unquote

from core.feeds.fetching import Fetcher, Hiccup, in_order
from core.feeds.gateways.body import bare, open_xml, whole, words
from core.feeds.gateways.data_go_kr import KEY_WORDS, OK_CODES, fault_of, gateway_fault

ROWS_A_CALL = 500
# Development accounts bear about a hundred calls a minute (FORMATS.md, section 2).
PARALLEL_CALLS = 2
NO_DATA = frozenset({"03", "40"})

Row = dict[str, Any]


def read_rows(
    fetcher: Fetcher,
    *,
    url: str,
    key: str,
    now: datetime.datetime,
    asked: Mapping[str, str],
) -> Iterator[tuple[list[Row], int]]:
    """Yield (rows, total) for each page until the total announced by the first is reached."""

    def call(page: int) -> tuple[list[Row], int]:
        return fetcher.get(
            url,
            params={
                "serviceKey": unquote(key),
                "pageNo": str(page),
                "numOfRows": str(ROWS_A_CALL),
                **asked,
            },
            parse=lambda body: _page(body, fetcher.name, within=page > 1, now=now),
        )

    first, total = call(1)
    yield first, total
    calls: Iterator[Callable[[], tuple[list[Row], int]]] = (
        partial(call, page) for page in range(2, math.ceil(total / ROWS_A_CALL) + 1)
    )
    yield from in_order(calls, parallel=fetcher.parallel)


def read_detail(
    fetcher: Fetcher, *, url: str, key: str, now: datetime.datetime, identity: str
) -> Row | None:
    """Answer what is told of one service, or None where the service is not known (any more)."""
    return fetcher.get(
        url,
        params={"serviceKey": unquote(key), "callTp": "D", "servId": identity},
        parse=lambda body: _detail(body, fetcher.name, now=now),
    )


def _page(body: bytes, name: str, *, within: bool, now: datetime.datetime) -> tuple[list[Row], int]:
    root = _root(body, name, now=now)
    rows = [_cells(row) for row in root.findall("servList")]
    if within and not rows:
        raise Hiccup("목록 중간의 쪽이 비어서 왔습니다.")
    return rows, whole(root.findtext("totalCount"))


def _detail(body: bytes, name: str, *, now: datetime.datetime) -> Row | None:
    root = _root(body, name, now=now)
    row = _cells(root)
    return row if row.get("servId") else None


def _root(body: bytes, name: str, *, now: datetime.datetime) -> ET.Element:
    body = bare(body)
    if not body.startswith(b"<"):
        told = body[:100].decode("utf-8", "replace").strip()
        if any(word in told for word in KEY_WORDS):
            raise fault_of("30", told, name, now=now)
        raise Hiccup("제공 기관이 빈 답을 보냈습니다.")
    root = open_xml(body)
    header = root.find("cmmMsgHeader")
    if header is not None:
        code, message = gateway_fault({cell.tag: cell.text or "" for cell in header})
        raise fault_of(code, message, name, now=now)
    code, message = words(root.findtext("resultCode")), words(root.findtext("resultMessage"))
    if code not in OK_CODES and code not in NO_DATA:
        raise fault_of(code, message, name, now=now)
    return root


def _cells(element: ET.Element) -> Row:
    """Answer a row's fields; one that holds others, or comes again, is a list."""
    row: Row = {}
    for cell in element:
        value: Any = _cells(cell) if len(cell) else cell.text or ""
        if cell.tag in row or len(cell):
            held = row.setdefault(cell.tag, [])
            row[cell.tag] = [*(held if isinstance(held, list) else [held]), value]
        else:
            row[cell.tag] = value
    return row
