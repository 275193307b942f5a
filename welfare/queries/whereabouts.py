"""Where a typed place is: a dong, a district or an address, as a point to be near to."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language

from core.places.facts import District, Dong, districts, dongs, dongs_named, get_district

WORDS = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A point to be near to, and what the place is called; it is the middle of an area."""

    lat: float
    lon: float
    name: str


def whereabouts(text: str) -> Whereabouts | None:
    """Find `역삼동`, `강남구 역삼1동`, `강남구` or an address that names one of these."""
    words = [word for word in WORDS.split(text.strip().strip("()")) if word]
    district = next((known for word in words if (known := get_district(word))), None)
    for word in words:
        found = dongs_named(word, district=district) or _numbered(word, district)
        if found and len({dong.district for dong in found}) == 1:
            return _middle(found)
    return _of(district) if district else None


def _numbered(name: str, district: District | None) -> tuple[Dong, ...]:
    """Find 역삼1동 and 역삼2동 where somebody says 역삼동."""
    if not name.endswith("동"):
        return ()
    pattern = re.compile(rf"{re.escape(name[:-1])}제?[\d·.,]+동")
    return tuple(
        dong
        for one in ([district] if district else districts())
        for dong in _dongs_of(one)
        if pattern.fullmatch(dong.name)
    )


def _dongs_of(district: District) -> tuple[Dong, ...]:
    return tuple(dong for dong in dongs() if dong.district == district)


def _middle(found: tuple[Dong, ...]) -> Whereabouts:
    lat = sum(dong.lat for dong in found) / len(found)
    lon = sum(dong.lon for dong in found) / len(found)
    one = found[0]
    if get_language() == "en":
        return Whereabouts(lat, lon, f"{one.name_en}, {one.district.name_en}")
    name = one.name if len(found) == 1 else re.sub(r"제?[\d·.,]+(?=동$)", "", one.name)
    return Whereabouts(lat, lon, f"{one.district.name} {name}")


def _of(district: District) -> Whereabouts:
    name = district.name_en if get_language() == "en" else district.name
    return Whereabouts(district.lat, district.lon, name)
