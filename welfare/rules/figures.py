"""Sums and shares that conditions are measured by, each as it stands in a dated table."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from welfare.rules.conditions import Cited
from welfare.rules.vocabulary import Field

# A table of what a programme pays bears the programme's name behind this.
PAID = "PAID:"
A_COUPLE = 2


class Unit(StrEnum):
    """What the numbers of a table are: won, or per cent of the median income."""

    WON = "WON"
    PERCENT = "PERCENT"


class Measure(StrEnum):
    """For whom a table's numbers are: each size of household, or somebody alone and a couple."""

    SIZE = "SIZE"
    COUPLE = "COUPLE"


UNITS: dict[str, Unit] = {
    Field.INCOME_PERCENT: Unit.PERCENT,
    Field.INCOME_MONTHLY: Unit.WON,
    Field.ASSETS: Unit.WON,
}


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """What a table says from a day on: one number, or one for each of those it tells apart.

    `title` is what people call it, `notice` the number of the notice that says it: empty until
    somebody has seen it. What is paid has `payments` a year, and `is_most` where many get less.
    """

    name: str
    amounts: tuple[int, ...]
    law: str
    since: datetime.date
    until: datetime.date | None = None
    stale_from: datetime.date | None = None
    verified: bool = False
    verified_on: datetime.date | None = None
    title: str = ""
    notice: str = ""
    unit: str = Unit.WON
    measure: str = Measure.SIZE
    payments: int | None = None
    is_most: bool = False

    def is_in_force(self, on: datetime.date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)

    def cited(self) -> Cited:
        return Cited(self.title or self.name, self.notice, self.verified, self.stale_from)


def figure_on(figures: Iterable[StoredFigure], on: datetime.date) -> StoredFigure | None:
    """Answer the newest of one table that counts on a day."""
    begun = [one for one in figures if one.is_in_force(on)]
    return max(begun, key=lambda one: one.since, default=None)


def check_numbers(amounts: Sequence[int], *, unit: str, measure: str) -> None:
    """Raise ValueError where a table's numbers cannot be what it says that they are."""
    if any(one >= larger for one, larger in zip(amounts, amounts[1:], strict=False)):
        raise ValueError("amounts: each must be more than the one before")
    if unit == Unit.PERCENT and len(amounts) > 1:
        raise ValueError("amounts: a share is one number")
    if measure == Measure.COUPLE and amounts and len(amounts) != A_COUPLE:
        raise ValueError("amounts: one for somebody alone, and one for a couple")


def without_numbers(figure: StoredFigure) -> StoredFigure:
    """Answer the same table with a number that stands for any: to see that a condition reads."""
    numbers = (0, 1) if figure.measure == Measure.COUPLE else (0,)
    return replace(figure, amounts=numbers)
