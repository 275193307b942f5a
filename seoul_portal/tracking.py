"""`/requests/track/`: how one request stands, for whoever has the eight digits of its slip.

The digits come in a form and are never part of an address. What is told says nothing of whose
request it is; to answer or to withdraw it, the name on the slip is asked for as well.
"""

import datetime
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.cases.codes import case_with_code, cleaned_code
from core.cases.declaration import Move
from core.cases.enums import Party
from core.cases.errors import CaseRefused
from core.cases.keys import renew_key
from core.cases.models import Case
from core.cases.permissions import PaperHolder
from core.cases.registry import declared_kinds
from core.cases.services import check_name, locked_until, move, record_view
from core.cases.services.log import LONGEST_WORDS
from core.moments import say_moment
from core.records.reading import came_with_paper
from core.web.long_text import LongTextField
from core.web.public import anonymous
from core.web.spam import is_used_up, within_limit
from core.web.throttle import address_of, site_of
from core.web.wording import korean_marked
from seoul_portal.my.request_words import asked_office, summary_of

# Eight digits can be guessed by whoever may guess often. One address may try so often an hour, and
# a customer with many networks of IPv6 so often. What all of them try together shuts nobody out,
# since many addresses are easily had; but after so many wrong ones in an hour the digits alone tell
# nothing, and whoever has a slip knows the name on it as well. The odds: docs/cases.md.
TRIES_AN_HOUR, TRIES_OF_A_SITE, WRONG_AN_HOUR = 20, 100, 300
HOUR = 60 * 60
TOO_MANY = 429


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("접수 번호"),
        max_length=20,
        help_text=gettext_lazy("접수증에 있는 숫자 여덟 자리입니다. 예: 1234-5678"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        code = cleaned_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("숫자 여덟 자리를 적어 주세요."))
        return code


class NamedCodeForm(CodeForm):
    """For an hour in which somebody guesses numbers: what the digits say, with the name alone."""

    name = forms.CharField(
        label=gettext_lazy("신청한 사람의 이름"),
        max_length=60,
        help_text=gettext_lazy(
            "지금은 틀린 번호가 많이 들어와 이름도 확인합니다. 접수할 때 적은 이름을 적어 주세요."
        ),
    )


