"""The API's objects as they were stored at publication: one query, no object built."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from core.places.fields import Point
from core.places.rules import to_metres
from welfare.queries.filters import FacilityFilters
from welfare.queries.listing import kept_by, words_of

# Written out, for a partial index serves only what the planner can read.
LISTED = "status = 'LISTED' AND NOT is_protected"
# The first pages read their rows in one go; further back, only the index is walked to where they
# begin.
NEAR_THE_FRONT = 100

Where = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Cards:
    """Ready JSON objects, joined with commas; whether another one follows."""

    text: str
    number: int
    has_more: bool


def facility_cards(filters: FacilityFilters) -> Cards:
    """Answer one page of the API's objects in the order in force."""
    where, params = conditions(filters)
    card, card_params = _card(filters)
    order, order_params = _order(filters)
    cut = f"ORDER BY {order} LIMIT {filters.page_size + 1} OFFSET {filters.offset}"
    if filters.offset <= NEAR_THE_FRONT:
        rows = f"SELECT {card} FROM welfare_facility WHERE {where} {cut}"  # noqa: S608
        values = [*card_params, *params, *order_params]
    else:
        rows = (
            f"SELECT {card} FROM (SELECT code FROM welfare_facility WHERE {where} {cut}) cut"  # noqa: S608
            f" JOIN welfare_facility USING (code) ORDER BY {order}"
        )
        values = [*card_params, *params, *order_params, *order_params]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT array_to_string(a[:{filters.page_size}], ','), cardinality(a)"  # noqa: S608
            f" FROM (SELECT ARRAY({rows}) a) found",
            values,
        )
        text, number = cursor.fetchone()
    return Cards(text, min(number, filters.page_size), number > filters.page_size)


def facility_card(code: str) -> tuple[str, str] | None:
    """Answer the object of one facility and its status; a protected one is nobody's to find."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT card, status FROM welfare_facility WHERE code = %s AND NOT is_protected",
            [code],
        )
        found: tuple[str, str] | None = cursor.fetchone()
    return found


def conditions(filters: FacilityFilters) -> Where:
    """Answer what the filters keep, as SQL about `welfare_facility`."""
    parts, params = [LISTED], list[Any]()
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
    if filters.near:
        parts.append("point IS NOT NULL")
        if filters.radius:
            here = to_metres(*filters.near)
            parts.append("point <@ %s::circle")
            params.append(f"<({here[0]!r},{here[1]!r}),{float(filters.radius)!r}>")
    if filters.q or filters.open_at:
        sql, values = _by_words_and_time(filters)
        parts.append(sql)
        params += values
    return " AND ".join(parts), params


def _by_words_and_time(filters: FacilityFilters) -> Where:
    """Have the ORM say what it alone knows how to say."""
    asked = kept_by(FacilityFilters(q=filters.q, open_at=filters.open_at))
    compiler = asked.query.get_compiler(connection=connection)
    sql, params = compiler.compile(asked.query.where)
    return sql, list(params)


def _here(filters: FacilityFilters) -> str:
    assert filters.near is not None  # noqa: S101
    return str(Point(*to_metres(*filters.near)))


def _card(filters: FacilityFilters) -> tuple[str, Sequence[Any]]:
    if not filters.near:
        return "card", ()
    distance = "round(point <-> %s::point)::bigint"
    return f"left(card, -1) || ',\"distance_m\":' || {distance} || '}}'", (_here(filters),)


def _order(filters: FacilityFilters) -> tuple[str, Sequence[Any]]:
    if filters.order == "distance":
        return "point <-> %s::point, code", (_here(filters),)
    if filters.order == "relevance":
        best = list(words_of(filters).keys)
        return "array_position(%s::text[], code::text) NULLS LAST, name, code", (best,)
    return "name, code", ()
