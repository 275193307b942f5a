"""What staff add to a benefit: dated conditions with their law, and who checked them when."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from welfare.rules.conditions import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    FactTest,
    NoneOf,
    SomeMember,
    Source,
    Standing,
    Test,
)
from welfare.rules.hints import Hints
from welfare.rules.rows import ConditionRow
from welfare.rules.vocabulary import NAMES, WITH_SPOUSE, Field, Group

AGE_YEARS = "AGE_YEARS"
HUNDREDTHS = 100


class Operator(StrEnum):
    ANY_OF = "ANY_OF"
    NONE_OF = "NONE_OF"
    AT_LEAST = "AT_LEAST"
    AT_MOST = "AT_MOST"
    OVER = "OVER"
    UNDER = "UNDER"
    BETWEEN = "BETWEEN"
    # Up to a limit by what an office reckons (소득인정액), which is not what people can tell: more
    # than it decides nothing.
    RECKONED = "RECKONED"


LIMITS = (Operator.AT_MOST, Operator.UNDER, Operator.RECKONED)
Value = int | Decimal | tuple[str, ...] | tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field, operator and value, of the person or (`somebody`) of anybody in the household.

    `also` is what the same person must meet besides: without it, one of them might be six and
    another a student, and neither the child that is meant.
    """

    field: str
    operator: Operator
    value: Value
    somebody: bool = False
    also: tuple["Wanted", ...] = ()

    def test(self) -> Test:
        """Answer the test that is meant, or raise ValueError with what cannot be meant."""
        if any(one.somebody or one.also for one in self.also):
            raise ValueError(f"{self.field}: one person only")
        own = self.own_test()
        test = AllOf((own, *(one.own_test() for one in self.also))) if self.also else own
        return SomeMember(test) if self.somebody else test

    def own_test(self) -> FactTest:
        value = self.value
        if not isinstance(value, tuple):
            return self._bounds(value)
        return self._range(value) if self.operator is Operator.BETWEEN else self._names(value)

    def _range(self, value: tuple[object, ...]) -> FactTest:
        """Both ends belong to it."""
        low, high = (int(str(one)) for one in value)
        if low > high or self.field == Field.INCOME_PERCENT:
            raise ValueError(f"{self.field}: no such number: {low}~{high}")
        if self.field == AGE_YEARS:
            return Between(Field.AGE_MONTHS, low * 12, high * 12 + 11)
        return Between(Field(self.field), low, high)

    def _names(self, value: tuple[object, ...]) -> FactTest:
        group, names = Group(self.field), frozenset(map(str, value))
        if not names:
            raise ValueError(f"{self.field}: no value")
        if group in NAMES and (unknown := names - set(NAMES[group])):
            raise ValueError(f"{self.field}: no such value: {', '.join(sorted(unknown))}")
        if self.operator is Operator.ANY_OF:
            return AnyOf(group, names)
        if self.operator is Operator.NONE_OF:
            return NoneOf(group, names)
        raise ValueError(f"{self.field}: {self.operator} needs a number")

    def _bounds(self, value: int | Decimal) -> FactTest:
        in_years = self.field == AGE_YEARS
        field = Field.AGE_MONTHS if in_years else Field(self.field)
        if field is Field.INCOME_PERCENT:
            return self._share(value)
        whole = int(value)
        unit, last = (12, 11) if in_years else (1, 0)
        match self.operator:
            case Operator.AT_LEAST:
                return Between(field, low=whole * unit)
            case Operator.OVER:
                return Between(field, low=(whole + 1) * unit)
            case Operator.AT_MOST | Operator.RECKONED:
                return Between(field, high=whole * unit + last)
            case Operator.UNDER:
                return Between(field, high=whole * unit - 1)
        raise ValueError(f"{self.field}: {self.operator} needs names")

    def _share(self, value: int | Decimal) -> FactTest:
        """Shares are known rounded up, by which "at most" and "over" are exact, and only they."""
        hundredths = int(value * HUNDREDTHS)
        if self.operator in (Operator.AT_MOST, Operator.RECKONED):
            return Between(Field.INCOME_PERCENT, high=hundredths)
        if self.operator is Operator.OVER:
            return Between(Field.INCOME_PERCENT, low=hundredths + 1)
        raise ValueError(f"{self.field}: say AT_MOST or OVER, not {self.operator}")


