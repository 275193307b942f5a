"""All answers tried at once, in bits, choose the question that trying each of them chooses."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.welfare.eligibility import plain_questions
from tests.welfare.eligibility.catalogues import catalogue
from tests.welfare.eligibility.worlds import ON, hidings, told, whole_households
from welfare.rules.compiled import compile_rules
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Contradiction, Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.questions import next_question
from welfare.rules.vocabulary import LOWEST_BAND, NAMES, STEP_BOUNDS, Group

# ELIGIBILITY_EXAMPLES=10000 tries as many households as one has minutes.
EXAMPLES = int(os.environ.get("ELIGIBILITY_EXAMPLES", "60"))
COMPILED = {
    "rows": compile_rules(catalogue(160, seed=11, refined=0), on=ON),
    "refined": compile_rules(catalogue(160, seed=12, refined=0.6), on=ON),
    "of a year without a figure": compile_rules(
        catalogue(80, seed=13, refined=0.5), on=ON.replace(year=2029)
    ),
    "unverified": compile_rules(catalogue(80, seed=14, refined=0.9), on=ON.replace(year=2027)),
}
SUMS = (0, 50_000_000, 241_000_000, 1_000_000_000)

thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def partly_told(draw):
    """Answer households as the API may be sent them: sums or bands, ranges, sizes, homes."""
    whole = draw(whole_households())
    seen = told(whole, draw(hidings(len(whole.members))))
    changes = {"size": draw(st.sampled_from((0, None, len(whole.members) + 1)))}
    if draw(st.booleans()):
        band = draw(st.sampled_from((None, *NAMES[Group.INCOME_BAND])))
        step = draw(st.sampled_from((None, *STEP_BOUNDS))) if band == LOWEST_BAND else None
        changes |= {"income_monthly": None, "income_band": band, "income_step": step}
    if draw(st.booleans()):
        changes |= {"assets": None, "assets_over": draw(st.sampled_from(SUMS))}
    hidden = draw(st.sets(st.sampled_from(("home_owner", "housing"))))
    changes |= dict.fromkeys(hidden)
    members = tuple(draw(partly_denied(member)) for member in seen.members)
    return replace(seen, members=members, **changes)


@st.composite
def partly_denied(draw, member):
    """Keep some of a group's facts and hide others: a question may be open in part."""
    kept = draw(st.frozensets(st.sampled_from(NAMES[Group.PERSON]), min_size=10))
    try:
        return replace(member, yes=member.yes & kept, no=member.no & kept)
    except Contradiction:
        return member


def chosen(compiled, household, asked):
    judgement = Judgement(compiled, household.with_untold(), medians=MEDIAN_INCOMES)
    return next_question(judgement, asked=asked)


def plainly(compiled, household, asked):
    return plain_questions.next_question(compiled, household, medians=MEDIAN_INCOMES, asked=asked)


class TestTrials:
    @pytest.mark.parametrize("rules", COMPILED)
    @thorough
    @given(household=partly_told(), times=st.integers(1, 6))
    def test_choose_what_trying_each_answer_chooses(self, rules, household, times):
        compiled, asked = COMPILED[rules], []
        for _ in range(times):
            found = chosen(compiled, household, asked)
            assert found == plainly(compiled, household, asked)
            if found is None:
                break
            # The next best is compared too: all that a page would decide, not only the most.
            asked += found.asked

    @pytest.mark.parametrize("rules", COMPILED)
    def test_choose_it_where_little_is_known(self, rules):
        compiled = COMPILED[rules]
        for household in (
            Household((Member("me"),)),
            Household((Member("me"),), size=None),
            Household(tuple(Member(str(number)) for number in range(5)), size=7),
        ):
            asked = []
            while (found := chosen(compiled, household, asked)) is not None:
                assert found == plainly(compiled, household, asked)
                asked += found.asked
            assert plainly(compiled, household, asked) is None
            assert len(asked) > 10
