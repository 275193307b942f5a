"""What was answered so far, in words, with the way to change it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from welfare.forms import over_words, won_words
from welfare.queries.fact_names import NAMES_OF, STEP_NAMES, programme_name
from welfare.queries.match_words import member_name
from welfare.queries.question_words import question_text
from welfare.queries.screening import ASSETS, ME, SIZE, WON_STEPS, Screening, written
from welfare.rules.questions import Asked
from welfare.rules.vocabulary import NAMES, RECEIPTS


def given(state: Screening) -> list[tuple[str, str, str]]:
    """Answer what was answered so far: the form's name of it, the question, and the answer."""
    return [
        (
            written(asked),
            _whose(asked),
            _answer(asked, state),
        )
        for asked in state.asked
    ]


def _answer(asked: Asked, state: Screening) -> str:
    answer = state.answer_of(asked)
    if answer is None and written(asked) in state.private:
        return _("답하지 않음")
    return answer_words(asked, answer)


def answer_words(asked: Asked, answer: Any) -> str:
    if answer is None:
        return _("모름")
    if isinstance(answer, bool):
        return _("네") if answer else _("아니요")
    if isinstance(answer, int):
        return _number_words(asked, answer)
    words = {name: label for group in NAMES for name, label in NAMES_OF[group].items()}
    words |= STEP_NAMES
    words |= {name: programme_name(name) for name in RECEIPTS}
    answers: Sequence[str] = [answer] if isinstance(answer, str) else answer
    return ", ".join(str(words.get(one, one)) for one in answers) or _("해당 없음")


def _number_words(asked: Asked, number: int) -> str:
    if asked == SIZE:
        return _("%(count)s명") % {"count": number}
    if asked != ASSETS:
        return won_words(number)
    if number > WON_STEPS[-1]:
        return over_words(WON_STEPS[-1])
    return _("%(won)s까지") % {"won": won_words(number)}


def _whose(asked: Asked) -> str:
    text = question_text(asked.question, of_other=asked.member not in (None, ME))
    return text if asked.member in (None, ME) else f"{member_name(asked.member)}: {text}"


def others(state: Screening) -> list[tuple[str, str]]:
    """Answer the members besides whoever answers, each with its name."""
    return [(one, member_name(one)) for one in state.members if one != ME]
