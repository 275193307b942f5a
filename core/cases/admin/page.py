"""A case on one screen: how it stands, what can be done, what was said, and all that happened."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from core.cases.admin.deeds import DEEDS, Slip
from core.cases.declaration import Move
from core.cases.enums import EventKind, Party
from core.cases.errors import CaseHidden, CaseRefused
from core.cases.files import FileRefused
from core.cases.models import Attachment, Case, CaseEvent
from core.cases.permissions import (
    STAFF,
    can_assign_case,
    can_attach,
    can_hand_over,
    can_read_attachment,
    can_read_internal,
    can_take_case,
    can_work_on_case,
    parties_of,
)
from core.cases.queries import (
    MOST_LOOKS,
    files_of,
    find_duplicates,
    log_of,
    looks_at,
    told_facts,
)
from core.cases.registry import UnknownKind, declared_kinds
from core.cases.services import record_view
from core.cases.staff import names_of, staff_of
from core.records.reading import because

MOST_DUPLICATES = 10
# What somebody wrote stays in the form where it was refused.
TYPED = ("note", "message", "office", "reason", "other", "is_told")
CHANGE = "admin:cases_case_change"


@dataclass(frozen=True, slots=True)
class Step:
    """A move as a button, with the key that presses it (with Alt, or as the browser has it)."""

    move: Move
    access_key: int
    warns: bool
    typed: str


def case_page(desk: Any, request: HttpRequest, case: Case) -> HttpResponse:
    because(f"{case.title} #{case.pk}", office_id=case.office_id)
    wrong_file = ""
    if request.method == "POST":
        try:
            if (done := _do(desk, request, case)) is not None:
                return done
        except FileRefused as refused:
            wrong_file = str(refused)
        case = Case.objects.select_related("office").get(pk=case.pk)
    else:
        record_view(case=case, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
    context = {
        **desk.admin_site.each_context(request),
        "title": f"{case.title} #{case.pk}",
        "opts": Case._meta,
        **_context(request.user, case, request.POST.dict()),
        "wrong_file": wrong_file,
    }
    return TemplateResponse(request, "admin/cases/case/page.html", context)


def _do(desk: Any, request: HttpRequest, case: Case) -> HttpResponse | None:
    """Do what was asked and lead on; None where it was refused, and the page says why."""
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None or not can_work_on_case(request.user, case):
        raise PermissionDenied
    try:
        done = deed(request, case)
    except CaseHidden:
        messages.warning(request, "이 신청은 이제 다른 기관에 있습니다.")
        return redirect("admin:cases_case_changelist")
    except FileRefused:
        raise  # said beside the field
    except CaseRefused as refused:
        messages.error(request, str(refused))
        return None
    if isinstance(done, Slip):
        return slip_page(desk, request, case, done)
    messages.success(request, done)
    if not Case.objects.worked_on_by(request.user).filter(pk=case.pk).exists():
        return redirect("admin:cases_case_changelist")
    return redirect(CHANGE, case.pk)


def slip_page(desk: Any, request: HttpRequest, case: Case, slip: Slip) -> HttpResponse:
    """Show the digits this once, to be printed."""
    context = {
        **desk.admin_site.each_context(request),
        "title": "접수증",
        "opts": Case._meta,
        "case": case,
        "code": slip.code,
        "address": slip.address,
        "english_address": slip.english_address,
    }
    return TemplateResponse(request, "admin/cases/case/slip.html", context)


def _context(actor: Any, case: Case, typed: Mapping[str, str]) -> dict[str, Any]:
    today = timezone.localdate()
    may_work = can_work_on_case(actor, case) and not case.is_forgotten
    files = [one for one in files_of(case) if can_read_attachment(actor, one)]
    return {
        "case": case,
        "typed": {name: typed.get(name, "") for name in TYPED},
        "state": case.get_state_display(),
        "is_overdue": case.is_overdue(today),
        "facts": [*told_facts(case), *told_facts(case, staff=True)],
        "steps": _steps(actor, case, typed),
        "log": _log(actor, case),
        "looks": _looks(case, files),
        "most_looks": MOST_LOOKS,
        "files": files,
        "duplicates": list(
            find_duplicates(case.kind, case.person_id, but=case.pk)
            .worked_on_by(actor)
            .newest_first()[:MOST_DUPLICATES]
        ),
        "staff": staff_of([case.office_id], on=today) if can_assign_case(actor, case) else [],
        "may_work": may_work,
        "may_take": can_take_case(actor, case),
        "may_attach": may_work and can_attach(actor, case),
        "may_hand_over": can_hand_over(actor, case),
        # One for each time the page is shown: the same button pressed twice is one click.
        "key": str(uuid.uuid4()),
    }


def _steps(actor: Any, case: Case, typed: Mapping[str, str]) -> list[Step]:
    try:
        kind = case.declared
    except UnknownKind:
        return []
    sides = parties_of(actor, case) & {Party.WORKER, Party.MANAGER}
    return [
        Step(
            move,
            number,
            warns=kind.state(move.target).is_end,
            typed=typed.get(f"words-{move.name}", ""),
        )
        for number, move in enumerate(kind.moves_from(case.state, sides), start=1)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as the page tells it."""

    event: CaseEvent
    what: str
    who: str
    words: str
    told: str  # how the citizen reads that it stands from then on
    is_told: bool


