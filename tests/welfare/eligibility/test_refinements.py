"""Conditions that staff add are dated, and a figure that nobody verified refuses nobody."""

import datetime
import json
from dataclasses import replace

import pytest

from tests.welfare.eligibility.judged import (
    LAW,
    born,
    day,
    facts,
    judged,
    refined,
    verdict,
    wanted,
)
from welfare.queries.reasons import condition_phrase
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Contradiction, Household, Member
from welfare.rules.figures import StoredFigure, check_numbers
from welfare.rules.medians import (
    MEDIAN_2025,
    MEDIAN_2026,
    MEDIAN_2027,
    MEDIAN_INCOMES,
    MedianIncomes,
)
from welfare.rules.questions import next_question
from welfare.rules.refinements import Refinement, Rule
from welfare.rules.rows import ConditionRow
from welfare.rules.stored import read_wanted, write_wanted

LIKELY, DEPENDS, NO = Verdict
ME = Member("me")


class TestBounds:
    @pytest.mark.parametrize(
        ("operator", "value", "yes", "no"),
        [
            ("AT_LEAST", 65, "1961-11-23", "1961-11-24"),
            ("OVER", 65, "1960-11-23", "1960-11-24"),
            ("AT_MOST", 5, "2020-11-24", "2020-11-23"),
            ("UNDER", 6, "2020-11-24", "2020-11-23"),
        ],
    )
    def test_of_age_in_years_turn_on_the_birthday(self, operator, value, yes, no):
        rule = refined(wanted("AGE_YEARS", operator, value))

        assert verdict(rule, born(yes)) is LIKELY
        assert verdict(rule, born(no)) is NO

    @pytest.mark.parametrize(
        ("birth", "on", "expected"),
        [
            ("2024-11-24", "2026-11-23", LIKELY),
            ("2024-11-23", "2026-11-23", NO),
            ("2024-08-31", "2026-08-30", LIKELY),
            ("2025-01-31", "2026-12-31", LIKELY),
            ("2024-02-29", "2026-02-28", LIKELY),
            ("2024-02-29", "2026-03-01", NO),
        ],
    )
    def test_of_age_in_months_count_full_months(self, birth, on, expected):
        rule = refined(wanted("AGE_MONTHS", "UNDER", 24))

        assert verdict(rule, born(birth), on=day(on)) is expected

    @pytest.mark.parametrize(
        ("income", "expected"), [(820_556, LIKELY), (820_557, NO), (None, DEPENDS)]
    )
    def test_of_a_share_of_the_median_are_exact(self, income, expected):
        """32 % of 2,564,238 won is 820,556.16 won."""
        rule = refined(wanted("INCOME_PERCENT", "AT_MOST", 32))

        assert verdict(rule, income_monthly=income) is expected

    @pytest.mark.parametrize(
        ("band", "expected"), [("0-50", DEPENDS), ("51-75", NO), ("200+", NO), (None, DEPENDS)]
    )
    def test_of_a_share_hang_on_more_than_a_wide_band(self, band, expected):
        rule = refined(wanted("INCOME_PERCENT", "AT_MOST", 32))

        assert verdict(rule, income_band=band) is expected

    def test_of_a_sum_are_told_by_a_band_that_lies_within(self):
        """50 % of the median for one is 1,282,119 won in 2026."""
        rule = refined(wanted("INCOME_MONTHLY", "AT_MOST", 1_300_000))

        assert verdict(rule, income_band="0-50") is LIKELY
        assert verdict(rule, income_band="51-75") is DEPENDS
        assert verdict(rule, income_band="101-200") is NO

    def test_of_a_sum_know_the_first_won_of_a_band(self):
        rule = refined(wanted("INCOME_MONTHLY", "OVER", 1_282_119))

        assert verdict(rule, income_band="51-75") is LIKELY
        assert verdict(rule, income_band="0-50") is NO

    @pytest.mark.parametrize("operator", ["AT_LEAST", "UNDER", "ANY_OF"])
    def test_of_a_share_are_at_most_or_over(self, operator):
        with pytest.raises(ValueError, match="INCOME_PERCENT"):
            wanted("INCOME_PERCENT", operator, 50).test()

    def test_of_assets_households_and_residence(self):
        rule = refined(
            wanted("ASSETS", "AT_MOST", 241_000_000),
            wanted("HOUSEHOLD_SIZE", "AT_LEAST", 2),
            wanted("RESIDENCE_MONTHS", "AT_LEAST", 12),
        )
        since = replace(ME, resident_since=day("2025-11-23"))
        late = replace(ME, resident_since=day("2025-11-24"))
        other = Member("other")

        assert verdict(rule, since, other, assets=241_000_000) is LIKELY
        assert verdict(rule, late, other, assets=241_000_000) is NO
        assert verdict(rule, since, other, assets=241_000_001) is NO
        assert verdict(rule, since, assets=0) is NO
        assert verdict(rule, since, other) is DEPENDS

    def test_of_a_pregnancy_are_nobodys_who_is_not_pregnant(self):
        rule = refined(wanted("PREGNANCY_WEEKS", "AT_LEAST", 0))

        assert verdict(rule, replace(ME, pregnancy_weeks=0)) is LIKELY
        assert verdict(rule, replace(ME, no=facts("PREGNANT"))) is NO
        assert verdict(rule, replace(ME, yes=facts("PREGNANT"))) is DEPENDS


