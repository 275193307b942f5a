"""The odcloud gateway (api.odcloud.kr): a flat envelope, and errors in JSON and XML by turns."""

import datetime
import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import unquote

from core.feeds.fetching import Fetcher, Hiccup, in_order, refuse_bad_key
from core.feeds.gateways.body import bare, open_json, open_xml, rows_of, whole, words
from core.feeds.gateways.data_go_kr import fault_of, gateway_fault

ROWS_A_CALL = 1000
PARALLEL_CALLS = 3
# -401: no key; -4: a key that is not registered.
BAD_KEYS = frozenset({"-401", "-4"})

Row = dict[str, Any]


def read_rows(
    fetcher: Fetcher,
    *,
    url: str,
    key: str,
    now: datetime.datetime,
    conditions: Mapping[str, str] | None = None,
) -> Iterator[tuple[list[Row], int]]:
    """Yield (rows, total) for each page; `conditions` narrow the list (`cond[수정일시::GTE]`)."""

    def call(page: int) -> tuple[list[Row], int]:
        return fetcher.get(
            url,
            params={
                # Issued in two forms; the encoded one, encoded again, would be an unknown key.
                "serviceKey": unquote(key),
                "page": str(page),
                "perPage": str(ROWS_A_CALL),
                "returnType": "JSON",
                **(conditions or {}),
            },
            parse=lambda body: _page(body, fetcher.name, within=page > 1, now=now),
        )

    first, total = call(1)
    yield first, total
    calls: Iterator[Callable[[], tuple[list[Row], int]]] = (
        partial(call, page) for page in range(2, math.ceil(total / ROWS_A_CALL) + 1)
    )
    yield from in_order(calls, parallel=fetcher.parallel)


def _page(body: bytes, name: str, *, within: bool, now: datetime.datetime) -> tuple[list[Row], int]:
    body = bare(body)
    if body.startswith(b"<"):
        raise _fault_in_xml(body, name, now)
    if not body:
        raise Hiccup("제공 기관이 빈 답을 보냈습니다.")
    answer = open_json(body)
    if "data" not in answer:
        raise _fault(words(answer.get("code")), words(answer.get("msg")), name, now=now)
    rows = rows_of(answer["data"])
    if within and not rows:
        raise Hiccup("목록 중간의 쪽이 비어서 왔습니다.")
    # What a filter leaves; totalCount counts the whole list whatever was asked.
    return rows, whole(answer.get("matchCount"))


def _fault(code: str, message: str, name: str, *, now: datetime.datetime) -> Exception:
    return refuse_bad_key(name) if code in BAD_KEYS else fault_of(code, message, name, now=now)


def _fault_in_xml(body: bytes, name: str, now: datetime.datetime) -> Exception:
    header = open_xml(body).find("cmmMsgHeader")
    told = {cell.tag: cell.text or "" for cell in header} if header is not None else {}
    return fault_of(*gateway_fault(told), name, now=now)
