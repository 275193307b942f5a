"""The filters of a facility list, read from an address; pages and API take the same names."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.places.facts import District, get_district
from core.places.lookup import find_place
from core.places.rules import read_point
from core.web.filters import no_such_place
from core.web.pagination import (
    PAGE_SIZE,
    WHOLE,
    no_such_page,
    no_such_size,
    page_number,
    page_size,
)
from welfare.queries.directory import directory

PARAMETERS: Final = (
    "q", "district", "kind", "family", "near", "place", "radius", "open_at", "accessible", "sort",
    "page", "page_size",
)  # fmt: skip
SORTS: Final = ("name", "distance", "relevance")
LONGEST_Q = 100
RADII = (100, 50_000)
YEARS = (2000, 2100)
SEOUL = ZoneInfo("Asia/Seoul")
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no"})

Text = str | Promise


class FiltersRefused(ValueError):
    """An address asks for what does not exist; `errors` says of each parameter what would do."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityFilters:
    """What a list of facilities keeps, and how it is ordered and cut into pages."""

    q: str = ""
    district: District | None = None
    kind: str = ""
    family: str = ""
    near: tuple[float, float] | None = None  # lat, lon; where `place` was typed, of that place
    place: str = ""
    radius: int | None = None  # metres
    open_at: datetime.datetime | None = None
    accessible: bool = False
    sort: str = ""
    page: int = 1
    page_size: int = PAGE_SIZE

    @property
    def order(self) -> str:
        """Answer the order in force: as asked, else nearest, else best match, else by name."""
        return self.sort or ("distance" if self.near else "relevance" if self.q else "name")

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size

    @property
    def is_plain(self) -> bool:
        """Say whether the directory's figures count this list."""
        return not (self.q or self.near or self.open_at or self.accessible)

    @property
    def asks_words_only(self) -> bool:
        """Say whether the search index counts this list."""
        others = self.kind or self.family or self.near or self.open_at or self.accessible
        return bool(self.q) and not others

    @property
    def count_key(self) -> str:
        """Answer what lists of the same length share."""
        at = self.open_at.isoformat(timespec="minutes") if self.open_at else ""
        place = self.district.code if self.district else ""
        # Without a radius, all that has a place is near to anywhere.
        near = self.near if self.radius else bool(self.near)
        parts = (self.q, place, self.kind, self.family, near, self.radius, at, self.accessible)
        return "|".join(str(part or "") for part in parts)


@dataclass(slots=True)
class _Reading:
    """The values of one address while they are read, and what is wrong with them."""

    given: Mapping[str, str]
    now: datetime.datetime
    errors: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, reader: Callable[["_Reading", str], Any], default: Any = None) -> Any:
        text = self.given.get(name, "")
        if not text:
            return default
        value = reader(self, text)
        if value is None:
            self.errors.setdefault(name, _("알 수 없는 값입니다."))
        return value

    def refuse(self, name: str, message: str) -> None:
        self.errors[name] = message


def read_filters(query: QueryDict, *, now: datetime.datetime) -> FacilityFilters:
    """Read the filters; raise FiltersRefused with a sentence for each parameter that is wrong."""
    reading = _Reading({name: one_value(name, query.getlist(name)) for name in query}, now)
    for name in reading.given:
        if name not in PARAMETERS:
            known = ", ".join(PARAMETERS)
            reading.refuse(
                name, _("이런 조건은 없습니다. 쓸 수 있는 조건: %(known)s") % {"known": known}
            )
    values = {name: reading.read(name, reader) for name, reader in _READERS.items()}
    _judge_together(reading, values)
    if reading.errors:
        raise FiltersRefused(reading.errors)
    return FacilityFilters(**{name: value for name, value in values.items() if value is not None})


def one_value(name: str, given: list[str]) -> str:
    """Answer the one value meant: a time that was typed counts before the box for "now"."""
    values = [value.strip() for value in given if value.strip()]
    if name == "open_at" and len(values) > 1:
        values = [value for value in values if value != "now"]
    return values[-1] if values else ""


def _judge_together(reading: _Reading, values: dict[str, Any]) -> None:
    if values["place"] and reading.given.get("near"):
        reading.refuse("place", _("near와 place 가운데 하나만 적어 주세요."))
    elif values["place"]:
        values["near"] = reading.read("place", _place_point)
    located = values["near"] or "near" in reading.errors or "place" in reading.errors
    for name in ("radius", "sort"):
        needs_place = name == "radius" or values[name] == "distance"
        if values[name] and needs_place and not located:
            reading.refuse(name, _("어디에서 가까운 곳인지 함께 알려 주세요(near 또는 place)."))
    if values["sort"] == "relevance" and not values["q"]:
        reading.refuse("sort", _("찾는 말(q)이 있을 때만 쓸 수 있는 순서입니다."))
    kind = directory().by_name[values["kind"]] if values["kind"] else None
    if kind and values["family"] and kind.family != values["family"]:
        reading.refuse(
            "kind", _("‘%(family)s’에 속한 종류가 아닙니다: ‘%(kind)s’.")
            % {"kind": kind.label, "family": values["family"]},
        )  # fmt: skip


