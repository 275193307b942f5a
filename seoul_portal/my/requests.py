"""`/my/requests/`: every request of a person in any area, what happens next, and what is asked."""

from dataclasses import dataclass
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.services import record_acting
from core.cases.declaration import Move
from core.cases.enums import ASKING, Party
from core.cases.models import Case, CaseEvent
from core.cases.permissions import can_answer_case, can_move_case, party_of
from core.cases.services import CaseRefused, answer_case, move_case
from core.web.pagination import Pager, page_number
from seoul_portal.my.person import signed_in

LONGEST = 2_000


class AnswerForm(forms.Form):
    """What the citizen writes; the key makes two clicks one answer."""

    text = forms.CharField(
        label=gettext_lazy("답이나 더하실 말씀"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("답을 적어 주세요.")},
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as its citizen reads it."""

    case: Case
    state: str
    what_next: str
    due: str
    wants_answer: bool


@dataclass(frozen=True, slots=True)
class Line:
    at: str
    who: str
    what: str
    text: str


@require_safe
def my_requests(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    number = page_number(request.GET.get("page")) or 1
    mine = Case.objects.visible_to(person).exclude(person=None)
    mine = mine.filter(person__in=[person.pk, *_helped(person)]).newest_first()
    pager = Pager(number=number, count=mine.count())
    rows = mine.select_related("office")[pager.offset : pager.offset + pager.size]
    context = {"shown": [_shown(case) for case in rows], "pager": pager}
    status = 200 if pager.is_in_range else 404
    return render(request, "seoul_portal/my/requests.html", context, status=status)


def my_request(request: HttpRequest, number: str) -> HttpResponse:
    person, case = signed_in(request), _case(request, number)
    form = AnswerForm(request.POST or None, initial={"key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                answer_case(
                    case=case, text=told["text"], actor=person, now=timezone.now(), key=told["key"]
                )
                _note_helping(case, person, _("신청에 답했습니다"))
        except CaseRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("답을 보냈습니다."))
            return redirect("my-request", number=case.number)
    context = {
        "shown": _shown(case),
        "lines": [_line(one) for one in case.events.told_to_citizens().oldest_first()],
        "form": form if can_answer_case(person, case) else None,
        "moves": _moves(case, person),
        "key": uuid4().hex,
    }
    return render(request, "seoul_portal/my/request.html", context)


@require_POST
def my_request_move(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """Withdraw, reopen, or whatever else the kind lets its citizen do."""
    person, case = signed_in(request), _case(request, number)
    try:
        with transaction.atomic():
            move_case(
                case=case,
                move=move,
                actor=person,
                now=timezone.now(),
                key=request.POST.get("key", "")[:64],
                text=request.POST.get("text", "")[:LONGEST],
            )
            _note_helping(case, person, _("신청의 상태를 바꾸었습니다"))
    except CaseRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("바꾸었습니다."))
    return redirect("my-request", number=case.number)


def _helped(person: User) -> set[int]:
    return {one.person_id for one in person.mandates}


def _case(request: HttpRequest, number: str) -> Case:
    """Answer one's own case, or that of somebody one acts for; nobody else's is here."""
    person = signed_in(request)
    found = Case.objects.visible_to(person).filter(number=number).select_related("office").first()
    if found is None or party_of(person, found) not in ASKING:
        raise Http404
    return found


def _note_helping(case: Case, person: User, what: str) -> None:
    if party_of(person, case) is Party.HELPER and case.person_id is not None:
        record_acting(
            helper=person,
            person_id=case.person_id,
            purpose=case.declared.area,
            what=f"{case.title}: {what}",
            now=timezone.now(),
        )


def _moves(case: Case, person: User) -> list[Move]:
    """Answer what may be done besides answering, which has a form of its own."""
    return [
        move
        for move in case.declared.moves_from(case.state)
        if can_move_case(person, case, move)
        and (not case.stands.waits_for_citizen or case.declared.by_slug[move.to].is_final)
    ]


def _shown(case: Case) -> Shown:
    state = case.stands
    due = date_format(case.due_date, "DATE_FORMAT") if case.due_date else ""
    return Shown(
        case=case,
        state=str(state.title),
        what_next=str(state.what_next),
        due=_("%(day)s까지 처리합니다.") % {"day": due} if due else "",
        wants_answer=state.waits_for_citizen,
    )


def _line(event: CaseEvent) -> Line:
    at = date_format(timezone.localtime(event.at), "DATETIME_FORMAT")
    move = event.case.declared.move(event.move) if event.move else None
    what = str(move.title) if move else event.get_step_display()
    return Line(at=at, who=event.get_party_display(), what=what, text=event.text)
