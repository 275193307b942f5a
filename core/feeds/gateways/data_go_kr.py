"""The data.go.kr gateway: three shapes of answer, XML errors, totals that wander."""

import datetime
import math
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import unquote

from core.feeds.fetching import Fetcher, Hiccup, in_order, refuse_bad_key, refuse_over_quota
from core.feeds.gateways.body import bare, open_json, open_xml, part, rows_of, whole, words
from core.feeds.protocol import FeedRefused

ROWS_A_CALL = 1000
# The facility service took three parallel calls and answered 429 to twenty (FORMATS.md, section 2).
PARALLEL_CALLS = 3

OK_CODES = frozenset({"0", "00", "000", "0000", "NORMAL_CODE"})
NO_DATA = "03"
PASSING = frozenset({"01", "02", "04", "05", "99"})
OVER_QUOTA = "22"
KEY_CODES = frozenset({"20", "21", "30", "31", "32", "33"})
KEY_WORDS = ("SERVICE_KEY", "SERVICE KEY", "Forbidden", "Unauthorized")

Row = dict[str, Any]


def read_rows(
    fetcher: Fetcher, *, url: str, key: str, now: datetime.datetime
) -> Iterator[tuple[list[Row], int]]:
    """Yield (rows, total) for each page until the total announced by the first is reached."""

    def call(page: int, *, within: bool) -> tuple[list[Row], int]:
        return fetcher.get(
            url,
            params={
                # Issued in two forms; the encoded one, encoded again, would be an unknown key.
                "serviceKey": unquote(key),
                "pageNo": str(page),
                "numOfRows": str(ROWS_A_CALL),
                "_type": "json",
            },
            parse=lambda body: _page(body, fetcher.name, within=within, now=now),
        )

    first, total = call(1, within=False)
    yield first, total
    calls: Iterator[Callable[[], tuple[list[Row], int]]] = (
        partial(call, page, within=True) for page in range(2, math.ceil(total / ROWS_A_CALL) + 1)
    )
    yield from in_order(calls, parallel=fetcher.parallel)


def _page(body: bytes, name: str, *, within: bool, now: datetime.datetime) -> tuple[list[Row], int]:
    code, message, rows, total = open_body(body)
    if code in OK_CODES or code == NO_DATA:
        if within and not rows:
            raise Hiccup("목록 중간의 쪽이 비어서 왔습니다.")
        return rows, total
    raise fault_of(code, message, name, now=now)


def fault_of(code: str, message: str, name: str, *, now: datetime.datetime) -> Exception:
    """Answer what an error code means: stop, wait until tomorrow, or try again."""
    if code == OVER_QUOTA or "LIMITED_NUMBER" in message:
        return refuse_over_quota(name, now=now)
    if code in KEY_CODES or any(word in message for word in KEY_WORDS):
        return refuse_bad_key(name)
    if code in PASSING or "TIMEOUT" in message:
        return Hiccup(f"제공 기관의 서버에 오류가 있습니다({code} {message}).")
    if not code:
        return Hiccup("제공 기관의 답을 알아볼 수 없습니다.")
    return FeedRefused(
        f"{name}: 제공 기관이 요청을 거절했습니다({code} {message}). "
        "서비스가 바뀌었는지 확인이 필요합니다."
    )


def open_body(body: bytes) -> tuple[str, str, list[Row], int]:
    """Answer (code, message, rows, total) of a body, whichever of the shapes it really has."""
    body = bare(body)
    if body.startswith(b"{"):
        return _open_json(open_json(body))
    if body.startswith(b"<"):
        return _open_xml(open_xml(body))
    told = body[:100].decode("utf-8", "replace").strip()
    if any(word in told for word in KEY_WORDS):
        return "30", told, [], 0
    raise Hiccup("제공 기관이 빈 답을 보냈습니다.")


def _open_json(answer: dict[str, Any]) -> tuple[str, str, list[Row], int]:
    gateway = part(answer, "OpenAPI_ServiceResponse") or answer
    if fault := part(gateway, "cmmMsgHeader"):
        return *gateway_fault(fault), [], 0
    response = part(answer, "response") or answer
    header = part(response, "header") or response
    body = part(response, "body")
    items = body.get("items")
    return (
        words(header.get("resultCode")),
        words(header.get("resultMsg")),
        rows_of(items.get("item") if isinstance(items, dict) else items),
        whole(body.get("totalCount")),
    )


def _open_xml(root: ET.Element) -> tuple[str, str, list[Row], int]:
    header = root.find("cmmMsgHeader")
    if header is not None:
        return *gateway_fault({cell.tag: cell.text or "" for cell in header}), [], 0
    rows = [{cell.tag: cell.text or "" for cell in item} for item in root.iter("item")]
    return (
        words(root.findtext(".//resultCode")),
        words(root.findtext(".//resultMsg")),
        rows,
        whole(root.findtext(".//totalCount")),
    )


def gateway_fault(header: dict[str, Any]) -> tuple[str, str]:
    message = header.get("returnAuthMsg") or header.get("errMsg")
    return words(header.get("returnReasonCode")), words(message)
