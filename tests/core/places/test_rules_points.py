"""Degrees and metres, and which number is the latitude."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.places.rules import (
    arrays_to_degrees,
    arrays_to_metres,
    read_point,
    to_degrees,
    to_metres,
    valid_wgs84,
)

in_seoul = {"lat": st.floats(37.4, 37.72), "lon": st.floats(126.75, 127.2)}


class TestMetres:
    def test_are_those_of_the_national_grid(self):
        # The grid's origin: 38°N 127°E is 200 km east and 600 km north.
        assert to_metres(38.0, 127.0) == (200000.0, 600000.0)

    @given(**in_seoul)
    def test_lead_back_to_the_degrees(self, lat, lon):
        assert to_degrees(*to_metres(lat, lon)) == pytest.approx((lat, lon), abs=1e-6)

    def test_come_in_arrays(self):
        lat, lon = np.array([37.5, 37.6]), np.array([126.9, 127.1])

        x, y = arrays_to_metres(lat, lon)
        back = arrays_to_degrees(x, y)

        assert [(x[n], y[n]) for n in (0, 1)] == [to_metres(37.5, 126.9), to_metres(37.6, 127.1)]
        assert back[0] == pytest.approx(lat, abs=1e-6)
        assert back[1] == pytest.approx(lon, abs=1e-6)


class TestValidWgs84:
    @pytest.mark.parametrize(
        ("lat", "lon", "valid"),
        [
            (37.5, 127.0, (37.5, 127.0)),
            (127.0, 37.5, (37.5, 127.0)),
            ("37.5718961547884~2", "126.9", (37.5718961547884, 126.9)),
            (" 37.5 ", "127.0", (37.5, 127.0)),
            (0, 0, None),
            (37.5, 0, None),
            (37.5, 37.5, None),
            ("", "127", None),
            (None, 127.0, None),
            ("없음", "127", None),
        ],
    )
    def test_swaps_only_where_that_makes_both_valid(self, lat, lon, valid):
        assert valid_wgs84(lat, lon) == valid


class TestReadPoint:
    def test_reads_latitude_before_longitude(self):
        assert read_point("37.5663, 126.9779") == (37.5663, 126.9779)

    @pytest.mark.parametrize(
        "text", ["", "37.5", "126.9779,37.5663", "nan,nan", "inf,127", "a,b", "37,127,1", "1,2"]
    )
    def test_knows_no_other_point(self, text):
        assert read_point(text) is None
