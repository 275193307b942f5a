"""Lists that staff take along: CSV that Excel opens, or XLSX; no cell of them is a formula."""

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

Form = Literal["csv", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet takes for the beginning of a formula, whatever quotes are around it; Korean and
# Japanese ones also the wide signs.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class ExportColumn:
    title: str
    value: Callable[[Any], Any]


def yes(held: object) -> str:
    """Answer how a cell says that something is so; where it is not, it stays empty."""
    return "예" if held else ""


def harmless(text: str) -> str:
    """Put a quotation mark before what would be a formula; what reads lists takes it off again."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def export(
    form: Form, *, name: str, columns: Sequence[ExportColumn], rows: Iterable[Any]
) -> HttpResponse | StreamingHttpResponse:
    """Answer the list as a download, written as it is read and kept nowhere.

    `name` is the file's name without ending, in ASCII.
    """
    lines = _lines(columns, rows)
    if form == "csv":
        answer: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
            _csv(lines), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = HttpResponse(_workbook(lines), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _lines(columns: Sequence[ExportColumn], rows: Iterable[Any]) -> Iterator[list[str]]:
    yield [column.title for column in columns]
    for row in rows:
        yield [_told(column.value(row)) for column in columns]


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        text = f"{timezone.localtime(value):%Y-%m-%d %H:%M}"  # as a spreadsheet reads a moment
    else:
        text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _csv(lines: Iterable[list[str]]) -> Iterator[str]:
    yield "\ufeff"  # else Excel takes it for CP949
    for line in lines:
        page = io.StringIO(newline="")
        csv.writer(page).writerow([harmless(cell) for cell in line])
        yield page.getvalue()


def _workbook(lines: Iterable[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("목록")
    sheet.freeze_panes = "A2"
    for number, line in enumerate(lines):
        sheet.append([_cell(sheet, text, is_title=not number) for text in line])
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def _cell(sheet: Any, text: str, *, is_title: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=harmless(text))
    cell.data_type = "s"  # text, whatever it looks like: numbers keep their zeros
    if is_title:
        cell.font = Font(bold=True)
    return cell
