"""The next question in the plain way: each answer is written into the household and judged anew.

For tests alone: the portal tries all answers at once, in bits (`welfare/rules/trials.py`).
"""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from welfare.rules.compiled import Compiled
from welfare.rules.conditions import Verdict
from welfare.rules.facts import UNTOLD, Contradiction, Household, Member
from welfare.rules.judging import condition_states, judge_columns
from welfare.rules.medians import MedianIncomes
from welfare.rules.people import encode
from welfare.rules.questions import Asked, Next, best_page
from welfare.rules.screener import QUESTIONS, Question

# Households that are tried at once: their arrays stay in the cache.
TRIED_AT_ONCE = 128


def next_question(
    compiled: Compiled,
    household: Household,
    *,
    medians: MedianIncomes,
    asked: Collection[Asked] = (),
) -> Next | None:
    """Answer the page that decides most, or None where no answer would decide anything."""
    household = household.with_untold()
    trials = list(_trials(household, compiled.day, asked))
    open_now = _Open(compiled, household, medians)
    if not trials or not open_now.pairs:
        return None
    gains: dict[Asked, float] = {}
    weights: dict[Asked, float] = {}
    for begin in range(0, len(trials), TRIED_AT_ONCE):
        part = trials[begin : begin + TRIED_AT_ONCE]
        left = open_now.left([trial.household for trial in part])
        for trial, still in zip(part, left, strict=True):
            gain = trial.weight * (open_now.pairs - still)
            gains[trial.asked] = gains.get(trial.asked, 0.0) + gain
            weights[trial.asked] = weights.get(trial.asked, 0.0) + trial.weight
    expected = {one: gain / weights[one] for one, gain in gains.items()}
    gained = [(asking, gain) for asking, gain in expected.items() if gain > 0]
    return best_page(gained, open_now.pairs)


class _Open:
    """What is undecided of a household, and how much of it is left after an answer."""

    def __init__(self, compiled: Compiled, household: Household, medians: MedianIncomes) -> None:
        self.compiled, self.medians = compiled, medians
        self.size, self.told = len(household.members), household.least
        self.columns = compiled.signatures
        self.weights = np.bincount(compiled.which, minlength=self.columns.shape[1])
        undecided = self._undecided([household])[:, : self.told]
        self.pairs = int((self.weights @ undecided).sum())
        open_signatures = undecided.any(axis=1)
        self.columns = self.columns[:, open_signatures]
        self.weights = self.weights[open_signatures].astype(np.float32)

    def left(self, households: list[Household]) -> list[float]:
        """Count the pairs that stay undecided in each."""
        undecided = self.weights @ self._undecided(households).astype(np.float32)
        of_told = undecided.reshape(-1, self.size)[:, : self.told]
        left: list[float] = of_told.sum(axis=1).tolist()
        return left

    def _undecided(self, households: list[Household]) -> NDArray[np.bool_]:
        day, space = self.compiled.day, self.compiled.space
        people = encode(households, on=day, medians=self.medians, space=space)
        states = condition_states(self.compiled, people)
        undecided: NDArray[np.bool_] = judge_columns(self.columns, states) == Verdict.DEPENDS
        return undecided


@dataclass(frozen=True, slots=True)
class _Trial:
    asked: Asked
    weight: float
    household: Household


def _trials(household: Household, on: datetime.date, asked: Collection[Asked]) -> Iterator[_Trial]:
    """Answer the household as it would be after each answer to each open question."""
    for question in QUESTIONS.values():
        for asking, told in _whose(question, household):
            if asking in asked or not question.is_open(told):
                continue
            if question.needs and question.needs not in told.yes:
                continue
            if isinstance(told, Member) and _makes_no_sense(question.key, told, on):
                continue
            for answer in question.answers:
                try:
                    changed = answer.tell(told, on)
                    tried = _put(household, told, changed)
                except Contradiction:
                    continue  # what is known already rules this answer out
                yield _Trial(asking, answer.weight, tried)


def _makes_no_sense(question: str, member: Member, on: datetime.date) -> bool:
    """School under five, one's own child under ten, work under thirteen, day care from nine."""
    born = member.birth_date
    if born is None:
        return False
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    first = {"school": 5, "birth": 10, "work": 13}.get(question, 0)
    after = {"birth": 65, "care": 9}.get(question, 1000)
    return not first <= years < after


def _whose(question: Question, household: Household) -> Iterator[tuple[Asked, Member | Household]]:
    if not question.of_members:
        yield Asked(question.key), household
        return
    for member in household.members:
        if member.id != UNTOLD.id:
            yield Asked(question.key, member.id), member


def _put(household: Household, before: Member | Household, after: Member | Household) -> Household:
    if isinstance(after, Household):
        return after
    members = tuple(after if member is before else member for member in household.members)
    return replace(household, members=members)
