"""What is published of rules: the conditions of programmes and benefits, and the dated tables."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Max

from welfare.enums import RuleKind
from welfare.models import MEDIAN_INCOME, RuleVersion
from welfare.rules.figures import PAID, StoredFigure, figure_on
from welfare.rules.medians import MedianIncomes
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.programmes.amounts import Amount, amounts_of
from welfare.rules.refinements import Refinement, Rule
from welfare.rules.stored import StoredVersion, any_tables, read_median, read_refinements

Refinements = tuple[Refinement, ...]


@dataclass(frozen=True, slots=True)
class PublishedRules:
    """The refinements by programme and by benefit, in the order of their law, and the medians."""

    programmes: Mapping[str, Refinements]
    benefits: Mapping[str, Refinements]
    medians: MedianIncomes
    version: str = field(default="", compare=False)
    amounts: tuple[Amount, ...] = ()

    def of(self, subject: str) -> Refinements:
        return self.programmes.get(subject) or self.benefits.get(subject, ())

    def programme_rules(self) -> list[Rule]:
        """Answer our own programmes with what is published of them; one without is UNREAD."""
        return [
            Rule(
                one.key,
                refinements=self.programmes.get(one.key, ()),
                since=one.rule.since,
                until=one.rule.until,
                source=one.rule.source,
            )
            for one in PROGRAMMES
        ]


def published_version() -> str:
    """Say in one cheap statement what is published: other text, other rules."""
    told = RuleVersion.objects.in_force().aggregate(
        number=Count("pk"), newest=Max("published_at"), last=Max("pk")
    )
    return f"{told['number']}-{told['last']}-{told['newest']}"


def published_rules() -> PublishedRules:
    """Read all that is published: one query."""
    version = published_version()
    return read_versions(RuleVersion.objects.in_force().in_order(), version=version)


def read_versions(rows: Iterable[RuleVersion], *, version: str = "") -> PublishedRules:
    """Answer what these versions say together; ValueError names what cannot be meant."""
    kept = list(rows)
    tables: dict[str, list[StoredFigure]] = defaultdict(list)
    for row in kept:
        if row.kind == RuleKind.FIGURE:
            tables[row.figure].append(stored_figure(row))
    programmes: dict[str, list[Refinement]] = defaultdict(list)
    benefits: dict[str, list[Refinement]] = defaultdict(list)
    for row in kept:
        if row.kind == RuleKind.CONDITION:
            target = programmes[row.programme] if row.programme else benefits[row.benefit_code]
            target.extend(read_refinements(stored_version(row), tables))
    medians = [read_median(one) for one in tables.get(MEDIAN_INCOME, ())]
    return PublishedRules(
        {key: tuple(versions) for key, versions in programmes.items()},
        {key: tuple(versions) for key, versions in benefits.items()},
        MedianIncomes.of(*medians),
        version,
        amounts_of(one for name in sorted(tables) for one in tables[name]),
    )


def tables_on(on: datetime.date, rows: Iterable[RuleVersion]) -> dict[str, StoredFigure]:
    """Answer the tables that these conditions name, as they read on a day: a query, or none."""
    names = {name for row in rows for name in any_tables(row.wanted)}
    if not names:
        return {}
    versions = RuleVersion.objects.in_force().figures().filter(figure__in=names)
    found: dict[str, list[StoredFigure]] = defaultdict(list)
    for row in versions.in_order():
        found[row.figure].append(stored_figure(row))
    in_force = {name: figure_on(told, on) for name, told in found.items()}
    return {name: one for name, one in in_force.items() if one is not None}


def paid_amounts() -> tuple[Amount, ...]:
    """Answer what is published of what the programmes pay: one query."""
    rows = RuleVersion.objects.in_force().figures().filter(figure__startswith=PAID)
    return amounts_of(map(stored_figure, rows.in_order()))


def stored_version(row: RuleVersion) -> StoredVersion:
    if row.since is None:
        raise ValueError("since: no day")
    return StoredVersion(
        slot=row.slot,
        wanted=row.wanted,
        law=row.law,
        since=row.since,
        until=row.until,
        stale_from=row.stale_from,
        verified=row.is_verified,
        verified_on=row.verified_on,
        url=row.law_url,
    )


def stored_figure(row: RuleVersion) -> StoredFigure:
    if row.since is None:
        raise ValueError("since: no day")
    return StoredFigure(
        name=row.figure,
        amounts=tuple(row.amounts),
        law=row.law,
        since=row.since,
        until=row.until,
        stale_from=row.stale_from,
        verified=row.is_verified,
        verified_on=row.verified_on,
        title=row.title,
        notice=row.notice,
        unit=row.unit,
        measure=row.measure,
        payments=row.payments,
        is_most=row.is_most,
    )
