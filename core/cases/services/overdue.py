"""Brings what is late before the manager: once for each term."""

import datetime

from django.db import transaction
from django.utils import timezone

from core.cases.enums import Party, Step
from core.cases.models import Case, CaseEvent

AT_ONCE = 1_000


@transaction.atomic
def escalate_overdue(*, now: datetime.datetime) -> int:
    """Mark up to AT_ONCE cases whose term is over; the caller goes on until it answers 0.

    Two runs at once take different ones, and one that is killed leaves them as they were.
    """
    late = (
        Case.objects.overdue_on(timezone.localdate(now))
        .filter(escalated_at=None)
        .order_by("due_date", "pk")
        .select_for_update(skip_locked=True, of=("self",))
    )
    rows = list(late.values_list("pk", "state")[:AT_ONCE])
    CaseEvent.objects.bulk_create(
        CaseEvent(case_id=number, step=Step.ESCALATED, at=now, party=Party.SYSTEM, state=state)
        for number, state in rows
    )
    return Case.objects.filter(pk__in=[number for number, _ in rows]).update(escalated_at=now)
