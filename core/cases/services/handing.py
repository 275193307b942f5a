"""Hands a case to another office, and ties two cases together."""

import datetime

from django.db import transaction
from django.utils import timezone

from core.cases.enums import EventKind
from core.cases.errors import CaseHidden, CaseRefused
from core.cases.models import Case, CaseEvent
from core.cases.notices import RequestHandedOver
from core.cases.permissions import Actor, can_hand_over, can_work_on_case
from core.cases.queries import why_unshared
from core.cases.registry import declared_kinds
from core.cases.services.log import (
    cleaned,
    done_before,
    locked,
    party_of,
    refuse_forgotten,
    write,
)
from core.cases.staff import staff_of
from core.cases.telling import tell_of, tell_who_runs
from core.offices.enums import OF_THE_CITY
from core.offices.models import Office


@transaction.atomic
def hand_over(
    *,
    case_id: int,
    office: Office,
    reason: str,
    actor: Actor,
    key: str,
    now: datetime.datetime,
) -> CaseEvent:
    """Give a case with its history to another office; the old one does not see it any more.

    The due date runs on. Raises CaseRefused where that office has closed, has the case already,
    or is of no kind that may have it, and where nobody works there: it would lie unseen.
    """
    case = locked(case_id, actor)
    done = done_before(case, key, EventKind.HANDED_OVER, to_office_id=office.pk, words=reason)
    if done is not None:
        return done
    if not can_hand_over(actor, case):
        raise CaseRefused("처리 중인 우리 기관의 신청만 넘길 수 있습니다.")
    open_today = Office.objects.open_on(timezone.localdate(now))
    if office.pk == case.office_id or not open_today.filter(pk=office.pk).exists():
        raise CaseRefused("이 기관으로 넘길 수 없습니다.")
    kind = declared_kinds().get(case.kind)
    if kind is not None and office.kind not in kind.held_by:
        raise CaseRefused(f"{office.get_kind_display()}에서는 이 신청을 맡지 않습니다.")
    if office.kind not in OF_THE_CITY and (why := why_unshared(case)):
        raise CaseRefused(why)
    if not staff_of([office.pk], on=timezone.localdate(now)):
        raise CaseRefused(f"{office}에는 신청을 처리하는 사람이 없습니다. 다른 기관을 골라 주세요.")
    reason = cleaned(reason, called="넘기는 이유")
    party, was = party_of(actor, case), case.office_id
    case.office = office
    case.assignee, case.assignee_name, case.escalated_at = None, "", None
    case.version += 1
    case.save(update_fields=["office", "assignee", "assignee_name", "escalated_at", "version"])
    tell_of(case, RequestHandedOver, cause=str(case.version), now=now)
    tell_who_runs(case, now=now)
    return write(
        case,
        EventKind.HANDED_OVER,
        actor=actor,
        party=party,
        key=key,
        now=now,
        words=reason,
        office_id=was,
        to_office_id=office.pk,
        version=case.version,
        from_state=case.state,
        to_state=case.state,
        is_told=True,
    )


@transaction.atomic
def link(
    *, case_id: int, other_id: int, actor: Actor, key: str, now: datetime.datetime
) -> CaseEvent:
    """Tie two cases together, for whoever works on both; each has it in its log."""
    if case_id == other_id:
        raise CaseRefused("같은 신청끼리는 이을 수 없습니다.")
    both = {one: locked(one, actor) for one in sorted((case_id, other_id))}
    case, other = both[case_id], both[other_id]
    if (done := done_before(case, key, EventKind.LINKED, to_case_id=other_id)) is not None:
        return done
    if not (can_work_on_case(actor, case) and can_work_on_case(actor, other)):
        raise CaseHidden("두 신청을 모두 맡은 기관에서만 이을 수 있습니다.")
    for one in (case, other):
        refuse_forgotten(one)
    _tie(other, case, actor, key, now)
    return _tie(case, other, actor, key, now)


def _tie(case: Case, other: Case, actor: Actor, key: str, now: datetime.datetime) -> CaseEvent:
    return write(
        case,
        EventKind.LINKED,
        actor=actor,
        party=party_of(actor, case),
        key=key,
        now=now,
        to_case_id=other.pk,
    )
