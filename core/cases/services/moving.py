"""Moves a case on, and writes to and from its citizen."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.cases.declaration import Move
from core.cases.enums import ASKING, Party, Step
from core.cases.models import Case
from core.cases.permissions import can_work_on_case, may_move, party_of
from core.cases.services.clock import CLOCK, enter
from core.cases.services.log import CaseRefused, Deed, was_done, write_down
from core.offices.people import Person


@transaction.atomic
def move_case(
    *,
    case: Case,
    move: str,
    actor: Person | None,
    now: datetime.datetime,
    key: str,
    text: str = "",
    party: Party | None = None,
) -> Case:
    """Make a move, and answer the case as it stands then.

    A second request with the same key changes nothing and is answered alike. `party` is told only
    where the actor cannot show it: the holder of a paper code, or the portal itself. Raises
    CaseRefused where the move is not open to this party in this state, or needs a text.
    """
    held = case.held()
    if was_done(held, key):
        return held
    who = party or party_of(actor, held)
    chosen = _move_of(held, move, who)
    if chosen.needs_text and not text.strip():
        raise CaseRefused(_("무엇을 왜 그렇게 했는지 적어 주세요."))
    enter(held, held.declared.by_slug[chosen.to], now=now)
    held.save(update_fields=[*CLOCK])
    deed = Deed(actor=actor, party=_known(who), now=now, key=key)
    write_down(held, Step.MOVED, deed, move=chosen.slug, text=text.strip())
    return held


def _move_of(case: Case, slug: str, party: Party | None) -> Move:
    move = case.declared.move(slug)
    if move is None or not may_move(party, case, move):
        raise CaseRefused(
            _("지금 상태(%(state)s)에서는 할 수 없거나, 할 권한이 없는 일입니다.")
            % {"state": case.stands.title}
        )
    return move


def _known(party: Party | None) -> Party:
    assert party is not None  # noqa: S101  (who is nobody was refused)
    return party


@transaction.atomic
def answer_case(
    *,
    case: Case,
    text: str,
    actor: Person | None,
    now: datetime.datetime,
    key: str,
    party: Party | None = None,
) -> Case:
    """Take what the citizen, or who acts for them, writes; it ends the waiting for an answer."""
    held = case.held()
    if was_done(held, key):
        return held
    who = party or party_of(actor, held)
    if who not in ASKING or not held.is_open:
        raise CaseRefused(_("끝난 신청에는 답할 수 없습니다."))
    if not text.strip():
        raise CaseRefused(_("답을 적어 주세요."))
    if held.stands.waits_for_citizen:
        back = next(m for m in held.declared.moves_from(held.state) if m.who & ASKING)
        enter(held, held.declared.by_slug[back.to], now=now)
        held.save(update_fields=[*CLOCK])
    deed = Deed(actor=actor, party=who, now=now, key=key)
    write_down(held, Step.ANSWERED, deed, text=text.strip())
    return held


@transaction.atomic
def write_note(
    *,
    case: Case,
    step: Step,
    text: str,
    actor: Person,
    now: datetime.datetime,
    key: str,
) -> None:
    """Write something down for colleagues (NOTED), or for the citizen without a move (TOLD)."""
    held = case.held()
    if was_done(held, key):
        return
    if not can_work_on_case(actor, held):
        raise CaseRefused(_("이 신청을 맡은 기관의 직원만 적을 수 있습니다."))
    if not text.strip():
        raise CaseRefused(_("내용을 적어 주세요."))
    deed = Deed(actor=actor, party=_known(party_of(actor, held)), now=now, key=key)
    write_down(held, step, deed, text=text.strip())
