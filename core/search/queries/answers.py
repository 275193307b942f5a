"""Answers a query: one question to the database, a second one where a word was misspelt."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any

from django.db import connection

from core.places.rules.points import to_metres
from core.search.queries.lexicon import LoadedLexicon, current_lexicon, load_lexicon
from core.search.rules.hangul import clean, squeeze
from core.search.rules.plans import Plan, make_plan
from core.search.rules.questions import Question, read_question
from core.search.rules.spelling import correct, question_hashes

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
COUNT_CAP = 10_000
# With fewer results than these, names from elsewhere and parts of words are looked at too.
LITTLE = 10
_FIND = """
SELECT revision, synonyms_revision, total, is_capped, reached, keys, cards, distances,
    terms, frequencies
FROM search_find(%s, %s::tsquery[], %s::tsquery[], %s::tsquery[], %s::tsquery[], %s::tsquery,
    %s::tsquery,    %s, %s, %s, %s, %s, %s, %s::integer[], %s, %s::point)
"""
_COUNTS_KEPT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """One page of what was found.

    `cards` are JSON objects as text, in order. `searched_for` is the corrected text where the one
    asked for found nothing. `is_loose`: no entry has everything asked for, these have a part of it.
    """

    text: str
    cards: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    distances: tuple[float, ...] = ()  # metres, where `near` was asked
    count: int = 0
    count_capped: bool = False
    searched_for: str | None = None
    is_loose: bool = False
    districts: tuple[str, ...] = ()
    page: int = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: empty strings mean everywhere."""

    language: str = "ko"
    area: str = ""
    kind: str = ""
    district: str = ""


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


NOTHING = Found(0, 0, 0, False, "none", None, None, None, None, None)


@lru_cache(maxsize=20_000)
def _read(text: str, loaded: LoadedLexicon, scope: Scope) -> tuple[Question, Plan, tuple[int, ...]]:
    question = read_question(text, loaded.lexicon)
    plan = make_plan(question, area=scope.area, kind=scope.kind, district=scope.district)
    return question, plan, tuple(question_hashes(question.words))


class _Counts:
    """Totals of one revision of the index, by plan; older ones fall out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[Any, tuple[int, int, bool]] = OrderedDict()

    def get(self, key: Any) -> tuple[int, int, bool] | None:
        return self._held.get(key)

    def put(self, key: Any, revision: int, total: int, is_capped: bool) -> None:
        with self._lock:
            self._held[key] = (revision, total, is_capped)
            while len(self._held) > _COUNTS_KEPT:
                self._held.popitem(last=False)


_counts = _Counts()


def _find(plan: Plan, scope: Scope, window: Window, hashes: Sequence[int]) -> Found:
    held = _counts.get((plan, scope))
    params: list[Any] = [
        plan.title_key, list(plan.main), list(plan.rare), list(plan.extra), list(plan.last),
        plan.first, plan.within,
        scope.language, window.skip, window.size, LITTLE, COUNT_CAP,
        held[0] if held else None, list(hashes), window.with_cards, window.here,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FIND, params)
        found = Found(*cursor.fetchone())
    if found.total is not None:
        _counts.put((plan, scope), found.revision, found.total, found.is_capped)
        return found
    total, is_capped = held[1:] if held else (0, False)
    return replace(found, total=total, is_capped=is_capped)


def _ask(text: str, scope: Scope, window: Window) -> tuple[Question, Found, str | None]:
    """Ask once; where nothing is found, ask for what was meant, or else for a part of it."""
    question, plan, hashes = _read(text, current_lexicon(), scope)
    if question.is_empty:
        return question, NOTHING, None
    found = _find(plan if not hashes else replace(plan, last=()), scope, window, hashes)
    if found.synonyms_revision != current_lexicon().revision:
        load_lexicon()
        return _ask(text, scope, window)
    if found.reached != "none" or not hashes:
        return question, found, None
    return _ask_again(question, plan, found, scope, window)


def _ask_again(
    question: Question, plan: Plan, found: Found, scope: Scope, window: Window
) -> tuple[Question, Found, str | None]:
    known = {
        squeeze(term): frequency
        for term, frequency in zip(found.terms or (), found.frequencies or (), strict=True)
    }
    meant = correct(question.words, known)
    if meant is None:
        return question, _find(replace(plan, main=(), extra=()), scope, window, ()), None
    corrected = question.text
    for word, better in zip(question.words, meant, strict=True):
        corrected = corrected.replace(word, better, 1)
    better_question, better_plan, _ = _read(corrected, current_lexicon(), scope)
    found = _find(replace(better_plan, last=better_plan.last + plan.last), scope, window, ())
    return better_question, found, corrected if found.keys else None


def search(
    text: str,
    *,
    area: str = "",
    kind: str = "",
    district: str = "",
    language: str = "ko",
    near: tuple[float, float] | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> SearchAnswer:
    """Answer one page of what was found, whatever was typed.

    `district` is a code; with `near` (latitude, longitude), what has a place, nearest first.
    """
    text = clean(text)
    size = min(max(page_size, 1), MAX_PAGE_SIZE)
    page = min(max(page, 1), COUNT_CAP // size)
    scope = Scope(language, area, kind, district)
    here = "({},{})".format(*to_metres(*near)) if near else None
    window = Window((page - 1) * size, size, here=here)
    question, found, searched_for = _ask(text, scope, window)
    return SearchAnswer(
        text=text,
        cards=tuple(found.cards or ()),
        keys=tuple(found.keys or ()),
        distances=tuple(found.distances or ()),
        count=found.total or 0,
        count_capped=found.is_capped,
        searched_for=searched_for,
        is_loose=found.reached == "last",
        districts=question.districts,
        page=page,
        page_size=size,
    )


@dataclass(frozen=True, slots=True)
class Matching:
    """The keys of one kind that match, best first; `is_all` unless there are more than the limit.

    `condition` is an SQL condition on a key column (`{key}` stands for it) with its parameters, for
    a filter that must see beyond the limit.
    """

    keys: tuple[str, ...]
    is_all: bool
    count: int
    count_capped: bool
    searched_for: str | None
    condition: tuple[str, tuple[str, ...]]


def matching(
    text: str, *, kind: str, district: str = "", language: str = "ko", limit: int = 1000
) -> Matching:
    """Answer what an area's own list needs to filter by a query and to keep its order."""
    scope = Scope(language, "", kind, district)
    question, found, searched_for = _ask(clean(text), scope, Window(0, limit, with_cards=False))
    keys = tuple(found.keys or ())
    plan = make_plan(question, kind=kind, district=district)
    wanted = {"main": plan.main[-1:], "extra": (*plan.main[-1:], *plan.extra), "last": plan.last}
    return Matching(
        keys=keys,
        is_all=len(keys) < limit,
        count=found.total or 0,
        count_capped=found.is_capped,
        searched_for=searched_for,
        condition=(
            "{key} IN (SELECT key FROM search_searchentry WHERE kind = %s AND language = %s"
            " AND vector @@ %s::tsquery)",
            (kind, language, " | ".join(f"({q})" for q in wanted.get(found.reached, ()))),
        ),
    )
