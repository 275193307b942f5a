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


@dataclass(frozen=True, slots=True)
class Again:
    """What to ask where nothing was found: what was meant, or else a part of what was typed."""

    reading: Reading
    wanted: Wanted
    text: str | None = None  # what was meant

    def ask(self, window: Window) -> Asked:
        found = find(self.wanted, window)
        return Asked(self.reading, found, self.text if found.keys else None, found.revision)


def ask(text: str, scope: Scope, window: Window) -> Asked:
    """Ask once; where nothing is found, ask for what was meant, or else for a part of it."""
    asked = ask_once(text, scope, window)
    if isinstance(asked, Again):
        asked = asked.ask(window)
        _answers.put((text, scope, window), asked)
    return asked


def ask_once(text: str, scope: Scope, window: Window) -> Asked | Again:
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
    if found.reached == "none" and reading.question.words:
        return _again(reading, found, scope)
    asked = Asked(reading, found, None, found.revision)
    _answers.put((text, scope, window), asked)
    return asked


def _again(reading: Reading, found: Found, scope: Scope) -> Again:
    known = {
        squeeze(term): frequency
        for term, frequency in zip(found.terms or (), found.frequencies or (), strict=True)
    }
    question, last = reading.question, reading.plan.last
    meant = correct(question.words, known)
    if meant is None:
        part = replace(reading.plan, main=(), extra=())
        return Again(reading, make_wanted(part, scope.language))
    text = question.text
    for word, better in zip(question.words, meant, strict=True):
        text = text.replace(word, better, 1)
    better_reading = _read(text, current_lexicon(), scope)
    better_plan = replace(better_reading.plan, last=better_reading.plan.last + last)
    return Again(better_reading, make_wanted(better_plan, scope.language), text)


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
    asked = ask(text, scope, window)
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
