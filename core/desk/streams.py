"""A CSV file too large to hold: read line by line, however long it is."""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from core.desk.tables import ENCODINGS, MOST_COLUMNS, TableRefused, clean_cell

PIECE = 256 * 1024
# As much of the first row as tells by what cells are parted.
FIRST = 4 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
Line = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lines:
    """A file being read: its first row, and the others as they are asked for, once."""

    form: str  # "CSV (CP949)", for the person
    header: tuple[str, ...]
    rows: Iterator[Line]


def digest_of(file: IO[bytes]) -> str:
    """Answer what tells this file from every other, and leave it at its beginning."""
    file.seek(0)
    held = hashlib.sha256()
    while piece := file.read(PIECE):
        held.update(piece)
    file.seek(0)
    return held.hexdigest()


@contextmanager
def reading_lines(file: IO[bytes], *, most: int) -> Iterator[Lines]:
    """Read a CSV (UTF-8, CP949) from its beginning; raises TableRefused, also while it is read.

    Lines have the numbers that a spreadsheet shows; empty ones are left out.
    """
    encoding = _encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        rows = _rows(text, most)
        first = next(rows, None)
        if first is None:
            raise TableRefused("파일에 내용이 없습니다. 첫 줄은 제목, 다음 줄부터 내용입니다.")
        yield Lines(f"CSV ({ENCODINGS[encoding]})", first[1], rows)
    finally:
        text.detach()  # whoever opened the file closes it


def _encoding_of(file: IO[bytes]) -> str:
    for encoding in ENCODINGS:
        if _reads_as(file, encoding):
            return encoding
    raise TableRefused("글자를 읽을 수 없는 파일입니다. CSV(UTF-8, CP949)로 저장해 주세요.")


def _reads_as(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(PIECE):
            if _CONTROL.search(decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _rows(text: io.TextIOWrapper, most: int) -> Iterator[Line]:
    first = text.readline(FIRST)
    text.seek(0)
    delimiter = max(",\t;", key=first.count)
    count = 0
    try:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        for number, row in enumerate(reader, start=1):
            cells = tuple(clean_cell(cell) for cell in row[:MOST_COLUMNS])
            if not any(cells):
                continue
            count += 1
            if count > most + 1:
                raise TableRefused(f"줄이 너무 많습니다. 한 번에 {most:,}줄까지 됩니다.")
            yield number, cells
    # A mark that is never closed would swallow the file: the reader stops at 128 KiB.
    except csv.Error as wrong:
        raise TableRefused("CSV의 따옴표가 맞지 않습니다. 다시 저장해 주세요.") from wrong
