"""Which page to ask next: the one whose answers decide most of what is still open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import mul

from welfare.rules.answers import Additions, additions_of_household, additions_of_member
from welfare.rules.compiled import Spread
from welfare.rules.explaining import Judgement
from welfare.rules.facts import UNTOLD
from welfare.rules.screener import PAGE_OF, QUESTIONS
from welfare.rules.trials import Open, try_answers

ORDER = {key: place for place, key in enumerate(QUESTIONS)}


@dataclass(frozen=True, slots=True)
class Asked:
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


Trials = list[tuple[Asked, Additions]]
# What each question decides, of each member who would be asked.
Expected = list[tuple[Asked, float]]


def next_question(judgement: Judgement, *, asked: Collection[Asked] = ()) -> Next | None:
    """Answer the page that decides most, or None where no answer would decide anything.

    It is asked of all members at once of whom it would decide anything. What was `asked` already is
    not asked again, whether it was answered or not. Of pages that decide as much, the first of the
    screener's is taken.
    """
    shared, own = _trials(judgement, asked)
    open_now = Open(judgement)
    if not open_now.pairs or not any(map(len, (shared, *own))):
        return None
    tried = try_answers(judgement.people, _added(shared), [_added(one) for one in own])
    decided = open_now.decided(tried)
    expected = _expected(shared, decided.sum(axis=0).tolist())
    for row, questions in zip(decided.tolist(), own, strict=False):
        expected += _expected(questions, row[tried.shared :])
    return best_page(expected, open_now.pairs)


def best_page(expected: Expected, undecided: int) -> Next | None:
    """Add up by page what each question decides, and answer the page that decides most."""
    pages: dict[str, Expected] = {}
    # The members of one question are in their own order already.
    for asking, gain in sorted(expected, key=lambda one: ORDER[one[0].question]):
        if gain > 0:
            pages.setdefault(PAGE_OF[asking.question], []).append((asking, gain))
    if not pages:
        return None
    gains = {page: sum(gain for _, gain in asked) for page, asked in pages.items()}
    best = max(gains, key=lambda page: gains[page])
    return Next(tuple(asking for asking, _ in pages[best]), gains[best], undecided)


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


def _expected(trials: Trials, decided: Sequence[float]) -> Expected:
    """Answer what each question decides, over the answers that people give."""
    expected, begin = [], 0
    for asking, added in trials:
        gain = sum(map(mul, added.weights, decided[begin : begin + len(added)]))
        expected.append((asking, gain / sum(added.weights)))
        begin += len(added)
    return expected
