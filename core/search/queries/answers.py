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
KEPT_ANSWERS = 1_000
_answers: Kept["Asked"] = Kept(KEPT_ANSWERS)
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
    return Reading(question, plan, make_wanted(plan, scope.language, hashes, question.doubtful))


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a query: how it was read in the end, what was found, and when (the revision)."""

    reading: Reading
    found: Found
    searched_for: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class Again:
    """What to ask next: what was meant, or where nothing was found else a part of what was typed.

    `otherwise` is how the query was read that found something itself. What it found is answered as
    a last resort, and the answer says nothing of what may have been meant.
    """

    reading: Reading
    wanted: Wanted
    text: str | None = None  # what was meant
    otherwise: Reading | None = None

    def ask(self, window: Window) -> Asked:
        found = find(self.wanted, window)
        if self.otherwise and found.reached == "last":
            found = replace(found, reached="main")
            return Asked(self.otherwise, found, None, found.revision)
        return Asked(self.reading, found, self.text if found.total else None, found.revision)


def ask(text: str, scope: Scope, window: Window) -> Asked:
    """Ask once; where nothing says a word, ask for what was meant, or else for a part of it."""
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
    if reading.question.words and (found.reached == "none" or found.terms):
        again = _again(reading, found, scope)
        if again:
            return again
    asked = Asked(reading, found, None, found.revision)
    _answers.put((text, scope, window), asked)
    return asked


def _again(reading: Reading, found: Found, scope: Scope) -> Again | None:
    """Say what to ask next; None where nothing better is known than what was found, or not."""
    known = {
        squeeze(term): frequency
        for term, frequency in zip(found.terms or (), found.frequencies or (), strict=True)
    }
    question, plan = reading.question, reading.plan
    is_empty = found.reached == "none"
    # Where something was found, what stands in a result as it was typed is not misspelt.
    typed = question.words if is_empty else tuple(found.unsaid or ())
    meant = correct(typed, known, found.entries)
    if meant is None and not is_empty:
        return None
    if meant is None and not plan.last:
        return None  # every part of it was looked for
    if meant is None:
        return Again(reading, make_wanted(replace(plan, main=(), extra=()), scope.language))
    text = question.text
    for word, intended in zip(typed, meant, strict=True):
        text = text.replace(word, intended, 1)
    better = _read(text, current_lexicon(), scope)
    last = better.plan.last + plan.last if is_empty else (*plan.main[-1:], *plan.extra)
    wanted = make_wanted(replace(better.plan, last=last), scope.language)
    return Again(better, wanted, text, None if is_empty else reading)


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
