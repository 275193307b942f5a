"""What waits of requests: mine, my office's, what is late, what is nobody's, what climbed."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from core.cases.models import Case, CaseTally
from core.cases.models.case import CaseQuerySet
from core.cases.permissions import can_assign_some, can_see_figures, can_work_on_some
from core.cases.queries import told_open
from core.desk.worklists import Worklist, count_capped

CHANGELIST = "admin:cases_case_changelist"
Rows = Callable[[CaseQuerySet, Any], CaseQuerySet]


def mine(rows: CaseQuerySet, person: Any) -> CaseQuerySet:
    return rows.open().assigned_to(person.pk)


def of_office(rows: CaseQuerySet, person: Any) -> CaseQuerySet:
    return rows.open()


def overdue(rows: CaseQuerySet, person: Any) -> CaseQuerySet:
    return rows.overdue_on(timezone.localdate())


def unassigned(rows: CaseQuerySet, person: Any) -> CaseQuerySet:
    return rows.unassigned()


def escalated(rows: CaseQuerySet, person: Any) -> CaseQuerySet:
    """What climbed to whoever runs the office: theirs alone, where they work in several."""
    managed = person.managed_office_ids
    return rows.escalated().filter(office__in=sorted(managed)) if managed else rows.escalated()


def closed(rows: CaseQuerySet, person: Any) -> CaseQuerySet:
    return rows.filter(closed_at__isnull=False)


# In the order of the list's own filter; the first is what it shows unasked.
LISTS: dict[str, tuple[str, Rows]] = {
    "office": ("우리 기관에서 처리 중", of_office),
    "mine": ("내가 맡음", mine),
    "overdue": ("기한이 지남", overdue),
    "unassigned": ("담당자 없음", unassigned),
    "escalated": ("책임자에게 올라옴", escalated),
    "closed": ("끝남", closed),
}


def waiting_in(name: str) -> Callable[[Any], int]:
    """Answer what counts a list for a person, along its index and no further than needed."""
    _, keep = LISTS[name]

    def count(person: Any) -> int:
        return count_capped(keep(Case.objects.worked_on_by(person), person))

    return count


def _worklist(name: str, **told: Any) -> Worklist:
    return Worklist(
        url_name=CHANGELIST,
        query=f"list={name}",
        waiting_for=waiting_in(name),
        **{"is_for": can_work_on_some, **told},
    )


WORKLISTS = (
    _worklist(
        "mine",
        title="내가 맡은 신청",
        about="내가 담당자인 신청입니다. 기한이 가까운 것부터 보입니다.",
        icon="assignment_ind",
    ),
    _worklist(
        "office",
        title="우리 기관 신청",
        about="우리 기관에서 처리 중인 모든 신청입니다.",
        icon="inbox",
    ),
    _worklist(
        "overdue",
        title="기한이 지난 신청",
        about="처리 기한이 지난 신청입니다. 시민을 기다리는 동안은 세지 않습니다.",
        icon="schedule",
    ),
    _worklist(
        "unassigned",
        title="담당자 없는 신청",
        about="아직 아무도 맡지 않은 신청입니다.",
        icon="person_add",
    ),
    _worklist(
        "escalated",
        title="책임자에게 올라온 신청",
        about="기한이 지나 책임자가 살펴야 하는 신청입니다.",
        icon="priority_high",
        is_for=can_assign_some,
    ),
    Worklist(
        title="기관별 신청 현황",
        about="온 시의 기관에서 처리 중인 신청의 수(10건 단위, 10건 미만은 0)입니다.",
        icon="monitoring",
        url_name="admin:cases_case_figures",
        is_for=can_see_figures,
        waiting_for=lambda person: told_open(CaseTally.objects.of_offices(None).total()) or 0,
    ),
)
