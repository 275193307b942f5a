"""Ends what is still open of a person who is erased, so that no office waits for nobody."""

import datetime
from typing import Any

from django.db import transaction

from core.cases.declaration import Move
from core.cases.enums import CITIZENS, EventKind, Party
from core.cases.models import Case
from core.cases.permissions import SYSTEM
from core.cases.registry import declared_kinds
from core.cases.services.log import write
from core.cases.services.moving import save_step, step_to

KEY = "erasure"


@transaction.atomic
def end_for_erasure(*, rows: Any, now: datetime.datetime) -> int:
    """End these open cases, each with its line in the log; answer how many.

    By the move with which citizens withdraw, else by one that the portal makes itself; where the
    kind has neither (or nobody declares it any more) the case ends in the state where it stands.
    """
    open_cases = Case.objects.filter(pk__in=rows.values("pk")).open()
    cases = list(open_cases.select_for_update(of=("self",)).order_by("pk"))
    for case in cases:
        _end(case, now)
    return len(cases)


def _end(case: Case, now: datetime.datetime) -> None:
    before, chosen = case.state, way_out(case)
    if chosen is not None:
        step_to(case, case.declared.state(chosen.target), now=now)
    else:
        case.closed_at, case.due_date, case.paused_date = now, None, None
        save_step(case)
    write(
        case,
        EventKind.ERASED,
        actor=SYSTEM,
        party=Party.SYSTEM,
        key=KEY,
        now=now,
        version=case.version,
        move=chosen.name if chosen else "",
        from_state=before,
        to_state=case.state,
        is_told=True,
    )


def way_out(case: Case) -> Move | None:
    """Answer the declared move by which a case ends from where it stands without its office."""
    kind = declared_kinds().get(case.kind)
    if kind is None:
        return None
    for parties in (CITIZENS, frozenset({Party.SYSTEM})):
        for move in kind.moves_from(case.state, parties):
            if kind.state(move.target).is_end:
                return move
    return None
