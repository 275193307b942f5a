"""Reading a field of any upstream: text that may be damaged, escaped twice, or beyond measure."""

import contextlib
import html
import re
from typing import Any

ABSENT = frozenset({"", "-", "null", "NULL", "None"})
# Whatever needs a second look: one search of most texts finds nothing, and that is all it costs.
ODD = re.compile(r"[&<\x00-\x1f\x7f-\xff\u2000-\u200f\u3000\ufffd]|  ")
NOT_LATIN_1 = re.compile(r"[^\x00-\xff]")
TAG = re.compile(r"<[^<>]*>")
# What no name or address holds: control characters, and the mark of a byte that was lost.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
# One value beyond all measure must cost its own row, and not, by an index it does not fit, the run.
LONGEST_TEXT = 250

LONGEST_LINK = 2_000
LONGEST_PROSE = 30_000
HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
NOT_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
BLANK_LINES = re.compile(r"\n{3,}")


class FieldRefused(ValueError):
    """A value cannot be taken; `field` is the publisher's name of it, the message says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def text(row: dict[str, Any], field: str, *, most: int = LONGEST_TEXT) -> str | None:
    """Answer a trimmed text, its entities decoded (they come escaped twice), or None."""
    value = row.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        if isinstance(value, (dict, list)):
            raise FieldRefused(field, "글자가 와야 할 자리에 다른 꼴이 왔습니다.")
        value = str(value)
    found = _mended(value, field) if ODD.search(value) else value.strip()
    if len(found) > most:
        raise FieldRefused(field, f"{len(found):,}자로, {most:,}자를 넘습니다.")
    return None if found in ABSENT else found


def _mended(value: str, field: str) -> str:
    found = TAG.sub("", _decoded(value))
    if CONTROL.search(found):
        raise FieldRefused(field, "글자가 깨져서 왔습니다.")
    return " ".join(found.split())


def _decoded(value: str) -> str:
    found = value
    if not NOT_LATIN_1.search(found):
        # The commonest damage: an answer without charset that somebody took for Latin-1. Hangul
        # cannot be written in Latin-1, so what can be, and then reads as UTF-8, was damaged.
        with contextlib.suppress(UnicodeError):
            found = found.encode("latin-1").decode("utf-8")
    return html.unescape(html.unescape(found)) if "&" in found else found


def prose(row: dict[str, Any], field: str) -> str | None:
    """Answer a text of several lines; what stands in angle brackets stays unless it is HTML."""
    value = row.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise FieldRefused(field, "글자가 와야 할 자리에 다른 꼴이 왔습니다.")
    found = _decoded(value)
    if NOT_IN_PROSE.search(found):
        raise FieldRefused(field, "글자가 깨져서 왔습니다.")
    if len(found) > LONGEST_PROSE:
        raise FieldRefused(field, f"{len(found):,}자로, {LONGEST_PROSE:,}자를 넘습니다.")
    found = HTML_TAG.sub("", found.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (" ".join(line.split()) for line in found.split("\n"))
    found = BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return None if found in ABSENT else found


def title(row: dict[str, Any], field: str, *, most: int = LONGEST_TEXT) -> str:
    """Answer a name on one line, or refuse a blank one."""
    found = " ".join((prose(row, field) or "").split())
    if not found:
        raise FieldRefused(field, "이름이 비어 있습니다.")
    if len(found) > most:
        raise FieldRefused(field, f"{len(found):,}자로, {most:,}자를 넘습니다.")
    return found


def link(row: dict[str, Any], field: str) -> str | None:
    """Answer an address that may become a link: http and https only."""
    found = prose(row, field)
    if found is None or len(found) > LONGEST_LINK or " " in found or "\n" in found:
        return None
    return found if found.lower().startswith(("http://", "https://")) else None
