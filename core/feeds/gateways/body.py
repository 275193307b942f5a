"""Opens the body of an answer, whatever it turns out to be: an odd one ends as a Hiccup."""

import re
import xml.etree.ElementTree as ET
from typing import Any, NoReturn
from xml.parsers import expat

import msgspec

from core.feeds.fetching import Hiccup

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding=["']([\w.-]+)["']""")
LONGEST_NUMBER = 18

Row = dict[str, Any]


def bare(body: bytes) -> bytes:
    """Answer the body without what may stand before its first sign."""
    return body.lstrip().removeprefix(BYTE_ORDER_MARK).lstrip()


def open_json(body: bytes) -> dict[str, Any]:
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise Hiccup("제공 기관의 답이 도중에 잘렸거나 깨졌습니다.") from fault
    if not isinstance(answer, dict):
        raise Hiccup("제공 기관의 답이 자료의 꼴이 아닙니다.")
    return answer


def open_xml(body: bytes) -> ET.Element:
    """Answer the root; a document type is refused wherever it stands: no entity is ever expanded.

    The encoding is undone here: the parser knows none of several bytes but UTF-8 and UTF-16.
    """
    declared = DECLARED.match(body)
    builder = ET.TreeBuilder()
    try:
        text = body.decode(declared[1].decode() if declared else "utf-8")
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = builder.start
        parser.EndElementHandler = builder.end
        parser.CharacterDataHandler = builder.data
        parser.Parse(text.encode(), True)
        root = builder.close()
    except (expat.ExpatError, ValueError, LookupError, AssertionError) as fault:
        raise Hiccup("제공 기관의 답이 도중에 잘렸거나 깨졌습니다.") from fault
    if root.tag.lower() == "html":
        _refuse_document_type()
    return root


def _refuse_document_type(*_: object) -> NoReturn:
    raise Hiccup("자료 대신 안내 화면이 왔습니다(점검 중일 수 있습니다).")


def part(answer: dict[str, Any], name: str) -> dict[str, Any]:
    """Answer an object inside, or an empty one where something else stands in its place."""
    found = answer.get(name)
    return found if isinstance(found, dict) else {}


def rows_of(found: object) -> list[Row]:
    """Answer the rows: a single one comes without its list, none as an empty text.

    What is no row is kept as one, so that it is rejected and accounted for.
    """
    items = found if isinstance(found, list) else [found] if isinstance(found, dict) else []
    return [item if isinstance(item, dict) else {"?": item} for item in items]


def words(value: object) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def whole(value: object) -> int:
    """Answer a number that may come as text; 0 where there is none."""
    text = words(value)
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
