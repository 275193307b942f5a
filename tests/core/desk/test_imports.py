"""A list is checked line by line, and nothing is written before somebody has seen it."""

import datetime

import pytest

from core.desk.imports import (
    CellRefused,
    Column,
    Fault,
    ListImport,
    Mended,
    Plan,
    Step,
    check,
    read_day,
)
from core.desk.tables import Table

DAY = datetime.date(2026, 11, 28)


def number(text):
    if not text.isdigit():
        raise CellRefused("수가 아닙니다.", "12처럼 적으세요.")
    return Mended(int(text), str(int(text))) if text.startswith("0") else int(text)


def plan(rows, actor, on):
    steps = [Step(row.line, row.values["name"], "", str(row.values["number"]), row) for row in rows]
    faults = [
        Fault(row.line, "이름", "금지", "쓸 수 없습니다.", "바꾸세요.")
        for row in rows
        if row.values["name"] == "금지"
    ]
    return Plan(steps=tuple(steps), faults=tuple(faults), unchanged=0)


LIST = ListImport(
    title="",
    about="",
    columns=(
        Column(name="name", title="이름", required=True),
        Column(name="number", title="수", also=("숫자",), read=number),
    ),
    plan=plan,
    apply=lambda steps, actor, now: len(steps),
    passes_by=lambda cells: "남의 것" if cells["name"] == "남" else "",
)


def checked(header, *lines):
    table = Table("CSV", header, tuple(enumerate(lines, start=2)))
    return check(table, LIST, actor=None, on=DAY)


class TestCheck:
    def test_finds_columns_by_any_of_their_titles(self):
        found = checked(("숫  자", "이 름", "모르는 열"), ("3", "가", "x"))

        assert [(step.subject, step.after) for step in found.steps] == [("가", "3")]
        assert not found.faults

    def test_names_the_column_that_is_missing(self):
        found = checked(("수",), ("3",))

        assert not found.steps
        assert found.faults[0].line == 1
        assert "‘이름’" in found.faults[0].right

    def test_says_of_each_line_what_is_wrong_and_what_would_be_right(self):
        found = checked(("이름", "수"), ("가", "셋"), ("", "3"), ("나", "4"), ("금지", "5"))

        assert [(one.line, one.title, one.value) for one in found.faults] == [
            (2, "수", "셋"), (3, "이름", ""), (5, "이름", "금지"),
        ]  # fmt: skip
        assert all(one.wrong and one.right for one in found.faults)
        assert [step.line for step in found.steps] == [4]
        assert found.faulty_lines == 3

    def test_tells_what_was_mended_and_what_was_passed_by(self):
        found = checked(("이름", "수"), ("가", "007"), ("남", "x"), ("남", "y"))

        assert found.mended == ((2, "수", "007", "7"),)
        assert found.passed_by == {"남의 것": 2}
        assert not found.faults

    def test_takes_short_lines(self):
        assert checked(("이름", "수"), ("가",)).steps[0].after == "None"

    def test_has_a_mark_that_changes_with_what_it_would_do(self):
        one, same, other = (checked(("이름", "수"), ("가", text)) for text in ("3", "3", "4"))

        assert one.mark == same.mark != other.mark


class TestReadDay:
    @pytest.mark.parametrize(
        "text", ["2026-11-28", "2026.11.28", "2026. 11. 28.", "2026/11/28", "20261128"]
    )
    def test_takes_what_offices_write(self, text):
        assert read_day(text) == DAY

    @pytest.mark.parametrize("text", ["2026-13-01", "내일", "28.11.2026", "2026"])
    def test_refuses_what_is_no_day(self, text):
        with pytest.raises(CellRefused):
            read_day(text)
