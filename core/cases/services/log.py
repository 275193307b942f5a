"""What every service does: lock the case, know a click that came twice, write the log's line."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from core.cases.enums import EventKind, Party
from core.cases.errors import CaseHidden, CaseRefused, KeyUsed
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


def refuse_forgotten(case: Case) -> None:
    """Raise CaseRefused for what is nobody's any more: no word of it would ever be erased."""
    if case.is_forgotten:
        raise CaseRefused(_("신청한 분의 개인정보를 지운 신청이라 더 처리하거나 적을 수 없습니다."))


def done_before(
    case: Case, key: str, kind: EventKind, *, words: str | None = None, **told: object
) -> CaseEvent | None:
    """Answer what this very request did when it came the first time, or None.

    Raises KeyUsed where the key was used for something else: another deed, other words or, as
    `told` says of the line, another move or office. Somebody who goes back to a page that has done
    its work and sends it with something else must not be told that this was done.
    """
    _check_key(key)
    event = CaseEvent.objects.of(case).filter(key=key).first()
    if event is None:
        return None
    is_same = event.kind == kind and all(getattr(event, name) == one for name, one in told.items())
    if not is_same or (words is not None and words_of(event) != plain(words)):
        raise KeyUsed(used())
    return event


def done_before_in(
    cases: Iterable[Case], key: str, kind: EventKind, *, to_person_id: int
) -> frozenset[int]:
    """Answer the numbers of those in which this very request was done before, as above."""
    _check_key(key)
    found = CaseEvent.objects.filter(case__in=[case.pk for case in cases], key=key)
    done = list(found.order_by("pk").values_list("case", "kind", "to_person"))
    if {one[1:] for one in done} - {(kind, to_person_id)}:
        raise KeyUsed(used())
    return frozenset(one[0] for one in done)


def words_of(event: CaseEvent) -> str:
    """Answer what was written with a line; nothing where that was erased."""
    kept = CaseWords.objects.filter(event=event).first()
    return kept.text if kept else ""


def _check_key(key: str) -> None:
    if not key or len(key) > LONGEST_KEY:
        raise ValueError("Every request has a key of its own, of 64 letters at most.")


def used() -> str:
    return _(
        "이 화면으로 보낸 것은 이미 처리했습니다. 지금 보낸 것은 처리하지 않았습니다. "
        "필요하면 한 번 더 보내 주세요."
    )


def party_of(actor: Actor, case: Case, among: frozenset[Party] | None = None) -> Party:
    """Answer as what somebody acts: a manager does a worker's work as a worker."""
    parties = parties_of(actor, case)
    chosen = parties & among if among else parties
    return next(party for party in RANK if party in chosen)


def plain(words: str) -> str:
    """Answer the words as they are kept: without blanks around them."""
    return words.strip().replace("\x00", "")


def cleaned(words: str, *, called: object = "") -> str:
    """Answer the words without blanks around them; raises CaseRefused where they are needed."""
    words = plain(words)
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
