"""The API's objects as they were stored at publication: one query, no object built."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from core.prepared import prepared_cursor
from welfare.queries.checked import CHECKED_AT, RECEIVED, TOLD, told_by_source
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
replace(card, '{UNCHECKED}',
    coalesce('"checked_at":"' || {TOLD.format(at=CHECKED_AT)} || '"', '{UNCHECKED}')) END
"""
# Sent as it is stored: to read it as text and write that as bytes again takes longer.
CARD_BYTES = f"convert_to({CARD}, 'UTF8')"


@dataclass(frozen=True, slots=True)
class Cards(Counted):
    """Ready JSON objects, joined with commas, of how many up to one more than the cap."""

    objects: bytes
    has_more: bool


@dataclass(frozen=True, slots=True)
class CardRow:
    """One facility as a whole list tells it: its object, and where it is."""

    code: str
    lat: float | None
    lon: float | None
    card: bytes


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
    with prepared_cursor(is_binary=True) as cursor:
        cursor.execute(f"{tables}{rows.text}", (*asked.table.params, *rows.params))
        found = cursor.fetchall()
    # Every row tells it, or the last alone.
    counted = found[-1][2] if found else 0
    if is_counted and skip:
        found.pop()
    objects = b",".join([_with_distance(row[0], row[1]) for row in found[:size]])
    if found:
        objects = _told(objects, *found[0][3:])
    return Cards(objects=objects, has_more=len(found) > size, count=counted)


def _with_count_at_the_end(rows: Sql, count: Sql) -> Sql:
    """Past the end of a list no row can tell how long it is."""
    end = f"SELECT NULL, NULL, ({count.text}), NULL, NULL"
    return Sql(f"({rows.text}) UNION ALL ({end})", (*rows.params, *count.params))


def _with_distance(card: bytes, metres: int | None) -> bytes:
    return card if metres is None else b'%b,"distance_m":%d}' % (card[:-1], metres)


def _told(cards: bytes, seoul: str | None, central: str | None) -> bytes:
    """Say in ready objects when the lists of their publishers were last received whole."""
    for source, at in told_by_source(seoul, central).items():
        unknown = f'"source":"{source}",{UNCHECKED}'
        cards = cards.replace(unknown.encode(), f'"source":"{source}","checked_at":"{at}"'.encode())
    return cards


def _rows(asked: Question, count: Sql, most: int, skip: int) -> Sql:
    """Answer the statement for (card, distance or null, count, when received: alone, both)."""
    metres = _whole_metres(asked)
    columns = Sql(
        f"{CARD_BYTES}, {metres.text}, ({count.text}), {RECEIVED}",
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
            f"{tables}SELECT code, lat, lon, {CARD_BYTES}, {metres.text},"  # noqa: S608
            f" {RECEIVED} FROM welfare_facility WHERE {asked.where.text}"
            f" ORDER BY {asked.order.text}",
            (
                *asked.table.params, *metres.params, *asked.where.params,
                *asked.order.params,
            ),
        )  # fmt: skip
        while some := cursor.fetchmany(CHUNK):
            for code, lat, lon, card, metres, *received in some:
                yield CardRow(code, lat, lon, _told(_with_distance(card, metres), *received))


def facility_card(code: str) -> tuple[bytes, str] | None:
    """Answer the object of one facility and its status; a protected one is nobody's to find."""
    with prepared_cursor(is_binary=True) as cursor:
        cursor.execute(
            f"SELECT {CARD_BYTES}, status, {RECEIVED} FROM welfare_facility"  # noqa: S608
            " WHERE code = %s AND NOT is_protected",
            [code],
        )
        found = cursor.fetchone()
    return (_told(found[0], *found[2:]), found[1]) if found else None


def _words(filters: FacilityFilters) -> WordsInSql | None:
    if not filters.q:
        return None
    return words_in_sql(filters.q, district=filters.district.code if filters.district else "")
