"""Takes work back from somebody who left, and hands on what lies where nobody works."""

import datetime

from django.db import transaction
from django.utils import timezone

from core.cases.enums import EventKind, Party
from core.cases.models import Case, CaseEvent
from core.cases.notices import RequestHandedOver
from core.cases.permissions import SYSTEM
from core.cases.registry import declared_kinds
from core.cases.services.log import line_of, write
from core.cases.staff import office_answering, staff_of
from core.cases.telling import tell_of
from core.records.reading import system_reading


@transaction.atomic
def release(*, person_id: int, office_id: int, now: datetime.datetime) -> int:
    """Take an office's open requests back from somebody who left it; answer how many.

    They lie with nobody then, where colleagues look for work; the log says whose they were.
    """
    theirs = Case.objects.open().assigned_to(person_id).filter(office=office_id)
    with system_reading("which requests to take back from who left, by their numbers alone"):
        cases = list(theirs.select_for_update(of=("self",)).order_by("pk"))
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(assignee=None, assignee_name="")
    lines = [
        line_of(
            case,
            EventKind.RELEASED,
            actor=SYSTEM,
            party=Party.SYSTEM,
            key=f"released:{person_id}:{now.isoformat()}",
            now=now,
            to_person_id=person_id,
        )
        for case in cases
    ]
    CaseEvent.objects.bulk_create(lines, ignore_conflicts=True)
    return len(cases)


def release_those_who_left(*, now: datetime.datetime) -> int:
    """Do so for everybody whose last day in an office has passed; answer how many requests."""
    held = Case.objects.open().exclude(assignee=None).order_by("office", "assignee")
    pairs = list(held.values_list("office", "assignee").distinct())
    staff = staff_of({office for office, _ in pairs}, on=timezone.localdate(now))
    working = {(office, person) for office, person, _ in staff}
    return sum(
        release(person_id=person, office_id=office, now=now)
        for office, person in pairs
        if (office, person) not in working
    )


def hand_on_stranded(*, now: datetime.datetime) -> int:
    """Hand the open requests of offices without any staff to who stands in; answer how many.

    Where nobody does, they wait where they lie, and the citizen reads whom to call.
    """
    day, handed = timezone.localdate(now), 0
    lying = Case.objects.open().order_by("office", "kind").values_list("office", "kind").distinct()
    pairs = list(lying)
    staffed = {office for office, *_ in staff_of({office for office, _ in pairs}, on=day)}
    for office_id, slug in pairs:
        kind = declared_kinds().get(slug)
        if kind is None or office_id in staffed:
            continue
        heir = office_answering(kind, office_id, on=day)
        if heir != office_id:
            handed += _hand_on(office_id, slug, heir, now=now)
    return handed


@transaction.atomic
def _hand_on(office_id: int, slug: str, heir: int, *, now: datetime.datetime) -> int:
    rows = Case.objects.open().of_kind(slug).filter(office=office_id)
    cases = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for case in cases:
        case.office_id = heir
        case.assignee, case.assignee_name, case.escalated_at = None, "", None
        case.version += 1
        case.save(update_fields=["office", "assignee", "assignee_name", "escalated_at", "version"])
        tell_of(case, RequestHandedOver, cause=str(case.version), now=now)
        write(
            case,
            EventKind.HANDED_OVER,
            actor=SYSTEM,
            party=Party.SYSTEM,
            key=f"stranded:{case.version}",
            now=now,
            to_office_id=heir,
            version=case.version,
            from_state=case.state,
            to_state=case.state,
            is_told=True,
        )
    return len(cases)
