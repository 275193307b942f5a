"""Notes who opened a case, and who took a file of it along: once an hour for each of them."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cases.enums import EventKind, Party
from core.cases.errors import CaseHidden
from core.cases.models import Attachment, Case, CaseEvent
from core.cases.permissions import Actor, can_read_attachment, can_read_case, parties_of
from core.cases.services.log import party_of, write
from core.offices.people import is_person


def record_view(*, case: Case, actor: Actor, now: datetime.datetime) -> None:
    """Note that somebody opened a case, whoever it is: at the desk, at home or with a slip."""
    if not can_read_case(actor, case):
        raise CaseHidden(_("이 신청을 찾을 수 없습니다."))
    _look(case, EventKind.VIEWED, "view", actor=actor, now=now)


def record_download(*, file: Attachment, actor: Actor, now: datetime.datetime) -> None:
    """Note that somebody took a file along."""
    if not can_read_attachment(actor, file):
        raise CaseHidden(_("이 신청을 찾을 수 없습니다."))
    kind = EventKind.DOWNLOADED
    _look(file.case, kind, f"file-{file.pk}", actor=actor, now=now, number=file.pk)


def _look(
    case: Case,
    kind: EventKind,
    what: str,
    *,
    actor: Actor,
    now: datetime.datetime,
    number: int | None = None,
) -> None:
    """Add the line unless this hour has it; a helper's is told to the person with it.

    The case is not locked: whoever reads does not wait for whoever writes.
    """
    who = actor.pk if is_person(actor) else "paper"
    key = f"{what}:{who}:{timezone.localtime(now):%Y%m%d%H}"
    if CaseEvent.objects.of(case).filter(key=key).exists():
        return
    party = party_of(actor, case) if parties_of(actor, case) else Party.OVERSEER
    try:
        with transaction.atomic():
            write(case, kind, actor=actor, party=party, key=key, now=now, file_number=number)
    except IntegrityError:
        # Opened twice at once: the other one's line tells of both.
        if not CaseEvent.objects.of(case).filter(key=key).exists():
            raise
