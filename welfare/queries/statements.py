"""What a list of facilities asks of the database, as parts of a statement: pages and API share it.

Written out, because the ORM takes longer to say it than the database to do it; and because a
partial index serves only what the planner can read.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from core.places.fields import far_east
from core.places.rules import to_metres
from core.web.pagination import COUNT_CAP
from welfare.models import Facility
from welfare.queries.directory import directory
from welfare.queries.filters import FacilityFilters
from welfare.queries.wording import Sql, WordsInSql

LISTED = "status = 'LISTED' AND NOT is_protected"
# The first pages read their rows in one go; further back, only the index is walked to where they
# begin.
NEAR_THE_FRONT = 100
# Farther than anything in Korea is from anything, and less than one key's points from another's.
EVERYWHERE = 450_000


@dataclass(frozen=True, slots=True)
class Question:
    """A list as parts of a statement about `welfare_facility`; `distance` is in metres."""

    words: WordsInSql | None
    where: Sql
    order: Sql
    distance: Sql = Sql("NULL")

    @property
    def table(self) -> Sql:
        return self.words.table if self.words else Sql("")


def question(filters: FacilityFilters, words: WordsInSql | None) -> Question:
    """Answer what the filters ask; `words` is what `q` says, where there is one."""
    where = _kept(filters, words)
    if not filters.near:
        return Question(words, where, _by_words_or_name(filters, words))
    near = _near(filters, *filters.near)
    where = Sql(f"{where.text} AND {near.where.text}", where.params + near.where.params)
    # Ties stay in the index's order: thousands share the middle of a dong.
    is_nearest_first = filters.order == "distance"
    order = near.distance if is_nearest_first else _by_words_or_name(filters, words)
    return Question(words, where, order, near.distance)


def rows_of(asked: Question, columns: Sql, *, most: int, skip: int) -> Sql:
    cut = f"ORDER BY {asked.order.text} LIMIT {most} OFFSET {skip}"
    # Texts of this package; whatever was asked travels as parameters.
    told = f"SELECT {columns.text} FROM"
    params = (*columns.params, *asked.where.params, *asked.order.params)
    if skip <= NEAR_THE_FRONT:
        return Sql(f"{told} welfare_facility WHERE {asked.where.text} {cut}", params)
    found = f"SELECT code FROM welfare_facility WHERE {asked.where.text} {cut}"  # noqa: S608
    return Sql(
        f"{told} ({found}) cut JOIN welfare_facility USING (code) ORDER BY {asked.order.text}",
        (*params, *asked.order.params),
    )


def count_of(filters: FacilityFilters, asked: Question) -> Sql:
    """Count up to one more than the cap."""
    if asked.words and filters.asks_words_only:
        return asked.words.count
    some = f"SELECT FROM welfare_facility WHERE {asked.where.text} LIMIT {COUNT_CAP + 1}"  # noqa: S608
    return Sql(f"SELECT count(*) FROM ({some}) counted", asked.where.params)  # noqa: S608


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
    """Say it once for each moment."""
    asked = Facility.objects.open_at(at).query
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
