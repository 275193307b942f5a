"""What a query finds among facilities or benefits, asked once for each state of the data."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BooleanField, IntegerField
from django.db.models.expressions import RawSQL

from core.search.queries import Matching, Meant, begin_matching
from core.web.kept import kept
from welfare.models import Facility

CODE = "welfare_facility.code"


class Sql(NamedTuple):
    """A part of a statement, and its values."""

    text: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class WordsInSql:
    """What was typed, as parts of a statement about facilities.

    `table` stands before the statement where the others look into it; else it is empty.
    """

    table: Sql
    kept: Sql
    order: Sql
    count: Sql


def matching_words(q: str, *, district: str = "", kind: str = Facility.place_kind) -> Matching:
    """Answer the codes that match, best first, and what was searched instead of a misspelt word."""
    found = _begin(q, district, kind)
    if isinstance(found, Meant):
        return kept.get(f"{kind}.meant:{district}:{q}", found.ask)
    return found


def words_in_sql(q: str, *, district: str = "", code: str = CODE) -> WordsInSql:
    """Say the words in SQL; what a misspelt one meant is asked within the statement itself."""
    found = _begin(q, district)
    if isinstance(found, Meant):
        return WordsInSql(
            table=Sql(*found.table),
            kept=_about(code, found.condition),
            order=Sql(f"array_position((SELECT keys FROM meant), {code}::text)"),  # noqa: S608
            count=Sql("SELECT total + is_capped::int FROM meant"),
        )
    return found_in_sql(found, code=code)


def found_in_sql(found: Matching, *, code: str = CODE) -> WordsInSql:
    """Say in SQL what the index answered."""
    return WordsInSql(
        table=Sql(""),
        kept=_kept(found, code),
        order=Sql(f"array_position(%s::text[], {code}::text)", (list(found.keys),)),
        count=Sql("SELECT %s::int", (found.count + found.count_capped,)),
    )


def _begin(q: str, district: str, kind: str = Facility.place_kind) -> Matching | Meant:
    return kept.get(
        f"{kind}.words:{district}:{q}",
        lambda: begin_matching(q, kind=kind, district=district),
    )


def _kept(found: Matching, code: str) -> Sql:
    """Keep what the words found; beyond the best thousand, by asking the index itself."""
    if found.is_all:
        return Sql(f"{code} = ANY(%s)", (list(found.keys),))
    return _about(code, found.condition)


def _about(code: str, condition: tuple[str, tuple[Any, ...]]) -> Sql:
    text, params = condition
    return Sql(text.format(key=code), params)


def says(found: Matching, *, code: str = CODE) -> RawSQL:
    """Say it to the ORM; what was typed travels as a parameter."""
    return RawSQL(*_kept(found, code), output_field=BooleanField())  # noqa: S611


def best_first(found: Matching, *, code: str = CODE) -> RawSQL:
    place = f"array_position(%s::text[], {code}::text)"
    return RawSQL(place, [list(found.keys)], output_field=IntegerField())  # noqa: S611
