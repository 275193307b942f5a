"""What a query shows of people: which of its columns are personal, and whose they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Aggregate, Avg, Count, Exists, StdDev, Subquery, Sum, Variance
from django.db.models.expressions import Col, RawSQL
from django.db.models.sql import Query

# They say something of many, and nothing of one.
FIGURES = (Count, Sum, Avg, StdDev, Variance)
READS = re.compile(r"\s*\(*\s*(SELECT|WITH|TABLE|DECLARE|COPY|EXPLAIN)\b", re.IGNORECASE)


class Unattributable(Exception):
    """A query would show personal data without the portal knowing whose; it was not run.

    Load the rows as objects, or with `values()` and no grouping; or, where nobody is shown them,
    say so: `with system_reading("why")`.
    """


@dataclass(frozen=True, slots=True)
class Watch:
    """One table whose reading is told: its personal columns, and the way to the person."""

    holding: str  # "app_label.Model"
    table: str
    columns: frozenset[str]
    person: str  # the field that is the person, or leads there
    onward: str = ""  # the lookup from what `person` names to the person; "" where it is them
    between: str = ""  # the model that `person` then names
    is_second: bool = False  # another watch of the table says whose its rows are


@dataclass(slots=True)
class Sight:
    """One table in the columns of one query: where in each row stands whose it is."""

    watch: Watch
    alias: str
    column: Col  # one of its columns that are shown
    index: int | None = None
    is_joined: bool = False  # so that there may be no row at all


Tables = Mapping[str, tuple[Watch, ...]]


def sights(query: Query, select: Sequence[tuple[Any, Any, Any]], tables: Tables) -> list[Sight]:
    """Answer what of people the select clause of a query shows; raises Unattributable."""
    if not _touches(query, tables) and not any(
        isinstance(shown, Subquery | RawSQL) for shown, *_ in select
    ):
        return []
    seen: dict[tuple[str, str, str], Sight] = {}
    for shown, *_ in select:
        for column, watch in _personal(shown, query, tables):
            key = (column.alias, watch.holding, watch.person)
            if key not in seen:
                is_joined = query.alias_map[column.alias].join_type is not None
                seen[key] = Sight(watch, column.alias, column, is_joined=is_joined)
    for sight in seen.values():
        sight.index = _index_of_person(sight, select)
    return list(seen.values())


def _index_of_person(sight: Sight, select: Sequence[tuple[Any, Any, Any]]) -> int | None:
    for index, (shown, *_) in enumerate(select):
        is_there = isinstance(shown, Col) and shown.alias == sight.alias
        if is_there and shown.target.name == sight.watch.person:
            return index
    return None


def _personal(shown: Any, query: Query, tables: Tables) -> Iterator[tuple[Col, Watch]]:
    """Yield the personal columns of which an expression is made."""
    if isinstance(shown, Col):
        join = query.alias_map.get(shown.alias)
        for watch in tables.get(join.table_name, ()) if join else ():
            if shown.target.column in watch.columns:
                yield shown, watch
    elif isinstance(shown, Subquery):
        if not isinstance(shown, Exists):
            _refuse_inner(shown.query, tables)
    elif isinstance(shown, RawSQL):
        if names_people(f"SELECT FROM {shown.sql}", tables) or _touches(query, tables):
            raise Unattributable(f"{shown.sql[:80]!r} is SQL by hand.")
    elif not isinstance(shown, FIGURES):
        yield from _personal_within(shown, query, tables)


def _personal_within(shown: Any, query: Query, tables: Tables) -> Iterator[tuple[Col, Watch]]:
    for part in getattr(shown, "get_source_expressions", list)():
        for found in _personal(part, query, tables):
            if isinstance(shown, Aggregate):
                raise Unattributable(f"{shown!r} puts many people's data into one value.")
            yield found


def _refuse_inner(inner: Query, tables: Tables) -> None:
    for part in (inner, *inner.combined_queries):
        for shown in (*part.select, *part.annotation_select.values()):
            for column, watch in _personal(shown, part, tables):
                raise Unattributable(f"A subquery shows {watch.holding}.{column.target.name}.")


def refuse_telling_aggregates(query: Any, tables: Tables) -> None:
    """Refuse `Max(…)` and the like over a subquery that shows personal columns."""
    if not all(isinstance(one, FIGURES) for one in query.annotation_select.values()):
        _refuse_inner(query.inner_query, tables)


def _touches(query: Query, tables: Tables) -> bool:
    return any(join.table_name in tables for join in query.alias_map.values())


def names_people(sql: str, tables: Tables) -> bool:
    """Say whether SQL by hand reads a table that is watched."""
    return _names(sql, tuple(tables))


@lru_cache(maxsize=2048)
def _names(sql: str, tables: tuple[str, ...]) -> bool:
    if not tables or not READS.match(sql):
        return False
    return bool(re.search(rf'(?<!\w)"?({"|".join(map(re.escape, tables))})"?(?!\w)', sql))
