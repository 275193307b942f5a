"""Opens cases, and ties those together that belong together."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.cases.declaration import CaseKind
from core.cases.enums import Party, Step
from core.cases.models import Case
from core.cases.permissions import can_read_case, can_work_on_case, party_of
from core.cases.services.clock import enter
from core.cases.services.log import CaseRefused, Deed, was_done, write_down
from core.offices.people import Person


@transaction.atomic
def open_case(
    *,
    kind: CaseKind,
    person: Any | None,
    subject: str,
    key: str,
    now: datetime.datetime,
    actor: Person | None = None,
    text: str = "",
    office_id: int | None = None,
) -> Case:
    """Open a case with the office that the kind names, or the one given; once for each `key`.

    `person` is whom it is for, `actor` who opens it (a helper, a clerk at the counter; the person
    themselves unless told). Raises CaseRefused where no office is known, or where the kind allows
    one open case and there is one.
    """
    if (known := Case.objects.filter(opening_key=key).first()) is not None:
        return known
    where = office_id or kind.default_office(person)
    if where is None:
        raise CaseRefused(_("어느 기관이 맡을지 알 수 없습니다. 사는 동을 알려 주세요."))
    if kind.is_single and person and open_duplicates(person_id=person.pk, kind=kind).exists():
        raise CaseRefused(_("같은 신청이 이미 진행되고 있습니다. ‘내 신청’에서 볼 수 있습니다."))
    case = Case(
        kind=kind.slug, person=person, office_id=where, subject=subject,
        opened_at=now, opening_key=key,
    )  # fmt: skip
    enter(case, kind.first, now=now)
    # Two at the same moment: the second waits here for the first, and is answered by its case.
    made, is_new = Case.objects.get_or_create(opening_key=key, defaults=_columns(case))
    if is_new:
        who = actor if actor is not None else person
        party = party_of(who, made) or (Party.SYSTEM if who is None else Party.HELPER)
        write_down(made, Step.OPENED, Deed(actor=who, party=party, now=now), text=text)
    return made


def _columns(case: Case) -> dict[str, Any]:
    names = ("number", "kind", "person", "office_id", "subject", "opened_at", "state", "due_date")
    return {name: getattr(case, name) for name in names}


def open_duplicates(*, person_id: int, kind: CaseKind) -> "QuerySet[Case]":
    """Answer a person's open cases of one kind."""
    return Case.objects.asked_by(person_id).open().filter(kind=kind.slug)


@transaction.atomic
def link_cases(
    *, case: Case, other: Case, actor: Person, now: datetime.datetime, key: str = ""
) -> None:
    """Note in both logs that the two belong together."""
    one, two = sorted((case, other), key=lambda each: each.pk)
    held = [one.held(), two.held()]
    if held[0].pk == held[1].pk or was_done(held[0], key):
        return
    if not can_work_on_case(actor, case.held()) or not can_read_case(actor, other.held()):
        raise CaseRefused(_("두 신청을 모두 볼 수 있는 직원만 이을 수 있습니다."))
    for mine, its_other in (held, held[::-1]):
        party = party_of(actor, mine) or Party.WORKER
        deed = Deed(actor=actor, party=party, now=now, key=key)
        write_down(mine, Step.LINKED, deed, about=its_other.number)
