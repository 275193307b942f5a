"""A household's life line: what begins and ends when, by the same rules on the days that matter."""

import datetime
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from welfare.rules.changes import day_of_month
from welfare.rules.compiled import Compiled, compile_rules
from welfare.rules.conditions import Condition, Verdict
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Household, Member
from welfare.rules.judging import States, judge
from welfare.rules.medians import MedianIncomes
from welfare.rules.people import FAR, encode
from welfare.rules.refinements import Rule
from welfare.rules.unasked import as_whoever_applies
from welfare.rules.vocabulary import FIELDS, Field

A_DAY = datetime.timedelta(days=1)
# Nobody receives anything before the day of birth.
UNBORN = Verdict.NO


@dataclass(frozen=True, slots=True)
class Span:
    """A verdict about a benefit for a member, from a day until the first day it holds no longer.

    `before` and `after` are what is so the day before it and on the day it ends; None beyond the
    time that was asked for.
    """

    benefit: str
    member: str
    verdict: Verdict
    begins: datetime.date
    ends: datetime.date | None
    before: Verdict | None = field(default=None, compare=False)
    after: Verdict | None = field(default=None, compare=False)

    @property
    def comes(self) -> bool:
        """Say whether it was a no until it began."""
        return self.before is Verdict.NO

    @property
    def goes(self) -> bool:
        """Say whether it is a no from its end on."""
        return self.after is Verdict.NO


def timeline(
    compiled: Compiled,
    household: Household,
    *,
    medians: MedianIncomes,
    begins: datetime.date,
    ends: datetime.date,
    verdicts: Collection[Verdict] = (Verdict.LIKELY,),
) -> list[Span]:
    """Answer all spans with one of the verdicts; one that lasts beyond `ends` has no end.

    What is told besides birthdays is taken to stay as it is, and before the day of the compiled
    rules they are taken to have read as on that day.
    """
    dated = _Dated(compiled, ends)
    turning = _days((compiled, *dated.compiled), household, medians, ends)
    days = sorted(day for day in {begins, *dated.days, *turning} if begins <= day < ends)
    told = np.stack([_on(day, compiled, dated, household, medians) for day in days])
    spans = (span for verdict in verdicts for span in _spans(told, verdict, days, compiled))
    members = [member.id for member in household.members]
    positioned = [replace(span, member=members[int(span.member)]) for span in spans]
    return sorted(positioned, key=_in_order)


def worth_asking(
    rules: Iterable[Rule],
    programmes: Mapping[str, str],
    household: Household,
    *,
    on: datetime.date,
    medians: MedianIncomes,
    begins: datetime.date,
    ends: datetime.date,
) -> list[Span]:
    """Answer when what is a no at another time is worth asking about, of those that are programmes.

    An office examines it, or more has to be known of what most people can tell. What stands open
    all the time is no turn, nor what is open by facts of few alone: see `as_whoever_applies`.
    """
    alike: dict[Household, list[Rule]] = {}
    for rule in rules:
        if rule.key in programmes:
            asked = as_whoever_applies(household, rule, programmes[rule.key])
            alike.setdefault(asked, []).append(rule)
    spans: list[Span] = []
    for asked, some in alike.items():
        spans += timeline(
            compile_rules(some, on=on),
            asked,
            medians=medians,
            begins=begins,
            ends=ends,
            verdicts=(Verdict.DEPENDS,),
        )
    return sorted((span for span in spans if span.comes or span.goes), key=_in_order)


def _in_order(span: Span) -> tuple[datetime.date, str, str]:
    return span.begins, span.benefit, span.member


def what_turned(
    rule: Rule, household: Household, member: Member, *, day: datetime.date, medians: MedianIncomes
) -> dict[Condition, bool | None]:
    """Answer the conditions that stand differently from the day before, each as it stands now.

    What is neither met nor failed hangs on what nobody has told.
    """
    before, after = (
        _standing(rule, household, member, on=on, medians=medians) for on in (day - A_DAY, day)
    )
    return {one: met for one, met in after.items() if before.get(one) != met}


class _Dated:
    """The rules that will read differently within the time, as they read in each part of it."""

    def __init__(self, compiled: Compiled, ends: datetime.date) -> None:
        turning = [
            {day for day in rule.turning_days() if compiled.day < day <= ends}
            for rule in compiled.rules
        ]
        self.positions = [place for place, days in enumerate(turning) if days]
        self.days = sorted(set().union(*turning))
        rules = [compiled.rules[place] for place in self.positions]
        self.compiled = [compile_rules(rules, on=day) for day in self.days]

    def on(self, day: datetime.date) -> Compiled | None:
        """Answer the rules as they read that day, or None before the first change."""
        past = bisect_right(self.days, day)
        return self.compiled[past - 1] if past else None


