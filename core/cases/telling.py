"""Tells the person what became of their request, by the message that the move names."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.module_loading import import_string

from core.cases.declaration import Move, Text
from core.cases.models import Case
from core.cases.registry import declared_kinds

# (notice=class, person=key, facts=…, cause=…, url=…, now=…), in the transaction of its cause.
TELL = "core.notices.services.tell"


def tell_of(case: Case, move: Move, *, now: datetime.datetime) -> None:
    """Tell of a move, once; of nobody's case (on paper) nobody is told."""
    if not move.notice or case.person_id is None:
        return
    tell: Callable[..., Any] = import_string(TELL)
    tell(
        notice=import_string(move.notice),
        person=case.person_id,
        facts={"kind": case.kind, "state": case.state},
        cause=f"case:{case.pk}:{case.version}",
        url=f"/my/requests/{case.pk}/",
        now=now,
    )


def in_words(facts: Mapping[str, Any]) -> dict[str, Text]:
    """Answer what a message's facts say in the reader's language, for its `words`.

    `what` is the request, `told` how it stands, `next_step` what follows.
    """
    kind = declared_kinds()[str(facts["kind"])]
    state = kind.state(str(facts["state"]))
    return {"what": kind.title, "told": state.told, "next_step": state.next_step}
