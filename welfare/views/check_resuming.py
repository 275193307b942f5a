"""The screener's answers on paper: eight digits to go on with them, kept only where one asks to."""

import datetime
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.web.public import public
from core.web.spam import is_used_up, within_limit
from core.web.throttle import address_of, site_of
from welfare.forms import DatedResumeForm, ResumeForm
from welfare.queries.matching import Match
from welfare.queries.screening import Screening
from welfare.services.saved_screenings import (
    KEPT_FOR,
    Kept,
    forget_screening,
    number_on_paper,
    open_screening,
    save_screening,
)
from welfare.views.check_results import results

# As at the door of requests on paper (seoul_portal/tracking.py): digits can be guessed by whoever
# may guess often. With ten thousand kept, 300 wrong ones an hour hit one in a day and a half. From
# then on, for the rest of the hour, the digits open nothing without a day that the paper says:
# others' guesses shut nobody out. The odds: docs/check.md.
SAVES_AN_HOUR, TRIES_AN_HOUR, WRONG_AN_HOUR = 30, 20, 300
# A customer with many networks of IPv6 may so often.
OF_A_SITE = 100
HOUR = 60 * 60
TOO_MANY = 429


@public(max_age=3600)
def check_resume(request: HttpRequest) -> HttpResponse:
    """Ask for the digits; they are sent to the screener's own address, in a form."""
    return _ask(request, ResumeForm())


def saved(request: HttpRequest, state: Screening, today: datetime.date) -> HttpResponse:
    """Keep the answers, and show once what opens them."""
    if not _is_within(request, "check-save", limit=SAVES_AN_HOUR):
        words = _(
            "여러 번 저장했습니다. 한 시간 뒤에 다시 해 주세요. 답은 이 화면에 그대로 있습니다."
        )
        return results(request, state, today, warning=words)
    code = save_screening(state=state, match=Match(state.household(today)))
    context = number_on_paper(code=code, on=today) | {"code": code, "state": state.seal()}
    return render(request, "welfare/check_saved.html", context)


def resumed(request: HttpRequest, today: datetime.date) -> HttpResponse:
    """Go on with what was kept, and say what has changed since."""
    form = _form()(request.POST)
    if (refusal := _refused(request, form)) is not None:
        return refusal
    kept = open_screening(code=form.cleaned_data["code"], on=today)
    if kept is None or not _is_dated(form, kept):
        return _unknown(request, form)
    return results(request, replace(kept.state, then=kept.then), today)


def forgotten(request: HttpRequest) -> HttpResponse:
    """Delete what was kept, at once."""
    form = ResumeForm(request.POST)
    # No day is asked for: a wrong one tells no answers.
    if (refusal := _refused(request, form)) is not None:
        return refusal
    if not forget_screening(code=form.cleaned_data["code"]):
        return _unknown(request, form)
    return render(request, "welfare/check_forgotten.html")


def _form() -> type[ResumeForm]:
    is_guessed_at = is_used_up("check-wrong", "anybody", limit=WRONG_AN_HOUR)
    return DatedResumeForm if is_guessed_at else ResumeForm


def _is_dated(form: ResumeForm, kept: Kept) -> bool:
    """Say whether the day is right, where one is asked for: when it was kept, or until when."""
    if not isinstance(form, DatedResumeForm):
        return True
    return form.cleaned_data["day"] in (kept.then.on, kept.then.on + KEPT_FOR)


def _is_within(request: HttpRequest, what: str, *, limit: int) -> bool:
    """Count one more, and say whether neither this address nor its site had too many.

    Each is counted only while the narrower one holds, so that one home shuts out no neighbour.
    """
    address = address_of(request)
    return within_limit(what, address, limit=limit, seconds=HOUR) and within_limit(
        f"{what}-site", site_of(address), limit=OF_A_SITE, seconds=HOUR
    )


def _refused(request: HttpRequest, form: ResumeForm) -> HttpResponse | None:
    if not form.is_valid():
        return _ask(request, form, status=400)
    if _is_within(request, "check-open", limit=TRIES_AN_HOUR):
        return None
    form.add_error(None, _("너무 여러 번 확인했습니다. 한 시간 뒤에 다시 해 주세요."))
    return _ask(request, form, status=TOO_MANY)


def _unknown(request: HttpRequest, form: ResumeForm) -> HttpResponse:
    if isinstance(form, DatedResumeForm):
        # The same of digits that are nobody's and of another day: neither is to be guessed.
        form.add_error(None, _("번호나 날짜가 맞지 않습니다. 종이를 다시 확인해 주세요."))
        return _ask(request, form, status=404)
    within_limit("check-wrong", "anybody", limit=WRONG_AN_HOUR, seconds=HOUR)
    form.add_error(
        "code",
        _("이 번호로 저장한 답이 없습니다. 번호를 다시 확인해 주세요. 30일이 지나면 지워집니다."),
    )
    return _ask(request, form, status=404)


def _ask(request: HttpRequest, form: ResumeForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "days": KEPT_FOR.days}
    return render(request, "welfare/check_resume.html", context, status=status)
