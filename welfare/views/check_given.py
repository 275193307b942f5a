"""What was answered so far, in words, with the way to change it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from welfare.forms import over_words
from welfare.queries.answer_words import BANDED, answers_to, band_choices
from welfare.queries.living import ME, member_name
from welfare.queries.money import round_words, won_words
from welfare.queries.question_words import WORDS, page_text
from welfare.queries.screening import ASSETS, SIZE, WON_STEPS, Screening, written
from welfare.rules.questions import Asked


def given(state: Screening, today: datetime.date) -> list[tuple[str, str, str]]:
    """Answer page by page what was answered: the form's name of it, the question, the answers.

    What was left unasked for somebody's age stands there as well, to be changed where it is not so.
    """
    told = [
        (written(page[0]), page_text(page), _answers(page, state, today)) for page in state.pages()
    ]
    unasked = [
        (
            written(one),
            f"{member_name(one.member)}: {WORDS[one.question].short}",
            _("나이가 어려 묻지 않고 ‘해당 없음’으로 보았습니다"),
        )
        for one in state.left_unasked(today)
    ]
    return told + unasked


def _answers(page: Sequence[Asked], state: Screening, today: datetime.date) -> str:
    """Say the answers of a page; of several, whose each is."""
    if page[0] == SIZE:
        return _who(state)
    said: dict[str | None, list[str]] = {}
    for one in page:
        said.setdefault(one.member, []).append(_answer(one, state, today))
    each = {member: " · ".join(answers) for member, answers in said.items()}
    if set(each) <= {None, ME}:
        return next(iter(each.values()))
    return " / ".join(f"{member_name(member)}: {answer}" for member, answer in each.items())


def _who(state: Screening) -> str:
    """Say who lives there, or how many, where not all of them are told of."""
    size, others_told = state.answer_of(SIZE), others(state)
    if size is None:
        return _unanswered(SIZE, state)
    if size == 1:
        return _("혼자 삽니다")
    names = ", ".join([member_name(ME), *(name for _one, name in others_told)])
    count = _("%(count)s명") % {"count": size}
    return f"{count} ({names})" if len(state.members) == size else count


def _answer(asked: Asked, state: Screening, today: datetime.date) -> str:
    answer = state.answer_of(asked)
    if answer is None:
        return _unanswered(asked, state)
    if isinstance(answer, bool):
        return _("네") if answer else _("아니요")
    if isinstance(answer, int):
        return _number_words(asked, answer)
    words = _words(asked.question, state, today)
    answers: Sequence[str] = [answer] if isinstance(answer, str) else answer
    return ", ".join(str(words.get(one, one)) for one in answers) or _("해당 없음")


def _unanswered(asked: Asked, state: Screening) -> str:
    return _("답하지 않음") if written(asked) in state.private else _("모름")


def _words(question: str, state: Screening, today: datetime.date) -> dict[str, Any]:
    """Answer the words that stood on the page: of income those in won."""
    if question in BANDED:
        return dict(band_choices(question, state.answer_of(SIZE), today))
    return answers_to(question)


def _number_words(asked: Asked, number: int) -> str:
    if asked == SIZE:
        return _("%(count)s명") % {"count": number}
    if asked.question == "weeks":
        return _("%(count)s주") % {"count": number}
    if asked != ASSETS:
        return won_words(number)
    if number > WON_STEPS[-1]:
        return over_words(WON_STEPS[-1])
    return _("%(won)s까지") % {"won": round_words(number)}


def others(state: Screening) -> list[tuple[str, str]]:
    """Answer the members besides whoever answers, each with its name."""
    return [(one, member_name(one)) for one in state.members if one != ME]
