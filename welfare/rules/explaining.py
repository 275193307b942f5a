"""Why a verdict is what it is, on which facts it hangs, and what would change a no."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from welfare.rules.changes import Change, change_of
from welfare.rules.compiled import Compiled, Indices, compile_rules
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
    Verdict,
    is_examined,
    is_examined_fact,
    plainly,
)
from welfare.rules.facts import UNTOLD, Household, weeks_later
from welfare.rules.judging import (
    DEPENDS,
    LIKELY,
    NO,
    Marks,
    States,
    asking_for,
    join_tests,
    joined_conditions,
    judge_signatures,
    standing_so,
    states_of_tests,
)
from welfare.rules.medians import MedianIncomes
from welfare.rules.people import People, encode
from welfare.rules.vocabulary import Field, Group

VERDICTS = tuple(Verdict)
# What a verdict says of a condition, in their order.
MEANING = (True, None, False)
# The name under which a fact is told, where it is not the name of the fact itself.
TOLD_AS: dict[Group | Field, str] = {
    Group.SEX: "sex",
    Group.NATIONALITY: "nationality",
    Group.SPOUSE: "spouse",
    Group.SERVICE_PENSION: "service_pension",
    Group.CARE: "care",
    Group.DISABILITY: "disability",
    Group.HOUSING: "housing",
    Group.DISTRICT: "district",
    Group.INCOME_BAND: "income_monthly",
    Field.INCOME_PERCENT: "income_monthly",
    Field.INCOME_MONTHLY: "income_monthly",
    Field.AGE_MONTHS: "birth_date",
    Field.ASSETS: "assets",
    Field.RESIDENCE_MONTHS: "resident_since",
    Field.PREGNANCY_WEEKS: "pregnancy_weeks",
}
# What hangs on how many they are.
BY_SIZE = (
    Group.INCOME_BAND,
    Field.INCOME_PERCENT,
    Field.INCOME_MONTHLY,
    Field.HOUSEHOLD_SIZE,
)
OF_MEMBERS = frozenset(
    "birth_date sex nationality spouse service_pension care disability resident_since "
    "pregnancy_weeks".split()
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What one would have to know: its name, and of whom unless it counts for all.

    `is_partly` says that something of it is told, a band or a range, and not enough.
    """

    name: str
    member: str | None = None
    is_partly: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One test of a condition, and how it stands."""

    test: Test
    met: bool | None
    unknown: tuple[Fact, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Say whether no fact is missing for anybody for whom the test stands alike.

        What stands open does so for one who told nothing, and for one whose sum is over a limit
        that is not verified; only what nobody is asked, alone, is missing for nobody.
        """
        if self.met is not None or self.unknown:
            return not self.unknown
        return isinstance(self.test, Standing) or (
            isinstance(self.test, AnyOf) and is_examined([self.test])
        )


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """One condition. If it is unverified or reckoned, and not met, `met` is None, its parts False.

    One that is kept is one object for all of whom it says the same, so that what is made of it
    once, as its words are, is found by the object itself.
    """

    condition: str
    met: bool | None
    parts: tuple[Part, ...]
    source: Source
    verified: bool
    # What a hint is made of; nothing of any other condition.
    labels: tuple[str, ...] = ()
    is_reckoned: bool = False
    is_kept: bool = False

    @property
    def is_refuted(self) -> bool:
        """Say whether none of its tests is met nor may be, verified or not."""
        return all([part.met is False for part in self.parts])

    @property
    def is_settled(self) -> bool:
        return not any([part.unknown for part in self.parts])


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict with its reasons. `would_change` is empty where nothing would."""

    benefit: str
    member: str
    verdict: Verdict
    because: tuple[Reason, ...]
    depends_on: tuple[Fact, ...]
    would_change: tuple[Change, ...]

    @property
    def is_settled(self) -> bool:
        """Say whether it says the same of all for whom the benefit's tests stand alike."""
        # A hint names no fact that is missing, whoever asks.
        parts = [part for one in self.because if not one.labels for part in one.parts]
        return self.verdict is not Verdict.NO and all([part.is_settled for part in parts])


