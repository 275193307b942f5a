"""The arrays say what the slow reading says, and no later fact contradicts what was said."""

import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.welfare.eligibility.catalogues import catalogue
from tests.welfare.eligibility.scalar import Judge
from tests.welfare.eligibility.worlds import (
    ON,
    completed,
    fewer,
    hidings,
    told,
    whole_households,
)
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.facts import Household, Member
from welfare.rules.judging import judge, sweep
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.people import encode
from welfare.rules.vocabulary import NAMES, Group

# ELIGIBILITY_EXAMPLES=10000 tries as many tens of thousands of households as one has minutes.
EXAMPLES = int(os.environ.get("ELIGIBILITY_EXAMPLES", "60"))
AT_ONCE = 4
RULES = catalogue(160, seed=11, refined=0.6)
COMPILED = compile_rules(RULES, on=ON)

thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def partly_known(draw):
    household = draw(whole_households())
    hidden = draw(hidings(len(household.members)))
    return household, hidden


@st.composite
def banded(draw):
    """Answer a household that says its band instead of its income."""
    household, hidden = draw(partly_known())
    seen = told(household, hidden)
    if draw(st.booleans()):
        return seen
    band = draw(st.sampled_from((None, *NAMES[Group.INCOME_BAND])))
    return type(seen)(**{**fields(seen), "income_monthly": None, "income_band": band})


def fields(household):
    return {name: getattr(household, name) for name in household.__dataclass_fields__}


def verdicts(households, compiled=COMPILED, on=ON):
    people = encode(households, on=on, medians=MEDIAN_INCOMES, space=compiled.space)
    return judge(compiled, people)


def by_the_scalar(households, on=ON):
    judges = [Judge(h, member, on, MEDIAN_INCOMES) for h in households for member in h.members]
    return np.array([[judge.verdict(rule) for judge in judges] for rule in RULES])


class TestArrays:
    @thorough
    @given(st.lists(banded(), min_size=AT_ONCE, max_size=AT_ONCE))
    def test_agree_with_the_slow_reading(self, households):
        assert np.array_equal(verdicts(households), by_the_scalar(households))

    @settings(thorough, max_examples=max(10, EXAMPLES // 10))
    @given(st.lists(banded(), min_size=1, max_size=2), st.sampled_from((2024, 2025, 2027, 2029)))
    def test_agree_in_years_whose_figures_are_unverified_or_unknown(self, households, year):
        on = ON.replace(year=year)
        born = [m.birth_date for h in households for m in h.members if m.birth_date]
        if any(birth > on for birth in born):
            return
        compiled = compile_rules(RULES, on=on)

        assert np.array_equal(verdicts(households, compiled, on), by_the_scalar(households, on))

    @settings(thorough, max_examples=max(10, EXAMPLES // 10))
    @given(st.lists(banded(), min_size=2, max_size=9), st.integers(1, 9))
    def test_say_of_a_city_what_they_say_of_a_household(self, households, size):
        people = encode(households, on=ON, medians=MEDIAN_INCOMES, space=COMPILED.space)
        swept = np.empty((len(RULES), len(people)), dtype=np.uint8)
        for piece in sweep(COMPILED, people, size=size):
            swept[:, piece.persons] = piece.verdicts[COMPILED.which]

        assert np.array_equal(swept, judge(COMPILED, people))


class TestVerdicts:
    @thorough
    @given(st.data())
    def test_that_are_decided_hold_however_the_unknown_turns_out(self, data):
        household, hidden = data.draw(partly_known())
        size = len(household.members)
        others = [data.draw(whole_households(size, size)) for _ in range(2)]
        worlds = [household, *(completed(household, hidden, other) for other in others)]
        seen, *whole = (verdicts([one]) for one in (told(household, hidden), *worlds))

        for verdict in whole:
            decided = seen != Verdict.DEPENDS
            assert np.array_equal(seen[decided], verdict[decided])

    @thorough
    @given(st.data())
    def test_stay_when_one_more_fact_is_told(self, data):
        household, hidden = data.draw(partly_known())
        still = fewer(hidden, data.draw(hidings(len(household.members))))
        before, after = verdicts([told(household, hidden)]), verdicts([told(household, still)])
        decided = before != Verdict.DEPENDS

        assert np.array_equal(before[decided], after[decided])


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_made_up_rules_give_every_verdict(verdict):
    """Guards the guards: properties over a catalogue that says one thing would prove nothing."""
    somebody = Member("m", ON.replace(year=1990), "F", yes=frozenset({"EMPLOYED"}))

    assert (verdicts([Household((somebody,))]) == verdict).sum() >= 5
