"""Sample requests that follow the declared kinds: each state with the way that leads to it."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from core.cases.declaration import CaseKind, Move
from core.cases.enums import EventKind, Party
from core.cases.models import Case
from core.cases.registry import declared_kinds
from core.cases.services.opening import OPENED
from core.cases.terms import due_after, set_clock

# How many days ago what is open was received, and what is over.
OPEN_AGES = range(9)
OVER_AGES = range(30, 1030, 5)
# Of what is over, the days that each step took.
DAYS_A_STEP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a log; `sample` is the number of the request whose it is."""

    sample: int
    kind: str
    at: datetime.datetime
    party: str
    version: int
    key: str
    move: str = ""
    from_state: str = ""
    to_state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A request of nobody yet: many are made from it."""

    number: int
    is_open: bool
    kind: str
    state: str
    version: int
    opened_at: datetime.datetime
    due_date: datetime.date | None
    paused_date: datetime.date | None
    closed_at: datetime.datetime | None


def way_to(kind: CaseKind, state: str) -> tuple[Move, ...]:
    """Answer the shortest way from where a request begins; every declared state has one."""
    ways: dict[str, tuple[Move, ...]] = {kind.start.slug: ()}
    while state not in ways:
        for move in kind.moves:
            for source in move.source:
                if source in ways:
                    ways.setdefault(move.target, (*ways[source], move))
    return ways[state]


def samples(*, now: datetime.datetime) -> tuple[list[Sample], list[Line]]:
    """Answer one of each state and age, and the lines of their logs."""
    made: list[Sample] = []
    lines: list[Line] = []
    for kind, state, age in _chosen():
        moves = way_to(kind, state)
        case = Case(kind=kind.slug, state=kind.start.slug)
        case.opened_at = now - datetime.timedelta(days=age)
        case.due_date = due_after(kind.start, on=case.opened_at.date())
        lines.append(_opening(case, sample=len(made)))
        is_open = not kind.state(state).is_end
        between = age / (len(moves) or 1) if is_open else DAYS_A_STEP
        for step, move in enumerate(moves, start=1):
            at = case.opened_at + datetime.timedelta(days=between * step)
            lines.append(_step(case, move, at, sample=len(made)))
        made.append(_sample(case, number=len(made)))
    return made, lines


def as_rows(rows: Sequence[Sample | Line]) -> list[dict[str, Any]]:
    """Answer what JSON can say of them."""
    return [
        {
            name: value.isoformat() if isinstance(value, datetime.date) else value
            for name, value in asdict(row).items()
        }
        for row in rows
    ]


def _chosen() -> Iterator[tuple[CaseKind, str, int]]:
    kinds = declared_kinds().values()
    for is_end, ages in ((False, OPEN_AGES), (True, OVER_AGES)):
        for age in ages:
            for kind in kinds:
                for state in kind.states:
                    if state.is_end is is_end:
                        yield kind, state.slug, age


def _opening(case: Case, *, sample: int) -> Line:
    return Line(
        sample=sample,
        kind=EventKind.OPENED.value,
        at=case.opened_at,
        party=Party.CITIZEN.value,
        version=case.version,
        key=OPENED,
        to_state=case.state,
    )


def _step(case: Case, move: Move, at: datetime.datetime, *, sample: int) -> Line:
    """Make a step as the engine does, on a request that is in no table."""
    before, after = case.stands, case.declared.state(move.target)
    set_clock(case, before=before, after=after, interrupted=after.slug, on=at.date())
    case.state, case.version = after.slug, case.version + 1
    case.closed_at = at if after.is_end else None
    return Line(
        sample=sample,
        kind=EventKind.MOVED.value,
        at=at,
        party=(Party.CITIZEN if move.is_of_citizens else Party.WORKER).value,
        version=case.version,
        key=f"bench-{case.version}",
        move=move.name,
        from_state=before.slug,
        to_state=after.slug,
    )


def _sample(case: Case, *, number: int) -> Sample:
    return Sample(
        number=number,
        is_open=case.is_open,
        kind=case.kind,
        state=case.state,
        version=case.version,
        opened_at=case.opened_at,
        due_date=case.due_date,
        paused_date=case.paused_date,
        closed_at=case.closed_at,
    )
