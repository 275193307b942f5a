"""Working days as the law counts them, over the long holidays of 2026 and 2027."""

import datetime

import pytest

from core.cases.rules import days_between, due_date, is_workday, shifted
from core.cases.terms import is_holiday

DAY = datetime.timedelta(days=1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def due(text: str, days: int) -> str:
    return due_date(day(text), days, is_holiday=is_holiday).isoformat()


class TestHolidays:
    """The days on which offices are closed, from the table of core.places."""

    def test_of_2026_on_weekdays_are_these(self):
        assert closed_weekdays(2026) == [
            "01-01", "02-16", "02-17", "02-18", "03-02", "05-01", "05-05", "05-25", "06-03",
            "07-17", "08-17", "09-24", "09-25", "10-05", "10-09", "12-25",
        ]  # fmt: skip

    def test_of_2027_on_weekdays_are_these(self):
        assert closed_weekdays(2027) == [
            "01-01", "02-08", "02-09", "03-01", "05-03", "05-05", "05-13", "07-19", "08-16",
            "09-14", "09-15", "09-16", "10-04", "10-11", "12-27",
        ]  # fmt: skip


def closed_weekdays(year: int) -> list[str]:
    days = (datetime.date(year, 1, 1) + DAY * number for number in range(365))
    return [
        f"{one:%m-%d}"
        for one in days
        if one.weekday() < 5 and not is_workday(one, is_holiday=is_holiday)
    ]


class TestDueDate:
    @pytest.mark.parametrize(
        ("received", "days", "expected"),
        [
            # An ordinary week: up to five days run from the moment, six and more count the first.
            ("2026-11-02", 1, "2026-11-03"),
            ("2026-11-02", 5, "2026-11-09"),
            ("2026-11-02", 6, "2026-11-09"),
            ("2026-11-02", 10, "2026-11-13"),
            ("2026-11-06", 1, "2026-11-09"),  # a Friday
            ("2026-11-07", 1, "2026-11-09"),  # a Saturday: Monday is the first day
            ("2026-11-07", 7, "2026-11-17"),
            # Seollal 2026: Monday the 16th to Wednesday the 18th of February.
            ("2026-02-13", 1, "2026-02-19"),
            ("2026-02-13", 5, "2026-02-25"),
            ("2026-02-13", 7, "2026-02-26"),
            ("2026-02-17", 1, "2026-02-19"),
            # Chuseok 2026: Thursday the 24th to Saturday the 26th of September; no substitute.
            ("2026-09-23", 1, "2026-09-28"),
            ("2026-09-23", 7, "2026-10-06"),  # and the substitute of 개천절 on the 5th
            # Seollal 2027: Saturday the 6th to Monday the 8th, a substitute on Tuesday the 9th.
            ("2027-02-05", 1, "2027-02-10"),
            ("2027-02-05", 3, "2027-02-12"),
            ("2027-02-05", 14, "2027-02-26"),
            # Chuseok 2027: Tuesday the 14th to Thursday the 16th of September.
            ("2027-09-13", 1, "2027-09-17"),
            ("2027-09-13", 10, "2027-09-29"),
            # The turn of the year, with the substitute of Christmas.
            ("2027-12-24", 2, "2027-12-29"),
        ],
    )
    def test_passes_over_what_does_not_count(self, received, days, expected):
        assert due(received, days) == expected

    @pytest.mark.parametrize("days", [0, -1])
    def test_of_no_days_is_refused(self, days):
        with pytest.raises(ValueError, match="none"):
            due("2026-11-02", days)


class TestPause:
    @pytest.mark.parametrize(
        ("ends", "asked", "answered", "expected"),
        [
            ("2026-11-13", "2026-11-04", "2026-11-04", "2026-11-13"),  # answered the same day
            ("2026-11-13", "2026-11-04", "2026-11-05", "2026-11-16"),
            ("2026-11-13", "2026-11-06", "2026-11-08", "2026-11-13"),  # over a weekend
            ("2026-02-20", "2026-02-13", "2026-02-19", "2026-02-23"),  # over Seollal
            ("2027-09-20", "2027-09-10", "2027-09-17", "2027-09-22"),  # over Chuseok
        ],
    )
    def test_leaves_as_many_days_as_there_were(self, ends, asked, answered, expected):
        moved = shifted(day(ends), paused=day(asked), resumed=day(answered), is_holiday=is_holiday)

        assert moved.isoformat() == expected
        assert days_between(day(asked), day(ends), is_holiday=is_holiday) == days_between(
            day(answered), moved, is_holiday=is_holiday
        )

    def test_counts_no_days_backwards(self):
        assert days_between(day("2026-11-05"), day("2026-11-02"), is_holiday=is_holiday) == 0