class TestNames:
    def test_of_a_degree_follow_from_having_none(self):
        rule = refined(wanted("DISABILITY", "ANY_OF", ("SEVERE",)))

        assert verdict(rule, replace(ME, disability="SEVERE")) is LIKELY
        assert verdict(rule, replace(ME, disability="MILD")) is NO
        assert verdict(rule, replace(ME, no=facts("DISABLED"))) is NO
        assert verdict(rule, replace(ME, yes=facts("DISABLED"))) is DEPENDS

    def test_of_what_somebody_receives_open_and_shut(self):
        joined = refined(wanted("RECEIVES", "ANY_OF", ("livelihood", "medical")))
        shut = refined(wanted("RECEIVES", "NONE_OF", ("livelihood", "medical")))
        both_denied = facts("livelihood", "medical")

        assert verdict(joined, replace(ME, receives=facts("medical"))) is LIKELY
        assert verdict(joined, receives=facts("medical")) is LIKELY
        assert verdict(joined, receives_not=both_denied) is NO
        assert verdict(joined, receives_not=facts("medical")) is DEPENDS
        assert verdict(shut, replace(ME, receives=facts("medical"))) is NO
        assert verdict(shut, receives_not=both_denied) is LIKELY
        assert verdict(shut, receives_not=facts("medical")) is DEPENDS

    def test_of_what_a_member_receives_count_before_what_the_household_does_not(self):
        rule = refined(wanted("RECEIVES", "ANY_OF", ("medical",)))
        mine = replace(ME, receives=facts("medical"))
        people = judged(rule, mine, Member("other"), receives_not=facts("medical"))

        assert people.verdicts.tolist() == [[LIKELY, NO]]

    def test_of_bands_that_are_shut_out_hang_on_a_verified_median(self):
        rule = refined(wanted("INCOME_BAND", "NONE_OF", ("200+",)))

        assert verdict(rule, income_monthly=9_000_000) is NO
        assert verdict(rule, on=day("2030-01-01"), income_monthly=9_000_000) is DEPENDS
        assert verdict(rule, on=day("2030-01-01"), income_band="200+") is NO

    def test_of_a_district_know_the_rest_of_the_country(self):
        rule = refined(wanted("DISTRICT", "ANY_OF", ("노원구",)))

        assert verdict(rule, district="노원구") is LIKELY
        assert verdict(rule, district="중구") is NO
        assert verdict(rule, district="수원시") is NO
        assert verdict(rule) is DEPENDS

    def test_that_are_misspelt_are_refused(self):
        with pytest.raises(ValueError, match="HOUSING"):
            wanted("HOUSING", "ANY_OF", ("CASTLE",)).test()
        with pytest.raises(ValueError, match="no value"):
            wanted("HOUSING", "ANY_OF", ()).test()


class TestSomebody:
    rule = refined(
        (
            wanted("AGE_YEARS", "AT_LEAST", 65, somebody=True),
            wanted("PERSON", "ANY_OF", ("PREGNANT",), somebody=True),
        )
    )

    def test_in_the_household_is_enough_for_all(self):
        grandmother, child = born("1950-01-01", "grandmother"), born("2015-01-01", "child")
        people = verdict(self.rule, child, grandmother)

        assert people is LIKELY

    def test_is_unknown_while_one_of_them_is(self):
        child = born("2015-01-01", "child", no=facts("PREGNANT"))
        stranger = Member("stranger", no=facts("PREGNANT"))
        adult = born("1990-01-01", "adult", no=facts("PREGNANT"))

        assert verdict(self.rule, child, stranger) is DEPENDS
        assert verdict(self.rule, child, adult) is NO


