"""What makes no sense to ask is asked of nobody; to the engine it stays unknown all the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.welfare.eligibility.judged import ON, born, day, facts, judged
from tests.welfare.eligibility.test_against_scalar import COMPILED, RULES
from tests.welfare.eligibility.worlds import hidings, told, whole_households
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.questions import next_question
from welfare.rules.refinements import Rule
from welfare.rules.rows import ConditionRow
from welfare.rules.unasked import as_most_are, presumed, unasked

BY_AGE = [
    ("2026-01-01", {"school", "birth", "work"}),
    ("2021-11-24", {"school", "birth", "work"}),  # five tomorrow
    ("2021-11-23", {"birth", "work"}),
    ("2016-11-24", {"birth", "work"}),  # ten tomorrow
    ("2016-11-23", {"work"}),
    ("2013-11-24", {"work"}),  # thirteen tomorrow
    ("2013-11-23", set()),
    ("1961-11-24", set()),  # sixty-five tomorrow
    ("1961-11-23", {"birth"}),
    ("1950-01-01", {"birth"}),
]
TICKED = {"school": "JA0317", "birth": "JA0302", "work": "JA0326"}


@pytest.mark.parametrize(("birth", "left_out"), BY_AGE)
def test_hangs_on_the_age_alone(birth, left_out):
    too_old = {"care"} if day(birth) <= day("2017-11-23") else set()
    assert unasked(born(birth), day("2026-11-23")) == left_out | too_old


def test_is_nothing_where_nobody_knows_the_age():
    assert unasked(Member("me"), ON) == frozenset()


@pytest.mark.parametrize("question", TICKED)
@pytest.mark.parametrize(("birth", "left_out"), BY_AGE)
def test_is_not_asked_of_whom_it_makes_no_sense_for(birth, left_out, question):
    rule = Rule("b", ConditionRow("b", frozenset({TICKED[question]})))
    judgement = judged(rule, born("1990-01-01"), born(birth, "other"), on=day("2026-11-23"))
    found = next_question(judgement)

    assert found.page == question
    assert ("other" in found.members) == (question not in left_out)
    # The engine itself presumes nothing.
    assert judgement.explain(0, 1).verdict is Verdict.DEPENDS


@settings(deadline=None)
@given(st.data())
def test_presuming_leaves_what_was_told_and_adds_only_what_is_not_so(data):
    whole = data.draw(whole_households())
    known = told(whole, data.draw(hidings(len(whole.members))))
    after = presumed(known, ON)

    for before, now in zip(known.members, after.members, strict=True):
        assert now.yes == before.yes
        assert now.no >= before.no
        assert not now.yes & now.no
        assert (now.no == before.no) or before.birth_date is not None
    first = Judgement(COMPILED, known, medians=MEDIAN_INCOMES).verdicts
    later = Judgement(COMPILED, after, medians=MEDIAN_INCOMES).verdicts
    # To have told more turns no verdict that was decided into another.
    assert ((first == Verdict.DEPENDS) | (first == later)).all()
    assert len(RULES) == len(first)


def test_what_somebody_says_of_a_child_counts():
    child = born("2015-01-01", yes=facts("EMPLOYED"))
    (after,) = presumed(Household((child,)), ON).members

    assert "EMPLOYED" in after.yes
    assert "FARMER" in after.no
    assert presumed(Household((child,)), ON, but=[("work", "me")]).members == (child,)


def test_a_week_of_pregnancy_counts():
    (after,) = presumed(Household((born("2017-01-01", pregnancy_weeks=3),)), ON).members

    assert "PREGNANT" not in after.no
    assert "BIRTH_OR_ADOPTION" in after.no


def test_whoever_told_nothing_of_work_may_have_it_and_is_no_farmer():
    silent, works, rests, farmer = as_most_are(
        Household(
            (
                Member("a"),
                Member("b", yes=frozenset({"EMPLOYED"})),
                Member("c", no=frozenset({"EMPLOYED"})),
                Member("d", yes=frozenset({"FARMER"}), disability="MILD"),
            )
        )
    ).members

    assert "EMPLOYED" not in silent.yes | silent.no
    assert {"FARMER", "DISABLED", "UNIVERSITY"} <= silent.no
    assert "EMPLOYED" in works.yes - works.no
    assert "EMPLOYED" in rests.no
    assert not {"FARMER", "DISABLED"} & farmer.no
