"""Compares a name with the one on a slip; too many wrong ones lock the number for a day.

The log of the case counts them: it forgets none, whatever becomes of Redis, and whoever works on
the case reads there that somebody tried.
"""

import datetime
import hmac
import unicodedata
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from core.cases.enums import EventKind, Party
from core.cases.models import Case, CaseEvent
from core.cases.notices import RequestNumberLocked
from core.cases.permissions import PaperHolder
from core.cases.services.log import locked, write
from core.cases.telling import tell_themselves

MOST_WRONG = 5
# Within which wrong names count together, and how long the number is locked after the last.
COUNTED_FOR = LOCKED_FOR = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NameCheck:
    """Whether it is the name on the slip; it is not even compared while the number is locked."""

    is_right: bool
    locked_until: datetime.datetime | None = None


def locked_until(case: Case, *, now: datetime.datetime) -> datetime.datetime | None:
    """Answer until when the number on the slip makes no move; a new slip is not locked."""
    last = _turns(case).order_by("-pk").first()
    if last is None or last.kind != EventKind.CODE_LOCKED:
        return None
    until = last.at + LOCKED_FOR
    return until if now < until else None


@transaction.atomic
def check_name(*, case_id: int, told: str, now: datetime.datetime) -> NameCheck:
    """Compare a name; a wrong one is written down, and the last of too many locks the number."""
    case = locked(case_id, PaperHolder(case_id))
    if until := locked_until(case, now=now):
        return NameCheck(is_right=False, locked_until=until)
    if _is_same(told, case.applicant):
        return NameCheck(is_right=True)
    _write(case, EventKind.NAME_WRONG, now=now)
    if _wrong_of_late(case, now=now) < MOST_WRONG:
        return NameCheck(is_right=False)
    line = _write(case, EventKind.CODE_LOCKED, now=now, is_told=True)
    tell_themselves(case, RequestNumberLocked, cause=f"locked:{line.pk}", now=now)
    return NameCheck(is_right=False, locked_until=now + LOCKED_FOR)


def _turns(case: Case) -> QuerySet[CaseEvent]:
    """Keep the lines after which counting begins anew."""
    return CaseEvent.objects.of(case).filter(
        kind__in=(EventKind.CODE_ISSUED, EventKind.CODE_LOCKED)
    )


def _wrong_of_late(case: Case, *, now: datetime.datetime) -> int:
    turn = _turns(case).order_by("-pk").values_list("pk", flat=True).first() or 0
    wrong = CaseEvent.objects.of(case).filter(kind=EventKind.NAME_WRONG, pk__gt=turn)
    return wrong.filter(at__gt=now - COUNTED_FOR).count()


def _write(
    case: Case, kind: EventKind, *, now: datetime.datetime, is_told: bool = False
) -> CaseEvent:
    # Not by the form's own key: sent with one key again and again, other names must count as well.
    number = CaseEvent.objects.of(case).filter(kind=kind).count() + 1
    return write(
        case,
        kind,
        actor=PaperHolder(case.pk),
        party=Party.PAPER,
        key=f"{kind}:{number}",
        now=now,
        is_told=is_told,
    )


def _is_same(told: str, held: str) -> bool:
    told, held = _plain(told), _plain(held)
    return bool(held) and hmac.compare_digest(told.encode(), held.encode())


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFC", name).casefold().split())
