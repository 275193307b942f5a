"""Facilities that never existed, as pure functions of a number: the same today and tomorrow.

Kinds and districts come in the proportions of the city's real list; names, roads and telephones
are put together from parts.
"""

from collections.abc import Callable
from typing import NamedTuple

from core.sandbox.upstreams.facilities import naming
from core.sandbox.upstreams.facilities.districts import CITY, DISTRICTS, ELSEWHERE, District
from core.sandbox.upstreams.facilities.kinds import KINDS, PROTECTED_KINDS, Kind
from core.sandbox.upstreams.serving.contract import MOST_ROWS
from core.sandbox.upstreams.serving.dice import mixed, wheel

CENTRAL_ONLY = MOST_ROWS
"""Numbers from here on stand for facilities that only the central government lists."""

_FIRST_MASKED, _MASKED_EVERY = 11, 400


class Place(NamedTuple):
    region: str
    road: str
    number: str
    floor: str
    dong: str
    numbered_dong: str
    postcode: str


class Facility(NamedTuple):
    number: int
    code: str
    name: str
    kind: Kind
    is_masked: bool
    jurisdiction_code: str
    jurisdiction_name: str
    place: Place
    phone: tuple[str, str, str]
    capacity: int
    dice: int
    """Bits left for whoever writes the row."""


_DISTRICT_WHEEL = wheel(((district, district.weight) for district in (*DISTRICTS, CITY)), 1 << 40)
_KIND_WHEEL = wheel(((kind, kind.weight) for kind in KINDS), 1 << 41)
_TURN = len(_KIND_WHEEL)
_DONGS = {district.code: district.dongs for district in DISTRICTS}
_ROADS = {district.code: district.roads for district in DISTRICTS}
_NUMBERED = {district.code: district.numbered_dongs for district in DISTRICTS}


