"""Writes the log of a case, and says why something was not done."""

import datetime
from dataclasses import dataclass
from typing import Any

from core.cases.enums import OFFICE, Party, Step
from core.cases.models import Case, CaseEvent
from core.cases.permissions import party_of
from core.offices.people import Person

SEEN_AGAIN_AFTER = datetime.timedelta(hours=1)


class CaseRefused(Exception):
    """Nothing was done; the message is a sentence for whoever tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who does something, when, and the key under which it is done once ("" for each time)."""

    actor: Person | None
    party: Party
    now: datetime.datetime
    key: str = ""


def was_done(case: Case, key: str) -> bool:
    """Say whether a request with this key was carried out: somebody clicked twice."""
    return bool(key) and CaseEvent.objects.filter(case=case, key=key).exists()


def write_down(case: Case, step: Step, deed: Deed, **told: Any) -> CaseEvent:
    return CaseEvent.objects.create(
        case=case,
        step=step,
        at=deed.now,
        actor_id=deed.actor.pk if deed.actor else None,
        party=deed.party,
        office_id=case.office_id if deed.party in OFFICE else None,
        state=case.state,
        key=deed.key,
        **told,
    )


def note_view(*, case: Case, actor: Person, now: datetime.datetime) -> None:
    """Keep that somebody of the office opened the case: once an hour is enough to know."""
    party = party_of(actor, case)
    if party not in OFFICE:
        return
    lately = CaseEvent.objects.filter(
        case=case, step=Step.VIEWED, actor=actor.pk, at__gt=now - SEEN_AGAIN_AFTER
    )
    if not lately.exists():
        write_down(case, Step.VIEWED, Deed(actor=actor, party=party, now=now))
