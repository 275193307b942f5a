"""`/welfare/check/`: one question a page, and what follows from the answers; nothing is stored."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.web.public import anonymous
from welfare.forms import AnswerForm, won_words
from welfare.queries.fact_names import NAMES_OF, STEP_NAMES
from welfare.queries.match_words import member_name
from welfare.queries.matching import Match
from welfare.queries.question_words import WORDS, question_text
from welfare.queries.rulebook import rulebook
from welfare.queries.screening import (
    ME,
    SIZE,
    Screening,
    asked_of,
    checked,
    opened,
    written,
)
from welfare.rules.conditions import Verdict
from welfare.rules.people import FULL, band_range
from welfare.rules.questions import Asked
from welfare.rules.vocabulary import BAND_BOUNDS, STEP_BOUNDS, Group
from welfare.views.check_given import given, others
from welfare.views.check_printing import printed
from welfare.views.check_results import results
from welfare.views.check_resuming import forgotten, resumed, saved

# So many answers decide about nine of ten pairs of whoever lives alone; see docs/eligibility.md.
ENOUGH = 8
# Asked in won: the bounds of the answers, and what they are called where nobody knows the size.
BANDED: dict[str, tuple[Mapping[str, int | None], Mapping[str, Any]]] = {
    "income": (BAND_BOUNDS, NAMES_OF[Group.INCOME_BAND]),
    "income_step": (STEP_BOUNDS, STEP_NAMES),
}


# It changes nothing for anybody: whoever sends a form from elsewhere learns nothing.
@csrf_exempt
@anonymous
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "welfare/check_start.html", {"enough": ENOUGH})
    match request.POST.get("do"):
        case "resume":
            return resumed(request, timezone.localdate())
        case "forget":
            return forgotten(request)
    today = timezone.localdate()
    state = opened(request.POST["state"], today) if "state" in request.POST else Screening()
    if state is None:
        context = {"enough": ENOUGH, "was_unreadable": True}
        return render(request, "welfare/check_start.html", context, status=400)
    return _go_on(request, state, today)


def _go_on(request: HttpRequest, state: Screening, today: datetime.date) -> HttpResponse:
    """Do what the pressed button says; an unknown one goes to the next question."""
    action, _equals, what = request.POST.get("do", "next").partition("=")
    answer = None
    match action:
        case "results":
            answer = results(request, state, today)
        case "print":
            answer = printed(request, state, today)
        case "save":
            answer = saved(request, state, today)
        case "answer" | "unknown" | "private":
            answer = _answered(request, state, action, today)
        case "back" if (asked := state.before(_posted(request, state))) is not None:
            answer = _question(request, state, today, asked)
        case "change" if (asked := asked_of(what, state)) is not None:
            answer = _question(request, state, today, asked)
        case "add":
            state = state.with_member()
            answer = _question(request, state, today, Asked("birth_date", state.members[-1]))
        case "remove":
            state = state.without_member(what)
    return answer or _next(request, state, today)


def _posted(request: HttpRequest, state: Screening) -> Asked | None:
    return asked_of(request.POST.get("asked", ""), state)


def _answered(
    request: HttpRequest, state: Screening, action: str, today: datetime.date
) -> HttpResponse:
    asked = _posted(request, state)
    if asked is None:
        return _next(request, state, today)
    if action != "answer":
        unanswered = state.answered(asked, None, is_private=action == "private")
        return _next(request, unanswered, today)
    form = _form(asked, state, today, request.POST)
    if not form.is_valid():
        return _question(request, state, today, asked, form)
    changed = state.answered(asked, form.told())
    if wrong := checked(changed, today):
        form.add_error("answer", " ".join(wrong.values()))
        return _question(request, state, today, asked, form)
    return _next(request, changed, today)


def _next(request: HttpRequest, state: Screening, today: datetime.date) -> HttpResponse:
    asked = state.next(today)
    return (
        results(request, state, today) if asked is None else _question(request, state, today, asked)
    )


def _question(
    request: HttpRequest,
    state: Screening,
    today: datetime.date,
    asked: Asked,
    form: AnswerForm | None = None,
) -> HttpResponse:
    is_other = asked.member not in (None, ME)
    text = question_text(asked.question, of_other=is_other)
    context = {
        "state": state.seal(),
        "asked": written(asked),
        "text": text,
        "why": WORDS[asked.question].why,
        "size": state.answer_of(SIZE) if asked.question in BANDED else None,
        "whose": member_name(asked.member) if is_other else "",
        "form": form or _form(asked, state, today),
        "number": (state.asked.index(asked) if asked in state.asked else len(state.asked)) + 1,
        "judged": _judged(state, today),
        "is_first": state.before(asked) is None,
        "given": given(state),
        "others": others(state),
    }
    status = 400 if form is not None else 200
    return render(request, "welfare/check_question.html", context, status=status)


def _judged(state: Screening, today: datetime.date) -> tuple[int, int]:
    """Answer how much is decided by what was told so far, and of how much: for each person."""
    counts = Match(state.household(today)).counts()
    whole = sum(counts.values())
    return whole - counts[Verdict.DEPENDS.name], whole


def _form(asked: Asked, state: Screening, today: datetime.date, sent: Any = None) -> AnswerForm:
    answer = state.answer_of(asked)
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    if answer == []:
        answer = ["NONE"]
    initial = {} if answer is None else {"answer": answer}
    bands = _bands(asked.question, state.answer_of(SIZE), today) if asked.question in BANDED else ()
    form = AnswerForm(asked.question, sent, bands=bands, initial=initial)
    form.fields["answer"].label = question_text(
        asked.question, of_other=asked.member not in (None, ME)
    )
    return form


def _bands(question: str, size: int | None, today: datetime.date) -> list[tuple[str, str]]:
    """Say the bands of income in won for a household of that size, as the year's notice has it.

    To the won: whoever lies between a bound and its round figure would tick the wrong one.
    """
    table = rulebook(today).medians.on(today)
    median = table.for_size(size) if table and size else None
    bounds, names = BANDED[question]
    if median is None:
        return [(band, str(words)) for band, words in names.items()]
    told = []
    for band, bound in bounds.items():
        low, high = band_range(band)
        shown = {
            "low": won_words((low - 1) * median // FULL) if low else "",
            "high": won_words(high * median // FULL) if bound else "",
        }
        words = _("%(low)s 넘게 %(high)s까지") if low else _("%(high)s까지")
        told.append((band, (words if bound else _("%(low)s 넘게")) % shown))
    return told
