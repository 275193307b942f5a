"""Writes a note among colleagues, a word to the citizen, and who opened a case at the desk."""

import datetime

from django.db import transaction
from django.utils import timezone

from core.cases.enums import EventKind, Party
from core.cases.errors import CaseRefused
from core.cases.models import Case, CaseEvent
from core.cases.notices import RequestWritten
from core.cases.permissions import Actor, can_read_at_desk, can_work_on_case
from core.cases.services.log import cleaned, done_before, locked, party_of, write
from core.cases.telling import tell_of
from core.offices.people import Person


@transaction.atomic
def note(*, case_id: int, text: str, actor: Actor, key: str, now: datetime.datetime) -> CaseEvent:
    """Keep what only colleagues read."""
    return _say(case_id=case_id, kind=EventKind.NOTE, text=text, actor=actor, key=key, now=now)


@transaction.atomic
def write_to_citizen(
    *, case_id: int, text: str, actor: Actor, key: str, now: datetime.datetime
) -> CaseEvent:
    """Say something to whoever asked, where nothing is asked of them."""
    return _say(case_id=case_id, kind=EventKind.MESSAGE, text=text, actor=actor, key=key, now=now)


def _say(
    *, case_id: int, kind: EventKind, text: str, actor: Actor, key: str, now: datetime.datetime
) -> CaseEvent:
    case = locked(case_id, actor)
    if (done := done_before(case, key, kind)) is not None:
        return done
    if not can_work_on_case(actor, case):
        raise CaseRefused("이 신청을 맡은 기관의 직원만 적을 수 있습니다.")
    is_told = kind == EventKind.MESSAGE
    event = write(
        case,
        kind,
        actor=actor,
        party=party_of(actor, case),
        key=key,
        now=now,
        words=cleaned(text, called="내용"),
        words_told=is_told,
        is_told=is_told,
    )
    if is_told:
        tell_of(case, RequestWritten, cause=f"written:{event.pk}", now=now)
    return event


def record_view(*, case: Case, actor: Person, now: datetime.datetime) -> None:
    """Note that somebody opened a case at the desk: once an hour for each of them.

    One statement that locks nothing: whoever reads does not wait for whoever writes.
    """
    if not can_read_at_desk(actor, case):
        raise CaseRefused("이 신청을 볼 수 없습니다.")
    is_colleague = can_work_on_case(actor, case)
    hour = timezone.localtime(now).strftime("%Y%m%d%H")
    view = CaseEvent(
        case=case,
        kind=EventKind.VIEWED,
        at=now,
        party=party_of(actor, case) if is_colleague else Party.OVERSEER,
        actor_id=actor.pk,
        office_id=case.office_id if is_colleague else None,
        key=f"view:{actor.pk}:{hour}",
    )
    CaseEvent.objects.bulk_create([view], ignore_conflicts=True)
