"""A life line says for every day what the rules say on that day."""

import datetime
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.welfare.eligibility.catalogues import catalogue
from tests.welfare.eligibility.judged import ON, born, day, facts, refined, verdict, wanted
from tests.welfare.eligibility.scalar import Judge
from tests.welfare.eligibility.worlds import whole_households
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.facts import Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.refinements import Rule
from welfare.rules.rows import ConditionRow
from welfare.rules.timeline import Span, timeline, what_turned

LIKELY, DEPENDS, NO = Verdict
ENDS = datetime.date(2100, 1, 1)
RULES = catalogue(40, seed=5, refined=0.5)


def life_line(rules, *members, begins=ON, ends=ENDS, verdicts=(LIKELY,), **household):
    compiled = compile_rules(rules, on=ON)
    return timeline(
        compiled,
        Household(members, **household),
        medians=MEDIAN_INCOMES,
        begins=begins,
        ends=ends,
        verdicts=verdicts,
    )


def ages(low, high):
    return Rule("b", ConditionRow("b", age_from=low, age_to=high))


def days_of(spans):
    return [(str(span.begins), span.ends and str(span.ends)) for span in spans]


class TestTimeline:
    def test_begins_and_ends_on_birthdays(self):
        spans = life_line([ages(19, 34)], born("2010-05-05"))

        assert spans == [Span("b", "me", LIKELY, day("2029-05-05"), day("2045-05-05"))]

    def test_is_open_where_it_goes_on(self):
        assert days_of(life_line([ages(65, 120)], born("1956-03-02"))) == [(str(ON), None)]

    def test_knows_the_past_of_a_whole_life(self):
        child = born("2020-02-29")
        spans = life_line([ages(3, 5)], child, begins=child.birth_date)

        assert days_of(spans) == [("2023-03-01", "2026-03-01")]

    def test_keeps_the_unborn_out(self):
        mother, child = born("1990-01-01", "mother"), born("2020-01-01", "child")
        spans = life_line([Rule("b", ConditionRow("b"))], mother, child, begins=day("2010-01-01"))

        assert [(span.member, str(span.begins)) for span in spans] == [
            ("mother", "2010-01-01"),
            ("child", "2020-01-01"),
        ]

    def test_follows_the_birthdays_of_others(self):
        rule = refined(wanted("AGE_MONTHS", "UNDER", 24, somebody=True))
        spans = life_line([rule], born("1990-01-01", "mother"), born("2026-01-31", "child"))

        assert {span.ends for span in spans} == {day("2028-01-31")}

    def test_follows_residence(self):
        rule = refined(wanted("RESIDENCE_MONTHS", "AT_LEAST", 12))

        assert days_of(life_line([rule], Member("me", resident_since=day("2026-03-31")))) == [
            ("2027-03-31", None)
        ]

    def test_follows_the_rules(self):
        rule = Rule("b", ConditionRow("b"), since=day("2027-01-01"), until=day("2028-07-01"))

        assert days_of(life_line([rule], Member("me"))) == [("2027-01-01", "2028-07-01")]

    def test_follows_the_versions_of_a_condition(self):
        (version,) = refined(wanted("AGE_YEARS", "AT_LEAST", 65)).refinements
        later = replace(
            version, since=day("2030-01-01"), wanted=(wanted("AGE_YEARS", "AT_LEAST", 70),)
        )
        rule = Rule("b", refinements=(version, later))

        assert days_of(life_line([rule], born("1963-06-01"))) == [
            ("2028-06-01", "2030-01-01"),
            ("2033-06-01", None),
        ]

    def test_tells_what_depends_apart(self):
        rule = Rule("b", ConditionRow("b", facts("JA0328"), age_from=65))
        spans = life_line([rule], born("1963-06-01"), verdicts=(LIKELY, DEPENDS))

        assert [(span.verdict, str(span.begins)) for span in spans] == [(DEPENDS, "2028-06-01")]

    @settings(max_examples=40, deadline=None)
    @given(whole_households(most=3), st.dates(datetime.date(2024, 6, 1), datetime.date(2060, 1, 1)))
    def test_says_of_every_day_what_the_slow_reading_says(self, household, on):
        spans = life_line(
            RULES,
            *household.members,
            begins=datetime.date(2024, 1, 1),
            verdicts=(LIKELY, DEPENDS),
            **{
                name: getattr(household, name)
                for name in household.__dataclass_fields__
                if name != "members"
            },
        )
        told = {
            (span.benefit, span.member): span.verdict
            for span in spans
            if span.begins <= on and (span.ends is None or on < span.ends)
        }
        there = (
            replace(household, members=tuple(m for m in household.members if m.birth_date <= on))
            if any(m.birth_date <= on for m in household.members)
            else None
        )
        expected = {
            (rule.key, member.id): found
            for member in (there.members if there else ())
            for rule in RULES
            if (found := Judge(there, member, on, MEDIAN_INCOMES).verdict(_as_now(rule))) is not NO
        }

        assert told == expected


class TestWhatTurned:
    def test_is_the_condition_that_a_birthday_met(self):
        rule = Rule("b", ConditionRow("b", facts("JA0328"), age_from=65))
        me = born("1961-11-23", yes=facts("DISABLED"))
        turned = what_turned(rule, Household((me,)), me, day=ON, medians=MEDIAN_INCOMES)

        assert [condition.name for condition in turned] == ["AGE"]
        assert verdict(rule, me) is LIKELY

    def test_tells_what_a_birth_brings_its_parents(self):
        rule = refined(wanted("AGE_YEARS", "UNDER", 13, somebody=True))
        me, child = born("1990-01-01", "a"), born("2027-03-10", "b")
        home, birth = Household((me, child)), child.birth_date

        for member in (me, child):
            turned = what_turned(rule, home, member, day=birth, medians=MEDIAN_INCOMES)
            assert [condition.name for condition in turned] == ["c0"]


def _as_now(rule):
    """Before the day of the compiled rules they are taken to have read as on that day."""
    versions = tuple(replace(one, since=datetime.date(2000, 1, 1)) for one in rule.refinements)
    return replace(rule, refinements=versions)
