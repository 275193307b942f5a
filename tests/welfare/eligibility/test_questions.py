"""The next question is the one that decides most, and a dozen of them decide nearly all."""

import os
from dataclasses import replace

import pytest

from tests.welfare.eligibility.catalogues import catalogue
from tests.welfare.eligibility.cities import answer, inhabitants
from tests.welfare.eligibility.judged import ON, born, facts, refined, wanted
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Household, Member
from welfare.rules.judging import judge
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.people import encode
from welfare.rules.questions import Asked, next_question
from welfare.rules.refinements import Rule
from welfare.rules.rows import ConditionRow
from welfare.rules.screener import QUESTIONS
from welfare.rules.vocabulary import NAMES, Group

# QUESTION_PEOPLE=10000 is the whole simulated population, over 11,000 benefits.
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

        assert (first.asked, first.decides, first.undecided) == (Asked("sex", "me"), 3, 5)

    def test_weighs_answers_by_how_many_give_them(self):
        """Many live alone in Seoul and nearly nobody fishes: asking for work decides more."""
        assert asked_first(rows("JA0314", "JA0404")).asked == Asked("work", "me")

    def test_is_not_asked_twice(self):
        rules = rows("JA0102", times=3) + rows("JA0412", times=2, start=10)

        assert asked_first(rules, asked=[Asked("sex", "me")]).asked == Asked("home")
        # Whoever lives in a home of their own owns one, so this may still decide it.
        assert asked_first(rules, asked=[Asked("sex", "me"), Asked("home")]).asked == Asked(
            "housing"
        )

    def test_is_none_when_all_is_decided(self):
        assert asked_first(rows("JA0102"), Household((Member("me", sex="F"),))) is None
        assert asked_first(rows()) is None

    def test_asks_each_member_for_what_is_their_own(self):
        household = Household((Member("a", sex="F"), Member("b")))

        assert asked_first(rows("JA0102"), household).asked == Asked("sex", "b")

    def test_asks_once_for_what_counts_for_all(self):
        household = Household((Member("a"), Member("b")))
        first = asked_first(rows("JA0412"), household)

        assert (first.asked, first.decides) == (Asked("home"), 2)

    def test_keeps_to_what_is_known_already(self):
        disabled = Household((Member("me", disability="MILD"),))

        assert asked_first(rows("JA0330"), disabled).asked == Asked("health", "me")

    def test_counts_what_an_answer_decides_for_others(self):
        rule = refined(wanted("AGE_YEARS", "AT_LEAST", 65, somebody=True))
        household = Household((born("1990-01-01", "a"), Member("b")))

        assert asked_first([rule], household).asked == Asked("birth_date", "b")

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

    def test_decides_nine_tenths_by_eight_questions_and_nearly_all_by_twelve(self):
        compiled = compile_rules(catalogue(BENEFITS, refined=0.003), on=ON)
        city = inhabitants(PEOPLE, on=ON)
        curve = _curve(compiled, city, questions=12)
        if "QUESTION_PEOPLE" in os.environ:
            print([round(share, 4) for share in curve])  # noqa: T201

        assert curve == sorted(curve)
        assert curve[8] >= 0.90
        assert curve[12] >= 0.97


def _curve(compiled, city, *, questions):
    """Answer the share of pairs that is decided after no, one, two, … questions."""
    known, asked = [UNKNOWN] * len(city), [[] for _ in city]
    curve = [_decided(compiled, known)]
    for _ in range(questions):
        for number, whole in enumerate(city):
            following = next_question(judgement_of(compiled, known[number]), asked=asked[number])
            if following is not None:
                asked[number].append(following.asked)
                known[number] = answer(known[number], following.asked.question, whole)
        curve.append(_decided(compiled, known))
    return curve


def _decided(compiled, households):
    people = encode(households, on=ON, medians=MEDIAN_INCOMES, space=compiled.space)
    return float((judge(compiled, people) != Verdict.DEPENDS).mean())
