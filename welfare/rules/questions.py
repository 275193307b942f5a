"""Which page to ask next: the one whose answers decide most of what is still open."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from welfare.rules.answers import NOTHING_LAID, Laid, laid_of_household, laid_of_member
from welfare.rules.explaining import Judgement
from welfare.rules.facts import UNTOLD
from welfare.rules.screener import PAGE_OF, QUESTIONS
from welfare.rules.trials import Counts, Open, try_answers
from welfare.rules.unasked import unasked

ORDER = {key: place for place, key in enumerate(QUESTIONS)}


class Asked(NamedTuple):
    """A question, and of which member unless its answer counts for all."""

    question: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The next page: every question of it that is asked, of each member who is asked it.

    `decides` is the number of pairs of benefit and member that are decided by its answers, over the
    answers that people give, added up.
    """

    asked: tuple[Asked, ...]
    decides: float
    undecided: int

    @property
    def page(self) -> str:
        return PAGE_OF[self.asked[0].question]

    @property
    def members(self) -> tuple[str, ...]:
        """Whom it is asked of; nobody by name where its answer counts for all."""
        return tuple(dict.fromkeys(one.member for one in self.asked if one.member is not None))

    @property
    def facts(self) -> tuple[str, ...]:
        questions = dict.fromkeys(one.question for one in self.asked)
        return tuple(fact for key in questions for fact in QUESTIONS[key].facts)


# What each question decides, of each member who would be asked; what decides nothing is left out.
Expected = list[tuple[Asked, float]]


def next_question(judgement: Judgement, *, asked: Collection[Asked] = ()) -> Next | None:
    """Answer the page that decides most, or None where no answer would decide anything.

    It is asked of all members at once of whom it would decide anything, but of nobody for whom it
    makes no sense. What was `asked` already is not asked again, whether it was answered or not.
    Of pages that decide as much, the first of the screener's is taken.
    """
    shared, own = _laid_out(judgement, asked)
    open_now = Open(judgement)
    if not open_now.pairs or not any(map(len, (shared, *own))):
        return None
    decided = open_now.decided(try_answers(judgement.people, shared, own))
    expected = _expected(shared, decided.sum(axis=0), None)
    members = judgement.household.members
    for row, laid, member in zip(decided, own, members, strict=False):
        expected += _expected(laid, row[len(shared) :], member.id)
    return best_page(expected, open_now.pairs)


def best_page(expected: Expected, undecided: int) -> Next | None:
    """Add up by page what each question decides, and answer the page that decides most."""
    pages: dict[str, Expected] = {}
    # The members of one question are in their own order already.
    for asking, gain in sorted(expected, key=lambda one: ORDER[one[0].question]):
        pages.setdefault(PAGE_OF[asking.question], []).append((asking, gain))
    if not pages:
        return None
    gains = {page: sum(gain for _, gain in asked) for page, asked in pages.items()}
    best = max(gains, key=lambda page: gains[page])
    return Next(tuple(asking for asking, _ in pages[best]), gains[best], undecided)


def _laid_out(judgement: Judgement, asked: Collection[Asked]) -> tuple[Laid, list[Laid]]:
    """Answer what is tried: of all, and of each member; of whom nothing is told, nothing is."""
    household, on = judgement.household, judgement.compiled.day
    spread, medians = judgement.compiled.spread, judgement.medians

    def asked_of(member: str | None) -> frozenset[str]:
        return frozenset([one.question for one in asked if one.member == member])

    shared = laid_of_household(household, spread, on=on, medians=medians, without=asked_of(None))
    own = [
        NOTHING_LAID
        if member.id == UNTOLD.id
        else laid_of_member(
            member, spread, on=on, without=asked_of(member.id) | unasked(member, on)
        )
        for member in household.members
    ]
    return shared, own


def _expected(laid: Laid, decided: Counts, member: str | None) -> Expected:
    """Answer what each question decides, over the answers that people give."""
    if not len(laid):
        return []
    gains = np.add.reduceat(laid.weights * decided[: len(laid)], laid.starts) / laid.totals
    return [
        (Asked(question, member), gain)
        for question, gain in zip(laid.questions, gains.tolist(), strict=True)
        if gain > 0
    ]
