"""What a benefit asks for: tests of one fact each, joined to conditions with their source."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from welfare.rules.vocabulary import EXHAUSTIVE, NAMES, Field, Group


class Verdict(IntEnum):
    """Never "entitled": bands and tick-boxes prove nothing. The order is that of combining."""

    LIKELY = 0
    DEPENDS = 1
    NO = 2


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Met by whoever has one of these facts."""

    group: Group
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Met by whoever has none of these facts."""

    group: Group
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Between:
    """Met where a number lies within both bounds, which belong to the range."""

    field: Field
    low: int | None = None
    high: int | None = None


FactTest = AnyOf | NoneOf | Between


@dataclass(frozen=True, slots=True)
class AllOf:
    """Met by one person who meets all of these."""

    tests: tuple[FactTest, ...]


@dataclass(frozen=True, slots=True)
class SomeMember:
    """Met where anybody in the household, oneself included, meets the test."""

    test: FactTest | AllOf


class Standing(StrEnum):
    """What holds of a benefit itself, whoever asks."""

    OPEN_TO_ALL = "OPEN_TO_ALL"
    FOR_ORGANISATIONS = "FOR_ORGANISATIONS"
    NOT_IN_FORCE = "NOT_IN_FORCE"
    UNREAD = "UNREAD"


STANDING_VERDICTS = {
    Standing.OPEN_TO_ALL: Verdict.LIKELY,
    Standing.FOR_ORGANISATIONS: Verdict.NO,
    Standing.NOT_IN_FORCE: Verdict.NO,
    # A condition that is there but cannot be read: nobody may be told yes or no by it.
    Standing.UNREAD: Verdict.DEPENDS,
}

Test = AnyOf | NoneOf | Between | AllOf | SomeMember | Standing


def facts_of(test: Test) -> tuple[FactTest, ...]:
    """Answer the tests of single facts that a test is made of."""
    match test:
        case SomeMember(inner):
            return facts_of(inner)
        case AllOf(tests):
            return tests
        case Standing():
            return ()
    return (test,)


def is_examined(tests: Iterable[Test | None]) -> bool:
    """Say whether one of the tests asks for what nobody is asked."""
    return any(is_examined_fact(one) for test in tests if test for one in facts_of(test))


def is_examined_fact(test: Test | None) -> bool:
    return isinstance(test, AnyOf) and test.group is Group.EXAMINED


def plainly(test: Test) -> Test:
    """Write "none of" as "any of the others" where exactly one is so: its "no" may be doubtful."""
    if isinstance(test, SomeMember):
        inner = plainly(test.test)
        return SomeMember(inner) if isinstance(inner, AnyOf | NoneOf | Between | AllOf) else test
    if isinstance(test, AllOf):
        plain = (plainly(one) for one in test.tests)
        return AllOf(tuple(one for one in plain if isinstance(one, AnyOf | NoneOf | Between)))
    if isinstance(test, NoneOf) and test.group in EXHAUSTIVE:
        return AnyOf(test.group, frozenset(NAMES[test.group]) - test.names)
    return test


@dataclass(frozen=True, slots=True)
class Cited:
    """A table that a condition is measured by: its name, the number of its notice, its mark."""

    title: str
    notice: str = ""
    verified: bool = False
    stale_from: datetime.date | None = None

    def as_of(self, on: datetime.date) -> "Cited":
        is_stale = self.stale_from is not None and self.stale_from <= on
        return replace(self, verified=self.verified and not is_stale, stale_from=None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a condition is written, when somebody last compared it, and by which tables."""

    law: str
    verified_on: datetime.date | None = None
    url: str = ""
    figures: tuple[Cited, ...] = ()

    def as_of(self, on: datetime.date) -> "Source":
        """Answer the same with the marks that its tables bear on a day."""
        if not self.figures:
            return self
        return replace(self, figures=tuple(one.as_of(on) for one in self.figures))


class Weight(IntEnum):
    """What it means that a condition is not met: a no, what an office must reckon, or a doubt."""

    REFUSES = 0
    RECKONED = 1
    DOUBTED = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """Met where one of its tests is met; one that nobody verified never leads to a "no".

    Nor does one that is reckoned by an office in another way than people can tell. A hint
    (welfare/rules/hints.py) has the labels that it is made of, and decides nothing at all.
    """

    name: str
    tests: tuple[Test, ...]
    source: Source
    verified: bool = True
    labels: tuple[str, ...] = ()
    is_reckoned: bool = False

    @property
    def weight(self) -> "Weight":
        if not self.verified:
            return Weight.DOUBTED
        return Weight.RECKONED if self.is_reckoned else Weight.REFUSES
