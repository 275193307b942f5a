"""Answers a query: one question to the database, a second one where a word was misspelt."""

from dataclasses import dataclass, replace
from functools import lru_cache

from core.places.rules.points import to_metres
from core.search.queries.index import (
    COUNT_CAP,
    NOTHING,
    Found,
    Wanted,
    Window,
    find,
    make_wanted,
)
from core.search.queries.kept import Kept
from core.search.queries.lexicon import LoadedLexicon, current_lexicon, load_lexicon
from core.search.rules.hangul import clean, squeeze
from core.search.rules.plans import Plan, make_plan
from core.search.rules.questions import Question, read_question
from core.search.rules.spelling import correct, question_hashes

# Answers of the last revision met: the same few queries are asked again and again.
_answers: Kept["Asked"] = Kept(1_000)
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100


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
class Reading:
    """A query as it was read, and what is wanted of the index for it."""

    question: Question
    plan: Plan
    wanted: Wanted


@lru_cache(maxsize=20_000)
def _read(text: str, loaded: LoadedLexicon, scope: Scope) -> Reading:
    question = read_question(text, loaded.lexicon)
    plan = make_plan(question, area=scope.area, kind=scope.kind, district=scope.district)
    hashes = question_hashes(question.words)
    return Reading(question, plan, make_wanted(plan, scope.language, hashes))


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a query: how it was read in the end, what was found, and when (the revision)."""

    reading: Reading
    found: Found
    searched_for: str | None
    revision: int


def _ask(text: str, scope: Scope, window: Window) -> Asked:
    """Ask once; where nothing is found, ask for what was meant, or else for a part of it."""
    loaded = current_lexicon()
    reading = _read(text, loaded, scope)
    if reading.question.is_empty:
        return Asked(reading, NOTHING, None, 0)
    held = _answers.get((text, scope, window))
    found = find(reading.wanted, window, answered_at=held.revision if held else None)
    if found.synonyms_revision != loaded.revision:
        reading = _read(text, load_lexicon(), scope)
        found = find(reading.wanted, window)
    if held and found.reached == "same":
        return held
    asked = Asked(reading, found, None, found.revision)
    if found.reached == "none" and reading.question.words:
        asked = _ask_again(reading, found, scope, window)
    _answers.put((text, scope, window), asked)
    return asked


def _ask_again(reading: Reading, found: Found, scope: Scope, window: Window) -> Asked:
    known = {
        squeeze(term): frequency
        for term, frequency in zip(found.terms or (), found.frequencies or (), strict=True)
    }
    question, last = reading.question, reading.plan.last
    meant = correct(question.words, known)
    if meant is None:
        found = find(make_wanted(replace(reading.plan, main=(), extra=()), scope.language), window)
        return Asked(reading, found, None, found.revision)
    text = question.text
    for word, better in zip(question.words, meant, strict=True):
        text = text.replace(word, better, 1)
    better_reading = _read(text, current_lexicon(), scope)
    better_plan = replace(better_reading.plan, last=better_reading.plan.last + last)
    found = find(make_wanted(better_plan, scope.language), window)
    return Asked(better_reading, found, text if found.keys else None, found.revision)


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
    asked = _ask(text, scope, window)
    found = asked.found
    return SearchAnswer(
        text=text,
        cards=tuple(found.cards or ()),
        keys=tuple(found.keys or ()),
        distances=tuple(found.distances or ()),
        count=found.total or 0,
        count_capped=found.is_capped,
        searched_for=asked.searched_for,
        is_loose=found.reached == "last",
        districts=asked.reading.question.districts,
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
    asked = _ask(clean(text), scope, Window(0, limit, with_cards=False))
    found = asked.found
    keys = tuple(found.keys or ())
    return Matching(
        keys=keys,
        is_all=len(keys) < limit,
        count=found.total or 0,
        count_capped=found.is_capped,
        searched_for=asked.searched_for,
        condition=(
            "{key} IN (SELECT key FROM search_searchentry WHERE kind = %s AND language = %s"
            " AND vector @@ %s::tsquery)",
            (kind, language, found.wanted or ""),
        ),
    )
