"""Says who works on a case, and where."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.cases.enums import Step
from core.cases.models import Case
from core.cases.permissions import can_assign_case, can_work_on_case, party_of
from core.cases.services.log import CaseRefused, Deed, was_done, write_down
from core.offices.models import Office
from core.offices.people import Person


@transaction.atomic
def assign_case(
    *,
    case: Case,
    assignee: Any | None,
    actor: Person,
    now: datetime.datetime,
    key: str = "",
) -> Case:
    """Give a case to somebody of its office, or back to the office (None)."""
    held = case.held()
    new = assignee.pk if assignee is not None else None
    if was_done(held, key) or held.assignee_id == new:
        return held
    if not can_assign_case(actor, held, assignee):
        raise CaseRefused(_("이 신청을 이 사람에게 맡길 수 없습니다."))
    held.assignee_id = new
    held.save(update_fields=["assignee"])
    party = party_of(actor, held)
    assert party is not None  # noqa: S101  (who is nobody was refused)
    name = str(getattr(assignee, "name", "")) if assignee is not None else ""
    write_down(held, Step.ASSIGNED, Deed(actor=actor, party=party, now=now, key=key), about=name)
    return held


@transaction.atomic
def assign_cases(
    *, cases: Sequence[Case], assignee: Any | None, actor: Person, now: datetime.datetime
) -> int:
    """Give many at once, all or none; always locked in one order. Answers how many changed."""
    changed = 0
    for case in sorted(cases, key=lambda each: each.pk):
        before = case.assignee_id
        after = assign_case(case=case, assignee=assignee, actor=actor, now=now).assignee_id
        changed += before != after
    return changed


@transaction.atomic
def hand_over(
    *, case: Case, office: Office, reason: str, actor: Person, now: datetime.datetime, key: str
) -> Case:
    """Let another office go on, with all that was written; the former one sees it no more."""
    held = case.held()
    if was_done(held, key):
        return held
    if not held.is_open or not can_work_on_case(actor, held):
        raise CaseRefused(_("이 신청을 맡은 기관의 직원만 넘길 수 있습니다."))
    if office.pk == held.office_id:
        raise CaseRefused(_("이미 그 기관이 맡고 있습니다."))
    if not reason.strip():
        raise CaseRefused(_("왜 넘기는지 적어 주세요. 시민에게도 보입니다."))
    party = party_of(actor, held)
    assert party is not None  # noqa: S101  (who is nobody was refused)
    deed = Deed(actor=actor, party=party, now=now, key=key)
    write_down(held, Step.HANDED_OVER, deed, about=office.name, text=reason.strip())
    held.office, held.assignee = office, None
    held.save(update_fields=["office", "assignee"])
    return held
