"""What would change if a version were published: known verdicts, and for how many people."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from core.kpi.rules.small_figures import FEWEST
from core.kpi.thresholds import told_in_tens
from welfare.enums import BenefitPublisher, RuleKind
from welfare.models import BenefitSource, RuleVersion
from welfare.queries.consented import consenting_people, tell_households
from welfare.queries.fact_names import OURS
from welfare.queries.rule_versions import PublishedRules, published_rules, read_versions
from welfare.queries.rulebook import rules_by
from welfare.rules.compiled import Compiled, compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.facts import Household
from welfare.rules.judging import judge
from welfare.rules.medians import MedianIncomes
from welfare.rules.people import encode
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.programmes.households import RegressionHousehold, regression_households
from welfare.rules.refinements import Rule

PEOPLE_AT_ONCE = 2_000
JUDGED_BY = (
    *("kind", "programme", "benefit_code", "slot", "wanted", "figure", "amounts", "since", "until"),
    *("stale_from", "is_verified", "replaces_id", "unit", "measure"),
)
CELLS = "welfare.rule-effect"


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A regression household whose verdict would be another, and the day from which it is."""

    household: RegressionHousehold
    before: Verdict
    after: Verdict
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Effect:
    """How many of those who let the portal watch for them would gain or lose something."""

    asked: int
    gain: int
    lose: int


def would_be(version: RuleVersion) -> PublishedRules:
    """Answer all that is published, with this version in its place; ValueError names the field."""
    rows = RuleVersion.objects.in_force().in_order()
    kept = [row for row in rows if row.pk not in (version.replaces_id, version.pk)]
    return read_versions(kept if version.kind == RuleKind.REMOVAL else [*kept, version])


@cache
def _regressions() -> tuple[RegressionHousehold, ...]:
    return tuple(regression_households())


def regression_changes(version: RuleVersion) -> list[VerdictChange]:
    """Answer the households whose verdicts would change, in the order of their files.

    Each is judged on its own day, and as it is on each later one from which the version reads
    otherwise: what begins next year changes nothing today. A condition under a benefit's number is
    judged with the programme that the benefit is told of: that is how its people are judged.
    """
    before, after = published_rules(), would_be(version)
    concerned, turning = _concerned(version, before), turning_days(version, before, after)
    judged_before, judged_after = _Judge(before), _Judge(after)
    changes = []
    for household in _regressions():
        for day, benefit in product(
            (household.on, *(day for day in turning if day > household.on)),
            concerned.get(household.programme, ()),
        ):
            asked = household, benefit, day
            verdicts = judged_before(*asked), judged_after(*asked)
            if verdicts[0] != verdicts[1]:
                changes.append(VerdictChange(household, *verdicts, day))
                break
    return changes


def turning_days(
    version: RuleVersion, before: PublishedRules, after: PublishedRules
) -> list[datetime.date]:
    """Answer the days from which what a version changes may read otherwise.

    Its own, and those of all versions of a condition that it changes with the tables that they
    name: what is still verified today goes stale on a day to come, or is told by another table.
    """
    rows = [one for one in (version, version.replaces) if one is not None]
    days = {day for row in rows for day in (row.since, row.until, row.stale_from)}
    for subject in {*before.programmes, *after.programmes, *before.benefits, *after.benefits}:
        was, will_be = before.of(subject), after.of(subject)
        changed = {one.slot for one in {*was} ^ {*will_be}}
        versions = tuple(one for one in (*was, *will_be) if one.slot in changed)
        days |= Rule(subject, refinements=versions).turning_days()
    return sorted(day for day in days if day is not None)


def _concerned(version: RuleVersion, published: PublishedRules) -> Mapping[str, list[str]]:
    """Answer the programmes to judge: alone ("") or with what is kept under a benefit's number."""
    subjects = subjects_of(version)
    of_any = "" in subjects
    concerned = {key: [""] for key in OURS if of_any or key in subjects}
    for benefit in sorted(published.benefits if of_any else subjects - OURS.keys()):
        for programme in _programmes_of(benefit):
            concerned.setdefault(programme, []).append(benefit)
    return concerned


def _programmes_of(benefit: str) -> list[str]:
    """Answer the programmes of ours that a benefit of the catalogue is told of."""
    rows = BenefitSource.objects.filter(
        benefit=benefit, source__in=(BenefitPublisher.CENTRAL, BenefitPublisher.LOCAL)
    )
    keys = set(rows.order_by("pk").values_list("source_key", flat=True))
    return [one.key for one in PROGRAMMES if keys.intersection(one.bokjiro)]


