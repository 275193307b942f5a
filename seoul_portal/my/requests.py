"""`/my/requests/`: every request of a person, what happens next, and what is asked of them."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.cases.attachments import as_download
from core.cases.declaration import CaseKind, Move
from core.cases.errors import CaseHidden, CaseRefused
from core.cases.files import FileRefused, prepare_sent
from core.cases.keys import renew_key
from core.cases.models import Case
from core.cases.permissions import can_attach, parties_of
from core.cases.queries import told_facts
from core.cases.registry import declared_kinds
from core.cases.services import answer, attach, move, record_download, record_view
from core.offices.people import Person, is_person
from core.web.pagination import COUNT_CAP, Pager, capped, page_number
from core.web.wording import in_its_language, korean_marked
from seoul_portal.my.request_forms import AnswerForm, FileForm, MoveForm
from seoul_portal.my.request_words import Summary, asked_office, log_lines, question_in, summary_of


@dataclass(frozen=True, slots=True)
class Step:
    """Something that the citizen may do besides answering, with what they write to it."""

    move: Move
    form: MoveForm


@require_safe
def my_requests(request: HttpRequest) -> HttpResponse:
    """The newest first, twenty a page: one query for the page, one for how many there are."""
    person, number = _person(request), page_number(request.GET.get("page"))
    rows = Case.objects.asked_by(person).newest_first()
    count, is_capped = capped(rows.order_by()[: COUNT_CAP + 1].count())
    pager = Pager(number or 1, count, count_capped=is_capped)
    if number is None or not pager.is_in_range:
        raise Http404
    shown = rows.select_related("office", "person")[pager.offset : pager.offset + pager.size]
    summaries: list[Summary] = [summary_of(case, person) for case in shown]
    return render(request, "seoul_portal/my/requests.html", {"requests": summaries, "pager": pager})


def my_request(request: HttpRequest, number: int) -> HttpResponse:
    person = _person(request)
    case = _own(person, number)
    typed: dict[str, Any] = {}
    if request.method == "POST":
        try:
            _do(request, person, case, typed)
        except CaseHidden as hidden:
            raise Http404 from hidden
        except CaseRefused as refused:
            _refuse(typed, refused)
        else:
            if not typed:
                return HttpResponseRedirect(reverse("my-request", args=[case.pk]), status=303)
        case = _own(person, number)
    else:
        _note_look(record_view, case=case, actor=person)
    return render(request, "seoul_portal/my/request.html", _page(person, case, typed))


@require_safe
def my_request_file(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    person = _person(request)
    case = _own(person, number)
    kept = case.attachments.told().filter(pk=file).first()
    if kept is None:
        raise Http404
    _note_look(record_download, file=kept, actor=person)
    return as_download(kept)


def _note_look(note: Callable[..., None], **what: Any) -> None:
    """Note it; where a helper may not act any more, there is nothing to be seen either."""
    try:
        note(**what, now=timezone.now())
    except CaseHidden as hidden:
        raise Http404 from hidden


def _person(request: HttpRequest) -> Person:
    if not is_person(request.user):
        raise PermissionDenied
    return request.user


def _own(person: Person, number: int) -> Case:
    """Answer one of a person's own requests, or of whom they help; 404 for every other."""
    case = (
        Case.objects.asked_by(person).filter(pk=number).select_related("office", "person").first()
    )
    if case is None:
        raise Http404(_("이 번호의 신청이 없습니다."))
    return case


def _do(request: HttpRequest, person: Person, case: Case, typed: dict[str, Any]) -> None:
    """Do what was sent; forms that are not right, or were refused, stay in `typed`."""
    deed = request.POST.get("deed", "")
    form: AnswerForm | FileForm | MoveForm
    if deed == "attach":
        form = FileForm(request.POST, request.FILES)
    elif deed == "answer":
        form = AnswerForm(request.POST, request.FILES)
    else:
        kind = declared_kinds().get(case.kind)
        chosen = kind.move(deed) if kind else None
        if chosen is None or not chosen.by & parties_of(person, case):
            raise PermissionDenied
        form = MoveForm(request.POST, move=chosen, prefix=deed)
    typed[deed] = form
    if form.is_valid():
        messages.success(request, _done(deed, form.cleaned_data, person, case))
        del typed[deed]


def _done(deed: str, told: dict[str, Any], person: Person, case: Case) -> str:
    """Do it, answer and file in one go, and say so."""
    now, key = timezone.now(), str(told["key"])
    sent: Any = told.get("file")
    file = prepare_sent(sent) if sent else None
    with transaction.atomic():
        if file is not None:
            attach(
                case_id=case.pk,
                file=file,
                filename=str(sent.name or ""),
                actor=person,
                key=f"{key}-file",
                now=now,
            )
        if deed == "attach":
            return _("파일을 보냈습니다.")
        if deed == "answer":
            answer(case_id=case.pk, actor=person, key=key, now=now, text=told["words"])
            return _("답을 보냈습니다.")
        words = told.get("words", "")
        move(case_id=case.pk, name=deed, actor=person, key=key, now=now, words=words)
    return _("처리했습니다.")


def _refuse(typed: dict[str, Any], why: CaseRefused) -> None:
    for form in typed.values():
        form.add_error("file" if isinstance(why, FileRefused) else None, str(why))
        renew_key(form)


def _page(person: Person, case: Case, typed: dict[str, Any]) -> dict[str, Any]:
    lines = log_lines(case)
    kind = declared_kinds().get(case.kind)
    is_asked = kind is not None and kind.state(case.state).pauses
    may_attach = can_attach(person, case)
    return {
        "summary": summary_of(case, person),
        "asked": asked_office(case),
        "facts": [(_marked(name), _marked(said)) for name, said in told_facts(case)],
        "lines": lines,
        "question": question_in(lines, case) if is_asked else "",
        "answer_form": (typed.get("answer") or AnswerForm(initial=_fresh())) if is_asked else None,
        "file_form": (typed.get("attach") or FileForm(initial=_fresh())) if may_attach else None,
        "steps": list(_steps(kind, person, case, typed)) if kind else [],
        "files": list(case.attachments.told().in_order()),
        "has_errors": any(form.errors for form in typed.values()),
        "wrong": next(iter(typed.values()), None),
    }


def _steps(kind: CaseKind, person: Person, case: Case, typed: dict[str, Any]) -> Iterator[Step]:
    """Answer what they may do besides answering, which has a form of its own."""
    for one in kind.moves_from(case.state, parties_of(person, case)):
        if kind.answers(one):
            continue
        fresh = MoveForm(move=one, prefix=one.name, initial=_fresh())
        yield Step(one, typed.get(one.name) or fresh)


def _marked(told: object) -> str:
    """Mark what is Korean on an English page; markup marks its own."""
    return korean_marked(told) if isinstance(told, SafeString) else in_its_language(str(told))


def _fresh() -> dict[str, str]:
    return {"key": str(uuid.uuid4())}
