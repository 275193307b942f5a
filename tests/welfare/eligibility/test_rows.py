"""A row of `supportConditions` is read group by group, and doubt never becomes a yes or a no."""

import datetime

import pytest

from tests.welfare.eligibility.real_rows import needs_real_rows, real_rules
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.facts import Household, Member
from welfare.rules.judging import judge
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.people import encode
from welfare.rules.refinements import Rule
from welfare.rules.rows import read_row
from welfare.rules.vocabulary import HOUSEHOLD_CODES, PERSON_CODES

ON = datetime.date(2026, 11, 23)
LIKELY, DEPENDS, NO = Verdict
BOTH_SEXES = {"JA0101": "Y", "JA0102": "Y"}
ALL_BANDS = {f"JA020{band}": "Y" for band in range(1, 6)}


def verdict(raw, member, on=ON, **household):
    compiled = compile_rules([Rule("b", read_row({"서비스ID": "b", **raw}))], on=on)
    people = encode(
        [Household((member,), **household)],
        on=on,
        medians=MEDIAN_INCOMES,
        space=compiled.space,
    )
    return Verdict(judge(compiled, people)[0, 0])


def facts(*names):
    return frozenset(names)


def born(birth_date, **more):
    return Member("me", datetime.date.fromisoformat(birth_date), **more)


NOBODY_KNOWN = Member("me")


class TestGroups:
    def test_restrict_nobody_where_they_are_empty(self):
        assert verdict(BOTH_SEXES, NOBODY_KNOWN) is LIKELY

    @pytest.mark.parametrize(
        ("none_of_these", "ticked"), [("JA0322", "JA0328"), ("JA0410", "JA0402")]
    )
    def test_restrict_nobody_where_none_of_these_is_ticked(self, none_of_these, ticked):
        nothing = Member("me", no=frozenset(PERSON_CODES.values()))
        none = frozenset(HOUSEHOLD_CODES.values())

        assert verdict({none_of_these: "Y"}, nothing, no=none) is LIKELY
        assert verdict({none_of_these: "Y", ticked: "Y"}, nothing, no=none) is LIKELY
        assert verdict({ticked: "Y"}, nothing, no=none) is NO

    @pytest.mark.parametrize(("code", "name"), PERSON_CODES.items())
    def test_ask_for_a_fact_of_the_person(self, code, name):
        raw = {code: "Y"}

        assert verdict(raw, Member("me", yes=facts(name))) is LIKELY
        assert verdict(raw, Member("me", no=facts(name))) is NO
        assert verdict(raw, NOBODY_KNOWN) is DEPENDS

    @pytest.mark.parametrize(("code", "name"), HOUSEHOLD_CODES.items())
    def test_ask_for_a_fact_of_the_household(self, code, name):
        raw = {code: "Y"}

        assert verdict(raw, NOBODY_KNOWN, yes=facts(name)) is LIKELY
        assert verdict(raw, NOBODY_KNOWN, no=facts(name)) is NO
        assert verdict(raw, NOBODY_KNOWN) is DEPENDS

    def test_are_met_by_one_of_what_is_ticked(self):
        raw = {"JA0326": "Y", "JA0327": "Y"}

        assert verdict(raw, Member("me", yes=facts("JOB_SEEKER"), no=facts("EMPLOYED"))) is LIKELY
        assert verdict(raw, Member("me", no=facts("EMPLOYED"))) is DEPENDS
        assert verdict(raw, Member("me", no=facts("EMPLOYED", "JOB_SEEKER"))) is NO

    def test_are_all_needed(self):
        raw = {"JA0328": "Y", "JA0402": "Y"}

        assert verdict(raw, Member("me", yes=facts("DISABLED"))) is DEPENDS
        assert (
            verdict(raw, Member("me", yes=facts("DISABLED")), no=facts("NORTH_KOREAN_DEFECTOR"))
            is NO
        )

    def test_tell_the_sexes_apart(self):
        assert verdict({"JA0102": "Y"}, Member("me", sex="F")) is LIKELY
        assert verdict({"JA0102": "Y"}, Member("me", sex="M")) is NO
        assert verdict({"JA0102": "Y"}, NOBODY_KNOWN) is DEPENDS
        assert verdict(BOTH_SEXES, NOBODY_KNOWN) is LIKELY

    def test_take_a_home_for_what_it_was_told_by(self):
        assert verdict({"JA0412": "Y"}, NOBODY_KNOWN, home_owner=False) is LIKELY
        assert verdict({"JA0412": "Y"}, NOBODY_KNOWN, home_owner=True) is NO
        assert verdict({"JA0412": "Y"}, NOBODY_KNOWN, housing="OWNED") is NO


