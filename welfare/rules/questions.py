"""Which question to ask next: the one whose answer decides most of what is still open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import mul

from welfare.rules.answers import Additions, additions_of_household, additions_of_member
from welfare.rules.compiled import Spread
from welfare.rules.explaining import Judgement
from welfare.rules.facts import UNTOLD
from welfare.rules.screener import QUESTIONS
from welfare.rules.trials import Open, try_answers

ORDER = {key: place for place, key in enumerate(QUESTIONS)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and of which member unless its answer counts for all."""

    question: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The next question, the facts it tells, and what it may decide of what is open.

    `decides` is the number of pairs of benefit and member that are decided by its answer, over the
    answers that people give.
    """

    asked: Asked
    facts: tuple[str, ...]
    decides: float
    undecided: int


def next_question(judgement: Judgement, *, asked: Collection[Asked] = ()) -> Next | None:
    """Answer the question that decides most, or None where no answer would decide anything.

    What was `asked` already is not asked again, whether it was answered or not. Of questions that
    decide as much, the first of the screener's is taken, and the member who was told of first.
    """
    shared, own = _trials(judgement, asked)
    open_now = Open(judgement)
    if not open_now.pairs or not any(map(len, (shared, *own))):
        return None
    tried = try_answers(judgement.people, _added(shared), [_added(one) for one in own])
    decided = open_now.decided(tried)
    expected = _expected(shared, decided.sum(axis=0).tolist())
    for row, questions in zip(decided.tolist(), own, strict=False):
        expected |= _expected(questions, row[tried.shared :])
    best = max(_in_order(expected), key=lambda one: expected[one])
    if expected[best] <= 0:
        return None
    return Next(best, QUESTIONS[best.question].facts, expected[best], open_now.pairs)


Trials = list[tuple[Asked, Additions]]


def _trials(judgement: Judgement, asked: Collection[Asked]) -> tuple[Trials, list[Trials]]:
    """Answer what is tried: of all, and of each member; of whom nothing is told, nothing is."""
    household, on, medians = judgement.household, judgement.compiled.day, judgement.medians
    shared: Trials = []
    own: list[Trials] = [[] for _ in household.members]

    def put(trials: Trials, added: Additions, key: str, member: str | None) -> None:
        if _is_asked_for(added, judgement.compiled.spread):
            asking = Asked(key, member)
            if asking not in asked:
                trials.append((asking, added))

    for key, question in QUESTIONS.items():
        if not question.of_members:
            added = additions_of_household(question, household, on=on, medians=medians)
            put(shared, added, key, None)
            continue
        for trials, member in zip(own, household.members, strict=True):
            if member.id != UNTOLD.id:
                put(trials, additions_of_member(question, member, on=on), key, member.id)
    return shared, own


def _is_asked_for(added: Additions, spread: Spread) -> bool:
    """Say whether any rule asks for what the answers tell; else they would decide nothing."""
    return bool(added.flags & spread.flags or added.fields & spread.fields)


def _added(trials: Trials) -> list[Additions]:
    return [added for _asked, added in trials]


def _expected(trials: Trials, decided: Sequence[float]) -> dict[Asked, float]:
    """Answer what each question decides, over the answers that people give."""
    expected, begin = {}, 0
    for asking, added in trials:
        gain = sum(map(mul, added.weights, decided[begin : begin + len(added)]))
        expected[asking] = gain / sum(added.weights)
        begin += len(added)
    return expected


def _in_order(expected: dict[Asked, float]) -> list[Asked]:
    """Sort by the screener's order; the members of one question are in their own already."""
    return sorted(expected, key=lambda one: ORDER[one.question])