class TestDates:
    figure = Refinement(
        "income", (wanted("INCOME_MONTHLY", "AT_MOST", 100),), LAW, day("2025-01-01")
    )

    def test_let_the_newest_version_count(self):
        newer = replace(
            self.figure, since=day("2026-01-01"), wanted=(wanted("INCOME_MONTHLY", "AT_MOST", 200),)
        )
        rule = Rule("b", refinements=(newer, self.figure))

        assert verdict(rule, on=day("2025-12-31"), income_monthly=150) is NO
        assert verdict(rule, on=day("2026-01-01"), income_monthly=150) is LIKELY

    def test_end_with_the_day_before_the_last(self):
        rule = Rule(
            "b", ConditionRow("b"), refinements=(replace(self.figure, until=day("2026-01-01")),)
        )

        assert verdict(rule, on=day("2025-12-31"), income_monthly=150) is NO
        assert verdict(rule, on=day("2026-01-01"), income_monthly=150) is LIKELY

    def test_make_last_years_figure_doubtful(self):
        rule = Rule("b", refinements=(replace(self.figure, stale_from=day("2026-01-01")),))

        assert verdict(rule, on=day("2025-12-31"), income_monthly=150) is NO
        assert verdict(rule, on=day("2026-01-01"), income_monthly=150) is DEPENDS
        assert verdict(rule, on=day("2026-01-01"), income_monthly=50) is LIKELY

    def test_bound_the_benefit_itself(self):
        rule = Rule("b", ConditionRow("b"), since=day("2026-01-01"), until=day("2027-01-01"))

        assert [
            verdict(rule, on=day(on))
            for on in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
        ] == [NO, LIKELY, LIKELY, NO]

    def test_are_told_as_the_days_on_which_a_rule_may_change(self):
        rule = Rule(
            "b",
            refinements=(replace(self.figure, stale_from=day("2026-01-01")),),
            until=day("2030-01-01"),
        )

        assert rule.turning_days() == {day("2025-01-01"), day("2026-01-01"), day("2030-01-01")}


class TestUnverifiedFigures:
    unverified = Rule("b", refinements=(replace(TestDates.figure, verified=False),))

    def test_refuse_nobody(self):
        assert verdict(self.unverified, income_monthly=150) is DEPENDS
        assert verdict(self.unverified, income_monthly=50) is LIKELY
        assert verdict(self.unverified) is DEPENDS

    def test_take_nothing_from_a_verified_no(self):
        rule = Rule("b", ConditionRow("b", age_from=65), refinements=self.unverified.refinements)

        assert verdict(rule, born("1990-01-01"), income_monthly=150) is NO


class TestBenefits:
    def test_of_which_nobody_read_the_conditions_depend(self):
        assert verdict(Rule("b")) is DEPENDS

    def test_that_restrict_nobody_are_likely(self):
        assert verdict(Rule("b", ConditionRow("b"))) is LIKELY


class TestHouseholds:
    @pytest.mark.parametrize(
        "contradiction",
        [
            lambda: Household(()),
            lambda: Household((ME, ME)),
            lambda: Household((ME,), home_owner=True, yes=facts("NO_HOME")),
            lambda: Household((ME,), home_owner=False, housing="OWNED"),
            lambda: Household((ME,), yes=facts("SINGLE_PARENT"), no=facts("SINGLE_PARENT")),
            lambda: Household((ME,), yes=facts("DISABLED")),
            lambda: Household((ME,), income_monthly=-1),
            lambda: Household((ME,), income_band="UNKNOWN"),
            lambda: Member("me", yes=facts("PREGNANT"), no=facts("PREGNANT")),
            lambda: Member("me", disability="SEVERE", no=facts("DISABLED")),
            lambda: Member("me", pregnancy_weeks=8, no=facts("PREGNANT")),
            lambda: Member("me", sex="X"),
        ],
    )
    def test_that_contradict_themselves_are_refused(self, contradiction):
        with pytest.raises(Contradiction):
            contradiction()

    def test_are_not_judged_before_somebody_is_born(self):
        with pytest.raises(Contradiction):
            verdict(Rule("b"), born("2027-01-01"))


