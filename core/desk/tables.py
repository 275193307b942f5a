"""A table that staff bring along: CSV as Korean offices write it, or XLSX; read in memory alone."""

import csv
import datetime
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.uploads import words_on_size

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_LINES = 10_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
# Each with what it is called for whoever brought the file.
ENCODINGS = {"utf-8-sig": "UTF-8", "cp949": "CP949"}
# A sign that a spreadsheet would take for the beginning of a formula, after our own mark.
_MARKED = re.compile(r"^'(?=[=+\-@\t\r\n＝＋－＠])")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class TableRefused(Exception):
    """The file cannot be read as a table; the message is a sentence for whoever brought it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The first row names the columns; each line has the number that a spreadsheet shows."""

    form: str  # "CSV (CP949)", for the person
    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(name: str, content: bytes) -> Table:
    """Read a file by what it holds, whatever its name says; raises TableRefused."""
    if wrong := words_on_size(len(content), most=MOST_BYTES):
        raise TableRefused(wrong)
    if content.startswith(b"PK\x03\x04"):
        return _table("XLSX", _read_workbook(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableRefused(
            "옛 엑셀 파일(.xls)이거나 암호가 걸린 파일입니다. 암호를 풀고 .xlsx나 .csv로 "
            "저장해 주세요."
        )
    text, encoding = _decoded(content)
    return _table(f"CSV ({encoding})", _read_csv(text))


def _table(form: str, rows: Iterable[tuple[str, ...]]) -> Table:
    header: tuple[str, ...] = ()
    lines: list[tuple[int, tuple[str, ...]]] = []
    for number, row in enumerate(rows, start=1):
        if not any(row):
            continue
        if not header:
            last = max(at for at, cell in enumerate(row) if cell)
            header = row[: last + 1]
            continue
        if len(lines) == MOST_LINES:
            raise TableRefused(f"줄이 너무 많습니다. 한 번에 {MOST_LINES:,}줄까지 됩니다.")
        lines.append((number, row[: len(header)]))
    if not lines:
        raise TableRefused("파일에 내용이 없습니다. 첫 줄은 제목, 다음 줄부터 내용이어야 합니다.")
    return Table(form, header, tuple(lines))


def _decoded(content: bytes) -> tuple[str, str]:
    for encoding, called in ENCODINGS.items():
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return text, called
    raise TableRefused("글자를 읽을 수 없는 파일입니다. CSV나 XLSX로 저장해 주세요.")


def _read_csv(text: str) -> Iterator[tuple[str, ...]]:
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield tuple(clean_cell(cell) for cell in row[:MOST_COLUMNS])
    except csv.Error as wrong:
        raise TableRefused("CSV의 따옴표가 맞지 않습니다. 다시 저장해 주세요.") from wrong


def _read_workbook(content: bytes) -> Iterator[tuple[str, ...]]:
    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size may be anything
        for row in sheet.iter_rows(max_row=MOST_LINES * 2, max_col=MOST_COLUMNS, values_only=True):
            yield tuple(clean_cell(_told(cell)) for cell in row)
    except TableRefused:
        raise
    # A broken file fails in any way that XML, ZIP and the library know.
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as wrong:
        raise _unreadable() from wrong
    except (SyntaxError, TypeError, AttributeError, EOFError, OSError) as wrong:
        raise _unreadable() from wrong


def _unreadable() -> TableRefused:
    return TableRefused("엑셀 파일을 읽을 수 없습니다. 엑셀에서 다시 저장해 주세요.")


def _refuse_bomb(content: bytes) -> None:
    """Refuse what unpacks to more than a list can be, or to something else than it says."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise TableRefused("엑셀 파일이 너무 큽니다. 필요한 줄만 남겨 주세요.")
        if archive.testzip() is not None:
            raise zipfile.BadZipFile


def _told(cell: Any) -> str:
    """Answer a cell as somebody would type it: a number without .0, a day without midnight."""
    match cell:
        case None:
            return ""
        case bool():
            return "예" if cell else "아니요"
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case datetime.date() | datetime.time():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell)


def clean_cell(cell: str) -> str:
    """Take a cell without our own mark, and without blanks around and within.

    Some machines write Korean letter by letter (NFD), and what was copied from pages brings along
    letters that nobody sees (U+200B, the mark of UTF-8 a second time): alike, and not the same.
    """
    whole = unicodedata.normalize("NFC", _UNSEEN.sub("", _MARKED.sub("", cell)))
    return " ".join(whole.split())[:LONGEST_CELL]
