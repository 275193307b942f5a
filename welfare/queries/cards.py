"""The API's objects as they were stored at publication: one query, no object built."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from core.web.prepared import prepared_cursor
from welfare.queries.checked import CHECKED_AT, RECEIVED_BY_SOURCE, told_by_source
from welfare.queries.counting import Counted, with_count
from welfare.queries.filters import FacilityFilters
from welfare.queries.statements import Question, count_of, question, rows_of
from welfare.queries.wording import Sql, WordsInSql, words_in_sql

CHUNK = 500
# No card can know when it was last checked: its publishers ask every night. Where nobody of the
# staff looked, that is the same for all of a source, and told by `_told`.
UNCHECKED = '"checked_at":null'
CARD = f"""
CASE WHEN verified_at IS NULL THEN card ELSE
replace(card, '{UNCHECKED}', coalesce('"checked_at":"' || to_char({CHECKED_AT}
    AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD"T"HH24:MI:SS') || '+09:00"', '{UNCHECKED}')) END
"""


@dataclass(frozen=True, slots=True)
class Cards(Counted):
    """Ready JSON objects, joined with commas, of how many up to one more than the cap."""

    text: str
    has_more: bool


@dataclass(frozen=True, slots=True)
class CardRow:
    """One facility as a whole list tells it: its object, and where it is."""

    code: str
    lat: float | None
    lon: float | None
    card: str


def facility_cards(filters: FacilityFilters) -> Cards:
    """Answer one page of the API's objects in the order in force."""
    return with_count(
        f"welfare.count:{filters.count_key}", lambda is_counted: _ask(filters, is_counted)
    )


def _ask(filters: FacilityFilters, is_counted: bool) -> Cards:
    asked = question(filters, _words(filters))
    size, skip = filters.page_size, filters.offset
    count = count_of(filters, asked) if is_counted else Sql("0")
    rows = _rows(asked, count, size + 1, skip)
    if is_counted and skip:
        rows = _with_count_at_the_end(_rows(asked, Sql("NULL"), size + 1, skip), count)
    tables = f"WITH {asked.table.text} " if asked.table.text else ""
    with prepared_cursor() as cursor:
        cursor.execute(f"{tables}{rows.text}", (*asked.table.params, *rows.params))
        found = cursor.fetchall()
    # Every row tells it, or the last alone.
    counted = found[-1][2] if found else 0
    if is_counted and skip:
        found.pop()
    text = ",".join(_with_distance(row[0], row[1]) for row in found[:size])
    if found:
        text = _told(text, *found[0][3:])
    return Cards(text=text, has_more=len(found) > size, count=counted)


def _with_count_at_the_end(rows: Sql, count: Sql) -> Sql:
    """Past the end of a list no row can tell how long it is."""
    end = f"SELECT NULL, NULL, ({count.text}), NULL, NULL"
    return Sql(f"({rows.text}) UNION ALL ({end})", (*rows.params, *count.params))


def _with_distance(card: str, metres: int | None) -> str:
    return card if metres is None else f'{card[:-1]},"distance_m":{metres}}}'


def _told(cards: str, *received: datetime.datetime | None) -> str:
    """Say in ready objects when the lists of their publishers were last received whole."""
    for source, at in told_by_source(*received).items():
        unknown = f'"source":"{source}",{UNCHECKED}'
        cards = cards.replace(unknown, f'"source":"{source}","checked_at":"{at}"')
    return cards


def _rows(asked: Question, count: Sql, most: int, skip: int) -> Sql:
    """Answer the statement for (card, distance or null, count, when received: alone, both)."""
    metres = _whole_metres(asked)
    columns = Sql(
        f"{CARD}, {metres.text}, ({count.text}), {RECEIVED_BY_SOURCE}",
        (*metres.params, *count.params),
    )
    return rows_of(asked, columns, most=most, skip=skip)


def _whole_metres(asked: Question) -> Sql:
    return Sql(f"round({asked.distance.text})::bigint", asked.distance.params)


def all_cards(filters: FacilityFilters) -> Iterator[CardRow]:
    """Yield every object of a list in the order in force, read row by row."""
    asked = question(filters, _words(filters))
    tables = f"WITH {asked.table.text} " if asked.table.text else ""
    metres = _whole_metres(asked)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"{tables}SELECT code, lat, lon, {CARD}, {metres.text},"  # noqa: S608
            f" {RECEIVED_BY_SOURCE} FROM welfare_facility WHERE {asked.where.text}"
            f" ORDER BY {asked.order.text}",
            (
                *asked.table.params, *metres.params, *asked.where.params,
                *asked.order.params,
            ),
        )  # fmt: skip
        while some := cursor.fetchmany(CHUNK):
            for code, lat, lon, card, metres, *received in some:
                yield CardRow(code, lat, lon, _told(_with_distance(card, metres), *received))


def facility_card(code: str) -> tuple[str, str] | None:
    """Answer the object of one facility and its status; a protected one is nobody's to find."""
    with prepared_cursor() as cursor:
        cursor.execute(
            f"SELECT {CARD}, status, {RECEIVED_BY_SOURCE} FROM welfare_facility"  # noqa: S608
            " WHERE code = %s AND NOT is_protected",
            [code],
        )
        found = cursor.fetchone()
    return (_told(found[0], *found[2:]), found[1]) if found else None


def _words(filters: FacilityFilters) -> WordsInSql | None:
    if not filters.q:
        return None
    return words_in_sql(filters.q, district=filters.district.code if filters.district else "")