def _days(
    every: Collection[Compiled], household: Household, medians: MedianIncomes, ends: datetime.date
) -> set[datetime.date]:
    """Answer all days on which an age, a residence or a median turns."""
    newest = max(medians.years, default=0)
    days = {datetime.date(year, 1, 1) for year in (*medians.years, newest + 1)}
    ages, stays = (_bounds(every, f) for f in (Field.AGE_MONTHS, Field.RESIDENCE_MONTHS))
    for member in household.members:
        if member.birth_date is not None:
            days |= {member.birth_date, *_turns(member.birth_date, ages, ends)}
        if member.resident_since is not None:
            days |= {member.resident_since, *_turns(member.resident_since, stays, ends)}
    return days


def _bounds(every: Iterable[Compiled], field: Field) -> set[int]:
    """Answer the numbers of months at which some condition turns."""
    months: set[int] = set()
    for compiled in every:
        of_field = compiled.tests.fields == FIELDS.index(field)
        months |= {int(low) for low in compiled.tests.low[of_field]}
        months |= {int(high) + 1 for high in compiled.tests.high[of_field]}
    return {number for number in months if abs(number) < FAR}


def _turns(
    start: datetime.date, months: Iterable[int], ends: datetime.date
) -> Iterator[datetime.date]:
    most = (ends.year - start.year + 1) * 12
    return (day_of_month(start, number) for number in months if 0 <= number <= most)


def _on(
    day: datetime.date,
    compiled: Compiled,
    dated: _Dated,
    household: Household,
    medians: MedianIncomes,
) -> States:
    """Answer the verdicts of one day as [benefit, member] for those who are born."""
    verdicts = np.full((len(compiled), len(household.members)), UNBORN, dtype=np.uint8)
    born = [place for place, one in enumerate(household.members) if _is_born(one, day)]
    if not born:
        return verdicts
    those = replace(household, members=tuple(household.members[place] for place in born))
    people = encode([those], on=day, medians=medians, space=compiled.space)
    verdicts[:, born] = judge(compiled, people)
    if (later := dated.on(day)) is not None:
        people = encode([those], on=day, medians=medians, space=later.space)
        verdicts[np.ix_(dated.positions, born)] = judge(later, people)
    return verdicts


def _is_born(member: Member, day: datetime.date) -> bool:
    return member.birth_date is None or member.birth_date <= day


def _spans(
    told: States,
    verdict: Verdict,
    days: list[datetime.date],
    compiled: Compiled,
) -> Iterator[Span]:
    """Cut [day, benefit, member] where it turns; the member is still a position here."""
    holds = told == np.uint8(verdict)
    never = np.zeros((1, *holds.shape[1:]), dtype=np.bool_)
    turns = np.diff(np.concatenate((never, holds, never)).astype(np.int8), axis=0)
    # Transposed, so that the begins and the ends of one benefit and member follow each other.
    starts = np.argwhere(turns.transpose(1, 2, 0) > 0)
    stops = np.argwhere(turns.transpose(1, 2, 0) < 0)
    for (benefit, member, first), (_, _, after) in zip(
        starts.tolist(), stops.tolist(), strict=True
    ):
        ends = after < len(days)
        yield Span(
            benefit=compiled.keys[benefit],
            member=str(member),
            verdict=verdict,
            begins=days[first],
            ends=days[after] if ends else None,
            before=Verdict(told[first - 1, benefit, member]) if first else None,
            after=Verdict(told[after, benefit, member]) if ends else None,
        )


def _standing(
    rule: Rule,
    household: Household,
    member: Member,
    *,
    on: datetime.date,
    medians: MedianIncomes,
) -> dict[Condition, bool | None]:
    """Say how each condition stands that day; nothing before the member is born."""
    born = tuple(one for one in household.members if _is_born(one, on))
    if member not in born:
        return {}
    those = replace(household, members=born)
    judgement = Judgement(compile_rules([rule], on=on), those, medians=medians)
    reasons = judgement.explain(0, born.index(member)).because
    asked = judgement.compiled.asked[0]
    return {c: reason.met for c, reason in zip(asked, reasons, strict=True)}
