"""A curated programme: its names, its stages of life, its law, and its dated conditions."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from welfare.rules.conditions import Source
from welfare.rules.programmes.figures import LONG_AGO, VOUCHED_ON
from welfare.rules.programmes.payments import TABLES
from welfare.rules.refinements import Operator, Refinement, Rule, Wanted
from welfare.rules.stored import StoredVersion, read_refinements, write_wanted

Wish = Wanted | Mapping[str, Any]
YEAR_2026, YEAR_2027 = datetime.date(2026, 1, 1), datetime.date(2027, 1, 1)


class Stage(StrEnum):
    """The stages of life by which benefits are shown (생애주기)."""

    PREGNANCY = "PREGNANCY"
    INFANCY = "INFANCY"
    CHILDHOOD = "CHILDHOOD"
    ADOLESCENCE = "ADOLESCENCE"
    YOUTH = "YOUTH"
    MIDDLE_AGE = "MIDDLE_AGE"
    OLD_AGE = "OLD_AGE"


@dataclass(frozen=True, slots=True)
class Programme:
    """What citizens call it, where its conditions come from, and its rows in the catalogues."""

    key: str
    name: str
    name_en: str
    stages: tuple[Stage, ...]
    law: str
    rule: Rule
    stored: tuple[StoredVersion, ...]
    bokjiro: tuple[str, ...] = ()
    # The last day of what is given for a year, as month and day; None where it just goes on.
    renews: tuple[int, int] | None = None

    @property
    def unverified(self) -> tuple[Refinement, ...]:
        """Answer the conditions that somebody must still compare with their source."""
        return tuple(version for version in self.rule.refinements if not version.verified)

    def ends_after(self, on: datetime.date) -> datetime.date | None:
        """Answer the first day after this one on which a year of it ends."""
        if self.renews is None:
            return None
        ends = [datetime.date(year, *self.renews) for year in (on.year, on.year + 1)]
        return next(day for day in ends if day > on)


@dataclass(frozen=True, slots=True)
class Asked:
    """One version of a condition; `article` stands behind the programme's law, or alone."""

    slot: str
    wanted: tuple[Wish, ...]
    article: str
    verified: bool = True
    since: datetime.date = LONG_AGO
    until: datetime.date | None = None


def programme(
    key: str,
    name: str,
    name_en: str,
    stages: tuple[Stage, ...],
    law: str,
    *asked: Asked,
    bokjiro: tuple[str, ...] = (),
    renews: tuple[int, int] | None = None,
) -> Programme:
    stored = tuple(_stored(one, law) for one in asked)
    versions = tuple(read for one in stored for read in read_refinements(one, TABLES))
    rule = Rule(key, refinements=versions, source=Source(law, VOUCHED_ON))
    return Programme(key, name, name_en, stages, law, rule, stored, bokjiro, renews)


def ask(
    slot: str,
    article: str,
    *wanted: Wish,
    since: datetime.date = LONG_AGO,
    until: datetime.date | None = None,
) -> Asked:
    """Ask for one of several, by an article that was compared."""
    return Asked(slot, wanted, article, since=since, until=until)


def doubt(slot: str, article: str, *wanted: Wish, since: datetime.date = LONG_AGO) -> Asked:
    """Ask for it by a figure that nobody has verified, so that it refuses nobody."""
    return Asked(slot, wanted, article, verified=False, since=since)


def at_least(field: str, value: int, *, somebody: bool = False) -> Wanted:
    return Wanted(field, Operator.AT_LEAST, value, somebody)


def under(field: str, value: int, *, somebody: bool = False) -> Wanted:
    return Wanted(field, Operator.UNDER, value, somebody)


def at_most(field: str, value: int | Decimal, *, somebody: bool = False) -> Wanted:
    return Wanted(field, Operator.AT_MOST, value, somebody)


def between(
    field: str, low: int, high: int, *, somebody: bool = False, also: tuple[Wanted, ...] = ()
) -> Wanted:
    return Wanted(field, Operator.BETWEEN, (low, high), somebody, also)


def up_to(figure: str, field: str = "INCOME_PERCENT") -> Mapping[str, Any]:
    """Ask for no more than a table says on the day."""
    return _by_table(figure, field, Operator.AT_MOST)


def reckoned(figure: str, field: str = "INCOME_PERCENT") -> Mapping[str, Any]:
    """Ask for no more than a table says by what an office reckons: who told more is not refused."""
    return _by_table(figure, field, Operator.RECKONED)


def reckoned_at_most(field: str, value: int) -> Wanted:
    return Wanted(field, Operator.RECKONED, value)


def _by_table(figure: str, field: str, operator: Operator) -> Mapping[str, Any]:
    return {
        "field": field,
        "operator": operator.value,
        "figure": figure,
        "somebody": False,
    }


def any_of(group: str, *names: str, somebody: bool = False) -> Wanted:
    return Wanted(group, Operator.ANY_OF, names, somebody)


def examined(name: str) -> Wanted:
    """Ask for what nobody is asked: it leads to no verdict, and says who finds it out."""
    return any_of("EXAMINED", name)


def none_of(group: str, *names: str) -> Wanted:
    return Wanted(group, Operator.NONE_OF, names)


def _stored(asked: Asked, law: str) -> StoredVersion:
    whole = " " in asked.article and not asked.article.startswith("제")
    return StoredVersion(
        slot=asked.slot,
        wanted=[
            write_wanted([one])[0] if isinstance(one, Wanted) else dict(one) for one in asked.wanted
        ],
        law=asked.article if whole else f"{law} {asked.article}",
        since=asked.since,
        until=asked.until,
        verified=asked.verified,
        verified_on=VOUCHED_ON if asked.verified else None,
    )