class TestIncome:
    @pytest.mark.parametrize(
        ("income", "band"),
        [
            (0, 1),
            (1_282_119, 1),  # 50 % of 2,564,238
            (1_282_120, 2),
            (1_923_178, 2),  # 75 % is 1,923,178.5
            (1_923_179, 3),
            (2_564_238, 3),
            (2_564_239, 4),
            (5_128_476, 4),
            (5_128_477, 5),
        ],
    )
    def test_falls_into_one_band(self, income, band):
        found = [
            number
            for number in range(1, 6)
            if verdict({f"JA020{number}": "Y"}, NOBODY_KNOWN, income_monthly=income) is LIKELY
        ]

        assert found == [band]

    def test_is_measured_by_the_size_of_the_household(self):
        raw = {"JA0201": "Y"}
        compiled = compile_rules([Rule("b", read_row({"서비스ID": "b", **raw}))], on=ON)
        four = Household(tuple(Member(str(n)) for n in range(4)), income_monthly=3_247_369)
        people = encode([four], on=ON, medians=MEDIAN_INCOMES, space=compiled.space)

        assert judge(compiled, people).tolist() == [[LIKELY] * 4]

    def test_is_measured_by_the_year(self):
        raw = {"JA0201": "Y"}

        assert verdict(raw, NOBODY_KNOWN, income_monthly=1_250_000) is LIKELY
        assert verdict(raw, NOBODY_KNOWN, datetime.date(2025, 6, 1), income_monthly=1_250_000) is NO

    def test_is_refused_by_no_year_whose_figures_nobody_verified(self):
        in_2030 = datetime.date(2030, 1, 1)

        assert verdict({"JA0201": "Y"}, NOBODY_KNOWN, in_2030, income_monthly=9_000_000) is DEPENDS
        assert verdict({"JA0201": "Y"}, NOBODY_KNOWN, in_2030, income_band="200+") is NO

    def test_restricts_nobody_where_all_bands_are_ticked(self):
        assert verdict(ALL_BANDS, NOBODY_KNOWN) is LIKELY


class TestAges:
    @pytest.mark.parametrize(
        ("birth_date", "expected"),
        [
            ("1961-11-23", LIKELY),  # 65 on this very day
            ("1961-11-24", NO),
            ("1946-11-24", LIKELY),  # 80 tomorrow
            ("1946-11-23", LIKELY),
            ("1945-11-24", LIKELY),  # 81 tomorrow
            ("1945-11-23", NO),
        ],
    )
    def test_include_both_bounds_by_birthday(self, birth_date, expected):
        assert verdict({"JA0110": 65, "JA0111": 80}, born(birth_date)) is expected

    @pytest.mark.parametrize(("day", "expected"), [("2026-02-28", NO), ("2026-03-01", LIKELY)])
    def test_of_who_was_born_on_a_leap_day_change_on_the_first_of_march(self, day, expected):
        on = datetime.date.fromisoformat(day)

        assert verdict({"JA0110": 18}, born("2008-02-29"), on) is expected

    @pytest.mark.parametrize(
        "ages", [{}, {"JA0111": 120}, {"JA0110": 0, "JA0111": 120}, {"JA0110": "", "JA0111": None}]
    )
    def test_from_0_to_120_are_everybodys(self, ages):
        assert verdict({**BOTH_SEXES, **ages}, NOBODY_KNOWN) is LIKELY
        assert verdict({**BOTH_SEXES, **ages}, born("1901-01-01")) is LIKELY

    def test_up_to_120_have_no_upper_limit(self):
        assert verdict({"JA0110": 65, "JA0111": 120}, born("1901-01-01")) is LIKELY

    def test_may_be_written_with_a_leading_zero(self):
        assert read_row({"서비스ID": "b", "JA0110": "065"}).age_from == 65

    def test_that_contradict_each_other_decide_nothing(self):
        assert verdict({"JA0110": 65, "JA0111": 18}, born("1961-11-23")) is DEPENDS

    @pytest.mark.parametrize("age", ["-1", "65세", "6.5", "999"])
    def test_that_are_no_numbers_are_refused_by_name(self, age):
        with pytest.raises(ValueError, match="JA0111"):
            read_row({"서비스ID": "b", "JA0111": age})


class TestRows:
    def test_without_an_id_are_refused(self):
        with pytest.raises(ValueError, match="서비스ID"):
            read_row({"JA0101": "Y"})

    @pytest.mark.parametrize("blank", [None, "", " ", "N", "-"])
    def test_hold_only_what_is_ticked(self, blank):
        assert read_row({"서비스ID": "b", "JA0101": blank}).codes == frozenset()

    @pytest.mark.parametrize("code", ["JA1101", "JA1202", "JA2103", "JA2299"])
    def test_of_organisations_match_nobody(self, code):
        assert verdict({code: "Y", "JA0110": 0, "JA0111": 120}, NOBODY_KNOWN) is NO

    def test_of_organisations_and_people_match_people(self):
        raw = {"JA2103": "Y", "JA0314": "Y"}

        assert verdict(raw, Member("me", yes=facts("FISHER"))) is LIKELY

    def test_with_a_code_that_the_table_lacks_refuse_nobody(self):
        """A code of version 1 (JA0304) or of tomorrow: what it restricts nobody can tell."""
        assert verdict({"JA0304": "Y"}, NOBODY_KNOWN) is DEPENDS
        assert verdict({"JA0304": "Y", "JA0328": "Y"}, Member("m", no=facts("DISABLED"))) is DEPENDS
        assert verdict({"JA0304": "Y", "JA0322": "Y"}, NOBODY_KNOWN) is LIKELY


@needs_real_rows
def test_the_real_rows_are_all_read():
    rules = real_rules()

    assert len(rules) == 14
    assert {rule.key for rule in rules if rule.row.is_for_organisations} == {
        "119200000008",
        "119200000010",
        "119200000082",
        "122000000003",
    }
