"""A page of facilities: one query for its rows, and a count that is never worked out twice."""

import datetime
import json
from dataclasses import dataclass, replace
from typing import Any

from core.places.facts import holiday_name
from core.places.rules import DayException, Schedule, WeeklyHours, make_spans
from core.prepared import prepared_cursor
from core.search.queries import Matching
from core.web.pagination import COUNT_CAP, capped
from welfare.models import Facility, FacilityQuerySet
from welfare.queries.counting import Counted, with_count
from welfare.queries.directory import directory
from welfare.queries.filters import FacilityFilters
from welfare.queries.statements import Question, count_of, question, rows_of
from welfare.queries.wording import Sql, best_first, found_in_sql, matching_words, says

DAYS_AHEAD = 14
COLUMNS = (
    "code", "name", "name_en", "kind_id", "family_name", "district_code", "dong_code", "address",
    "phone", "precision", "weekly_hours", "is_accessible", "capacity", "occupancy", "waiting",
    "fees", "lat", "lon",
)  # fmt: skip
HOURS = COLUMNS.index("weekly_hours")
# The exceptional days from yesterday on, of facilities whose hours are known.
EXCEPTIONS = """
CASE WHEN weekly_hours IS NOT NULL THEN ARRAY(
    SELECT json_build_object('starts', starts_date, 'ends', ends_date, 'hours', hours,
                             'reason', reason)
    FROM places_hoursexception e
    WHERE e.kind = %s AND e.key = welfare_facility.code AND ends_date >= %s AND starts_date <= %s
    ORDER BY starts_date, id) END
"""


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """One line of a list: what it is, where, when, how far."""

    code: str
    name: str
    name_en: str
    kind: str
    family: str
    district_code: str | None
    dong_code: str | None
    address: str | None
    phone: str | None
    precision: str
    weekly_hours: dict[str, Any] | None
    is_accessible: bool | None
    capacity: int | None
    occupancy: int | None
    waiting: int | None
    fees: str | None
    lat: float | None
    lon: float | None
    distance_m: float | None
    exceptions: list[dict[str, Any]] | None

    def schedule(self) -> Schedule | None:
        """Answer its hours with the exceptions of these days; None where nobody knows them."""
        if self.weekly_hours is None:
            return None
        rules = tuple(_exception(one) for one in self.exceptions or ())
        return Schedule(WeeklyHours.from_json(self.weekly_hours), rules, holiday_name)


@dataclass(frozen=True, slots=True)
class FacilityPage:
    """Twenty facilities and how many there are; `count` stops at the cap where `count_capped`."""

    filters: FacilityFilters
    rows: tuple[FacilityRow, ...]
    count: int
    count_capped: bool
    searched_for: str | None = None  # what was searched instead of a misspelt `q`
    is_loose: bool = False  # none of them has everything that `q` says


def matching_facilities(filters: FacilityFilters) -> FacilityQuerySet:
    """Answer the listed facilities that the filters keep, in the order in force."""
    found = kept_by(filters)
    if filters.order == "distance":
        return found
    if filters.order == "relevance":
        best = best_first(words_of(filters))
        return found.order_by(best.asc(nulls_last=True), "name", "code")
    return found.order_by("name", "code")


def words_of(filters: FacilityFilters) -> Matching:
    district = filters.district.code if filters.district else ""
    return matching_words(filters.q, district=district)


def kept_by(filters: FacilityFilters) -> FacilityQuerySet:
    found = Facility.objects.listed()
    if filters.district:
        found = found.filter(district_code=filters.district.code)
    if filters.kind:
        found = found.of_kind(filters.kind)
    if filters.family:
        found = found.of_family(filters.family)
    if filters.q:
        found = found.filter(says(words_of(filters)))
    if filters.accessible:
        found = found.accessible()
    if filters.open_at:
        found = found.open_at(filters.open_at)
    if filters.near:
        found = found.near(*filters.near, filters.radius)
    return found


@dataclass(frozen=True, slots=True)
class _Rows(Counted):
    rows: tuple[FacilityRow, ...]


def facility_page(filters: FacilityFilters, *, on: datetime.date) -> FacilityPage:
    """Answer one page; `on` is the day whose exceptional hours count as today's."""
    known = _known_count(filters)
    if known is not None:
        found = _Rows(rows=_rows(filters, on), count=known)
    else:
        found = with_count(
            f"welfare.count:{filters.count_key}",
            lambda is_counted: _counted_rows(filters, on, is_counted),
        )
    count, is_capped = capped(found.count)
    page = FacilityPage(filters, found.rows, count, is_capped)
    if not filters.q:
        return page
    words = words_of(filters)
    return replace(page, searched_for=words.searched_for, is_loose=words.is_loose)


def _known_count(filters: FacilityFilters) -> int | None:
    """Answer how many there are where the directory's figures or the search index tell it."""
    if filters.is_plain:
        place = filters.district.code if filters.district else ""
        return directory().count(district=place, kind=filters.kind, family=filters.family)
    if filters.asks_words_only:
        found = words_of(filters)
        return found.count + found.count_capped
    return None


def _counted_rows(filters: FacilityFilters, on: datetime.date, is_counted: bool) -> _Rows:
    """Read the rows, each with the count; a page past the end has none to tell it."""
    asked = _question(filters)
    total = count_of(filters, asked) if is_counted else Sql("0")
    found = _read(filters, asked, on, total)
    count = found[0][1] if found else 0
    if is_counted and not found and filters.offset:
        count = kept_by(filters).order_by()[: COUNT_CAP + 1].count()
    return _Rows(rows=tuple(row for row, _ in found), count=count)


def _rows(filters: FacilityFilters, on: datetime.date) -> tuple[FacilityRow, ...]:
    return tuple(row for row, _ in _read(filters, _question(filters), on, Sql("0")))


def _question(filters: FacilityFilters) -> Question:
    return question(filters, found_in_sql(words_of(filters)) if filters.q else None)


def _read(
    filters: FacilityFilters, asked: Question, on: datetime.date, total: Sql
) -> list[tuple[FacilityRow, int]]:
    """Answer one page's rows, each with what `total` counts."""
    days = (on - datetime.timedelta(days=1), on + datetime.timedelta(days=DAYS_AHEAD))
    columns = Sql(
        f"{', '.join(COLUMNS)}, {asked.distance.text}, {EXCEPTIONS}, ({total.text})",
        (*asked.distance.params, Facility.place_kind, *days, *total.params),
    )
    rows = rows_of(asked, columns, most=filters.page_size, skip=filters.offset)
    with prepared_cursor() as cursor:
        cursor.execute(*rows)
        return [(_row(told[:-1]), told[-1]) for told in cursor.fetchall()]


def _row(told: tuple[Any, ...]) -> FacilityRow:
    """Django has the driver hand JSON out as text."""
    values = list(told)
    values[HOURS] = json.loads(values[HOURS]) if values[HOURS] else None
    return FacilityRow(*values)


def _exception(told: dict[str, Any]) -> DayException:
    starts, ends = (datetime.date.fromisoformat(told[name]) for name in ("starts", "ends"))
    return DayException(starts, ends, make_spans(told["hours"]), told["reason"])
