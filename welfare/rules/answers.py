"""What every answer to a question would add to what is known, in bits and ranges.

Trying an answer by writing it into the household and reading that anew costs more than all that
follows. What an answer adds hangs on a few facts alone, and is worked out once for each state of
these: that somebody works, and neither seeks work nor fishes, is a state that many share.
"""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import accumulate, chain
from operator import or_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from welfare.rules.compiled import Indices, Spread
from welfare.rules.facts import Contradiction, Household, Member
from welfare.rules.medians import MedianIncomes
from welfare.rules.people import (
    WORD,
    FlagSpace,
    Known,
    Range,
    Words,
    known_of_household,
    known_of_member,
)
from welfare.rules.screener import QUESTIONS, Question, is_flag
from welfare.rules.vocabulary import FIELDS, LOWEST_BAND, RECEIPTS

# Of benefits that are received, questions tell RECEIPTS alone: every answer has a fixed bit.
SPACE = FlagSpace()
REST = (1 << WORD) - 1
STATES = 4096

Reading = Callable[[Any], Known]


@dataclass(frozen=True, slots=True)
class Number:
    """The range that a number lies in after one of the answers."""

    answer: int
    field: int
    limits: Range
    is_firm: bool


@dataclass(frozen=True, slots=True)
class Additions:
    """What the possible answers to a question add: `yes` and `no` as [word][answer]."""

    weights: tuple[float, ...] = ()
    yes: tuple[tuple[int, ...], ...] = ()
    no: tuple[tuple[int, ...], ...] = ()
    numbers: tuple[Number, ...] = ()
    # All that any of them adds: a rule that asks for none of it stays as it is.
    flags: int = 0
    fields: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.weights)

    def tells(self, flags: int, fields: frozenset[int]) -> bool:
        """Say whether any rule asks for what the answers tell; else they would decide nothing."""
        return bool(self.flags & flags or self.fields & fields)


NOTHING_ADDED = Additions()


@dataclass(frozen=True, slots=True)
class Laid:
    """The answers to several questions, one after the other: `starts` has each one's first.

    `yes` and `no` are [word, answer], `weights` what a thousand people answer, and `totals` the
    weights of each question added up; the numbers' answers are counted from the first of all.
    """

    questions: tuple[str, ...]
    starts: Indices
    weights: NDArray[np.float64]
    totals: NDArray[np.float64]
    yes: Words
    no: Words
    numbers: tuple[Number, ...]

    def __len__(self) -> int:
        return len(self.weights)


def lay_out(asked: Sequence[tuple[str, Additions]], fields: Collection[int] = ()) -> Laid:
    """Lay the answers to these questions out as they are tried; all of them have an answer.

    Of the numbers that they tell it counts only those that some rule bounds, the `fields`.
    """
    every = [added for _key, added in asked]
    starts = list(accumulate(map(len, every), initial=0))[: len(every)]
    weights = np.array([weight for added in every for weight in added.weights], dtype=np.float64)
    at = np.array(starts, dtype=np.intp)
    return Laid(
        questions=tuple(key for key, _added in asked),
        starts=at,
        weights=weights,
        totals=np.add.reduceat(weights, at) if every else weights,
        yes=_row_of_each([added.yes for added in every]),
        no=_row_of_each([added.no for added in every]),
        numbers=tuple(
            replace(number, answer=begin + number.answer)
            for begin, added in zip(starts, every, strict=True)
            for number in added.numbers
            if number.field in fields
        ),
    )


def _row_of_each(masks: Sequence[tuple[tuple[int, ...], ...]]) -> Words:
    words = [[mask for one in masks for mask in one[word]] for word in range(SPACE.words)]
    return np.array(words, dtype=np.uint64)


NOTHING_LAID = lay_out(())


def laid_of_member(
    member: Member, spread: Spread, *, on: datetime.date, without: frozenset[str]
) -> Laid:
    """Answer what this person's answers add to what any rule asks for: nothing where all is known.

    Questions `without` which one does are left out. Of what binds no answer it counts only whether
    it is told, so that all of whom as much is told share one.
    """
    state = (member.yes, member.no, _values(member, OF_MEMBERS))
    return _asked_of_state(state, OF_EACH, on, without, (spread.flags, spread.fields)).laid


def _values(told: Member | Household, names: Mapping[str, bool]) -> tuple[Any, ...]:
    return tuple(
        [
            getattr(told, name) if binds else getattr(told, name) is not None or None
            for name, binds in names.items()
        ]
    )


@dataclass(frozen=True, slots=True)
class AskedOf:
    """Questions with what their answers add, and the same laid out."""

    asked: tuple[tuple[str, Additions], ...]
    laid: Laid


@lru_cache(maxsize=STATES)
def _asked_of_state(
    state: "State",
    questions: tuple[str, ...],
    on: datetime.date,
    without: frozenset[str],
    asked_for: tuple[int, frozenset[int]],
) -> AskedOf:
    """Answer which of the questions are open, and tell something that any rule asks for."""
    yes, no, values = state
    told = dict(zip(OF_MEMBERS if questions is OF_EACH else OF_HOUSEHOLD, values, strict=True))
    asked = []
    for key in questions:
        question = QUESTIONS[key]
        is_pointless = question.needs and question.needs not in yes
        if key in without or is_pointless or _is_told(question, yes | no, told):
            continue
        own, names = HANGS_ON[key]
        added = _of_state(key, yes & own, no & own, tuple([told[name] for name in names]), on)
        if added.tells(*asked_for):
            asked.append((key, added))
    return AskedOf(tuple(asked), lay_out(asked, asked_for[1]))


