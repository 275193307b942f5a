"""Takes a request in, and gives it to the office whose it is."""

import datetime
import uuid
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core.cases.declaration import CaseKind
from core.cases.enums import Duplicates, EventKind, Party
from core.cases.errors import CaseHidden, CaseRefused, KeyUsed
from core.cases.models import Case, CaseEvent
from core.cases.notices import RequestOpened
from core.cases.permissions import Actor, TheSystem, can_open_case, can_read_case
from core.cases.queries import find_duplicates
from core.cases.registry import get_kind
from core.cases.services.log import (
    cleaned,
    one_at_a_time,
    party_of,
    used,
    words_of,
    write,
)
from core.cases.staff import office_answering
from core.cases.telling import tell_themselves
from core.cases.terms import due_after
from core.offices.models import Office
from core.offices.people import Person
from core.records.presence import is_staying

LONGEST_SUBJECT, LONGEST_NAME = 120, 60
OPENED = "opened"
# Of whose opening the person hears: of their own they know, and what areas do is theirs to tell.
SOMEBODY_ELSE = frozenset({Party.HELPER, Party.WORKER})
OfficeOf = Callable[[Person | None], int]


@transaction.atomic
def open_case(
    *,
    kind: str,
    person: Person | None,
    applicant: str,
    actor: Actor,
    key: uuid.UUID,
    now: datetime.datetime,
    subject: str = "",
    words: str = "",
    office_id: int | None = None,
) -> Case:
    """Open a case in its first state; the same key opens it once.

    Where the key is that of another request (a clerk went back to the form of whoever came before),
    nothing is opened and nothing of the other one shown: raises KeyUsed.

    It lies with the office that was asked or, while nobody works there, with who stands in for it;
    the log's first line then names the one that was asked.
    `person` is None for somebody without an account. The area's own record is written by the area,
    in the same transaction. Raises CaseRefused (a second request while the first is open, where the
    kind takes none; no office that is responsible) and UnknownKind.
    """
    declared = get_kind(kind)
    person_id = person.pk if person else None
    asked_id = office_id or _office_for(declared, person)
    if not can_open_case(actor, kind=kind, person_id=person_id, office_id=asked_id):
        raise CaseRefused(_("이 신청을 대신 낼 수 없습니다."))
    one_at_a_time(kind, str(key), str(person_id or key))
    if person is not None and not is_staying(person):
        raise CaseRefused(_("계정을 지웠거나 지우고 있는 분이라 신청을 받을 수 없습니다."))
    if (opened := Case.objects.filter(opened_key=key).first()) is not None:
        if (opened.kind, opened.person_id) != (kind, person_id):
            if can_read_case(actor, opened):
                raise KeyUsed(used())
            raise CaseHidden(_("이 신청을 찾을 수 없습니다."))
        _refuse_another(opened, applicant=applicant, subject=subject, words=words)
        return opened
    if declared.duplicates == Duplicates.REFUSED and find_duplicates(kind, person_id).exists():
        raise CaseRefused(_("같은 신청이 이미 처리되고 있습니다. 내 신청에서 확인해 주세요."))
    office_id = office_answering(declared, asked_id, on=timezone.localdate(now))
    _refuse_wrong_office(declared, office_id)
    case = Case.objects.create(
        kind=kind,
        state=declared.start.slug,
        subject=cleaned(subject)[:LONGEST_SUBJECT],
        person_id=person_id,
        applicant=cleaned(applicant)[:LONGEST_NAME],
        office_id=office_id,
        opened_at=now,
        due_date=due_after(declared.start, on=timezone.localdate(now)),
        opened_key=key,
    )
    party = _party(actor, case)
    write(
        case,
        EventKind.OPENED,
        actor=actor,
        party=party,
        key=OPENED,
        now=now,
        words=cleaned(words),
        words_told=True,
        version=1,
        to_state=case.state,
        to_office_id=None if office_id == asked_id else asked_id,
        is_told=True,
    )
    if party in SOMEBODY_ELSE:
        tell_themselves(case, RequestOpened, cause=OPENED, now=now)
    return case


def _refuse_wrong_office(kind: CaseKind, office_id: int) -> None:
    office = Office.objects.only("kind").get(pk=office_id)
    if office.kind not in kind.held_by:
        raise CaseRefused(_("이 기관에서는 이 신청을 맡지 않습니다."))


def _refuse_another(case: Case, *, applicant: str, subject: str, words: str) -> None:
    opened = CaseEvent.objects.of(case).filter(key=OPENED).get()
    kept = (case.applicant, case.subject, words_of(opened))
    told = (cleaned(applicant)[:LONGEST_NAME], cleaned(subject)[:LONGEST_SUBJECT], cleaned(words))
    if kept != told:
        raise KeyUsed(used())


def _office_for(kind: CaseKind, person: Person | None) -> int:
    find: OfficeOf = import_string(kind.office)
    try:
        return find(person)
    except ValueError as fault:
        raise CaseRefused(str(fault)) from fault


def _party(actor: Actor, case: Case) -> Party:
    """Answer as what somebody opened it; a helper who also works elsewhere is a helper."""
    return Party.SYSTEM if isinstance(actor, TheSystem) else party_of(actor, case)
