"""Points: degrees and metres, and which of two numbers is the latitude."""

import re
from functools import cache
from typing import Any

import numpy as np
from pyproj import Transformer

# Korea 2000 / Central Belt 2010: the national grid of Seoul, so that a distance is metres.
METRES = "EPSG:5186"
_LATITUDES = (33.0, 39.0)
_LONGITUDES = (124.0, 132.0)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@cache
def _projection(*, back: bool) -> Transformer:
    ends = (METRES, "EPSG:4326") if back else ("EPSG:4326", METRES)
    return Transformer.from_crs(*ends, always_xy=True)


def to_metres(lat: float, lon: float) -> tuple[float, float]:
    """Answer east and north in metres (EPSG:5186), to the centimetre."""
    x, y = _projection(back=False).transform(lon, lat)
    return round(x, 2), round(y, 2)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Answer latitude and longitude (WGS84) of a point in metres."""
    lon, lat = _projection(back=True).transform(x, y)
    return round(lat, 7), round(lon, 7)


def arrays_to_metres(lat: Any, lon: Any) -> tuple[Any, Any]:
    """The same for whole arrays."""
    x, y = _projection(back=False).transform(np.asarray(lon, float), np.asarray(lat, float))
    return np.round(x, 2), np.round(y, 2)


def arrays_to_degrees(x: Any, y: Any) -> tuple[Any, Any]:
    lon, lat = _projection(back=True).transform(np.asarray(x, float), np.asarray(y, float))
    return np.round(lat, 7), np.round(lon, 7)


def grid_to_degrees(x: float | str | None, y: float | str | None) -> tuple[float, float] | None:
    """Answer degrees for a point of the address service's grid (EPSG:5179), if it is in Korea."""
    east, north = _number(x), _number(y)
    if east is None or north is None:
        return None
    lon, lat = _address_grid().transform(east, north)
    return valid_wgs84(round(lat, 7), round(lon, 7)) if np.isfinite((lat, lon)).all() else None


@cache
def _address_grid() -> Transformer:
    return Transformer.from_crs("EPSG:5179", "EPSG:4326", always_xy=True)


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _number(value: float | str | None) -> float | None:
    if value is None or isinstance(value, int | float):
        return value
    # "37.5718961547884~2" is a real value.
    found = _NUMBER.match(value.strip())
    return float(found[0]) if found else None


def valid_wgs84(lat: float | str | None, lon: float | str | None) -> tuple[float, float] | None:
    """Answer (lat, lon) where both lie in Korea, swapped only if that makes both valid."""
    first, second = _number(lat), _number(lon)
    if first is None or second is None:
        return None
    if _within(first, _LATITUDES) and _within(second, _LONGITUDES):
        return first, second
    if _within(second, _LATITUDES) and _within(first, _LONGITUDES):
        return second, first
    return None


def read_point(text: str) -> tuple[float, float] | None:
    """Read `37.5663,126.9779` (WGS84, latitude first); None for what is no point in Korea."""
    lat, _comma, lon = text.partition(",")
    try:
        point = float(lat), float(lon)
    except ValueError:
        return None
    return point if _within(point[0], _LATITUDES) and _within(point[1], _LONGITUDES) else None
