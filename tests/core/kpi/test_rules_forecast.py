"""A line through the readings, and when none is drawn."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kpi.rules.forecast import FEWEST_READINGS, Point, forecast, is_met

FIRST = datetime.date(2026, 1, 1)


def line(number, *, step=7, slope=1.0, level=100.0):
    return [
        Point(FIRST + datetime.timedelta(days=step * at), level + slope * step * at)
        for at in range(number)
    ]


def after(points, days):
    return points[-1].day + datetime.timedelta(days=days)


class TestForecast:
    def test_goes_on_as_the_readings_went(self):
        points = line(6)
        found = forecast(points, by_date=after(points, 30))
        assert found is not None
        assert found.value == pytest.approx(165)
        assert (found.number, found.first_day, found.last_day) == (6, FIRST, points[-1].day)

    @given(
        st.floats(-5, 5), st.floats(100, 10_000), st.integers(FEWEST_READINGS, 15),
        st.integers(1, 56),
    )  # fmt: skip
    def test_of_a_line_is_that_line(self, slope, level, number, ahead):
        points = line(number, slope=slope, level=level)
        found = forecast(points, by_date=after(points, ahead), least=None)
        assert found is not None
        expected = level + slope * ((points[-1].day - FIRST).days + ahead)
        assert found.value == pytest.approx(expected, rel=1e-6, abs=1e-6)

    def test_is_none_of_too_few_readings(self):
        points = line(FEWEST_READINGS - 1)
        assert forecast(points, by_date=after(points, 7)) is None
        assert forecast([], by_date=FIRST) is None

    def test_is_none_of_too_short_a_time(self):
        points = line(6, step=1)
        assert forecast(points, by_date=after(points, 7)) is None

    def test_is_none_too_far_ahead(self):
        points = line(6)
        assert forecast(points, by_date=after(points, 4 * 35)) is not None
        assert forecast(points, by_date=after(points, 4 * 35 + 1)) is None

    def test_is_none_of_a_day_that_has_passed(self):
        points = line(6)
        assert forecast(points, by_date=points[-1].day) is None

    def test_forgets_what_is_long_past(self):
        old = [Point(FIRST - datetime.timedelta(days=400), 9_999.0)]
        points = line(6)
        assert forecast([*old, *points], by_date=after(points, 7)) == forecast(
            points, by_date=after(points, 7)
        )

    def test_stays_within_what_can_be(self):
        falling, rising = line(6, slope=-5.0), line(6, slope=5.0)
        assert forecast(falling, by_date=after(falling, 60)).value == 0
        assert forecast(rising, by_date=after(rising, 60), most=424).value == 424


class TestIsMet:
    @pytest.mark.parametrize(
        ("value", "less", "met"),
        [(424, False, True), (423, False, False), (424, True, True), (425, True, False)],
    )
    def test_depends_on_the_way(self, value, less, met):
        assert is_met(value, 424, is_less_better=less) is met
