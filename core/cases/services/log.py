"""What every service does: lock the case, know a click that came twice, write the log's line."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from core.cases.enums import EventKind, Party
from core.cases.errors import CaseHidden, CaseRefused
from core.cases.models import Case, CaseEvent, CaseWords
from core.cases.permissions import Actor, can_read_case, parties_of
from core.cases.telling import keep_for_person
from core.offices.people import is_person
from core.records.resident_numbers import holds_resident_number, refusal

LONGEST_KEY, LONGEST_WORDS = 64, 4000
# Of the sides on which somebody may stand, the one that the log names.
RANK = (Party.CITIZEN, Party.HELPER, Party.PAPER, Party.WORKER, Party.MANAGER, Party.SYSTEM)


def one_at_a_time(*names: str) -> None:
    """Let nobody else open the same thing until this transaction ends."""
    with connection.cursor() as cursor:
        for name in sorted({f"{names[0]}:{name}" for name in names[1:]}):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def locked(case_id: int, actor: Actor) -> Case:
    """Answer the case as it stands, held until the transaction ends.

    Raises CaseHidden where there is none that this person may see.
    """
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None or not can_read_case(actor, case):
        raise CaseHidden(_("이 신청을 찾을 수 없습니다."))
    return case


def all_locked(case_ids: Collection[int], actor: Actor) -> list[Case]:
    """Answer many at once, held in the order of their numbers: two who do so never deadlock.

    Raises CaseHidden where this person may not see one of them.
    """
    rows = Case.objects.select_for_update(of=("self",)).filter(pk__in=sorted(case_ids))
    cases = list(rows.order_by("pk"))
    if len(cases) < len(case_ids) or not all(can_read_case(actor, case) for case in cases):
        raise CaseHidden(_("이 신청을 찾을 수 없습니다."))
    return cases


def done_before(case: Case, key: str, kind: EventKind) -> CaseEvent | None:
    """Answer what this very request did when it came the first time, or None.

    Raises CaseRefused where the key was used for something else.
    """
    _check_key(key)
    event = CaseEvent.objects.of(case).filter(key=key).first()
    if event is not None and event.kind != kind:
        raise CaseRefused(_used())
    return event


def done_before_in(cases: Iterable[Case], key: str, kind: EventKind) -> frozenset[int]:
    """Answer the numbers of those in which this very request was done before, as above."""
    _check_key(key)
    found = CaseEvent.objects.filter(case__in=[case.pk for case in cases], key=key)
    done = dict(found.order_by("pk").values_list("case", "kind"))
    if set(done.values()) - {kind}:
        raise CaseRefused(_used())
    return frozenset(done)


def _check_key(key: str) -> None:
    if not key or len(key) > LONGEST_KEY:
        raise ValueError("Every request has a key of its own, of 64 letters at most.")


def _used() -> str:
    return _("이미 처리한 요청입니다. 화면을 새로 고쳐 주세요.")


def party_of(actor: Actor, case: Case, among: frozenset[Party] | None = None) -> Party:
    """Answer as what somebody acts: a manager does a worker's work as a worker."""
    parties = parties_of(actor, case)
    chosen = parties & among if among else parties
    return next(party for party in RANK if party in chosen)


def cleaned(words: str, *, called: object = "") -> str:
    """Answer the words without blanks around them; raises CaseRefused where they are needed."""
    words = words.strip().replace("\x00", "")
    if called and not words:
        raise CaseRefused(_("적어 주세요: %(what)s") % {"what": called})
    if len(words) > LONGEST_WORDS:
        raise CaseRefused(_("%(most)s자까지 쓸 수 있습니다.") % {"most": f"{LONGEST_WORDS:,}"})
    if holds_resident_number(words):
        raise CaseRefused(refusal())
    return words


def write(
    case: Case,
    kind: EventKind,
    *,
    actor: Actor,
    party: Party,
    key: str,
    now: datetime.datetime,
    words: str = "",
    words_told: bool = False,
    **fields: Any,
) -> CaseEvent:
    """Add the line, and what was written with it."""
    event = line_of(case, kind, actor=actor, party=party, key=key, now=now, **fields)
    event.save(force_insert=True)
    if words:
        CaseWords.objects.create(event=event, case=case, text=words, is_told=words_told)
    if party == Party.HELPER:
        keep_for_person(case, actor, lambda: _said(case, event), now=now)
    return event


def line_of(
    case: Case,
    kind: EventKind,
    *,
    actor: Actor,
    party: Party,
    key: str,
    now: datetime.datetime,
    **fields: Any,
) -> CaseEvent:
    """Make the line, not yet written; of staff it says from which office."""
    is_staff = party in (Party.WORKER, Party.MANAGER)
    return CaseEvent(
        case=case,
        kind=kind,
        at=now,
        party=party,
        actor_id=actor.pk if is_person(actor) else None,
        office_id=fields.pop("office_id", case.office_id) if is_staff else None,
        key=key,
        **fields,
    )


def _said(case: Case, event: CaseEvent) -> str:
    """Say what was done as the person reads it among what their helper did."""
    move = case.declared.move(event.move) if event.move else None
    return str(move.title if move else event.get_kind_display())