def by_size(field: str, operator: Operator, amounts: Sequence[int]) -> tuple[Wanted, ...]:
    """Answer a limit that grows with the household: a sum for one person, for two, and so on.

    The last sum is for all larger ones. Whoever keeps to a smaller limit keeps to the larger.
    """
    if operator not in LIMITS:
        raise ValueError(f"{field}: sums by size are limits")
    if any(one >= next_one for one, next_one in pairwise(amounts)):
        raise ValueError("amounts: each must be more than the one before")
    return tuple(
        Wanted(
            field,
            operator,
            amount,
            also=(Wanted(Field.HOUSEHOLD_SIZE, Operator.AT_LEAST, size),) if size > 1 else (),
        )
        for size, amount in enumerate(amounts, start=1)
    )


def of_couple(field: str, operator: Operator, amounts: Sequence[int]) -> tuple[Wanted, ...]:
    """Answer a limit for whoever has no spouse, and a higher one for who has."""
    if operator not in LIMITS:
        raise ValueError(f"{field}: sums by size are limits")
    alone, couple = amounts
    with_spouse = Wanted(Group.SPOUSE, Operator.ANY_OF, (WITH_SPOUSE,))
    return (
        Wanted(field, operator, alone),
        Wanted(field, operator, couple, also=(with_spouse,)),
    )


@dataclass(frozen=True, slots=True)
class Refinement:
    """One version of a condition, met where one of what is wanted is met.

    In a slot the newest version in force replaces the older ones. One that wants nothing cannot be
    read, as the table that it names says nothing then: it stays unknown for everybody.

    From `stale_from` on a figure that is set anew each year counts as unverified until its
    successor is there.
    """

    slot: str
    wanted: tuple[Wanted, ...]
    source: Source
    since: datetime.date
    until: datetime.date | None = None
    stale_from: datetime.date | None = None
    verified: bool = True

    def is_in_force(self, on: datetime.date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)

    def condition(self, on: datetime.date) -> Condition:
        stale = self.stale_from is not None and self.stale_from <= on
        return Condition(
            name=self.slot,
            tests=tuple(wanted.test() for wanted in self.wanted) or (Standing.UNREAD,),
            source=self.source.as_of(on),
            verified=self.verified and not stale,
            is_reckoned=any(one.operator is Operator.RECKONED for one in self.wanted),
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """All that decides about one benefit: the publisher's row, and what staff added to it.

    `districts` are those whose residents it is for; with none it is for residents of any place.
    """

    key: str
    row: ConditionRow | None = None
    refinements: tuple[Refinement, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    source: Source = Source("")
    districts: frozenset[str] = frozenset()
    # Whom the publisher gives it to, where that is firms and bodies alone.
    for_firms: bool = False
    # Whom it seems to be for, where nobody has read its conditions.
    hints: Hints = Hints()

    def conditions(self, on: datetime.date) -> tuple[Condition, ...]:
        if not self.is_in_force(on):
            return (Condition(Standing.NOT_IN_FORCE, (Standing.NOT_IN_FORCE,), self.source),)
        if self.for_firms:
            firms = Standing.FOR_ORGANISATIONS
            return (Condition(firms, (firms,), self.source),)
        refined = tuple(version.condition(on) for version in newest(self.refinements, on))
        read = (*(self.row.conditions() if self.row else ()), *refined)
        unread = Condition(Standing.UNREAD, (Standing.UNREAD,), self.source)
        return (*(read or (unread, *self.hints.conditions())), *self._place())

    def _place(self) -> tuple[Condition, ...]:
        if not self.districts:
            return ()
        lives_there = AnyOf(Group.DISTRICT, self.districts)
        return (Condition(Group.DISTRICT, (lives_there,), self.source),)

    def is_in_force(self, on: datetime.date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)

    def turning_days(self) -> set[datetime.date]:
        """Answer the days from which this rule may read differently from the day before."""
        days = {self.since, self.until}
        for version in self.refinements:
            days |= {version.since, version.until, version.stale_from}
        return {day for day in days if day is not None}


def newest(refinements: Iterable[Refinement], on: datetime.date) -> list[Refinement]:
    """Keep one version a slot, in the order in which the slots are first named."""
    slots: dict[str, Refinement | None] = {}
    for version in refinements:
        kept = slots.setdefault(version.slot, None)
        if version.is_in_force(on) and (kept is None or kept.since < version.since):
            slots[version.slot] = version
    return [version for version in slots.values() if version is not None]
