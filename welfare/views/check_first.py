"""What the first screen of the results says: what to do first, in a handful of lines."""

import datetime
from dataclasses import dataclass

from welfare.queries.first_steps import first_steps
from welfare.queries.match_words import Shown, shown_pairs
from welfare.queries.matching import Match
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


def first_lines(match: Match, state: Screening, today: datetime.date) -> FirstSteps:
    """Say it in one statement for all of them; what no question tells is no step."""
    first = first_steps(match, groups_of(match.book), state.put_away)
    # One card for each benefit: of a family, the first of whom it is said.
    shown: dict[str, Shown] = {}
    for one in shown_pairs(match, [*first.apply, *first.answer], today):
        shown.setdefault(one.benefit.code, one)
    keys = match.book.compiled.keys
    return FirstSteps(
        apply=[
            FirstStep(shown[code])
            for code in dict.fromkeys(keys[pair.benefit] for pair in first.apply)
            if code in shown
        ],
        answer=[
            step
            for code in dict.fromkeys(keys[pair.benefit] for pair in first.answer)
            if code in shown and (step := _to_answer(shown[code])).question
        ],
    )


def _to_answer(shown: Shown) -> FirstStep:
    questions = [question for _sentence, question in shown.missing if question]
    return FirstStep(shown, question=questions[0] if questions else "",
                     is_last_answer=len(shown.missing) == 1)  # fmt: skip
