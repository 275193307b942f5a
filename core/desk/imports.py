"""Lists that staff bring in: read, checked line by line, shown, and only then written at once."""

import datetime
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.desk.tables import Table


class CellRefused(ValueError):
    """One value cannot be taken: what is wrong with it, and what would be right."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.wrong, self.right = wrong, right


class StepsRefused(Exception):
    """What was planned cannot be written after all, for the reason that it says; nothing is."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A value that was read otherwise than it is written (3047 → 03047), which is told."""

    value: Any
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it is called (also by others), and how a cell is read.

    `read` answers the value (or a Mended one), or raises CellRefused; it never sees an empty cell.
    """

    name: str
    title: str
    read: Callable[[str], Any] = str
    required: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    values: Mapping[str, Any]  # by the columns' names; None where the cell is empty


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, as the page tells it."""

    line: int
    title: str
    value: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one line would change; `what` is for whoever applies it."""

    line: int
    subject: str
    before: str
    after: str
    what: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the lines mean for what is there now."""

    steps: tuple[Step, ...] = ()
    faults: tuple[Fault, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImport:
    """A list that can be brought in.

    `plan` gets the rows that could be read, with the actor and the day: it looks things up for all
    of them at once, and writes nothing. `apply` writes the steps in one transaction of its own,
    or raises StepsRefused.
    `passes_by` answers why a line is none of this list's ("" where it is).
    """

    title: str
    about: str
    columns: tuple[Column, ...]
    plan: Callable[[Sequence[Row], Any, datetime.date], Plan]
    apply: Callable[[Sequence[Step], Any, datetime.datetime], int]
    passes_by: Callable[[Mapping[str, str]], str] = field(default=lambda cells: "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A table as it would be applied; nothing is written yet."""

    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]
    unchanged: int
    mended: tuple[tuple[int, str, str, str], ...]  # line, title, as written, as taken
    passed_by: Mapping[str, int]  # why → how many lines

    @property
    def faulty_lines(self) -> int:
        return len({fault.line for fault in self.faults})

    @property
    def mark(self) -> str:
        """Answer what changes when the same file would do something else than was shown."""
        told = repr([(step.line, step.subject, step.before, step.after) for step in self.steps])
        return hashlib.sha256(told.encode()).hexdigest()


def check(table: Table, listing: ListImport, *, actor: Any, on: datetime.date) -> Checked:
    """Read every line and say what it would do; lines with a fault do nothing."""
    places, faults = places_of(table.header, listing.columns)
    if faults:
        return Checked(steps=(), faults=tuple(faults), unchanged=0, mended=(), passed_by={})
    rows: list[Row] = []
    mended: list[tuple[int, str, str, str]] = []
    passed: dict[str, int] = {}
    for number, cells in table.lines:
        named = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
        if why := listing.passes_by(named):
            passed[why] = passed.get(why, 0) + 1
            continue
        values, wrong = read_cells(number, named, listing.columns, mended)
        faults += wrong
        if not wrong:
            rows.append(Row(number, values))
    plan = listing.plan(rows, actor, on)
    every = sorted([*faults, *plan.faults], key=lambda fault: fault.line)
    bad = {fault.line for fault in every}
    return Checked(
        steps=tuple(step for step in plan.steps if step.line not in bad),
        faults=tuple(every),
        unchanged=plan.unchanged,
        mended=tuple(one for one in mended if one[0] not in bad),
        passed_by=passed,
    )


def places_of(
    header: Sequence[str], columns: Sequence[Column]
) -> tuple[dict[str, int], list[Fault]]:
    """Find each column by its title, whatever spaces it is written with."""
    found = {"".join(title.split()): at for at, title in reversed([*enumerate(header)])}
    places: dict[str, int] = {}
    faults = []
    for column in columns:
        titles = ["".join(title.split()) for title in (column.title, *column.also)]
        at = next((found[title] for title in titles if title in found), None)
        if at is not None:
            places[column.name] = at
        elif column.required:
            right = " 또는 ".join(f"‘{title}’" for title in (column.title, *column.also))
            wrong = "이런 제목의 열이 없습니다."
            faults.append(Fault(1, column.title, "", wrong, f"첫 줄에 {right} 열을 넣으세요."))
    return places, faults


def read_cells(
    line: int,
    cells: Mapping[str, str],
    columns: Sequence[Column],
    mended: list[tuple[int, str, str, str]],
) -> tuple[dict[str, Any], list[Fault]]:
    """Read the cells of one line, by the columns' names; what cannot be taken is a fault."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in columns:
        text = cells.get(column.name, "")
        if not text:
            values[column.name] = None
            if column.required:
                right = f"{column.title} 칸을 채우세요."
                faults.append(Fault(line, column.title, "", "비어 있습니다.", right))
            continue
        try:
            value = column.read(text)
        except CellRefused as refused:
            faults.append(Fault(line, column.title, text, refused.wrong, refused.right))
            continue
        if isinstance(value, Mended):
            mended.append((line, column.title, text, value.written))
            value = value.value
        values[column.name] = value
    return values, faults


def read_day(text: str) -> datetime.date:
    """Read 2026-11-28, 2026.11.28, 2026/11/28 and 20261128."""
    parts = re.split(r"[-./]", text.replace(" ", "").rstrip("."))
    digits = "".join(part.zfill(2) for part in parts)
    try:
        return datetime.datetime.strptime(digits, "%Y%m%d").date()
    except ValueError as wrong:
        raise CellRefused("날짜가 아닙니다.", "2026-11-28처럼 적으세요.") from wrong
