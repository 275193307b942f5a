"""Where nobody knows how many live together, or who they are, nothing hangs on a guess."""

import datetime
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.welfare.eligibility.test_against_scalar import (
    RULES,
    partly_known,
    thorough,
    verdicts,
)
from tests.welfare.eligibility.worlds import ON, told
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import SomeMember, Source, Verdict
from welfare.rules.explaining import Fact, Judgement
from welfare.rules.facts import UNTOLD, Contradiction, Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.people import FULL, band_of
from welfare.rules.questions import next_question
from welfare.rules.refinements import Operator, Refinement, Rule, Wanted

ME = Member("me", datetime.date(1980, 1, 1))
SINCE = datetime.date(2025, 1, 1)


def up_to(percent):
    wanted = Wanted("INCOME_PERCENT", Operator.AT_MOST, percent)
    refinement = Refinement("INCOME", (wanted,), Source("법"), SINCE)
    return Rule("benefit", None, (refinement,))


def judged(rule, household):
    compiled = compile_rules([rule], on=ON)
    return Judgement(compiled, household.with_untold(), medians=MEDIAN_INCOMES)


def verdict(rule, household):
    return Verdict(judged(rule, household).verdicts[0, 0])


class TestIncome:
    @pytest.mark.parametrize(
        ("size", "expected"),
        [(0, Verdict.NO), (1, Verdict.NO), (4, Verdict.LIKELY), (None, Verdict.DEPENDS)],
    )
    def test_in_won_is_much_or_little_by_how_many_live_on_it(self, size, expected):
        household = Household((ME,), income_monthly=4_000_000, size=size)
        assert verdict(up_to(100), household) == expected

    def test_that_is_little_for_one_is_little_for_more(self):
        household = Household((ME,), income_monthly=1_000_000, size=None)
        assert verdict(up_to(50), household) == Verdict.LIKELY

    def test_says_that_the_size_is_wanted(self):
        household = Household((ME,), income_monthly=4_000_000, size=None)
        found = judged(up_to(100), household).explain(0, 0)
        assert found.depends_on == (Fact("household_size"),)

    def test_is_asked_about_by_its_size(self):
        household = Household((ME,), income_monthly=4_000_000, size=None)
        compiled = compile_rules([up_to(100)], on=ON)
        whole = household.with_untold()
        found = next_question(Judgement(compiled, whole, medians=MEDIAN_INCOMES))
        assert found.page == "size"


class TestAssets:
    @pytest.mark.parametrize(
        ("most", "over", "expected"),
        [
            (400_000_000, 150_000_000, Verdict.DEPENDS),
            (150_000_000, 50_000_000, Verdict.LIKELY),
            (None, 1_000_000_000, Verdict.NO),
            (200_000_000, None, Verdict.LIKELY),
        ],
    )
    def test_told_as_a_range_are_no_exact_sum(self, most, over, expected):
        wanted = Wanted("ASSETS", Operator.AT_MOST, 241_000_000)
        rule = Rule("benefit", None, (Refinement("ASSETS", (wanted,), Source("법"), SINCE),))
        assert verdict(rule, Household((ME,), assets=most, assets_over=over)) == expected

    @pytest.mark.parametrize(
        ("most", "over"), [(400_000_000, 150_000_000), (None, 150_000_000), (None, None)]
    )
    def test_are_named_as_what_is_missing_where_a_range_of_them_is_too_wide(self, most, over):
        wanted = Wanted("ASSETS", Operator.AT_MOST, 241_000_000)
        rule = Rule("benefit", None, (Refinement("ASSETS", (wanted,), Source("법"), SINCE),))
        found = judged(rule, Household((ME,), assets=most, assets_over=over)).explain(0, 0)
        assert found.depends_on == (Fact("assets"),)
        assert found.depends_on[0].is_partly is (over is not None)

    def test_are_over_what_they_are_over(self):
        with pytest.raises(Contradiction):
            Household((ME,), assets=1, assets_over=1)


class TestWhoElse:
    @pytest.mark.parametrize(
        ("size", "expected"), [(0, Verdict.NO), (2, Verdict.DEPENDS), (None, Verdict.DEPENDS)]
    )
    def test_may_be_whom_a_condition_asks_for(self, size, expected):
        wanted = Wanted("AGE_MONTHS", Operator.AT_LEAST, 65 * 12, somebody=True)
        rule = Rule("benefit", None, (Refinement("AGE", (wanted,), Source("법"), SINCE),))
        assert isinstance(wanted.test(), SomeMember)
        assert verdict(rule, Household((ME,), size=size)) == expected

    def test_is_nobody_where_all_are_told_of(self):
        household = Household((ME, Member("2")), size=2)
        assert household.with_untold() is household
        assert UNTOLD in replace(household, size=3).with_untold().members

    def test_are_no_fewer_than_told(self):
        with pytest.raises(Contradiction):
            Household((ME, Member("2")), size=1)

    @thorough
    @given(partly_known(), st.integers(1, 4), st.booleans(), st.booleans())
    def test_changes_nothing_that_was_decided(self, known, kept, is_sized, is_banded):
        household, hidden = known
        seen, members = told(household, hidden), len(household.members)
        kept = min(kept, members)
        part = replace(seen, members=seen.members[:kept], size=members if is_sized else None)
        if is_banded and seen.income_monthly is not None:
            median = MEDIAN_INCOMES.on(ON).for_size(members)
            share = -(-seen.income_monthly * FULL // median)
            part = replace(part, income_monthly=None, income_band=band_of(share))
        before = verdicts([part.with_untold()])[:, :kept]
        after = verdicts([household])[:, :kept]
        decided = before != Verdict.DEPENDS

        assert np.array_equal(before[decided], after[decided])
        assert len(RULES) == len(before)