def _log(actor: Any, case: Case) -> list[Line]:
    """Tell the log newest first: colleagues by name and office, everybody else by their side."""
    events = log_of(case, is_all=True)
    names = names_of(_colleagues(events))
    lines = []
    for event in events:
        who = names.get(event.actor_id or 0, "") if event.party in STAFF else ""
        what = _what(case, event, names)
        told = _told(case, event)
        lines.append(Line(event, what, who, _words(actor, case, event), told, event.is_told))
    return lines[::-1]


def _words(actor: Any, case: Case, event: CaseEvent) -> str:
    """Answer what was written with a line, as far as it is for whoever reads."""
    words = getattr(event, "words", None)
    if words is None:
        return ""
    if words.is_told or can_read_internal(actor, case, event.office_id, event.to_office_id):
        return str(words.text)
    return "다른 기관의 직원끼리 남긴 글입니다."


@dataclass(frozen=True, slots=True)
class Look:
    """One look as the page tells it below the log."""

    event: CaseEvent
    what: str
    who: str


def _looks(case: Case, files: Iterable[Attachment]) -> list[Look]:
    """Tell who looked, the newest first; of a file that was erased, only that it was one."""
    events = looks_at(case)
    names, called = names_of(_colleagues(events)), {file.pk: file.filename for file in files}
    return [Look(one, _looked(one, called), names.get(one.actor_id or 0, "")) for one in events]


def _looked(event: CaseEvent, called: Mapping[int, str]) -> str:
    what, name = event.get_kind_display(), called.get(event.file_number or 0)
    return f"{what}: {name}" if name else what


def _colleagues(events: Iterable[CaseEvent]) -> set[int]:
    """Answer who did something as staff, and to whom something was given: never the citizen."""
    did = {event.actor_id for event in events if event.party in STAFF}
    return {one for one in did | {event.to_person_id for event in events} if one is not None}


def _what(case: Case, event: CaseEvent, names: Mapping[int, str]) -> str:
    try:
        kind = case.declared
    except UnknownKind:
        return event.get_kind_display()
    if event.move and event.kind != EventKind.ERASED:
        move = kind.move(event.move)
        step = kind.step(event.from_state, event.to_state)
        return f"{move.title if move else event.move}: {step}"
    if event.to_office is not None:
        return f"{event.get_kind_display()}: {event.to_office}"
    if given_to := names.get(event.to_person_id or 0):
        return f"{event.get_kind_display()}: {given_to}"
    if event.to_case_id is not None:
        return f"{event.get_kind_display()}: #{event.to_case_id}"
    return event.get_kind_display()


def _told(case: Case, event: CaseEvent) -> str:
    """Answer the citizen's sentence for where a step led; nothing where the case stayed."""
    kind = declared_kinds().get(case.kind)
    if kind is None or event.from_state == event.to_state:
        return ""
    return str(kind.state(event.to_state).told)
