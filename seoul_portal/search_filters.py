"""The filters of search over everything, read from an address; page and API take the same names."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.areas import declared_searchables, open_areas
from core.places.facts import District, get_district
from core.places.lookup import find_place
from core.places.rules import read_point
from core.web.filters import no_such_place

LONGEST_Q = 100


@dataclass(slots=True)
class SearchFilters:
    """Where to look, and `errors`: of each parameter that is wrong, what would do."""

    area: str = ""
    kind: str = ""
    district: District | None = None
    near: tuple[float, float] | None = None  # lat, lon; where `place` was typed, of that place
    place: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def district_code(self) -> str:
        return self.district.code if self.district else ""


def read_search_filters(given: Mapping[str, str]) -> SearchFilters:
    read = SearchFilters(
        area=given.get("area", ""), kind=given.get("kind", ""), place=given.get("place", "")
    )
    _read_words(read, given)
    _read_scope(read)
    _read_where(read, given)
    return read


def _read_words(read: SearchFilters, given: Mapping[str, str]) -> None:
    for name in ("q", "place"):
        if len(given.get(name, "")) > LONGEST_Q:
            read.errors[name] = _("찾는 말은 %(longest)s자까지입니다.") % {"longest": LONGEST_Q}


def _read_scope(read: SearchFilters) -> None:
    known = {
        "area": {area.slug for area in open_areas()},
        "kind": {searchable.kind for searchable in declared_searchables()},
    }
    for name, allowed in known.items():
        value = getattr(read, name)
        if value and value not in allowed:
            listed = ", ".join(sorted(allowed))
            read.errors[name] = _("이런 값은 없습니다. 쓸 수 있는 값: %(known)s") % {
                "known": listed
            }


def _read_where(read: SearchFilters, given: Mapping[str, str]) -> None:
    if name := given.get("district"):
        read.district = get_district(name)
        if read.district is None:
            read.errors["district"] = _("서울에 이런 자치구가 없습니다. 강남구처럼 적어 주세요.")
    if text := given.get("near"):
        read.near = read_point(text)
        if read.near is None:
            read.errors["near"] = _("위도,경도로 적어 주세요. 예: 37.5663,126.9779")
    elif read.place and "place" not in read.errors:
        found = find_place(read.place)
        if found is None:
            read.errors["place"] = no_such_place(read.place)
        else:
            read.near = (found.located.lat, found.located.lon)
