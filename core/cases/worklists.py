"""What waits for whoever works on cases: theirs, their office's, what is late, what nobody has."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from core.cases.models import Case
from core.desk.worklists import Worklist, count_capped
from core.offices.people import Person, is_person


def of_list(name: str, actor: Person) -> Any:
    """Answer the open cases of a worklist, most urgent first; an unknown name is the office's."""
    rows = Case.objects.lying_with(actor.office_ids).open()
    match name:
        case "mine":
            rows = rows.filter(assignee=actor.pk)
        case "overdue":
            rows = rows.overdue_on(timezone.localdate())
        case "unassigned":
            rows = rows.unassigned()
    return rows.most_urgent_first()


def _waiting(name: str) -> Callable[[Any], int]:
    return lambda actor: count_capped(of_list(name, actor))


def _worklist(name: str, title: str, about: str, icon: str) -> Worklist:
    return Worklist(
        title=title,
        about=about,
        is_for=lambda user: is_person(user) and bool(user.office_ids),
        url_name="admin:cases_case_changelist",
        query=f"list={name}",
        icon=icon,
        waiting_for=_waiting(name),
    )


# What is in each, by the name that its address has.
LISTS = {
    "mine": "내가 맡은 신청",
    "overdue": "기한이 지난 신청",
    "unassigned": "맡은 사람 없는 신청",
    "office": "우리 기관의 신청",
}
ABOUT = {
    "mine": ("기한이 가까운 것부터 보입니다.", "person"),
    "overdue": ("우리 기관에서 기한을 넘긴 신청입니다.", "alarm"),
    "unassigned": ("아무도 맡지 않은 신청입니다.", "person_add"),
    "office": ("우리 기관이 맡은, 끝나지 않은 신청입니다.", "inbox"),
}
WORKLISTS = tuple(_worklist(name, title, *ABOUT[name]) for name, title in LISTS.items())