def _read_q(reading: _Reading, text: str) -> str | None:
    if len(text) > LONGEST_Q:
        reading.refuse("q", _("찾는 말은 %(longest)s자까지입니다.") % {"longest": LONGEST_Q})
    if "\x00" in text:
        return None
    return " ".join(text.split())


def _read_district(reading: _Reading, text: str) -> District | None:
    found = get_district(text)
    if found is None:
        reading.refuse(
            "district", _("서울에 이런 자치구가 없습니다. 이름(강남구)이나 코드로 적어 주세요.")
        )
    return found


def _read_kind(reading: _Reading, text: str) -> str | None:
    if text in directory().by_name:
        return text
    reading.refuse("kind", _("이런 시설 종류가 없습니다. 목록에 있는 이름으로 적어 주세요."))
    return None


def _read_family(reading: _Reading, text: str) -> str | None:
    if text in directory().families:
        return text
    reading.refuse("family", _("이런 시설 분류가 없습니다. 목록에 있는 이름으로 적어 주세요."))
    return None


def read_near(text: str) -> tuple[float, float]:
    """Read `37.5663,126.9779`; raise FiltersRefused for what is no point in Korea."""
    if (point := read_point(text)) is not None:
        return point
    raise FiltersRefused({"near": _("위도,경도로 적어 주세요. 예: 37.5663,126.9779")})


def _read_near(reading: _Reading, text: str) -> tuple[float, float] | None:
    try:
        return read_near(text)
    except FiltersRefused as refused:
        reading.errors |= refused.errors
        return None


def _read_place(reading: _Reading, text: str) -> str | None:
    return text if len(text) <= LONGEST_Q and "\x00" not in text else None


def _place_point(reading: _Reading, text: str) -> tuple[float, float] | None:
    found = find_place(text)
    if found is None:
        reading.refuse("place", no_such_place(text))
        return None
    return found.located.lat, found.located.lon


def _read_radius(reading: _Reading, text: str) -> int | None:
    if WHOLE.fullmatch(text) and RADII[0] <= int(text) <= RADII[1]:
        return int(text)
    reading.refuse(
        "radius", _("거리는 %(least)s에서 %(most)s 사이의 미터 수입니다.")
        % {"least": RADII[0], "most": RADII[1]},
    )  # fmt: skip
    return None


def _read_open_at(reading: _Reading, text: str) -> datetime.datetime | None:
    if text == "now":
        return reading.now.replace(second=0, microsecond=0)
    try:
        # A plus sign that was not encoded arrives as a blank.
        at = datetime.datetime.fromisoformat(re.sub(r" (?=\d\d:?\d\d$)", "+", text))
        at = at.replace(tzinfo=SEOUL) if at.tzinfo is None else at
        year = at.astimezone(SEOUL).year
    except (ValueError, OverflowError):
        reading.refuse("open_at", _("now 또는 2026-09-01T10:00처럼 날짜와 시각을 적어 주세요."))
        return None
    if YEARS[0] <= year <= YEARS[1]:
        return at
    reading.refuse(
        "open_at", _("%(first)s년에서 %(last)s년 사이의 날짜와 시각을 적어 주세요.")
        % {"first": YEARS[0], "last": YEARS[1]},
    )  # fmt: skip
    return None


def _read_accessible(reading: _Reading, text: str) -> bool | None:
    if text.lower() in YES | NO:
        return text.lower() in YES
    reading.refuse("accessible", _("true 또는 false로 적어 주세요."))
    return None


def _read_sort(reading: _Reading, text: str) -> str | None:
    if text in SORTS:
        return text
    reading.refuse("sort", _("쓸 수 있는 순서: %(known)s") % {"known": ", ".join(SORTS)})
    return None


def _read_page(reading: _Reading, text: str) -> int | None:
    if (number := page_number(text)) is None:
        reading.refuse("page", no_such_page())
    return number


def _read_page_size(reading: _Reading, text: str) -> int | None:
    if (size := page_size(text)) is None:
        reading.refuse("page_size", no_such_size())
    return size


_READERS: Final[Mapping[str, Callable[[_Reading, str], Any]]] = {
    "q": _read_q,
    "district": _read_district,
    "kind": _read_kind,
    "family": _read_family,
    "near": _read_near,
    "place": _read_place,
    "radius": _read_radius,
    "open_at": _read_open_at,
    "accessible": _read_accessible,
    "sort": _read_sort,
    "page": _read_page,
    "page_size": _read_page_size,
}
