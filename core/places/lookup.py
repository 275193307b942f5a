"""Where somebody is who typed an address: beside what is known on that street, else by asking.

Every table of places is looked into (`PlaceRecord`'s heirs, whichever area they belong to), and
what a geocoder answered before. What is protected has no address, so nothing tells where it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from django.apps import apps
from django.db import connection
from django.db.models import Model

from core.places.address_service import AddressService
from core.places.enums import Precision
from core.places.facts import districts
from core.places.geocode import (
    DongCentroidGeocoder,
    Found,
    FoundPoint,
    Geocoder,
    Located,
    find_point,
)
from core.places.models import LocatedAddress, PlaceRecord
from core.places.rules import ParsedAddress, parse_address, to_metres
from core.places.rules.addresses import SEOUL

# Numbers count ten metres each along their street: beyond half a kilometre nothing is "near".
FARTHEST = 50
_NUMBER = r"(?:지하 ?)?([0-9]{1,5})(?:-([0-9]{1,5}))?(?![0-9])"
_ADDRESS = re.compile(rf"(?P<street>{SEOUL} \w+ [\w.·]+) {_NUMBER}")
# A street and a number without their district.
_BARE = re.compile(rf"[\d.]*[가-힣][\w.·]*(?:로|길) ?{_NUMBER}")
_NEAREST = """
SELECT DISTINCT ON (district) lat, lon, precision, apart FROM (
    SELECT split_part(address, ' ', 2) AS district, lat, lon, precision,
           abs(number[1]::int - %s) AS apart, abs(coalesce(number[2]::int, 0) - %s) AS aside
    FROM ({tables}) known, regexp_match(address, %s) number WHERE number IS NOT NULL) numbered
WHERE apart <= %s
ORDER BY district, precision = 'DONG', apart, aside, lat, lon
"""


@dataclass(frozen=True, slots=True)
class _Door:
    """A street of Seoul and a number on it."""

    street: str
    main: int
    sub: int


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """What is known nearest to a door on its street, so many numbers away."""

    located: Located
    apart: int

    @property
    def is_there(self) -> bool:
        return not self.apart and self.located.precision != Precision.DONG


class TypedAddresses:
    """Knows the address itself, asks the service, or answers what is nearest on its street."""

    def __init__(self, service: Geocoder) -> None:
        self._service = service

    def locate(self, address: ParsedAddress) -> Located | None:
        near = _nearest_known(address)
        if near and near.is_there:
            return near.located
        return (
            self._service.locate(address)
            or (near.located if near else None)
            or DongCentroidGeocoder().locate(address)
        )


def find_place(text: str) -> FoundPoint | None:
    """Find what a citizen typed beside "near": a dong, a district or an address."""
    return find_point(text, geocoder=TypedAddresses(AddressService()))


def _nearest_known(address: ParsedAddress) -> _Neighbour | None:
    """Answer the nearest number on the street; of two streets of one name, none is guessed."""
    doors = list(_doors(address))
    found = _ask(doors) if doors else []
    there = [one for one in found if one.is_there]
    for some in (there, found):
        if len(some) == 1:
            return some[0]
    return None


def _doors(address: ParsedAddress) -> Iterator[_Door]:
    """Yield the door meant; where no district is named, that of each one."""
    text = address.road_address or ""
    if address.district_code:
        named = [text]
    elif _BARE.match(text):
        spelt = (f"{SEOUL} {district.name} {text}" for district in districts())
        named = [parse_address(one).road_address or "" for one in spelt]
    else:
        named = []
    for one in named:
        if found := _ADDRESS.match(one):
            yield _Door(found["street"], int(found[2]), int(found[3] or 0))


def _ask(doors: Sequence[_Door]) -> list[_Neighbour]:
    """Answer the nearest neighbour in each district, from one statement."""
    begins = [f"{door.street} " for door in doors]
    # The patterns are written out for the planner, so that an index serves each.
    told = " OR ".join(["address LIKE %s"] * len(begins))
    tables = " UNION ALL ".join(
        f"SELECT address, lat, lon, precision FROM {table} WHERE lat IS NOT NULL AND ({told})"  # noqa: S608
        for table in _tables()
    )
    params = [f"{begin}%" for begin in begins] * len(_tables())
    with connection.cursor() as cursor:
        cursor.execute(
            _NEAREST.format(tables=tables),
            [doors[0].main, doors[0].sub, *params, rf"^\S+ \S+ \S+ {_NUMBER}", FARTHEST],
        )
        return [_neighbour(*row) for row in cursor.fetchall()]


@cache
def _tables() -> tuple[str, ...]:
    heirs = (model for model in apps.get_models() if issubclass(model, PlaceRecord))
    models: list[type[Model]] = [LocatedAddress, *heirs]
    return tuple(connection.ops.quote_name(one._meta.db_table) for one in models)  # noqa: SLF001


def _neighbour(lat: float, lon: float, precision: str, apart: int) -> _Neighbour:
    """Some doors away is about there, however exactly that door is known."""
    told = Precision.DONG if apart else Precision(precision)
    return _Neighbour(Located(lat, lon, *to_metres(lat, lon), cast(Found, told.value)), apart)
