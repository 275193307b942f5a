"""Writes a note among colleagues, and a word to the citizen."""

import datetime

from django.db import transaction

from core.cases.enums import EventKind
from core.cases.errors import CaseRefused
from core.cases.models import CaseEvent
from core.cases.notices import RequestWritten
from core.cases.permissions import Actor, can_work_on_case
from core.cases.services.log import (
    cleaned,
    done_before,
    locked,
    party_of,
    refuse_forgotten,
    write,
)
from core.cases.telling import tell_of


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
    if (done := done_before(case, key, kind, words=text)) is not None:
        return done
    if not can_work_on_case(actor, case):
        raise CaseRefused("이 신청을 맡은 기관의 직원만 적을 수 있습니다.")
    refuse_forgotten(case)
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
