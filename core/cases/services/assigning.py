"""Says who works on a case: whoever takes it, or whom a manager chooses."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from core.cases.enums import EventKind, Party
from core.cases.errors import CaseRefused
from core.cases.models import Case, CaseEvent
from core.cases.permissions import Actor, can_assign_case, can_be_assigned, can_take_case
from core.cases.services.log import (
    all_locked,
    done_before,
    done_before_in,
    line_of,
    locked,
    party_of,
    write,
)
from core.offices.people import Person

MOST_AT_ONCE, LONGEST_NAME = 500, 60


@transaction.atomic
def take(
    *, case_id: int, actor: Person, actor_name: str, key: str, now: datetime.datetime
) -> CaseEvent:
    """Take what nobody works on yet; the second of two who try is refused."""
    case = locked(case_id, actor)
    if (done := done_before(case, key, EventKind.ASSIGNED, to_person_id=actor.pk)) is not None:
        return done
    if not can_take_case(actor, case):
        raise CaseRefused("이미 담당자가 있거나 끝난 신청입니다.")
    party = party_of(actor, case)
    return _give(case, assignee=actor, name=actor_name, actor=actor, party=party, key=key, now=now)


@transaction.atomic
def assign(
    *,
    case_id: int,
    assignee: Person,
    assignee_name: str,
    actor: Actor,
    key: str,
    now: datetime.datetime,
) -> CaseEvent:
    """Give a case to somebody who works where it lies; a manager's decision."""
    case = locked(case_id, actor)
    done = done_before(case, key, EventKind.ASSIGNED, to_person_id=assignee.pk)
    if done is not None:
        return done
    _refuse_wrong(case, assignee, actor)
    return _give(
        case,
        assignee=assignee,
        name=assignee_name,
        actor=actor,
        party=Party.MANAGER,
        key=key,
        now=now,
    )


@transaction.atomic
def assign_many(
    *,
    case_ids: Sequence[int],
    assignee: Person,
    assignee_name: str,
    actor: Actor,
    key: str,
    now: datetime.datetime,
) -> int:
    """Give many cases to one person: all of them, or none; answer how many.

    As many queries for five hundred as for two.
    """
    numbers = set(case_ids)
    if not 0 < len(numbers) <= MOST_AT_ONCE:
        raise CaseRefused(f"1건부터 {MOST_AT_ONCE:,}건까지 고를 수 있습니다.")
    cases = all_locked(numbers, actor)
    done = done_before_in(cases, key, EventKind.ASSIGNED, to_person_id=assignee.pk)
    given = [case for case in cases if case.pk not in done]
    for case in given:
        _refuse_wrong(case, assignee, actor)
    Case.objects.filter(pk__in=[case.pk for case in given]).update(
        assignee=assignee.pk, assignee_name=assignee_name[:LONGEST_NAME]
    )
    lines = [
        line_of(
            case,
            EventKind.ASSIGNED,
            actor=actor,
            party=Party.MANAGER,
            key=key,
            now=now,
            to_person_id=assignee.pk,
        )
        for case in given
    ]
    CaseEvent.objects.bulk_create(lines, ignore_conflicts=True)
    return len(cases)


def _refuse_wrong(case: Case, assignee: Person, actor: Actor) -> None:
    if not can_assign_case(actor, case):
        raise CaseRefused("담당자는 그 기관의 책임자가 정합니다.")
    if not can_be_assigned(assignee, case):
        raise CaseRefused("이 신청을 맡을 수 있는 사람이 아닙니다.")


def _give(
    case: Case,
    *,
    assignee: Person,
    name: str,
    actor: Actor,
    party: Party,
    key: str,
    now: datetime.datetime,
) -> CaseEvent:
    case.assignee_id, case.assignee_name = assignee.pk, name[:LONGEST_NAME]
    case.save(update_fields=["assignee", "assignee_name"])
    return write(
        case,
        EventKind.ASSIGNED,
        actor=actor,
        party=party,
        key=key,
        now=now,
        to_person_id=assignee.pk,
    )