def _is_told(question: Question, flags: frozenset[str], values: Mapping[str, Any]) -> bool:
    first = question.facts[0]
    if first in values:
        return values[first] is not None
    return flags.issuperset(question.facts)


def laid_of_household(
    household: Household,
    spread: Spread,
    *,
    on: datetime.date,
    medians: MedianIncomes,
    without: frozenset[str],
) -> Laid:
    """Answer the same of what counts for all."""
    values = _values(household, OF_HOUSEHOLD)
    state = (household.yes | household.receives, household.no | household.receives_not, values)
    fixed = _asked_of_state(state, OF_ALL, on, without, (spread.flags, spread.fields))
    hanging = [
        (key, _additions(QUESTIONS[key], household, on, _reading(on, medians)))
        for key in HANGING_ON_ALL
        if key not in without
        and QUESTIONS[key].is_open(household)
        and not _is_settled(key, household)
    ]
    added = [one for one in hanging if one[1].tells(spread.flags, spread.fields)]
    return lay_out([*added, *fixed.asked], spread.fields) if added else fixed.laid


def _is_settled(key: str, household: Household) -> bool:
    """Say whether what else is told of the income leaves no answer anything to add."""
    match key:
        case "income":
            return household.income_monthly is not None
        case "income_step":
            return household.income_monthly is not None or household.income_band != LOWEST_BAND
    return False


State = tuple[frozenset[str], frozenset[str], tuple[Any, ...]]


def _hangs_on(question: Question) -> tuple[frozenset[str], tuple[str, ...]]:
    names = (*question.facts, *question.bound_to)
    flags = frozenset(name for name in names if is_flag(name))
    return flags, tuple(name for name in names if name not in flags)


HANGS_ON = {key: _hangs_on(question) for key, question in QUESTIONS.items()}
OF_EACH = tuple(key for key, question in QUESTIONS.items() if question.of_members)
HANGING_ON_ALL = tuple(key for key, question in QUESTIONS.items() if question.hangs_on_all)
OF_ALL = tuple(key for key in QUESTIONS if key not in {*OF_EACH, *HANGING_ON_ALL})


def _told_besides(questions: Collection[str]) -> dict[str, bool]:
    """Answer what is told besides what is so or not so, and whether it rules any answer out."""
    bound = {name for key in questions for name in QUESTIONS[key].bound_to}
    return {name: name in bound for key in questions for name in HANGS_ON[key][1]}


OF_MEMBERS, OF_HOUSEHOLD = _told_besides(OF_EACH), _told_besides(OF_ALL)


@lru_cache(maxsize=STATES)
def _of_state(
    key: str,
    yes: frozenset[str],
    no: frozenset[str],
    values: tuple[Any, ...],
    on: datetime.date,
) -> Additions:
    question, named = QUESTIONS[key], dict(zip(HANGS_ON[key][1], values, strict=True))
    somebody = Member("somebody")
    if question.of_members:
        told = replace(somebody, yes=yes, no=no, **named)
        return _additions(question, told, on, lambda one: known_of_member(one, on=on, space=SPACE))
    if question.facts == RECEIPTS:
        household = Household((somebody,), receives=yes, receives_not=no, size=1)
    else:
        household = Household((somebody,), yes=yes, no=no, size=1, **named)
    return _additions(question, household, on, _reading(on, MedianIncomes()))


def _reading(on: datetime.date, medians: MedianIncomes) -> Reading:
    return lambda told: known_of_household(told, on=on, medians=medians, space=SPACE)


def _additions(
    question: Question, told: Member | Household, on: datetime.date, read: Reading
) -> Additions:
    before = read(told)
    weights, after = [], []
    for answer in question.answers:
        try:
            after.append(read(answer.tell(told, on)))
        except Contradiction:
            continue  # what is known already rules this answer out
        weights.append(answer.weight)
    yes = [one.yes & ~before.yes for one in after]
    no = [one.no & ~before.no for one in after]
    numbers = [_numbers(place, one, before) for place, one in enumerate(after)]
    return Additions(
        weights=tuple(weights),
        yes=_words(yes),
        no=_words(no),
        numbers=tuple(chain.from_iterable(numbers)),
        flags=reduce(or_, (*yes, *no), 0),
        fields=frozenset(number.field for number in chain.from_iterable(numbers)),
    )


def _words(masks: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(mask >> WORD * word & REST for mask in masks) for word in range(SPACE.words))


def _numbers(place: int, after: Known, before: Known) -> list[Number]:
    return [
        Number(place, FIELDS.index(field), limits, field not in after.doubtful)
        for field, limits in after.numbers.items()
        if before.numbers.get(field) != limits
        or (field in before.doubtful) != (field in after.doubtful)
    ]
