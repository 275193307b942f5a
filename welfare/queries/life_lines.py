"""One person's life from birth to a hundred: what is likely from when until when, and why."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.web.opening import full_date
from core.web.wording import in_its_language
from welfare.enums import LifeStage
from welfare.queries.benefit_programmes import programmes_of
from welfare.queries.matching import Match
from welfare.queries.reasons import condition_phrase
from welfare.rules.changes import day_of_month
from welfare.rules.condition_codes import STAGES
from welfare.rules.conditions import Standing, Verdict
from welfare.rules.facts import Household, Member, for_years
from welfare.rules.medians import MedianIncomes
from welfare.rules.refinements import Rule
from welfare.rules.timeline import Span, timeline, what_turned, worth_asking
from welfare.rules.unasked import as_whoever_applies

OLDEST = 100
MONTHS = 12
# Every birthday of everybody is a day to judge them all on: beyond so many it takes too long.
MOST_MEMBERS = 6
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One benefit in a life: from which age until which, and why it begins and ends."""

    name: Any
    url: str
    when: str
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of life with what begins in it: what is likely then, and what one may ask about."""

    key: str
    title: str
    count: int
    lines: list[Line]
    asking: list[Line]
    is_now: bool

    @property
    def left_out(self) -> int:
        return self.count - len(self.lines)


class LifeLine:
    """The life of one member of a household, by today's rules and with what was told today."""

    def __init__(self, match: Match, member: Member, *, today: datetime.date) -> None:
        if member.birth_date is None:
            raise ValueError("birth_date: no day")
        self.match, self.member, self.today = match, member, today
        self.born = member.birth_date
        self.ends = day_of_month(self.born, OLDEST * MONTHS)
        self.household = for_years(match.told.household).with_untold()
        self.medians = match.book.medians.held_at(today)
        spans = timeline(
            match.book.compiled,
            self.household,
            medians=self.medians,
            begins=self.born,
            ends=self.ends,
        )
        self.spans = [span for span in spans if span.member == member.id]
        self.programmes = programmes_of(match.book)
        asking = turns_to_ask(match, begins=self.born, ends=self.ends, medians=self.medians)
        self.asking = [span for span in asking if span.member == member.id]
        keys = match.book.compiled.keys
        self._places = {key: place for place, key in enumerate(keys)}

    def counts(self, ages: Sequence[int]) -> list[int]:
        """Count what is likely at each of some ages."""
        days = [day_of_month(self.born, age * MONTHS) for age in ages]
        last = self.ends + datetime.timedelta(days=1)
        return [
            sum(1 for span in self.spans if span.begins <= day < (span.ends or last))
            for day in days
        ]

    def stages(self, *, whole: str = "") -> list[Stage]:
        """Answer what begins in each stage of life; all of it in the one that is named."""
        of_each, asking = self._by_stage(self.spans), self._by_stage(self.asking)
        now = self._stage_of(self._age(self.today))
        return [
            Stage(
                key,
                _("%(stage)s (%(first)s~%(last)s세)")
                % {
                    "stage": LifeStage(key).label,
                    "first": STAGES[key][0],
                    "last": min(STAGES[key][1], OLDEST),
                },
                len(spans),
                [self._line(span) for span in (spans if key == whole else spans[:SHOWN])],
                [self._line(span) for span in asking[key]],
                key == (whole or now),
            )
            for key, spans in of_each.items()
        ]

    def _by_stage(self, spans: Sequence[Span]) -> dict[str, list[Span]]:
        of_each: dict[str, list[Span]] = {key: [] for key in STAGES}
        for span in spans:
            of_each[self._stage_of(self._age(span.begins))].append(span)
        return of_each

    def _line(self, span: Span) -> Line:
        name = self.match.shelved.names[self._places[span.benefit]]
        reasons = []
        asks = span.verdict is Verdict.DEPENDS
        if span.begins > self.born and (span.comes or not asks):
            reasons.append(self.why(span, begins=True))
        if span.ends is not None and (span.goes or not asks):
            reasons.append(self.why(span, begins=False))
        return Line(
            in_its_language(name),
            reverse("welfare:benefit-detail", kwargs={"code": span.benefit}),
            self._when(span),
            reasons,
        )

    def why(self, span: Span, *, begins: bool) -> str:
        rule = self.match.book.compiled.rules[self._places[span.benefit]]
        return why_turned(
            rule,
            self.household,
            span,
            begins=begins,
            medians=self.medians,
            programme=self.programmes.get(span.benefit, ""),
        )

    def _when(self, span: Span) -> str:
        first = {"age": self._age(span.begins)}
        begins = _("만 %(age)s세부터") % first if span.begins > self.born else _("태어날 때부터")
        if span.ends is None:
            return _("%(begins)s 평생") % {"begins": begins}
        last = {"begins": begins, "age": self._age(span.ends), "day": full_date(span.ends)}
        return _("%(begins)s 만 %(age)s세(%(day)s) 전까지") % last

    def _age(self, day: datetime.date) -> int:
        had_birthday = (day.month, day.day) >= (self.born.month, self.born.day)
        return max(0, day.year - self.born.year - (not had_birthday))

    @staticmethod
    def _stage_of(age: int) -> str:
        return next(key for key, (_first, last) in STAGES.items() if age <= last)


def turns_to_ask(
    match: Match, *, begins: datetime.date, ends: datetime.date, medians: MedianIncomes
) -> list[Span]:
    """Answer when to ask about the curated programmes of a rulebook."""
    compiled = match.book.compiled
    return worth_asking(
        compiled.rules,
        programmes_of(match.book),
        for_years(match.told.household).with_untold(),
        on=compiled.day,
        medians=medians,
        begins=begins,
        ends=ends,
    )


def why_turned(
    rule: Rule,
    household: Household,
    span: Span,
    *,
    begins: bool,
    medians: MedianIncomes,
    programme: str = "",
) -> str:
    """Say which condition turned on the day on which a span begins or ends."""
    if span.verdict is Verdict.DEPENDS:
        household = as_whoever_applies(household, rule, programme)
    member = next(one for one in household.members if one.id == span.member)
    day = span.begins if begins else span.ends
    turned = what_turned(rule, household, member, day=day, medians=medians) if day else {}
    if any(Standing.NOT_IN_FORCE in condition.tests for condition in turned):
        return (
            _("시행을 시작합니다.")
            if begins
            else _("알려진 시행 기간이 끝납니다. 이어질 수 있으니 담당 기관에 물어보세요.")
        )
    # Of what turned with it, that on which it hangs: what is met now, or what fails now.
    decisive = [condition for condition, met in turned.items() if met is begins]
    phrases = [condition_phrase(condition.tests) for condition in decisive or turned]
    if not phrases:
        return _("기준이 바뀌는 날입니다.")
    asked = {"asked": ", ".join(phrases)}
    if not decisive:
        return _("‘%(asked)s’ 조건에 맞는지는 더 알아야 합니다.") % asked
    if begins:
        return _("‘%(asked)s’ 조건에 맞게 됩니다.") % asked
    return _("‘%(asked)s’ 조건에 더는 맞지 않게 됩니다.") % asked
