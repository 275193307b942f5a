"""The next question is the one that decides most, and a dozen of them decide nearly all."""

import os
from dataclasses import replace

import pytest

from tests.welfare.eligibility.families import homes
from tests.welfare.eligibility.judged import ON, born, facts, refined, wanted
from tests.welfare.eligibility.question_curve import catalogue_of, curves, table
from welfare.rules.compiled import compile_rules
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.questions import Asked, next_question
from welfare.rules.refinements import Rule
from welfare.rules.rows import ConditionRow
from welfare.rules.screener import QUESTIONS, SIZES
from welfare.rules.vocabulary import NAMES, Group

# QUESTION_PEOPLE=10000 is the whole simulated population of households, over 11,000 benefits.
PEOPLE = int(os.environ.get("QUESTION_PEOPLE", "40"))
BENEFITS = 11_000 if PEOPLE > 1_000 else 1_500
UNKNOWN = Household((Member("me"),))


def rows(*codes, times=1, start=0, **ages):
    return [
        Rule(f"{start + number}", ConditionRow("b", frozenset(codes), **ages))
        for number in range(times)
    ]


def asked_first(rules, household=UNKNOWN, asked=()):
    return next_question(judgement_of(compile_rules(rules, on=ON), household), asked=asked)


def judgement_of(compiled, household):
    return Judgement(compiled, household.with_untold(), medians=MEDIAN_INCOMES)


class TestNextQuestion:
    def test_decides_most(self):
        rules = rows("JA0102", times=3) + rows("JA0412", times=2, start=10)
        first = asked_first(rules)

        assert (first.asked, first.decides, first.undecided) == ((Asked("sex", "me"),), 3, 5)

    def test_weighs_answers_by_how_many_give_them(self):
        """Many live alone in Seoul and nearly nobody fishes: asking for work decides more."""
        assert asked_first(rows("JA0314", "JA0404")).asked == (Asked("work", "me"),)

    def test_is_not_asked_twice(self):
        rules = rows("JA0102", times=3) + rows("JA0412", times=2, start=10)

        assert asked_first(rules, asked=[Asked("sex", "me")]).page == "home"
        # Whoever lives in a home of their own owns one, so this may still decide it.
        assert asked_first(rules, asked=[Asked("sex", "me"), Asked("home")]).page == "housing"

    def test_is_the_week_of_a_pregnancy_where_one_is_told_and_something_hangs_on_it(self):
        by_week = [refined(wanted("PREGNANCY_WEEKS", "AT_LEAST", 12))]
        pregnant = Household((Member("me", yes=facts("PREGNANT")),))

        assert asked_first(by_week).page == "birth"
        assert asked_first(by_week, pregnant).asked == (Asked("weeks", "me"),)
        assert asked_first(rows("JA0102"), pregnant).asked == (Asked("sex", "me"),)
        assert asked_first(rows("JA0102"), pregnant, [Asked("sex", "me")]) is None

    def test_is_none_when_all_is_decided(self):
        assert asked_first(rows("JA0102"), Household((Member("me", sex="F"),))) is None
        assert asked_first(rows()) is None

    def test_asks_all_members_at_once_of_whom_it_is_open(self):
        household = Household((Member("a", sex="F"), Member("b"), Member("c")))
        first = asked_first(rows("JA0102"), household)

        assert first.asked == (Asked("sex", "b"), Asked("sex", "c"))
        assert (first.members, first.decides, first.undecided) == (("b", "c"), 2, 2)

    def test_decides_most_over_all_members_together(self):
        """Where four live together, what is asked of each decides four times as much."""
        rules = rows("JA0102", times=2) + rows("JA0201", times=1, start=10)
        four = Household(tuple(Member(one) for one in "abcd"), income_band=None)
        one_open = Household((Member("a"), *(Member(one, sex="F") for one in "bcd")))

        assert asked_first(rules, four).page == "birth_date"
        # Of one alone it would decide two pairs; the income decides one of each of the four.
        assert asked_first(rules, one_open).page == "income"

    def test_leaves_out_whom_the_answer_would_decide_nothing_of(self):
        child = born("2020-01-01", "child")
        household = Household((born("1980-01-01", "me"), child))
        rules = rows("JA0326", age_from=19, age_to=120)

        assert asked_first(rules, household).asked == (Asked("work", "me"),)

    def test_asks_for_birth_and_sex_on_one_page(self):
        household = Household((Member("a", sex="F"), Member("b")))
        first = asked_first(rows("JA0102", age_from=65, age_to=120), household)

        assert first.page == "birth_date"
        assert first.asked == (
            Asked("birth_date", "a"),
            Asked("birth_date", "b"),
            Asked("sex", "b"),
        )
        assert first.facts == ("birth_date", "sex")

    def test_does_not_ask_again_whom_it_asked(self):
        household = Household((Member("a"), Member("b")))
        asked = [Asked("sex", "a")]

        assert asked_first(rows("JA0102"), household, asked).asked == (Asked("sex", "b"),)

    def test_asks_once_for_what_counts_for_all(self):
        household = Household((Member("a"), Member("b")))
        first = asked_first(rows("JA0412"), household)

        assert (first.asked, first.members, first.decides) == ((Asked("home"),), (), 2)

    def test_keeps_to_what_is_known_already(self):
        disabled = Household((Member("me", disability="MILD"),))

        assert asked_first(rows("JA0330"), disabled).asked == (Asked("health", "me"),)

    def test_counts_what_an_answer_decides_for_others(self):
        rule = refined(wanted("AGE_YEARS", "AT_LEAST", 65, somebody=True))
        household = Household((born("1990-01-01", "a"), Member("b")))

        assert asked_first([rule], household).asked == (Asked("birth_date", "b"),)

    def test_does_not_wait_for_a_figure_that_nobody_verified(self):
        (version,) = refined(wanted("ASSETS", "AT_MOST", 100)).refinements
        rule = Rule("b", refinements=(replace(version, verified=False),))

        assert asked_first([rule], Household((Member("me"),), assets=200)) is None