class PaperMoveForm(forms.Form):
    """One move with the name on the slip; the digits travel along, so that nothing is kept."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=20)
    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("신청한 사람의 이름"),
        max_length=60,
        help_text=gettext_lazy("접수할 때 적은 이름입니다."),
    )
    words = LongTextField(most=LONGEST_WORDS, rows=4, required=False)

    def __init__(self, *args: Any, chosen: Move, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": chosen.name, **kwargs})
        self.move = chosen
        self.move_title = korean_marked(str(chosen.title))
        if not chosen.words:
            del self.fields["words"]
            return
        self.fields["words"].label = korean_marked(str(chosen.words))
        self.fields["words"].required = chosen.needs_words


@anonymous
@require_http_methods(["GET", "HEAD", "POST"])
def request_track(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, _form()())
    if name := request.POST.get("move", ""):
        return _move(request, name)
    form = _form()(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    if (case := _found(request, form)) is None:
        return _ask(request, form, status=TOO_MANY if _is_shut(form) else 200)
    return _show(request, case, form.cleaned_data["code"])


def _form() -> type[CodeForm]:
    is_guessed_at = is_used_up("track-wrong", "anybody", limit=WRONG_AN_HOUR)
    return NamedCodeForm if is_guessed_at else CodeForm


def _ask(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return render(request, "seoul_portal/request_track.html", {"form": form}, status=status)


def _found(request: HttpRequest, form: CodeForm) -> Case | None:
    """Find the case; None with a sentence in the form where there is none, or too many tried."""
    if not _may_try(request):
        form.add_error(None, _("너무 여러 번 확인했습니다. 한 시간 뒤에 다시 해 주세요."))
        form.shut = True  # type: ignore[attr-defined]
        return None
    came_with_paper()
    case = case_with_code(form.cleaned_data["code"], now=timezone.now())
    if isinstance(form, NamedCodeForm):
        if case is not None and _has_name(case, form):
            return case
        # The same of a number that is nobody's and of another name: neither is to be guessed.
        form.add_error(None, _("번호나 이름이 맞지 않습니다. 접수증을 다시 확인해 주세요."))
        return None
    if case is None:
        within_limit("track-wrong", "anybody", limit=WRONG_AN_HOUR, seconds=HOUR)
        form.add_error("code", _("이 번호의 신청이 없습니다. 접수증의 번호를 다시 확인해 주세요."))
    return case


def _has_name(case: Case, form: NamedCodeForm) -> bool:
    told = form.cleaned_data["name"]
    return check_name(case_id=case.pk, told=told, now=timezone.now()).is_right


def _may_try(request: HttpRequest) -> bool:
    """Count one more try, and say whether neither this address nor its site had too many.

    Each is counted only while the narrower one holds, so that one home shuts out no neighbour.
    """
    address = address_of(request)
    return within_limit("track", address, limit=TRIES_AN_HOUR, seconds=HOUR) and within_limit(
        "track-site", site_of(address), limit=TRIES_OF_A_SITE, seconds=HOUR
    )


def _is_shut(form: CodeForm) -> bool:
    return getattr(form, "shut", False)


def _show(
    request: HttpRequest, case: Case, code: str, *, wrong: PaperMoveForm | None = None
) -> HttpResponse:
    record_view(case=case, actor=PaperHolder(case.pk), now=timezone.now())
    told = {"code": code, "key": str(uuid.uuid4())}
    kind = declared_kinds().get(case.kind)
    until = locked_until(case, now=timezone.now())
    steps = [
        wrong if wrong and wrong.move.name == one.name else PaperMoveForm(chosen=one, initial=told)
        for one in (kind.moves_from(case.state, {Party.PAPER}) if kind else ())
        if wrong or until is None
    ]
    context = {
        "summary": summary_of(case, None),
        "asked": asked_office(case),
        "steps": steps,
        "locked": _locked_words(until) if until else "",
        "wrong": wrong,
    }
    return render(request, "seoul_portal/request_tracked.html", context)


def _move(request: HttpRequest, name: str) -> HttpResponse:
    told = {"code": request.POST.get(f"{name}-code", ""), "name": request.POST.get(f"{name}-name")}
    code = _form()(told)
    if not code.is_valid() or (case := _found(request, code)) is None:
        return _ask(request, code, status=TOO_MANY if _is_shut(code) else 200)
    kind = declared_kinds().get(case.kind)
    chosen = kind.move(name) if kind else None
    if chosen is None or Party.PAPER not in chosen.by:
        return _show(request, case, code.cleaned_data["code"])
    form = PaperMoveForm(request.POST, chosen=chosen)
    if form.is_valid() and _is_named(case, form):
        try:
            move(
                case_id=case.pk,
                name=name,
                actor=PaperHolder(case.pk),
                key=str(form.cleaned_data["key"]),
                now=timezone.now(),
                words=form.cleaned_data.get("words", ""),
            )
        except CaseRefused as refused:
            form.add_error(None, str(refused))
            renew_key(form)
        else:
            case.refresh_from_db()
            return _show(request, case, code.cleaned_data["code"])
    return _show(request, case, code.cleaned_data["code"], wrong=form)


def _is_named(case: Case, form: PaperMoveForm) -> bool:
    """Say whether the name is that on the slip; too many wrong ones lock the number for a day."""
    check = check_name(case_id=case.pk, told=form.cleaned_data["name"], now=timezone.now())
    if check.locked_until is not None:
        form.add_error("name", _locked_words(check.locked_until))
    elif not check.is_right:
        form.add_error("name", _("접수할 때 적은 이름과 다릅니다."))
    return check.is_right


def _locked_words(until: datetime.datetime) -> str:
    return _(
        "다른 이름을 여러 번 넣어 이 번호를 잠갔습니다. %(until)s부터 다시 할 수 있습니다."
        " 급하면 접수한 곳에 전화하거나 새 접수증을 받아 주세요."
    ) % {"until": say_moment(until)}