class TestMedians:
    def test_go_on_above_seven_by_the_last_step(self):
        assert MEDIAN_2025.for_size(8) == 9_912_051

    def test_know_their_year(self):
        assert MEDIAN_INCOMES.on(day("2025-12-31")).for_size(1) == 2_392_013
        assert MEDIAN_INCOMES.on(day("2026-01-01")).for_size(4) == 6_494_738

    def test_of_a_later_year_are_the_newest_and_unverified(self):
        told = MEDIAN_INCOMES.on(day("2035-01-01"))

        assert (told.year, told.verified) == (2027, False)

    def test_before_the_first_year_are_the_oldest_and_unverified(self):
        told = MEDIAN_INCOMES.on(day("2024-12-31"))

        assert (told.year, told.verified) == (2025, False)

    def test_of_a_size_nobody_told_of_are_raised_as_the_largest_that_was_and_unverified(self):
        """Of 2027 six sizes were told: by a fifteenth more for six, so for seven and for eight."""
        told, before = (MEDIAN_INCOMES.on(day(f"{year}-06-01")) for year in (2027, 2026))

        assert not told.verified
        assert told.for_size(6) == 9_129_201
        for size in (7, 8):
            raised = before.for_size(size) * told.for_size(6) / before.for_size(6)
            assert abs(told.for_size(size) - raised) < 5

    def test_of_a_large_family_decide_as_those_of_a_small_one(self):
        rule = refined(wanted("INCOME_PERCENT", "AT_MOST", 50))
        for size in (6, 7, 8):
            family = [Member(f"m{number}") for number in range(size)]
            found = verdict(rule, *family, on=day("2027-02-01"), income_monthly=1_000_000)
            assert found is Verdict.LIKELY, size

    def test_that_are_vouched_for_refute_though_larger_households_are_not_told_of(self):
        medians = MedianIncomes.of(MEDIAN_2026, replace(MEDIAN_2027, verified=True))
        compiled = compile_rules(
            [refined(wanted("INCOME_PERCENT", "AT_MOST", 50))], on=day("2027-02-01")
        )
        found = []
        for size in (1, 6, 7, 8):
            members = tuple(Member(f"m{number}") for number in range(size))
            household = Household(members, income_monthly=20_000_000)
            found.append(Judgement(compiled, household, medians=medians).explain(0, 0).verdict)

        assert found == [NO, NO, DEPENDS, DEPENDS]

    def test_may_be_held_at_a_day(self):
        held = MEDIAN_INCOMES.held_at(day("2026-06-01"))

        assert held.on(datetime.date(2050, 1, 1)) == MEDIAN_INCOMES.on(day("2026-06-01"))


class TestOnePerson:
    CHILD = wanted("AGE_YEARS", "BETWEEN", (6, 18), somebody=True)
    STUDENT = wanted(
        "AGE_YEARS",
        "BETWEEN",
        (18, 21),
        somebody=True,
        also=(wanted("PERSON", "ANY_OF", ("UNIVERSITY",)),),
    )

    def aged(self, name, age, **more):
        return born(f"{2026 - age}-11-23", name, **more)

    @pytest.mark.parametrize(
        ("ages", "expected"), [((46, 1), NO), ((46, 6), LIKELY), ((18, 1), LIKELY), ((19, 5), NO)]
    )
    def test_is_meant_by_an_age_from_to(self, ages, expected):
        members = [self.aged(str(number), age) for number, age in enumerate(ages)]

        assert verdict(refined(self.CHILD), *members) is expected

    def test_must_meet_all_parts(self):
        studies, not_at_school = facts("UNIVERSITY"), {"no": facts("UNIVERSITY")}
        of_26 = self.aged("a", 26, yes=studies)
        of_20 = self.aged("b", 20, **not_at_school)

        assert verdict(refined(self.STUDENT), of_26, of_20) is NO
        assert verdict(refined(self.STUDENT), of_26, self.aged("b", 20)) is DEPENDS
        assert verdict(refined(self.STUDENT), of_26, self.aged("b", 20, yes=studies)) is LIKELY

    def test_is_said_and_read_back_as_it_was_kept(self):
        kept = write_wanted([self.STUDENT, self.CHILD])

        assert read_wanted(json.loads(json.dumps(kept))) == (self.STUDENT, self.CHILD)
        assert condition_phrase([self.STUDENT.test()]) == (
            "가구원 중 만 18세부터 21세까지, 그리고 대학생·대학원생인 사람"
        )

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"value": ["18", "6"]}, "no such number"),
            ({"value": ["6"]}, "two numbers"),
            ({"value": "6"}, "two numbers"),
            ({"also": [write_wanted([CHILD])[0]]}, "one person only"),
            (
                {"also": [{"field": "ASSETS", "operator": "AT_MOST", "figure": "X"}]},
                "no such table",
            ),
        ],
    )
    def test_is_refused_where_it_cannot_be_meant(self, change, fault):
        with pytest.raises(ValueError, match=fault):
            read_wanted([write_wanted([self.CHILD])[0] | change])


