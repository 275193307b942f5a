"""The API's objects as they were stored at publication: one query, no object built."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from core.places.fields import far_east
from core.places.rules import to_metres
from core.web.pagination import COUNT_CAP
from core.web.prepared import prepared_cursor
from welfare.queries.checked import CHECKED_AT, RECEIVED_BY_SOURCE, told_by_source
from welfare.queries.counting import Counted, with_count
from welfare.queries.directory import directory
from welfare.queries.filters import FacilityFilters
from welfare.queries.listing import kept_by
from welfare.queries.wording import Sql, WordsInSql, words_in_sql

# Written out, for a partial index serves only what the planner can read.
LISTED = "status = 'LISTED' AND NOT is_protected"
# The first pages read their rows in one go; further back, only the index is walked to where they
# begin.
NEAR_THE_FRONT = 100
# Farther than anything in Korea is from anything, and less than one key's points from another's.
EVERYWHERE = 450_000
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


@dataclass(frozen=True, slots=True)
class Question:
    """A list as parts of a statement about `welfare_facility`."""

    words: WordsInSql | None
    where: Sql
    order: Sql
    distance: Sql = Sql("NULL")

    @property
    def table(self) -> Sql:
        return self.words.table if self.words else Sql("")


def facility_cards(filters: FacilityFilters) -> Cards:
    """Answer one page of the API's objects in the order in force."""
    return with_count(
        f"welfare.count:{filters.count_key}", lambda is_counted: _ask(filters, is_counted)
    )


def _ask(filters: FacilityFilters, is_counted: bool) -> Cards:
    asked = _question(filters)
    size, skip = filters.page_size, filters.offset
    count = _count(filters, asked) if is_counted else Sql("0")
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
    cut = f"ORDER BY {asked.order.text} LIMIT {most} OFFSET {skip}"
    # Texts of this package; whatever was asked travels as parameters.
    told = f"SELECT {CARD}, {asked.distance.text}, ({count.text}), {RECEIVED_BY_SOURCE} FROM"
    head = (*asked.distance.params, *count.params)
    params = (*asked.where.params, *asked.order.params)
    if skip <= NEAR_THE_FRONT:
        return Sql(f"{told} welfare_facility WHERE {asked.where.text} {cut}", (*head, *params))
    found = f"SELECT code FROM welfare_facility WHERE {asked.where.text} {cut}"  # noqa: S608
    return Sql(
        f"{told} ({found}) cut JOIN welfare_facility USING (code) ORDER BY {asked.order.text}",
        (*head, *params, *asked.order.params),
    )


def _count(filters: FacilityFilters, asked: Question) -> Sql:
    if asked.words and filters.asks_words_only:
        return asked.words.count
    some = f"SELECT FROM welfare_facility WHERE {asked.where.text} LIMIT {COUNT_CAP + 1}"  # noqa: S608
    return Sql(f"SELECT count(*) FROM ({some}) counted", asked.where.params)  # noqa: S608


def all_cards(filters: FacilityFilters) -> Iterator[CardRow]:
    """Yield every object of a list in the order in force, read row by row."""
    asked = _question(filters)
    tables = f"WITH {asked.table.text} " if asked.table.text else ""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"{tables}SELECT code, lat, lon, {CARD}, {asked.distance.text},"  # noqa: S608
            f" {RECEIVED_BY_SOURCE} FROM welfare_facility WHERE {asked.where.text}"
            f" ORDER BY {asked.order.text}",
            (
                *asked.table.params, *asked.distance.params, *asked.where.params,
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


def _question(filters: FacilityFilters) -> Question:
    words = _words(filters)
    where = _kept(filters, words)
    if not filters.near:
        return Question(words, where, _by_words_or_name(filters, words))
    near = _near(filters, *filters.near)
    where = Sql(f"{where.text} AND {near.where.text}", where.params + near.where.params)
    # Ties stay in the index's order: thousands share the middle of a dong.
    is_nearest_first = filters.order == "distance"
    order = near.distance if is_nearest_first else _by_words_or_name(filters, words)
    distance = Sql(f"round({near.distance.text})::bigint", near.distance.params)
    return Question(words, where, order, distance)


def _words(filters: FacilityFilters) -> WordsInSql | None:
    if not filters.q:
        return None
    return words_in_sql(filters.q, district=filters.district.code if filters.district else "")


def _by_words_or_name(filters: FacilityFilters, words: WordsInSql | None) -> Sql:
    if words is None or filters.order != "relevance":
        return Sql("name, code")
    return Sql(f"{words.order.text} NULLS LAST, name, code", words.order.params)


def _kept(filters: FacilityFilters, words: WordsInSql | None) -> Sql:
    """Answer what the filters keep, but for nearness."""
    columns = {
        "district_code": filters.district.code if filters.district else "",
        "kind_id": filters.kind,
        "family_name": filters.family,
    }
    parts = [Sql(LISTED)]
    parts += [Sql(f"{column} = %s", (value,)) for column, value in columns.items() if value]
    if filters.accessible:
        parts.append(Sql("is_accessible"))
    if filters.open_at:
        parts.append(_open_at(filters.open_at))
    if words:
        parts.append(words.kept)
    return Sql(
        " AND ".join(part.text for part in parts),
        tuple(value for part in parts for value in part.params),
    )


@lru_cache(maxsize=256)
def _open_at(at: datetime.datetime) -> Sql:
    """Say it once for each moment: the ORM takes longer to say it than the database to do it."""
    asked = kept_by(FacilityFilters(open_at=at)).query
    text, params = asked.get_compiler(connection=connection).compile(asked.where)
    return Sql(text, tuple(params))


@dataclass(frozen=True, slots=True)
class _Nearness:
    distance: Sql
    where: Sql


def _near(filters: FacilityFilters, lat: float, lon: float) -> _Nearness:
    """Measure in the index whose points are already parted by district, or by family."""
    x, y = to_metres(lat, lon)
    radius = filters.radius
    column, key = _parted_by(filters)
    if not column:
        distance = Sql("(point <-> point(%s, %s))", (x, y))
        if not radius:
            return _Nearness(distance, Sql("point IS NOT NULL"))
        circle = Sql("point <@ circle(point(%s, %s), %s)", (x, y, float(radius)))
        return _Nearness(distance, circle)
    there = f"point({far_east('%s::text')} + %s, %s)"
    apart = f"point(point[0] + {far_east(column)}, point[1])"
    return _Nearness(
        Sql(f"({apart} <-> {there})", (key, x, y)),
        Sql(f"{apart} <@ circle({there}, %s)", (key, x, y, float(radius or EVERYWHERE))),
    )


def _parted_by(filters: FacilityFilters) -> tuple[str, str]:
    if filters.district:
        return "district_code", filters.district.code
    if filters.family or filters.kind:
        return "family_name", filters.family or directory().by_name[filters.kind].family
    return "", ""
