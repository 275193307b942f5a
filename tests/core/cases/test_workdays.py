"""Working days of public offices over Seollal and Chuseok of 2026 and 2027."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cases import rules
from core.cases.calendar import days_left, due_after, is_holiday

DAYS = st.dates(datetime.date(2025, 3, 1), datetime.date(2028, 6, 30))


def day(text):
    return datetime.date.fromisoformat(text)


class TestTerms:
    @pytest.mark.parametrize(
        ("begins", "number", "ends"),
        [
            # 2026: Seollal 16 to 18 February (Monday to Wednesday).
            ("2026-02-12", 1, "2026-02-13"),
            ("2026-02-13", 1, "2026-02-19"),
            ("2026-02-13", 3, "2026-02-23"),
            ("2026-02-16", 1, "2026-02-19"),
            # 2026: Chuseok 24 to 26 September (Thursday to Saturday).
            ("2026-09-22", 3, "2026-09-29"),
            ("2026-09-23", 1, "2026-09-28"),
            # 2027: Seollal 6 to 8 February (Saturday to Monday), the 9th instead of the Sunday.
            ("2027-02-05", 1, "2027-02-10"),
            ("2027-02-04", 3, "2027-02-11"),
            # 2027: Chuseok 14 to 16 September (Tuesday to Thursday).
            ("2027-09-13", 1, "2027-09-17"),
            ("2027-09-10", 3, "2027-09-20"),
            # Labour Day is a public holiday from 2026 on; a plain week.
            ("2026-04-30", 1, "2026-05-04"),
            ("2026-11-27", 5, "2026-12-04"),
            # No days: that day, or the next on which somebody works.
            ("2026-11-27", 0, "2026-11-27"),
            ("2026-11-28", 0, "2026-11-30"),
        ],
    )
    def test_leave_out_what_is_no_working_day(self, begins, number, ends):
        assert due_after(day(begins), number) == day(ends)

    @given(DAYS, st.integers(1, 30))
    def test_end_on_the_working_day_that_completes_them(self, begins, number):
        ends = due_after(begins, number)

        assert rules.is_workday(ends, is_holiday=is_holiday)
        assert days_left(begins, ends) == number

    @given(DAYS, st.integers(1, 20))
    def test_that_are_over_are_late_by_as_many_days(self, begins, number):
        assert days_left(due_after(begins, number), begins) <= -number + 1