def subjects_of(version: RuleVersion) -> set[str]:
    """Answer whose rules change: its own, and those of what it takes the place of.

    They differ where a condition was put under the wrong programme: the one that loses it changes
    as well. A table has no one of its own ("") and may concern all of them.
    """
    rows = [version.replaces] if version.kind == RuleKind.REMOVAL else [version, version.replaces]
    return {one.programme or one.benefit_code for one in rows if one is not None}


class _Judge:
    """Judges a member of a household by one programme, compiled once for each day."""

    def __init__(self, published: PublishedRules) -> None:
        self.rules = {rule.key: rule for rule in published.programme_rules()}
        self.of_benefits = published.benefits
        self.medians = published.medians
        self.compiled: dict[tuple[str, str, datetime.date], Compiled] = {}

    def __call__(self, one: RegressionHousehold, benefit: str, on: datetime.date) -> Verdict:
        key = (one.programme, benefit, on)
        if key not in self.compiled:
            rule = self.rules[one.programme]
            added = rule.refinements + self.of_benefits.get(benefit, ())
            self.compiled[key] = compile_rules([replace(rule, refinements=added)], on=on)
        compiled = self.compiled[key]
        people = encode([_moved(one, on)], on=on, medians=self.medians, space=compiled.space)
        return Verdict(int(judge(compiled, people)[0, one.judged]))


def _moved(one: RegressionHousehold, to: datetime.date) -> Household:
    """Answer the household as it is, on another day: whoever is 65 tomorrow is so then as well."""
    by = to - one.on
    members = [
        replace(
            member,
            birth_date=member.birth_date and member.birth_date + by,
            resident_since=member.resident_since and member.resident_since + by,
        )
        for member in one.household.members
    ]
    return replace(one.household, members=tuple(members)) if by else one.household


def concerned_keys(version: RuleVersion, keys: Iterable[str]) -> frozenset[str]:
    """Keep the benefits whose rules a version changes; a table may be part of any."""
    subjects = subjects_of(version)
    if "" in subjects:
        return frozenset(keys)
    return frozenset(subjects.union(*map(_told_under, subjects))).intersection(keys)


def _told_under(programme: str) -> set[str]:
    """Answer the benefits of the catalogue that a programme of ours is told under."""
    if programme not in OURS:
        return set()
    sources = BenefitSource.objects.filter(source_key__in=OURS[programme].bokjiro)
    return set(sources.order_by("pk").values_list("benefit", flat=True))


def effect_on_people(version: RuleVersion, *, on: datetime.date) -> Effect:
    """Count who would gain or lose, set by set; nobody is named, and nothing of them is kept.

    A benefit is judged by all of its rule: the publisher's row, its district and its days as well.
    What begins later is counted by what holds, and how old people are, on its first day.
    """
    on = counted_on(version, on)
    compiled = []
    for published in (published_rules(), would_be(version)):
        rules = {rule.key: rule for rule in rules_by(published)}
        keys = sorted(concerned_keys(version, rules))
        compiled.append((compile_rules([rules[key] for key in keys], on=on), published.medians))
    asked = gain = lose = last = 0
    while people := consenting_people(after=last, up_to=None, number=PEOPLE_AT_ONCE):
        last = people[-1]
        told = [one.household for one in tell_households(people, on=on)]
        if told:
            was, will_be = (_likely(one, told, on, medians) for one, medians in compiled)
            asked += len(told)
            gain += int((will_be & ~was).any(axis=0).sum())
            lose += int((was & ~will_be).any(axis=0).sum())
    return Effect(asked, gain, lose)


def in_tens(number: int, measure: str) -> str:
    """Say how many, but of a few not how few, nor whether there are any.

    A rule could be written to ask of one person: nobody, told apart from a few, would answer it.
    """
    told = told_in_tens(CELLS, number, measure)
    return f"{FEWEST}명 미만" if told is None else f"{told:,}명"


def counted_on(version: RuleVersion, today: datetime.date) -> datetime.date:
    """Answer the day by which people are counted: today, or the first of what begins later.

    What it takes the place of ends at once, whenever this one begins.
    """
    begin = [one.since for one in (version, version.replaces) if one is not None]
    return max(today, min((day for day in begin if day is not None), default=today))


def digest_of(version: RuleVersion) -> str:
    """Answer what tells apart two states of a draft that may change other people's verdicts."""
    told = json.dumps([getattr(version, name) for name in JUDGED_BY], default=str, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _likely(
    compiled: Compiled,
    households: Sequence[Household],
    on: datetime.date,
    medians: MedianIncomes,
) -> NDArray[np.bool_]:
    """Answer [rule, household] of whether anybody in it is likely entitled."""
    people = encode(households, on=on, medians=medians, space=compiled.space)
    verdicts = judge(compiled, people)
    likely: NDArray[np.bool_] = np.minimum.reduceat(verdicts, people.starts, axis=1) == 0
    return likely
