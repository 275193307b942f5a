"""Tells people of a request, in the transaction of what was done with it.

Whoever asked hears of what others did, never of their own step; whoever runs an office, of what
is late there; a person hears of everything that a helper did for them (the setting HELPER_ACTED).
"""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.cases.declaration import Move
from core.cases.enums import Party
from core.cases.errors import ActingRefused, CaseHidden
from core.cases.models import Case
from core.cases.notices import OfficeIsLate, RequestAsks, RequestComes, RequestMoved
from core.cases.staff import all_stand_ins_of, staff_of
from core.cases.wording import OfRequest
from core.notices.services.telling import tell, tell_many
from core.offices.models import Office

OWN_STEPS = frozenset({Party.CITIZEN, Party.HELPER})


def tell_of_move(case: Case, move: Move, party: Party, *, now: datetime.datetime) -> None:
    """Tell of a move by the message that it names, or the one that fits."""
    if party in OWN_STEPS:
        return
    if move.notice:
        notice: type[OfRequest] = import_string(move.notice)
    else:
        notice = RequestAsks if case.stands.pauses else RequestMoved
    tell_of(case, notice, cause=str(case.version), now=now)


def tell_of(case: Case, notice: type[OfRequest], *, cause: str, now: datetime.datetime) -> None:
    """Tell whoever asked, or whom they chose to be told; of nobody's case (on paper) nobody."""
    _tell(case, notice, cause=cause, matter=case.kind, now=now)


def tell_themselves(
    case: Case, notice: type[OfRequest], *, cause: str, now: datetime.datetime
) -> None:
    """Tell whoever it is about, also where they have such messages go to a helper."""
    _tell(case, notice, cause=cause, matter="", now=now)


def _tell(
    case: Case, notice: type[OfRequest], *, cause: str, matter: str, now: datetime.datetime
) -> None:
    if case.person_id is None:
        return
    tell(
        notice=notice,
        person=case.person_id,
        facts={"kind": case.kind, "state": case.state},
        cause=f"case:{case.pk}:{cause}",
        url=f"/my/requests/{case.pk}/",
        matter=matter,
        now=now,
    )


def tell_managers(late: dict[int, int], *, now: datetime.datetime) -> None:
    """Tell the managers of each office how many of its cases climbed: a statement an office.

    Where an office has no manager, those of the first that stands in for it hear.
    """
    day = timezone.localdate(now)
    offices = Office.objects.in_bulk(late)
    by_office = _managers_in(late, day)
    for office_id in sorted(set(late) - set(by_office)):
        desks = all_stand_ins_of(office_id, on=day)
        answering = _managers_in(desks, day)
        if people := next((answering[one] for one in desks if one in answering), None):
            by_office[office_id] = people
    for office_id, people in sorted(by_office.items()):
        tell_many(
            notice=OfficeIsLate,
            people=people,
            facts={"office": str(offices[office_id]), "number": late[office_id]},
            cause=f"late:{office_id}:{day}",
            url="/admin/cases/case/?list=escalated",
            now=now,
        )


def tell_who_runs(case: Case, *, now: datetime.datetime) -> None:
    """Tell those who run the office to which a request was handed over."""
    people = _managers_in([case.office_id], timezone.localdate(now)).get(case.office_id, [])
    tell_many(
        notice=RequestComes,
        people=people,
        facts={"office": str(case.office), "number": case.pk},
        cause=f"case:{case.pk}:comes:{case.version}",
        url=f"/admin/cases/case/{case.pk}/change/",
        now=now,
    )


def _managers_in(office_ids: Iterable[int], day: datetime.date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for office_id, person_id, *_name in staff_of(office_ids, on=day, managers_only=True):
        found.setdefault(office_id, []).append(person_id)
    return found


def keep_for_person(
    case: Case, helper: Any, what: Callable[[], str], *, now: datetime.datetime
) -> None:
    """Let the person see what a helper did; undone with it where nothing lets the helper do so.

    Raises CaseHidden then: it is no request of theirs any more.
    """
    if case.person_id is None:
        return
    with override("ko"):  # kept as it is written: whoever helped may have read English
        said = f"{case.title} #{case.pk}: {what()}"
    try:
        import_string(settings.HELPER_ACTED)(
            helper=helper, person_id=case.person_id, purpose=case.kind, what=said, now=now
        )
    except ActingRefused as refused:  # ended while the request was under way
        raise CaseHidden(_("이 신청을 찾을 수 없습니다.")) from refused