class Judgement:
    """One household before all benefits: verdicts at once, reasons for those that are asked."""

    def __init__(self, compiled: Compiled, household: Household, *, medians: MedianIncomes) -> None:
        self.compiled, self.household, self.medians = compiled, household, medians
        self.people: People = encode(
            [household], on=compiled.day, medians=medians, space=compiled.space
        )
        self.tests = states_of_tests(compiled, self.people)
        self.conditions = join_tests(compiled, self.tests)
        self.signatures = judge_signatures(compiled, self.conditions)

    @property
    def verdicts(self) -> States:
        """Answer the verdicts as [benefit, person]."""
        verdicts: States = self.signatures.take(self.compiled.which, axis=0)
        return verdicts

    def of_benefits(self, benefits: Indices) -> States:
        """Answer the verdicts of some benefits, in their order, as [benefit, person]."""
        of_these: States = self.signatures.take(self.compiled.which.take(benefits), axis=0)
        return of_these

    def doubted(self, benefits: Indices) -> Marks | None:
        """Answer as [benefit, person] what a condition speaks against that nobody has verified."""
        return self._of(benefits, standing_so(self.compiled, self.tests, self.compiled.doubted, NO))

    def reckoned(self, benefits: Indices) -> Marks | None:
        """Answer as [benefit, person] what an office must reckon, by what was told too much."""
        return self._of(
            benefits, standing_so(self.compiled, self.tests, self.compiled.reckoned, NO)
        )

    def examined(self, benefits: Indices) -> Marks | None:
        """Answer as [benefit, person] what hangs on nothing but what an office examines."""
        compiled = self.compiled
        if not len(compiled.examined):
            return None
        is_open = (joined_conditions(compiled, self.tests) == DEPENDS).astype(np.uint8)
        asked = np.zeros_like(is_open)
        asked[compiled.examined] = is_open[compiled.examined]
        asking = self._of(benefits, asking_for(compiled, asked))
        if asking is None:
            return None
        is_open[compiled.examined] = 0
        first_of_somebody = compiled.tests.count - len(compiled.tests.somebody)
        for condition, test, fact in compiled.beside:
            open_fact = self.tests[fact] == DEPENDS
            if test >= first_of_somebody:
                open_fact = open_fact.any()
            is_open[condition] |= (self.tests[test] == DEPENDS) & open_fact
        open_else = self._of(benefits, asking_for(compiled, is_open))
        return asking if open_else is None else asking & ~open_else

    def hinted(self, benefits: Indices) -> Marks | None:
        """Answer as [benefit, person] what a hint speaks for."""
        return self._of(
            benefits, standing_so(self.compiled, self.tests, self.compiled.hints, LIKELY)
        )

    def _of(self, benefits: Indices, marks: Marks | None) -> Marks | None:
        return None if marks is None else marks.take(self.compiled.which.take(benefits), axis=0)

    def explain(self, benefit: int, person: int) -> Explanation:
        """Answer why; both are positions, in the catalogue and in the household."""
        verdict = VERDICTS[self.signatures.item(self.compiled.which.item(benefit), person)]
        reasons = tuple(self._reasons(benefit, person))
        unknown = [fact for reason in reasons for part in reason.parts for fact in part.unknown]
        return Explanation(
            benefit=self.compiled.keys[benefit],
            member=self.household.members[person].id,
            verdict=verdict,
            because=reasons,
            depends_on=tuple(dict.fromkeys(unknown)) if verdict is Verdict.DEPENDS else (),
            would_change=self._changes(benefit, person) if verdict is Verdict.NO else (),
        )

    def stands(self, benefit: int, person: int) -> bytes:
        """Answer how each test that a benefit names stands, from which all its reasons follow."""
        stands: bytes = self._by_person[person].take(self.compiled.named[benefit]).tobytes()
        return stands

    @cached_property
    def _by_person(self) -> States:
        return np.ascontiguousarray(self.tests.T)

    def _reasons(self, benefit: int, person: int) -> Iterator[Reason]:
        asked, ids = self.compiled.asked[benefit], self.compiled.asked_ids[benefit]
        for condition, number in zip(asked, ids, strict=True):
            stands = self.conditions.item(number, person)
            tests = self.compiled.tests_of[number]
            states = tuple([self.tests.item(test, person) for test in tests])
            # The compiled rules keep their conditions, so that nothing else can bear such an id.
            key = (id(condition), stands, states)
            reason = self.compiled.reasons.get(key)
            if reason is None:
                reason = self._reason(condition, stands, states, person)
                if reason.is_kept:
                    self.compiled.reasons[key] = reason
            yield reason

    def _reason(
        self, condition: Condition, stands: int, states: tuple[int, ...], person: int
    ) -> Reason:
        # What is open by a fact may be told of one and missing of another; what is open by an
        # examination says the same of all.
        hangs_on_facts = stands == DEPENDS and any(
            state == DEPENDS and not is_examined_fact(test)
            for test, state in zip(condition.tests, states, strict=True)
        )
        met = MEANING[stands]
        parts = zip(condition.tests, states, strict=True)
        # Whatever else one knew: a hint decides nothing.
        hangs = met is None and not condition.labels
        return Reason(
            condition=condition.name,
            met=met,
            parts=tuple([self._part(test, state, person, hangs=hangs) for test, state in parts]),
            source=condition.source,
            verified=condition.verified,
            labels=condition.labels,
            is_reckoned=condition.is_reckoned,
            is_kept=not hangs_on_facts,
        )

    def _part(self, test: Test, state: int, person: int, *, hangs: bool) -> Part:
        unknown = tuple(self._unknown(test, person)) if hangs and state == Verdict.DEPENDS else ()
        return Part(test, MEANING[state], unknown)

    def _state(self, test: Test, person: int) -> Verdict:
        return VERDICTS[self.tests.item(self.compiled.numbers[plainly(test)], person)]

    def _unknown(self, test: Test, person: int) -> Iterator[Fact]:
        if isinstance(test, SomeMember):
            for other in range(len(self.household.members)):
                if self.household.members[other] == UNTOLD:
                    # Whoever else may live there has no name: how many they are is what is asked.
                    yield Fact("household_size")
                elif self._state(test.test, other) is Verdict.DEPENDS:
                    yield from self._unknown(test.test, other)
        elif isinstance(test, AllOf):
            for one in test.tests:
                if self._state(one, person) is Verdict.DEPENDS:
                    yield from self._missing(one, person)
        elif not isinstance(test, Standing):
            yield from self._missing(test, person)

    def _missing(self, test: FactTest, person: int) -> Iterator[Fact]:
        member = self.household.members[person]
        kind = test.group if isinstance(test, AnyOf | NoneOf) else test.field
        if kind is Group.EXAMINED:
            return
        if kind in BY_SIZE and self.household.people is None:
            yield Fact("household_size")
        if kind in TOLD_AS:
            name = TOLD_AS[kind]
            if name in OF_MEMBERS:
                if getattr(member, name) is None:
                    yield Fact(name, member.id)
            elif (told := self._told_of_all(name)) is not True:
                yield Fact(name, is_partly=told is None)
        elif isinstance(test, AnyOf | NoneOf):
            whose = None if test.group is Group.HOUSEHOLD else member.id
            for name in sorted(test.names):
                if self._is_unknown(test.group, name, person):
                    yield Fact(name, whose)

    def _told_of_all(self, name: str) -> bool | None:
        """Say whether a fact of the household is told; None where a range or a band of it is."""
        household = self.household
        if name == "assets" and household.assets_over is not None:
            return None
        if name == "income_monthly" and household.income_monthly is None:
            return None if household.income_band else False
        return getattr(household, name) is not None

    def _is_unknown(self, group: Group, name: str, person: int) -> bool:
        mask = self.compiled.space.split([self.compiled.space.mask(group, {name})])[:, 0]
        told = self.people.yes[:, person] | self.people.no[:, person]
        return not bool((mask & told).any())

    def _changes(self, benefit: int, person: int) -> tuple[Change, ...]:
        """Answer what would have to change, all of it; nothing where one thing cannot."""
        asked, ids = self.compiled.asked[benefit], self.compiled.asked_ids[benefit]
        failing = [
            condition
            for condition, number in zip(asked, ids, strict=True)
            if self.conditions[number, person] == Verdict.NO
        ]
        changes = [self._change(condition, person) for condition in failing]
        possible = tuple(change for change in changes if change is not None)
        if len(possible) < len(changes):
            return ()
        days = [change.day for change in possible if change.day is not None]
        if days and not self._holds_on(max(days), benefit, person, failing):
            return ()
        return _strictest(possible)

    def _change(self, condition: Condition, person: int) -> Change | None:
        member = self.household.members[person]
        table = self.medians.on(self.compiled.day)
        people = self.household.people
        median = table.for_size(people) if table and people is not None else None
        changes = (
            change_of(test, member, self.household, on=self.compiled.day, median=median)
            for test in condition.tests
        )
        possible = [change for change in changes if change is not None]
        return min(possible, key=lambda change: change.order, default=None)

    def _holds_on(
        self, day: datetime.date, benefit: int, person: int, failing: list[Condition]
    ) -> bool:
        """Say whether on that day the birthdays that were awaited spoil nothing else."""
        rule = self.compiled.rules[benefit]
        compiled = compile_rules([rule], on=day)
        household = weeks_later(self.household, (day - self.compiled.day).days // 7)
        later = Judgement(compiled, household, medians=self.medians)
        unchanged = {c.name for c in failing if (x := self._change(c, person)) and x.day is None}
        return all(
            condition.name in unchanged or later.conditions[number, person] != Verdict.NO
            for condition, number in zip(compiled.asked[0], compiled.asked_ids[0], strict=True)
        )


def _strictest(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Leave out a limit where a lower one of the same number is named as well."""
    lowest: dict[object, int] = {}
    for one in changes:
        if one.at_most is not None and isinstance(one.test, Between):
            field = one.test.field
            lowest[field] = min(one.at_most, lowest.get(field, one.at_most))
    return tuple(
        one
        for one in changes
        if one.at_most is None
        or not isinstance(one.test, Between)
        or one.at_most == lowest[one.test.field]
    )
