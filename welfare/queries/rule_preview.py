"""What would change if a version were published: known verdicts, and for how many people."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from welfare.enums import RuleKind
from welfare.models import RuleVersion
from welfare.queries.consented import consenting_people, tell_households
from welfare.queries.rule_versions import PublishedRules, published_rules, read_versions
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
SHOWN_FROM = 10


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A regression household whose verdict would be another."""

    household: RegressionHousehold
    before: Verdict
    after: Verdict


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
    """Answer the households whose verdicts would change, in the order of their files."""
    before, after = published_rules(), would_be(version)
    concerned = {subject_of(version)} if subject_of(version) else {one.key for one in PROGRAMMES}
    changes = []
    judged_before, judged_after = _Judge(before), _Judge(after)
    for household in _regressions():
        if household.programme in concerned:
            verdicts = judged_before(household), judged_after(household)
            if verdicts[0] != verdicts[1]:
                changes.append(VerdictChange(household, *verdicts))
    return changes


def subject_of(version: RuleVersion) -> str:
    """Answer whose rule changes; a table has no one of its own and may concern all of them."""
    told = version.replaces if version.kind == RuleKind.REMOVAL and version.replaces else version
    return told.programme or told.benefit_code


class _Judge:
    """Judges the first member of a household by one programme, compiled once for each day."""

    def __init__(self, published: PublishedRules) -> None:
        self.rules = {rule.key: rule for rule in published.programme_rules()}
        self.medians = published.medians
        self.compiled: dict[tuple[str, datetime.date], Compiled] = {}

    def __call__(self, one: RegressionHousehold) -> Verdict:
        key = (one.programme, one.on)
        if key not in self.compiled:
            self.compiled[key] = compile_rules([self.rules[one.programme]], on=one.on)
        compiled = self.compiled[key]
        people = encode([one.household], on=one.on, medians=self.medians, space=compiled.space)
        return Verdict(int(judge(compiled, people)[0, 0]))


def effect_on_people(version: RuleVersion, *, on: datetime.date) -> Effect:
    """Count who would gain or lose, set by set; nobody is named, and nothing of them is kept."""
    before, after = published_rules(), would_be(version)
    pair = (
        (_rules(before, version), before.medians),
        (_rules(after, version), after.medians),
    )
    compiled = [(compile_rules(rules, on=on), medians) for rules, medians in pair]
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


def _rules(published: PublishedRules, version: RuleVersion) -> list[Rule]:
    subject = subject_of(version)
    programmes = published.programme_rules()
    if not subject:
        return programmes
    ours = [rule for rule in programmes if rule.key == subject]
    return ours or [Rule(subject, refinements=published.of(subject))]


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
