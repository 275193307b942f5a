"""What the first screen of the results says: what to do first, in a handful of lines."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from welfare.queries.first_steps import first_steps
from welfare.queries.match_words import Shown, shown_pairs
from welfare.queries.matching import Match, Pair
from welfare.queries.result_groups import groups_of
from welfare.queries.screening import Screening


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One line: a benefit, and the question that is next where answers are missing."""

    shown: Shown
    question: str = ""
    is_last_answer: bool = False


@dataclass(frozen=True, slots=True)
class FirstSteps:
    apply: list[FirstStep]
    answer: list[FirstStep]
    ask: list[FirstStep]

    @property
    def is_any(self) -> bool:
        return bool(self.apply or self.answer or self.ask)


def first_lines(match: Match, state: Screening, today: datetime.date) -> FirstSteps:
    """Say it in one statement for all of them; what no question tells is no step."""
    first = first_steps(match, groups_of(match.book), state.put_away)
    # One card for each benefit: of a family, the first of whom it is said.
    shown: dict[str, Shown] = {}
    for one in shown_pairs(match, [*first.apply, *first.answer, *first.ask], today):
        shown.setdefault(one.benefit.code, one)
    keys = match.book.compiled.keys

    def told(pairs: Sequence[Pair]) -> list[Shown]:
        codes = dict.fromkeys(keys[pair.benefit] for pair in pairs)
        return [shown[code] for code in codes if code in shown]

    return FirstSteps(
        apply=[FirstStep(one) for one in told(first.apply)],
        answer=[step for one in told(first.answer) if (step := _to_answer(one)).question],
        ask=[FirstStep(one) for one in told(first.ask)],
    )


def _to_answer(shown: Shown) -> FirstStep:
    questions = [question for _sentence, question in shown.missing if question]
    return FirstStep(shown, question=questions[0] if questions else "",
                     is_last_answer=len(shown.missing) == 1)  # fmt: skip
