"""How much a household's signs of hardship weigh, and why: an order for looking, no decision.

Nothing here says what somebody is given or refused. How much each sign weighs is for the city to
choose and to publish, with the day from which it holds: the tables are arguments.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class SignKind(StrEnum):
    ELECTRICITY = "ELECTRICITY"
    GAS = "GAS"
    WATER = "WATER"
    RENT = "RENT"
    HEALTH_INSURANCE = "HEALTH_INSURANCE"
    MOBILE = "MOBILE"
    DISCONNECTED = "DISCONNECTED"
    JOB_LOSS = "JOB_LOSS"
    DISCHARGED = "DISCHARGED"
    MEDICAL_BILLS = "MEDICAL_BILLS"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign as it was told; `months` is how long somebody is in arrears, where it is told."""

    kind: SignKind
    on: datetime.date
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """Points for a sign, more for each month of arrears after the first, and no more than `most`.

    A sign weighs for `days` after it was told: what is older says little about today.
    """

    points: int
    a_month: int
    most: int
    days: int


@dataclass(frozen=True, slots=True)
class WeightTable:
    """The weights that hold from a day until the next table begins."""

    starts: datetime.date
    weights: Mapping[SignKind, Weight]


@dataclass(frozen=True, slots=True)
class Part:
    """What one sign adds; zero with `is_old`, or with `is_outweighed` by another of its kind."""

    sign: Sign
    points: int
    is_old: bool = False
    is_outweighed: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    points: int
    parts: tuple[Part, ...]
    table: WeightTable


def table_on(tables: Iterable[WeightTable], day: datetime.date) -> WeightTable:
    """Answer the table that holds on a day; LookupError before the first one."""
    begun = [table for table in tables if table.starts <= day]
    if not begun:
        raise LookupError(f"no weights hold on {day}")
    return max(begun, key=lambda table: table.starts)


def score(signs: Sequence[Sign], *, table: WeightTable, on: datetime.date) -> Score:
    """Add up what the signs weigh on a day; of several of a kind the heaviest counts, once.

    The same arrears are told again every month: counted each time, whoever is told of most often
    would come before whoever is worst off. Signs told after the day, or of kinds the table does not
    know, raise ValueError: such a score could not be explained.
    """
    heaviest: dict[SignKind, int] = {}
    worth = [_worth(sign, table, on) for sign in signs]
    for at, points in enumerate(worth):
        kind = signs[at].kind
        if points is not None and (kind not in heaviest or points > (worth[heaviest[kind]] or 0)):
            heaviest[kind] = at
    counted = set(heaviest.values())
    parts = tuple(
        Part(
            sign,
            points=(worth[at] or 0) if at in counted else 0,
            is_old=worth[at] is None,
            is_outweighed=worth[at] is not None and at not in counted,
        )
        for at, sign in enumerate(signs)
    )
    return Score(sum(part.points for part in parts), parts, table)


def _worth(sign: Sign, table: WeightTable, on: datetime.date) -> int | None:
    """Answer what a sign weighs by itself; None once it is too old."""
    if sign.on > on:
        raise ValueError(f"{sign.kind} is told of {sign.on}, after {on}")
    weight = table.weights.get(sign.kind)
    if weight is None:
        raise ValueError(f"{sign.kind} has no weight from {table.starts}")
    if (on - sign.on).days > weight.days:
        return None
    further = max(0, (sign.months or 1) - 1)
    return min(weight.most, weight.points + further * weight.a_month)
