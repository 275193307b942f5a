"""Moves a case from state to state, as its kind declares, and tells the person."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cases.declaration import CaseKind, Move, State
from core.cases.enums import Duplicates, EventKind
from core.cases.errors import CaseRefused
from core.cases.models import Case, CaseEvent
from core.cases.permissions import Actor, can_move_case, parties_of
from core.cases.queries import find_duplicates, why_not_reopened, why_unshared
from core.cases.registry import declared_kinds
from core.cases.services.log import (
    cleaned,
    done_before,
    locked,
    one_at_a_time,
    party_of,
    refuse_forgotten,
    write,
)
from core.cases.telling import tell_of_move
from core.cases.terms import set_clock
from core.records.reading import system_reading


class MoveRefused(CaseRefused):
    """The move is none from where the case stands, or not this person's to make."""


@transaction.atomic
def move(
    *, case_id: int, name: str, actor: Actor, key: str, now: datetime.datetime, words: str = ""
) -> CaseEvent:
    """Make one declared move, once for each key; answers its line in the log.

    Raises CaseHidden, MoveRefused, and CaseRefused where words are needed.
    """
    _keep_others_from_opening(case_id, name)
    case = locked(case_id, actor)
    if (done := done_before(case, key, EventKind.MOVED, move=name, words=words)) is not None:
        return done
    kind = declared_kinds().get(case.kind)
    chosen = kind.move(name) if kind else None
    if chosen is None:
        raise MoveRefused(_("이 신청에는 그런 처리가 없습니다."))
    return _make(case, chosen, actor=actor, key=key, now=now, words=words)


def _keep_others_from_opening(case_id: int, name: str) -> None:
    """Before a case is opened again that may be open once, hold what holds whoever opens another.

    Before its row is locked, as there: two who wait for each other would wait for ever.
    """
    with system_reading("whether something else of the same kind must wait"):
        row = Case.objects.filter(pk=case_id).values_list("kind", "person").first()
    slug, person_id = row or ("", None)
    kind = declared_kinds().get(slug)
    chosen = kind.move(name) if kind else None
    if kind and chosen and person_id and kind.opens_again(chosen):
        one_at_a_time(slug, str(person_id))


@transaction.atomic
def answer(*, case_id: int, actor: Actor, key: str, now: datetime.datetime, text: str) -> CaseEvent:
    """Answer what was asked, by whatever move the kind declares for it; the clock runs on."""
    case = locked(case_id, actor)
    if (done := done_before(case, key, EventKind.MOVED, words=text)) is not None:
        return done
    kind = declared_kinds().get(case.kind)
    ways = kind.moves_from(case.state, parties_of(actor, case)) if kind else ()
    chosen = next((one for one in ways if kind and kind.answers(one)), None)
    if chosen is None:
        raise MoveRefused(_too_late())
    return _make(case, chosen, actor=actor, key=key, now=now, words=text)


def _make(
    case: Case, chosen: Move, *, actor: Actor, key: str, now: datetime.datetime, words: str
) -> CaseEvent:
    refuse_forgotten(case)
    if case.state not in chosen.source:
        raise MoveRefused(_too_late())
    if not can_move_case(actor, case, chosen):
        raise MoveRefused(_("이 처리는 다른 사람이 하는 일입니다."))
    if chosen.shares and (why := why_unshared(case)):
        raise MoveRefused(why)
    words = cleaned(words, called=chosen.words if chosen.needs_words else "")
    kind = case.declared
    before, after = kind.state(case.state), kind.state(chosen.target)
    if before.is_end and not after.is_end:
        _refuse_open_elsewhere(case, kind)
    step_to(case, after, now=now)
    party = party_of(actor, case, chosen.by)
    event = write(
        case,
        EventKind.MOVED,
        actor=actor,
        party=party,
        key=key,
        now=now,
        words=words,
        words_told=chosen.is_told,
        version=case.version,
        move=chosen.name,
        from_state=before.slug,
        to_state=after.slug,
        is_told=True,
    )
    tell_of_move(case, chosen, party, now=now)
    return event


def _refuse_open_elsewhere(case: Case, kind: CaseKind) -> None:
    others = find_duplicates(case.kind, case.person_id, but=case.pk)
    if kind.duplicates == Duplicates.REFUSED and others.exists():
        raise MoveRefused(_("같은 신청이 이미 처리되고 있습니다. 내 신청에서 확인해 주세요."))
    if why := why_not_reopened(case):
        raise MoveRefused(why)


def step_to(case: Case, after: State, *, now: datetime.datetime) -> None:
    """Bring a locked case to a state, with its clock; the line in the log is the caller's."""
    before = case.stands
    interrupted = _interrupted(case, case.declared) if before.pauses else ""
    set_clock(case, before=before, after=after, interrupted=interrupted, on=timezone.localdate(now))
    case.state = after.slug
    case.closed_at = now if after.is_end else None
    save_step(case)


def save_step(case: Case) -> None:
    case.version += 1
    case.save(
        update_fields=[
            "state", "due_date", "paused_date", "escalated_at", "closed_at", "version"
        ]
    )  # fmt: skip


def _interrupted(case: Case, kind: CaseKind) -> str:
    """Answer the state in which the citizen was asked: the last one that was left for a pause."""
    waiting = [state.slug for state in kind.states if state.pauses]
    steps = CaseEvent.objects.of(case).filter(kind=EventKind.MOVED).exclude(from_state__in=waiting)
    last = steps.order_by("-pk").first()
    return last.from_state if last else ""


def _too_late() -> str:
    return _("그 사이에 처리되어 지금은 할 수 없습니다. 화면을 새로 고쳐 확인해 주세요.")
