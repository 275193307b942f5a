"""Asks the index: a plan in one call, with the totals that this process holds already."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from django.db import connection

from core.search.rules.plans import Plan

COUNT_CAP = 10_000
# With fewer results than these, names from elsewhere and parts of words are looked at too.
LITTLE = 10
_COUNTS_KEPT = 10_000
_FIND = """
SELECT revision, synonyms_revision, total, is_capped, reached, keys, cards, distances,
    terms, frequencies, wanted
FROM search_find(%s, %s::tsquery[], %s::tsquery[], %s::tsquery[], %s::tsquery[], %s::tsquery,
    %s::tsquery, %s, %s, %s, %s, %s, %s, %s::integer[], %s, %s::point)
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


NOTHING = Found(0, 0, 0, False, "none", None, None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan as the literals that the database takes, written once for each query."""

    literals: tuple[str, ...]
    language: str
    hashes: str = "{}"


def _array(queries: Iterable[str]) -> str:
    # A query has neither double quotes nor backslashes: its words are letters and digits.
    return "{" + ",".join(f'"{query}"' for query in queries) + "}"


def make_wanted(plan: Plan, language: str, hashes: Iterable[int] = ()) -> Wanted:
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
    )


class _Totals:
    """Totals by what was wanted, each of one revision of the index; the oldest fall out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[Wanted, tuple[int, int, bool]] = OrderedDict()

    def get(self, wanted: Wanted) -> tuple[int | None, int, bool]:
        return self._held.get(wanted, (None, 0, False))

    def put(self, wanted: Wanted, found: Found, total: int) -> None:
        with self._lock:
            self._held[wanted] = (found.revision, total, found.is_capped)
            while len(self._held) > _COUNTS_KEPT:
                self._held.popitem(last=False)


_totals = _Totals()


def find(wanted: Wanted, window: Window) -> Found:
    """Ask the index once."""
    revision, total, is_capped = _totals.get(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            _FIND,
            (
                *wanted.literals,
                wanted.language,
                window.skip,
                window.size,
                LITTLE,
                COUNT_CAP,
                revision,
                wanted.hashes,
                window.with_cards,
                window.here,
            ),
        )
        found = Found(*cursor.fetchone())
    if found.total is None:
        return replace(found, total=total, is_capped=is_capped)
    _totals.put(wanted, found, found.total)
    return found
