"""The screener's answers on paper: eight digits to go on with them, kept only where one asks to."""

import datetime
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.web.public import public
from core.web.spam import is_used_up, within_limit
from core.web.throttle import address_of
from welfare.forms import ResumeForm
from welfare.queries.matching import Match
from welfare.queries.screening import Screening
from welfare.services.saved_screenings import (
    KEPT_FOR,
    forget_screening,
    number_on_paper,
    open_screening,
    save_screening,
)
from welfare.views.check_results import results

# As at the door of requests on paper (seoul_portal/tracking.py): digits can be guessed by whoever
# may guess often. With ten thousand kept, 300 wrong ones an hour hit one in a day and a half.
SAVES_AN_HOUR, TRIES_AN_HOUR, WRONG_AN_HOUR = 30, 20, 300
HOUR = 60 * 60
TOO_MANY = 429


@public(max_age=3600)
def check_resume(request: HttpRequest) -> HttpResponse:
    """Ask for the digits; they are sent to the screener's own address, in a form."""
    return _ask(request, ResumeForm())


def saved(request: HttpRequest, state: Screening, today: datetime.date) -> HttpResponse:
    """Keep the answers, and show once what opens them."""
    if not within_limit("check-save", address_of(request), limit=SAVES_AN_HOUR, seconds=HOUR):
        words = _(
            "여러 번 저장했습니다. 한 시간 뒤에 다시 해 주세요. 답은 이 화면에 그대로 있습니다."
        )
        return results(request, state, today, warning=words)
    code = save_screening(state=state, match=Match(state.household(today)))
    context = number_on_paper(code=code, on=today) | {"code": code, "state": state.seal()}
    return render(request, "welfare/check_saved.html", context)


def resumed(request: HttpRequest, today: datetime.date) -> HttpResponse:
    """Go on with what was kept, and say what has changed since."""
    form = ResumeForm(request.POST)
    if (refusal := _refused(request, form)) is not None:
        return refusal
    kept = open_screening(code=form.cleaned_data["code"], on=today)
    if kept is None:
        return _unknown(request, form)
    return results(request, replace(kept.state, then=kept.then), today)


def forgotten(request: HttpRequest) -> HttpResponse:
    """Delete what was kept, at once."""
    form = ResumeForm(request.POST)
    # Others' wrong guesses keep nobody from deleting their own: a wrong one tells no answers.
    if (refusal := _refused(request, form, by_all=False)) is not None:
        return refusal
    if not forget_screening(code=form.cleaned_data["code"]):
        return _unknown(request, form)
    return render(request, "welfare/check_forgotten.html")


def _refused(request: HttpRequest, form: ResumeForm, *, by_all: bool = True) -> HttpResponse | None:
    if not form.is_valid():
        return _ask(request, form, status=400)
    may_try = within_limit("check-open", address_of(request), limit=TRIES_AN_HOUR, seconds=HOUR)
    is_shut = by_all and is_used_up("check-wrong", "anybody", limit=WRONG_AN_HOUR)
    if may_try and not is_shut:
        return None
    form.add_error(None, _("너무 여러 번 확인했습니다. 한 시간 뒤에 다시 해 주세요."))
    return _ask(request, form, status=TOO_MANY)


def _unknown(request: HttpRequest, form: ResumeForm) -> HttpResponse:
    within_limit("check-wrong", "anybody", limit=WRONG_AN_HOUR, seconds=HOUR)
    form.add_error(
        "code",
        _("이 번호로 저장한 답이 없습니다. 번호를 다시 확인해 주세요. 30일이 지나면 지워집니다."),
    )
    return _ask(request, form, status=404)


def _ask(request: HttpRequest, form: ResumeForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "days": KEPT_FOR.days}
    return render(request, "welfare/check_resume.html", context, status=status)
