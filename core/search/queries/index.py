"""Asks the index: a plan in one call, with the totals that this process holds already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.prepared import prepared_cursor
from core.search.queries.kept import Kept
from core.search.rules.plans import Plan

COUNT_CAP = 10_000
# With fewer results than these, names from elsewhere and parts of words are looked at too.
LITTLE = 10
_ANSWER = """
revision, synonyms_revision, total, is_capped, reached, keys, cards, distances, terms, frequencies,
wanted, unsaid, entries
"""
CALL = """
search_find(%s, %s::tsquery[], %s::tsquery[], %s::tsquery[], %s::tsquery[], %s::tsquery,
    %s::tsquery, %s, %s, %s, %s, %s, %s, %s, %s::integer[], %s::text[], %s, %s::point)
"""


@dataclass(frozen=True, slots=True)
class Window:
    """Which results: how many to skip, how many to answer, with cards or not, from where."""

    skip: int
    size: int
    with_cards: bool = True
    here: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the database answered."""

    revision: int
    synonyms_revision: int
    total: int | None
    is_capped: bool
    reached: str
    keys: Sequence[str] | None
    cards: Sequence[str] | None
    distances: Sequence[float] | None
    terms: Sequence[str] | None
    frequencies: Sequence[int] | None
    wanted: str | None  # the tsquery that selects all of it
    unsaid: Sequence[str] | None  # doubtful words that no result says as they were typed
    entries: int


NOTHING = Found(0, 0, 0, False, "none", None, None, None, None, None, None, None, 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan as the literals that the database takes, written once for each query."""

    literals: tuple[str, ...]
    language: str
    hashes: str = "{}"
    doubtful: str = "{}"


def _array(queries: Iterable[str]) -> str:
    # A query has neither double quotes nor backslashes: its words are letters and digits.
    return "{" + ",".join(f'"{query}"' for query in queries) + "}"


def make_wanted(
    plan: Plan, language: str, hashes: Iterable[int] = (), doubtful: Iterable[str] = ()
) -> Wanted:
    """Write a plan down; its last resort is left out where a misspelt word is looked for first."""
    hashes = list(hashes)
    return Wanted(
        literals=(
            plan.title_key,
            _array(plan.main),
            _array(plan.rare),
            _array(plan.extra),
            _array(() if hashes else plan.last),
            plan.first,
            plan.within,
        ),
        language=language,
        hashes="{" + ",".join(map(str, hashes)) + "}",
        doubtful=_array(doubtful),
    )


def arguments(
    wanted: Wanted, window: Window, *, answered_at: int | None = None, counted_at: int | None = None
) -> tuple[Any, ...]:
    """Answer what `search_find` is called with."""
    return (
        *wanted.literals,
        wanted.language,
        window.skip,
        window.size,
        LITTLE,
        COUNT_CAP,
        answered_at,
        counted_at,
        wanted.hashes,
        wanted.doubtful,
        window.with_cards,
        window.here,
    )


# Totals by what was wanted, each with its revision.
_totals: Kept[tuple[int, int, bool]] = Kept(10_000)


def find(wanted: Wanted, window: Window, *, answered_at: int | None = None) -> Found:
    """Ask the index once; `reached` is "same" where the answer of that revision still holds."""
    revision, total, is_capped = _totals.get(wanted) or (None, 0, False)
    with prepared_cursor() as cursor:
        cursor.execute(
            f"SELECT {_ANSWER} FROM {CALL}",  # noqa: S608  (only constants of this file)
            arguments(wanted, window, answered_at=answered_at, counted_at=revision),
        )
        found = Found(*cursor.fetchone())
    if found.total is None:
        return replace(found, total=total, is_capped=is_capped)
    _totals.put(wanted, (found.revision, found.total, found.is_capped))
    return found
