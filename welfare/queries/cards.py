"""The API's objects as they were stored at publication: one query, no object built."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.timezone import localtime

from core.places.fields import far_east
from core.places.rules import to_metres
from core.web.kept import kept
from core.web.pagination import COUNT_CAP
from core.web.prepared import prepared_cursor
from welfare.queries.directory import directory
from welfare.queries.filters import FacilityFilters
from welfare.queries.listing import kept_by, words_of

# Written out, for a partial index serves only what the planner can read.
LISTED = "status = 'LISTED' AND NOT is_protected"
# The first pages read their rows in one go; further back, only the index is walked to where they
# begin.
NEAR_THE_FRONT = 100
# Farther than anything in Korea is from anything, and less than one key's points from another's.
EVERYWHERE = 450_000

Params = list[Any]


@dataclass(frozen=True, slots=True)
class Cards:
    """Ready JSON objects, joined with commas; whether another one follows."""

    text: str
    number: int
    has_more: bool


# The publishers' lists were last received whole; an unchanged row was checked then as well.
RECEIVED = """
(SELECT finished_at FROM feeds_feedrun WHERE feed = 'welfare.{source}_facilities'
 AND status = 'COMPLETED' AND NOT dry_run ORDER BY started_at DESC LIMIT 1)
"""
CHECKED = f"{RECEIVED.format(source='seoul')}, {RECEIVED.format(source='central')}"
UNCHECKED = '"source":"{source}","checked_at":null'


@dataclass(frozen=True, slots=True)
class Question:
    """A list as SQL about `welfare_facility`, each part with its values."""

    card: str
    card_params: Params
    where: str
    where_params: Params
    order: str
    order_params: Params


def facility_cards(filters: FacilityFilters) -> Cards:
    """Answer one page of the API's objects in the order in force."""
    asked = _question(filters)
    cut = f"ORDER BY {asked.order} LIMIT {filters.page_size + 1} OFFSET {filters.offset}"
    params = [*asked.card_params, *asked.where_params, *asked.order_params]
    if filters.offset <= NEAR_THE_FRONT:
        rows = f"SELECT {asked.card} FROM welfare_facility WHERE {asked.where} {cut}"  # noqa: S608
    else:
        rows = (
            f"SELECT {asked.card} FROM "  # noqa: S608  (texts of this file; values are parameters)
            f"(SELECT code FROM welfare_facility WHERE {asked.where} {cut}) cut"
            f" JOIN welfare_facility USING (code) ORDER BY {asked.order}"
        )
        params += asked.order_params
    with prepared_cursor() as cursor:
        cursor.execute(
            f"SELECT array_to_string(a[:{filters.page_size}], ','), cardinality(a), {CHECKED}"  # noqa: S608
            f" FROM (SELECT ARRAY({rows}) a) found",
            params,
        )
        text, number, *received = cursor.fetchone()
    text = _checked(text, *received)
    return Cards(text, min(number, filters.page_size), number > filters.page_size)


def count_cards(filters: FacilityFilters) -> int:
    """Answer how many there are, up to one more than the cap; worked out once for each state."""
    if filters.asks_words_only:
        found = words_of(filters)
        return found.count + found.count_capped
    return kept.get(f"welfare.count:{filters.count_key}", lambda: _count(filters))


def _count(filters: FacilityFilters) -> int:
    asked = _question(filters)
    some = f"SELECT FROM welfare_facility WHERE {asked.where} LIMIT {COUNT_CAP + 1}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({some}) found", asked.where_params)  # noqa: S608
        return int(cursor.fetchone()[0])


def facility_card(code: str) -> tuple[str, str] | None:
    """Answer the object of one facility and its status; a protected one is nobody's to find."""
    with prepared_cursor() as cursor:
        cursor.execute(
            f"SELECT card, status, {CHECKED} FROM welfare_facility"  # noqa: S608
            " WHERE code = %s AND NOT is_protected",
            [code],
        )
        found = cursor.fetchone()
    return (_checked(found[0], *found[2:]), found[1]) if found else None


