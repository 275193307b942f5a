"""Free-text deadlines are read where they are certain, and no further."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import SHARED_DATA, needs_shared_data
from welfare.rules.deadlines import (
    UNKNOWN,
    parse_deadline,
    read_windows,
    standing_on,
    write_windows,
)

DAY = datetime.date(2026, 11, 23)
REFUND = (
    "○ 정기신청 : 5.1.~5.31.○ 반기신청 - 상반기분 신청 : 9.1.~9.15. - 하반기분 신청 : 3.1.~3.15."
)
# What every text of the real rows, and those named in FORMATS.md, is read as.
REAL = {
    "상시신청": ("ALWAYS", []),
    REFUND: ("WINDOWS", ["--03-01/--03-15", "--05-01/--05-31", "--09-01/--09-15"]),
    "주택도시기금 주거안정 월세대출 규정에 따름": (UNKNOWN, []),
    "2026.03.09~2026.03.31": ("WINDOWS", ["2026-03-09/2026-03-31"]),
    "5.1.~5.31.": ("WINDOWS", ["--05-01/--05-31"]),
    "접수기관 별 상이": (UNKNOWN, []),
    "": (UNKNOWN, []),
}
OTHERS = {
    "연중 상시": ("ALWAYS", []),
    "수시접수": ("ALWAYS", []),
    "2026. 2. 2. ~ 2026. 11. 30.": ("WINDOWS", ["2026-02-02/2026-11-30"]),
    "2026.3.9.(월)~3.31.(화)": ("WINDOWS", ["2026-03-09/2026-03-31"]),
    "2026년 3월 9일 ~ 2026년 3월 31일": ("WINDOWS", ["2026-03-09/2026-03-31"]),
    "2026.12.31까지": ("WINDOWS", ["/2026-12-31"]),
    "2026.02.01~": ("WINDOWS", ["2026-02-01/"]),
    "매년 3월": ("WINDOWS", ["--03-01/--03-31"]),
    "매년 11월~2월": ("WINDOWS", ["--11-01/--02-29"]),
    "12.1.~1.31.": ("WINDOWS", ["--12-01/--01-31"]),
}
DOUBTFUL = (
    "예산 소진 시까지",
    "2026.02.01~예산소진시까지",
    "3.1~4.30 (예산소진시 조기마감)",
    "출생일로부터 1년 이내",
    "출생 후 60일 이내",
    "2026.02.30~2026.03.01",
    "2026.03.31~2026.03.09",
    "2026.3.9 09:00 ~ 2026.3.31 18:00",
    "5.1.부터",
    "매월 1일~10일",
    "상시신청(예산 소진 시 마감)",
    "20260309~20260331",
)


class TestParsing:
    @pytest.mark.parametrize(("text", "told"), [*REAL.items(), *OTHERS.items()])
    def test_reads_what_is_certain(self, text, told):
        found = parse_deadline(text)
        assert (found.kind, write_windows(found.windows)) == told

    @pytest.mark.parametrize("text", [*DOUBTFUL, None])
    def test_leaves_the_rest_as_it_is_written(self, text):
        assert parse_deadline(text).kind == UNKNOWN

    @needs_shared_data
    def test_knows_every_text_of_the_real_rows(self):
        rows = json.loads((SHARED_DATA / "gov24" / "services.sample.json").read_text())
        assert {row["신청기한"] for row in rows} <= set(REAL)

    @given(st.text(alphabet="0123456789.~년월일 까지매상시신청()/-", max_size=40))
    def test_never_crashes_and_can_be_kept_as_text(self, text):
        found = parse_deadline(text)
        assert read_windows(write_windows(found.windows)) == found.windows
        standing = standing_on(found, DAY)
        if standing.opens and standing.closes:
            assert standing.opens <= standing.closes


class TestStanding:
    @pytest.mark.parametrize(
        ("text", "day", "told"),
        [
            ("상시신청", "2026-11-23", ("ALWAYS", None, None)),
            ("2026.03.09~2026.03.31", "2026-03-08", ("OPENS", "2026-03-09", "2026-03-31")),
            ("2026.03.09~2026.03.31", "2026-03-09", ("OPEN", "2026-03-09", "2026-03-31")),
            ("2026.03.09~2026.03.31", "2026-03-31", ("OPEN", "2026-03-09", "2026-03-31")),
            ("2026.03.09~2026.03.31", "2026-04-01", ("CLOSED", "2026-03-09", "2026-03-31")),
            ("5.1.~5.31.", "2026-06-01", ("OPENS", "2027-05-01", "2027-05-31")),
            ("매년 11월~2월", "2028-02-29", ("OPEN", "2027-11-01", "2028-02-29")),
            ("매년 11월~2월", "2026-12-25", ("OPEN", "2026-11-01", "2027-02-28")),
            ("2026.12.31까지", "2026-12-31", ("OPEN", None, "2026-12-31")),
            ("2026.02.01~", "2030-01-01", ("OPEN", "2026-02-01", None)),
            ("접수기관 별 상이", "2026-11-23", (UNKNOWN, None, None)),
            (REFUND, "2026-09-10", ("OPEN", "2026-09-01", "2026-09-15")),
            (REFUND, "2026-10-01", ("OPENS", "2027-03-01", "2027-03-15")),
        ],
    )
    def test_says_when_one_may_apply(self, text, day, told):
        found = standing_on(parse_deadline(text), datetime.date.fromisoformat(day))
        opens, closes = (end and end.isoformat() for end in (found.opens, found.closes))
        assert (found.state, opens, closes) == told
