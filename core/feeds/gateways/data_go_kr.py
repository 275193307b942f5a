"""The data.go.kr gateway: three shapes of answer, XML errors, totals that wander."""

import datetime
import math
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from core.feeds.fetching import Fetcher, Hiccup, in_order, refuse_bad_key, refuse_over_quota
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
                "serviceKey": key,
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
    if code == OVER_QUOTA or "LIMITED_NUMBER" in message:
        raise refuse_over_quota(name, now=now)
    if code in KEY_CODES or any(word in message for word in KEY_WORDS):
        raise refuse_bad_key(name)
    if code in PASSING or "TIMEOUT" in message:
        raise Hiccup(f"제공 기관의 서버에 오류가 있습니다({code} {message}).")
    raise FeedRefused(
        f"{name}: 제공 기관이 요청을 거절했습니다({code} {message}). "
        "서비스가 바뀌었는지 확인이 필요합니다."
    )


def open_body(body: bytes) -> tuple[str, str, list[Row], int]:
    """Answer (code, message, rows, total) of a body, whichever of the shapes it really has."""
    start = body.lstrip()[:1]
    if start == b"{":
        try:
            answer = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            raise Hiccup("제공 기관의 답이 도중에 잘렸거나 깨졌습니다.") from fault
        return _open_json(answer)
    if start == b"<":
        return _open_xml(body)
    words = body[:100].decode("utf-8", "replace").strip()
    if any(word in words for word in KEY_WORDS):
        return "30", words, [], 0
    raise Hiccup("제공 기관이 빈 답을 보냈습니다.")


def _open_json(answer: Any) -> tuple[str, str, list[Row], int]:
    if not isinstance(answer, dict):
        raise Hiccup("제공 기관의 답이 자료의 꼴이 아닙니다.")
    gateway = answer.get("OpenAPI_ServiceResponse", answer)
    if "cmmMsgHeader" in gateway:
        return *_gateway_fault(gateway["cmmMsgHeader"]), [], 0
    response = answer.get("response", answer)
    header = response.get("header") or response
    body = response.get("body") or {}
    items = body.get("items") or {}  # "" where there is none
    rows = items.get("item", []) if isinstance(items, dict) else items
    rows = [rows] if isinstance(rows, dict) else rows or []
    return (
        str(header.get("resultCode", "")),
        str(header.get("resultMsg", "")),
        rows,
        _whole(body.get("totalCount")),
    )


def _open_xml(body: bytes) -> tuple[str, str, list[Row], int]:
    try:
        # DTDs are refused: the only way an XML answer could do harm (entity expansion).
        if b"<!DOCTYPE" in body[:200].upper():
            raise Hiccup("자료 대신 안내 화면이 왔습니다(점검 중일 수 있습니다).")
        root = ET.fromstring(body)  # noqa: S314
    except ET.ParseError as fault:
        raise Hiccup("제공 기관의 답이 도중에 잘렸거나 깨졌습니다.") from fault
    if root.tag.lower() == "html":
        raise Hiccup("자료 대신 안내 화면이 왔습니다(점검 중일 수 있습니다).")
    header = root.find("cmmMsgHeader")
    if header is not None:
        return *_gateway_fault({cell.tag: cell.text or "" for cell in header}), [], 0
    rows = [{cell.tag: cell.text or "" for cell in item} for item in root.iter("item")]
    return (
        (root.findtext(".//resultCode") or "").strip(),
        (root.findtext(".//resultMsg") or "").strip(),
        rows,
        _whole(root.findtext(".//totalCount")),
    )


def _gateway_fault(header: dict[str, Any]) -> tuple[str, str]:
    return str(header.get("returnReasonCode", "")), str(
        header.get("returnAuthMsg") or header.get("errMsg") or ""
    )


def _whole(value: object) -> int:
    text = str(value if value is not None else 0).strip()
    return int(text) if text.isdecimal() else 0
