"""From an address to a point: by the embedded centres of the dongs, or by the address service."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, Protocol

from core.places.facts import (
    District,
    dongs,
    dongs_named,
    get_district,
    get_dong,
    get_legal_dong,
    legal_dongs_named,
)
from core.places.rules import ParsedAddress, parse_address

# The values of `enums.Precision`; feeds know no framework, and nothing located is NONE.
Found = Literal["EXACT", "BUILDING", "DONG"]


class Located(NamedTuple):
    """A point in degrees (WGS84) and in metres (EPSG:5186), and how close it is to the door."""

    lat: float
    lon: float
    x: float
    y: float
    precision: Found


class Geocoder(Protocol):
    def locate(self, address: ParsedAddress) -> Located | None:
        """Answer where the address is, or None where that is not known."""


class GeocoderUnavailable(Exception):
    """The service did not answer, or refused; the message is for an officer."""


class DongCentroidGeocoder:
    """Knows the middle of every dong of Seoul, and needs nothing and nobody for it."""

    def locate(self, address: ParsedAddress) -> Located | None:
        return _middle(address.dong_code, address.legal_dong_code)


@cache
def _middle(dong_code: str | None, legal_dong_code: str | None) -> Located | None:
    area = (get_dong(dong_code) if dong_code else None) or (
        get_legal_dong(legal_dong_code) if legal_dong_code else None
    )
    return Located(area.lat, area.lon, area.x, area.y, "DONG") if area else None


class FirstOf:
    """Asks one geocoder after the other until one knows."""

    def __init__(self, geocoders: Sequence[Geocoder]) -> None:
        self.geocoders = geocoders

    def locate(self, address: ParsedAddress) -> Located | None:
        return next(
            (found for one in self.geocoders if (found := one.locate(address)) is not None), None
        )


@dataclass(frozen=True, slots=True)
class FoundPoint:
    """What somebody meant by the place they typed: the point, and what to call it."""

    located: Located
    name: str
    name_en: str
    is_area: bool


def find_point(text: str, *, geocoder: Geocoder | None = None) -> FoundPoint | None:
    """Find what a citizen typed: 상계동, 노원구 상계1동, 종로, Jongno-gu, or an address."""
    typed = " ".join(text.split())
    if not typed:
        return None
    return _named_area(typed) or _addressed(typed, geocoder or DongCentroidGeocoder())


def _named_area(typed: str) -> FoundPoint | None:
    """Find a dong, with its district before it or alone; else a district."""
    if district := get_district(typed):
        return _as_area(district, district.name, district.name_en)
    before, comma, after = typed.rpartition(", ")
    if comma and (district := get_district(after)):
        # Sanggye 1-dong, Nowon-gu: in English the larger comes last.
        return _dong_area(before, district)
    bare = typed.removeprefix("서울특별시 ").removeprefix("서울 ")
    if found := _dong_area(bare, None):
        # Before the district: Jongno 6-ga and 종로 6가 begin with the name of one.
        return found
    first, _, rest = bare.partition(" ")
    district = get_district(first)
    if district is None:
        return None
    return (
        _dong_area(rest, district) if rest else _as_area(district, district.name, district.name_en)
    )


def _dong_area(name: str, district: District | None) -> FoundPoint | None:
    for spelt in (name, f"{name}동"):
        # Of several dongs of one name (신사동) none is guessed.
        if len(legal := legal_dongs_named(spelt, district=district)) == 1:
            full = f"{legal[0].district.name} {legal[0].name}"
            return _as_area(legal[0], full, f"{legal[0].name_en}, {legal[0].district.name_en}")
        if len(found := dongs_named(spelt, district=district)) == 1:
            full = f"{found[0].district.name} {found[0].name}"
            return _as_area(found[0], full, f"{found[0].name_en}, {found[0].district.name_en}")
    return None


class _Area(Protocol):
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...
    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...


def _as_area(area: _Area, name: str, name_en: str) -> FoundPoint:
    located = Located(area.lat, area.lon, area.x, area.y, "DONG")
    return FoundPoint(located, name, name_en, is_area=True)


def _addressed(typed: str, geocoder: Geocoder) -> FoundPoint | None:
    parsed = parse_address(typed)
    located = geocoder.locate(parsed)
    if located is None or parsed.road_address is None:
        return None
    rough = located.precision == "DONG"
    return FoundPoint(located, parsed.road_address, parsed.road_address, is_area=rough)


def shared_names() -> dict[str, tuple[str, ...]]:
    """Answer the dong names that several districts have, so that a page can ask which is meant."""
    districts_of: dict[str, list[str]] = {}
    for dong in dongs():
        districts_of.setdefault(dong.name, []).append(dong.district.name)
    return {name: tuple(among) for name, among in districts_of.items() if len(among) > 1}
