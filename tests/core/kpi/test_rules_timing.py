"""When an indicator is due, and when its figure is too old."""

import datetime

import pytest

from core.kpi.rules.timing import is_due, is_stale

MONDAY = datetime.date(2026, 3, 2)


def days(number):
    return datetime.timedelta(days=number)


class TestIsDue:
    @pytest.mark.parametrize(
        ("every", "since", "due"),
        [
            ("DAY", 0, False),
            ("DAY", 1, True),
            ("WEEK", 6, False),
            ("WEEK", 7, True),
            ("MONTH", 1, False),
            ("MONTH", 2, True),  # the last day of February
        ],
    )
    def test_follows_the_rhythm(self, every, since, due):
        assert is_due(MONDAY - days(since), every=every, day=MONDAY) is due

    def test_holds_for_what_was_never_read(self):
        assert is_due(None, every="MONTH", day=MONDAY)

    def test_a_year_later_is_another_month(self):
        last = MONDAY.replace(year=2025)
        assert is_due(last, every="MONTH", day=MONDAY)


class TestIsStale:
    @pytest.mark.parametrize(("every", "fresh"), [("DAY", 2), ("WEEK", 9), ("MONTH", 33)])
    def test_begins_when_a_reading_was_missed(self, every, fresh):
        assert not is_stale(MONDAY - days(fresh), every=every, today=MONDAY)
        assert is_stale(MONDAY - days(fresh + 1), every=every, today=MONDAY)

    def test_holds_for_what_was_never_read(self):
        assert is_stale(None, every="DAY", today=MONDAY)