class TestScreener:
    def test_tells_every_fact_of_the_condition_rows(self):
        told = {fact for question in QUESTIONS.values() for fact in question.facts}
        flags = {*NAMES[Group.PERSON], *NAMES[Group.HOUSEHOLD]} - {"NO_HOME"}

        assert flags <= told
        assert {"birth_date", "sex", "income_band", "district", "home_owner"} <= told

    @pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
    def test_gives_each_answer_some_weight(self, question):
        assert all(one.weight > 0 for one in question.answers)
        assert len(question.answers) > 1

    def test_says_no_to_what_is_not_chosen(self):
        yes, no = QUESTIONS["veteran"].answers
        me = Member("me", yes=facts("ILL"))

        assert yes.tell(me, ON).yes == facts("ILL", "VETERAN")
        assert no.tell(me, ON).no == facts("VETERAN")

    def test_decides_nine_tenths_by_eight_pages_and_nearly_all_by_twelve(self):
        """Of households of all sizes together, and of each size by itself."""
        found = curves(catalogue_of(BENEFITS), homes(PEOPLE, on=ON))
        if "QUESTION_PEOPLE" in os.environ:
            print(table(found))  # noqa: T201

        assert set(found) >= {0, 1, 2, 3, 4}
        for size, curve in found.items():
            assert curve.decided == sorted(curve.decided), size
            assert curve.share(8) >= 0.90, size
            assert curve.share(12) >= 0.97, size

    def test_would_not_if_each_member_were_asked_on_a_page_of_their_own(self):
        """What the promise hangs on: else a family needs as many pages as it has members."""
        family = [one for one in homes(60, on=ON) if len(one.household.members) > 2]
        apart = curves(catalogue_of(BENEFITS), family, together=False)

        assert apart[0].share(8) < 0.86


class TestHomes:
    """The made-up households are such as may well live together."""

    CITY = homes(400, on=ON)

    def test_are_of_seouls_sizes(self):
        sizes = [len(one.household.members) for one in self.CITY]
        for size, weight in SIZES.items():
            assert abs(sizes.count(size) / len(sizes) - weight / 1000) < 0.07

    def test_hold_children_younger_than_their_parents(self):
        born_on = {
            one.id: one.birth_date for home in self.CITY[:1] for one in home.household.members
        }
        assert "me" in born_on
        for home in self.CITY:
            me, *others = home.household.members
            for one in others:
                if one.id.startswith("child"):
                    assert (one.birth_date - me.birth_date).days > 365 * 22
                if one.id.startswith("parent"):
                    assert (me.birth_date - one.birth_date).days > 365 * 22

    def test_are_of_the_kind_that_their_people_make(self):
        for home in self.CITY:
            household = home.household
            assert ("SINGLE_PERSON" in household.yes) == (len(household.members) == 1)
            has_three = {"child", "parent"} <= set(home.kind.split())
            assert ("EXTENDED_FAMILY" in household.yes) == has_three
