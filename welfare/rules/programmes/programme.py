"""A curated programme: its names, its stages of life, its law, and its dated conditions."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from welfare.rules.conditions import Source
from welfare.rules.refinements import Operator, Refinement, Rule, Wanted, by_size

# The day on which somebody last vouched for the conditions that are marked as verified. They were
# vouched for from knowledge of the law, not read again in its text: whoever reviews one does that.
VOUCHED_ON = datetime.date(2026, 11, 28)
LONG_AGO = datetime.date(2020, 1, 1)
YEAR_2024 = datetime.date(2024, 1, 1)
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
    bokjiro: tuple[str, ...] = ()

    @property
    def unverified(self) -> tuple[Refinement, ...]:
        """Answer the conditions that somebody must still compare with their source."""
        return tuple(version for version in self.rule.refinements if not version.verified)


@dataclass(frozen=True, slots=True)
class Asked:
    """One version of a condition; `article` stands behind the programme's law, or alone."""

    slot: str
    wanted: tuple[Wanted, ...]
    article: str
    verified: bool = True
    since: datetime.date = LONG_AGO
    stale_from: datetime.date | None = None


def programme(
    key: str,
    name: str,
    name_en: str,
    stages: tuple[Stage, ...],
    law: str,
    *asked: Asked,
    bokjiro: tuple[str, ...] = (),
) -> Programme:
    versions = tuple(_version(one, law) for one in asked)
    rule = Rule(key, refinements=versions, source=Source(law, VOUCHED_ON))
    return Programme(key, name, name_en, stages, law, rule, bokjiro)


def ask(
    slot: str,
    article: str,
    *wanted: Wanted,
    since: datetime.date = LONG_AGO,
    stale_from: datetime.date | None = None,
) -> Asked:
    """Ask for one of several, by an article that was compared."""
    return Asked(slot, wanted, article, since=since, stale_from=stale_from)


def doubt(slot: str, article: str, *wanted: Wanted, since: datetime.date = LONG_AGO) -> Asked:
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


def limits(*amounts: int) -> tuple[Wanted, ...]:
    """Answer a limit in won a month for somebody alone, and one for two or more (a couple)."""
    return by_size("INCOME_MONTHLY", Operator.AT_MOST, amounts)


def any_of(group: str, *names: str, somebody: bool = False) -> Wanted:
    return Wanted(group, Operator.ANY_OF, names, somebody)


def none_of(group: str, *names: str) -> Wanted:
    return Wanted(group, Operator.NONE_OF, names)


def _version(asked: Asked, law: str) -> Refinement:
    whole = " " in asked.article and not asked.article.startswith("제")
    return Refinement(
        slot=asked.slot,
        wanted=asked.wanted,
        source=Source(
            asked.article if whole else f"{law} {asked.article}",
            VOUCHED_ON if asked.verified else None,
        ),
        since=asked.since,
        stale_from=asked.stale_from,
        verified=asked.verified,
    )