def table(sums, **told):
    return StoredFigure("PENSION", sums, "고시", day("2026-01-01"), **told)


class TestLimitsBySize:
    TOLD = ({"field": "INCOME_MONTHLY", "operator": "AT_MOST", "figure": "PENSION"},)
    SUMS = (2_470_000, 3_952_000, 5_000_000)

    @pytest.mark.parametrize(
        ("size", "income", "expected"),
        [
            (1, 2_470_000, LIKELY),
            (1, 3_500_000, NO),
            (2, 3_500_000, LIKELY),
            (2, 3_952_001, NO),
            (3, 4_500_000, LIKELY),
            (7, 5_000_000, LIKELY),
            (7, 5_000_001, NO),
            (None, 2_000_000, LIKELY),
            (None, 3_500_000, DEPENDS),
            (None, 5_000_001, NO),
        ],
    )
    def test_are_read_off_a_table(self, size, income, expected):
        wishes = read_wanted(self.TOLD, tables={"PENSION": table(self.SUMS)})

        found = verdict(refined(wishes), ME, size=size, income_monthly=income)
        assert found is expected

    @pytest.mark.parametrize(
        ("told", "sums", "fault"),
        [
            ({"operator": "AT_LEAST"}, SUMS, "sums by size are limits"),
            ({"somebody": True}, SUMS, "sums by size stand alone"),
            ({}, SUMS[::-1], "each must be more"),
        ],
    )
    def test_are_refused_where_they_cannot_be_meant(self, told, sums, fault):
        with pytest.raises(ValueError, match=fault):
            read_wanted([self.TOLD[0] | told], tables={"PENSION": table(sums)})


class TestLimitsOfACouple:
    TOLD = TestLimitsBySize.TOLD
    TABLE = table((2_470_000, 3_952_000), measure="COUPLE")

    @pytest.mark.parametrize(
        ("spouse", "income", "expected"),
        [
            ("WITHOUT_SPOUSE", 2_470_000, LIKELY),
            ("WITHOUT_SPOUSE", 2_470_001, NO),
            ("WITH_SPOUSE", 3_952_000, LIKELY),
            ("WITH_SPOUSE", 3_952_001, NO),
            (None, 2_470_000, LIKELY),
            (None, 2_470_001, DEPENDS),
            (None, 3_952_001, NO),
        ],
    )
    @pytest.mark.parametrize("size", [1, 2, 5, None])
    def test_hang_on_a_spouse_and_not_on_how_many_they_are(self, size, spouse, income, expected):
        wishes = read_wanted(self.TOLD, tables={"PENSION": self.TABLE})

        me = Member("me", spouse=spouse)
        assert verdict(refined(wishes), me, size=size, income_monthly=income) is expected

    @pytest.mark.parametrize(("income", "asked"), [(900_000, None), (3_500_000, "spouse")])
    def test_are_asked_about_only_where_they_decide(self, income, asked):
        wishes = read_wanted(self.TOLD, tables={"PENSION": self.TABLE})
        household = Household((Member("me"),), income_monthly=income)
        compiled = compile_rules([refined(wishes)], on=day("2026-11-23"))
        found = next_question(Judgement(compiled, household, medians=MEDIAN_INCOMES))

        assert (found and found.page) == asked

    @pytest.mark.parametrize("numbers", [(1,), (1, 2, 3), (2, 1)])
    def test_are_two_numbers_that_grow(self, numbers):
        with pytest.raises(ValueError, match="amounts"):
            check_numbers(numbers, unit="WON", measure="COUPLE")