def kind_of(number: int) -> Kind:
    if number % _MASKED_EVERY == _FIRST_MASKED:
        return PROTECTED_KINDS[number // _MASKED_EVERY % len(PROTECTED_KINDS)]
    return _KIND_WHEEL[(number + number // _TURN * 7) % _TURN]


def jurisdiction_of(number: int) -> tuple[str, str]:
    """Code and name of who answers for it; not always where it stands."""
    if number >= CENTRAL_ONLY and number % 3:
        return ELSEWHERE[number // 3 % len(ELSEWHERE)][:2]
    district = _DISTRICT_WHEEL[number % _TURN]
    return district.code, district.name


def code_of(number: int) -> str:
    return f"{kind_of(number).letter}{number + 1:04}"


def facility(number: int, seed: int = 0) -> Facility:
    """Another seed gives other names and places to the same codes: the same list, a year later."""
    dice = mixed(number ^ seed << 32)
    kind = kind_of(number)
    jurisdiction_code, jurisdiction_name = jurisdiction_of(number)
    place, area_code = _place(number, jurisdiction_code, dice)
    dice = mixed(dice)
    is_masked = kind in PROTECTED_KINDS
    name = naming.name_of(kind, jurisdiction_name, place.dong, dice)
    return Facility(
        number,
        f"{kind.letter}{number + 1:04}",
        naming.masked(name) if is_masked else name,
        kind,
        is_masked,
        jurisdiction_code,
        jurisdiction_name,
        place,
        (area_code, str(2000 + (dice >> 20) % 7900), f"{(dice >> 33) % 10000:04}"),
        5 + (dice >> 40) % 96 if _is_lived_in(kind) else 0,
        dice >> 46,
    )


def _is_lived_in(kind: Kind) -> bool:
    return kind.code in _LIVED_IN


_LIVED_IN = frozenset(
    kind.code
    for kind in KINDS
    if any(word in kind.name for word in ("요양", "거주", "생활가정", "양육", "양로", "주간보호"))
)


def _place(number: int, jurisdiction_code: str, dice: int) -> tuple[Place, str]:
    """Two in a hundred stand outside the city that answers for them."""
    district = _DISTRICT_WHEEL[number % _TURN]
    is_elsewhere = jurisdiction_code != district.code
    if is_elsewhere or dice % 50 == 0:
        return _place_elsewhere(number // 3 if is_elsewhere else dice >> 8, dice)
    if district is CITY:
        district = DISTRICTS[(dice >> 8) % len(DISTRICTS)]
    return _place_in(district, dice >> 6), "02"


def _place_in(district: District, dice: int) -> Place:
    dongs, roads, numbered = (
        _DONGS[district.code],
        _ROADS[district.code],
        _NUMBERED[district.code],
    )
    road = roads[dice % len(roads)]
    lane = (dice >> 8) % 120
    house = 1 + (dice >> 15) % 400
    return Place(
        f"서울특별시 {district.name}",
        f"{road}{lane}길" if lane and road[-1] == "로" and lane < 70 else road,  # noqa: PLR2004
        f"{house}-{lane}" if lane > 100 else str(house),  # noqa: PLR2004
        f"{1 + (dice >> 24) % 6}층",
        dongs[(dice >> 28) % len(dongs)],
        numbered[(dice >> 33) % len(numbered)] if numbered else dongs[0],
        f"{district.first_postcode + (dice >> 36) % 200:05}",
    )


def _place_elsewhere(choice: int, dice: int) -> tuple[Place, str]:
    _, _, road, area_code, postcode = ELSEWHERE[choice % len(ELSEWHERE)]
    region, _, name = road.rpartition(" ")
    house = str(1 + (dice >> 24) % 900)
    return Place(region, name, house, "", "", "", f"{postcode}{(dice >> 12) % 1000:03}"), area_code


# --- how the two governments write the same place ------------------------------------------------


def city_address(facility: Facility) -> str:
    """As the city writes it, which is not always in the same manner."""
    place, dice = facility.place, facility.dice
    road = f"{place.region} {place.road} {place.number}"
    if not place.dong:
        return f"{road} " if dice % 3 else road
    return _MANNERS[dice % 100](road, place)


def _numbered(road: str, place: Place) -> str:
    return f"{road} ({place.numbered_dong})"


def _numbered_in_full(road: str, place: Place) -> str:
    """제2동 for 2동: both are written."""
    stem = place.numbered_dong.rstrip("0123456789동")
    number = place.numbered_dong[len(stem) :]
    return f"{road} ({stem}제{number})" if number[:1].isdigit() else f"{road} ({place.dong})"


_MANNERS: tuple[Callable[[str, Place], str], ...] = (
    *[lambda road, place: f"{road} ({place.dong})"] * 62,
    *[lambda road, place: road] * 9,
    *[lambda road, place: f"{road} {place.floor} ({place.dong})"] * 8,
    *[lambda road, place: f"{road}({place.dong})"] * 5,
    *[lambda road, place: f"{road}, {place.floor} ({place.dong}, {place.dong[:-1]}빌딩)"] * 4,
    *[lambda road, place: f"{road}{place.floor}"] * 3,
    *[lambda road, place: f"{road} "] * 2,
    *[lambda road, place: f"{road} ({place.dong})({place.dong})"],
    *[lambda road, place: f"{road.partition(' ')[2]} ({place.dong})"],
    *[lambda road, place: ""],
    *[_numbered] * 2,
    *[_numbered_in_full] * 2,
)


def central_address(facility: Facility) -> tuple[str, str]:
    """As the ministry keeps it: in two fields, the house number sometimes missing."""
    place, dice = facility.place, facility.dice
    if dice % 18 == 0:
        return "", ""
    rest = f" ({place.dong})" if place.dong else ""
    if dice % 41 == 0:
        return f"{place.region} {place.road}", rest.strip()
    floor = f", {place.floor}" if place.floor and dice % 5 == 0 else ""
    return f"{place.region} {place.road}", f"{place.number}{floor}{rest}"
