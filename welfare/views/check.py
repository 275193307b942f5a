"""`/welfare/check/`: a page a question, and what follows from the answers; nothing is stored."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.web.public import anonymous
from welfare.forms import LEFT_OPEN, LivingForm, PageForm
from welfare.queries.answer_words import BANDED, band_choices, exact_bounds
from welfare.queries.living import ME, member_name
from welfare.queries.matching import Match
from welfare.queries.question_words import page_text, page_why
from welfare.queries.screening import (
    SIZE,
    Screening,
    checked,
    opened,
    page_of,
    page_to_change,
    written,
)
from welfare.rules.questions import Asked
from welfare.views.check_given import given, others
from welfare.views.check_printing import printed
from welfare.views.check_results import results
from welfare.views.check_resuming import forgotten, resumed, saved

# So many pages decide nine of ten pairs of benefit and member; see docs/eligibility.md.
ENOUGH = 8


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
            answer = _results(request, state, today)
        case "print":
            answer = printed(request, state, today)
        case "save":
            answer = saved(request, state, today)
        case "answer" | "unknown" | "private" | "none" | "same":
            answer = _answered(request, state, action, today)
        case "back" if page := state.before(_posted(request, state)):
            answer = _page(request, state, today, page)
        case "change" if page := page_to_change(what, state):
            answer = _page(request, state, today, page)
        case "remove":
            state = state.without_member(what)
    return answer or _next(request, state, today)


def _posted(request: HttpRequest, state: Screening) -> tuple[Asked, ...]:
    return page_of(request.POST.getlist("asked"), state)


def _answered(
    request: HttpRequest, state: Screening, pressed: str, today: datetime.date
) -> HttpResponse:
    page = _posted(request, state)
    if not page:
        return _next(request, state, today)
    if len(page) == 1 and pressed in LEFT_OPEN:
        unanswered = state.answered(page[0], None, is_private=pressed == "private")
        return _next(request, unanswered, today)
    form = _form(page, state, today, request.POST, pressed)
    changed = _with(form, state, today)
    if changed is None:
        return _page(request, state, today, page, form)
    return _next(request, changed, today)


def _results(request: HttpRequest, state: Screening, today: datetime.date) -> HttpResponse:
    """Answer what follows, also from what is filled in on the page where it was asked for.

    Nobody should have to press two buttons, or lose what they typed, to see what they came for.
    """
    page = _posted(request, state)
    form = _form(page, state, today, request.POST, "unknown") if page else None
    if form is None or not form.is_filled:
        return results(request, state, today)
    changed = _with(form, state, today)
    if changed is None:
        return _page(request, state, today, page, form)
    return results(request, changed, today)


def _with(form: PageForm | LivingForm, state: Screening, today: datetime.date) -> Screening | None:
    """Answer what is known with what was filled in; None where the form says what is wrong."""
    if not form.is_valid():
        return None
    changed = form.told(state)
    if faults := checked(changed, today):
        form.add_faults(faults, changed.members)
        return None
    return changed


def _next(request: HttpRequest, state: Screening, today: datetime.date) -> HttpResponse:
    page = state.next(today)
    return _page(request, state, today, page) if page else results(request, state, today)


def _page(
    request: HttpRequest,
    state: Screening,
    today: datetime.date,
    page: Sequence[Asked],
    form: PageForm | LivingForm | None = None,
) -> HttpResponse:
    first = page[0]
    size = state.answer_of(SIZE) if first.question in BANDED else None
    context = {
        "state": state.seal(),
        "asked": [written(one) for one in page],
        "text": page_text(page),
        "why": page_why(page),
        "size": size,
        "exact": exact_bounds(first.question, size, today) if size else "",
        "whose": "" if first.member in (None, ME) else member_name(first.member),
        "form": form or _form(page, state, today),
        "number": state.place_of(page) + 1,
        "judged": _judged(state, today),
        "is_first": not state.before(page),
        "given": given(state, today),
        "others": others(state),
    }
    status = 400 if form is not None else 200
    return render(request, "welfare/check_question.html", context, status=status)


def _judged(state: Screening, today: datetime.date) -> tuple[int, int]:
    """Answer of how many benefits for people it is decided so far for all, and of how many."""
    return Match(state.household(today)).progress()


def _form(
    page: Sequence[Asked],
    state: Screening,
    today: datetime.date,
    sent: Any = None,
    pressed: str = "answer",
) -> PageForm | LivingForm:
    question = page[0].question
    if page[0] == SIZE:
        return LivingForm(state, sent)
    bands = band_choices(question, state.answer_of(SIZE), today) if question in BANDED else ()
    return PageForm(page, state, sent, pressed=pressed, bands=bands)