def _checked(text: str, seoul: datetime.datetime | None, central: datetime.datetime | None) -> str:
    """Tell when the facilities were last checked, which no card can know for itself."""
    moments = [moment for moment in (seoul, central) if moment]
    for source, last in (("SEOUL", seoul), ("SEOUL+CENTRAL", max(moments, default=None))):
        if last:
            told = localtime(last).isoformat(timespec="seconds")
            unchecked = UNCHECKED.format(source=source)
            text = text.replace(unchecked, unchecked.replace("null", f'"{told}"'))
    return text


def _question(filters: FacilityFilters) -> Question:
    where, params = _kept(filters)
    if not filters.near:
        return Question("card", [], where, params, *_by_words_or_name(filters))
    near = _near(filters, *filters.near)
    card = f"left(card, -1) || ',\"distance_m\":' || round({near.distance})::bigint || '}}'"
    where, params = f"{where} AND {near.where}", params + near.where_params
    if filters.order == "distance":
        # Ties stay in the index's order: thousands share the middle of a dong.
        return Question(card, near.params, where, params, near.distance, near.params)
    return Question(card, near.params, where, params, *_by_words_or_name(filters))


def _by_words_or_name(filters: FacilityFilters) -> tuple[str, Params]:
    if filters.order != "relevance":
        return "name, code", []
    best = list(words_of(filters).keys)
    return "array_position(%s::text[], code::text) NULLS LAST, name, code", [best]


def _kept(filters: FacilityFilters) -> tuple[str, Params]:
    """Answer what the filters keep, but for nearness."""
    parts, params = [LISTED], Params()
    columns = {
        "district_code": filters.district.code if filters.district else "",
        "kind_id": filters.kind,
        "family_name": filters.family,
    }
    for column, value in columns.items():
        if value:
            parts.append(f"{column} = %s")
            params.append(value)
    if filters.accessible:
        parts.append("is_accessible")
    for sql, values in _said_by_the_orm(filters):
        parts.append(sql)
        params += values
    return " AND ".join(parts), params


def _said_by_the_orm(filters: FacilityFilters) -> Iterator[tuple[str, Params]]:
    if filters.open_at:
        yield _open_at(filters.open_at)
    if filters.q:
        yield _compiled(FacilityFilters(q=filters.q, district=filters.district))


@lru_cache(maxsize=256)
def _open_at(at: datetime.datetime) -> tuple[str, Params]:
    """Say it once for each moment: the ORM takes longer to say it than the database to do it."""
    return _compiled(FacilityFilters(open_at=at))


def _compiled(filters: FacilityFilters) -> tuple[str, Params]:
    asked = kept_by(filters).query
    sql, params = asked.get_compiler(connection=connection).compile(asked.where)
    return sql, list(params)


@dataclass(frozen=True, slots=True)
class _Nearness:
    distance: str
    params: Params
    where: str
    where_params: Params


def _near(filters: FacilityFilters, lat: float, lon: float) -> _Nearness:
    """Measure in the index whose points are already parted by district, or by family."""
    x, y = to_metres(lat, lon)
    radius = filters.radius
    column, key = _parted_by(filters)
    if not column:
        where = "point <@ circle(point(%s, %s), %s)" if radius else "point IS NOT NULL"
        values = [x, y, float(radius)] if radius else []
        return _Nearness("(point <-> point(%s, %s))", [x, y], where, values)
    there = f"point({far_east('%s::text')} + %s, %s)"
    apart = f"point(point[0] + {far_east(column)}, point[1])"
    return _Nearness(
        f"({apart} <-> {there})",
        [key, x, y],
        f"{apart} <@ circle({there}, %s)",
        [key, x, y, float(radius or EVERYWHERE)],
    )


def _parted_by(filters: FacilityFilters) -> tuple[str, str]:
    if filters.district:
        return "district_code", filters.district.code
    if filters.family or filters.kind:
        return "family_name", filters.family or directory().by_name[filters.kind].family
    return "", ""
