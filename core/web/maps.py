"""What a map is told of the places on a page: where each stands, and what orients around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.places.facts import districts
from core.web.structured import data_block
from core.web.tiles import short_name


@dataclass(frozen=True, slots=True)
class MapPlace:
    """One place on the map: `number` as on the list, 0 where it is the page's only one.

    `is_about` where the point is only the middle of the dong; without `url` the name is no link.
    """

    name: str
    address: str
    lat: float
    lon: float
    is_about: bool
    number: int = 0
    url: str = ""


def map_data(places: Sequence[MapPlace]) -> SafeString:
    """Answer all that the map's script needs, as data that no browser runs."""
    return data_block(
        {
            "places": [_told(place) for place in places],
            "tiles": settings.MAP_TILES_URL,
            # Tiles show where one is; without them the districts' names have to.
            "districts": [] if settings.MAP_TILES_URL else _districts(get_language()),
            "words": _words(get_language()),
        }
    )


def _told(place: MapPlace) -> dict[str, Any]:
    return {
        "number": place.number,
        "name": place.name,
        "address": place.address,
        "point": [place.lat, place.lon],
        "isAbout": place.is_about,
        "url": place.url,
    }


@cache
def _districts(language: str) -> list[tuple[str, float, float]]:
    english = language == "en"
    return [(short_name(each, english=english), each.lat, each.lon) for each in districts()]


@cache
def _words(_language: str) -> dict[str, str]:
    """Answer the words in a language, which must be the active one."""
    return {
        "about": _("대략의 위치"),
        "aboutMore": _("대략의 위치입니다. 주소로 찾아가 주세요."),
        "zoomIn": _("지도 크게 보기"),
        "zoomOut": _("지도 작게 보기"),
        "close": _("닫기"),
    }
