"""What `make run` shows: our programmes are under their own numbers and names, and nothing else."""

import json

import pytest

from core.sandbox.upstreams.benefits import generated, known, wording
from tests.shared_data import SHARED_DATA, needs_shared_data
from welfare.queries.fact_names import OURS
from welfare.rules.naming import core_name, full_name
from welfare.rules.programmes import PROGRAMMES

LISTS = {False: known.CENTRAL, True: known.LOCAL}
REAL = (*known.CENTRAL, *known.LOCAL)
FILES = ("benefits/bokjiro_central_2026.json", "benefits/bokjiro_local_2026.json")
ROWS = 3_000
# Called by another name at Bokjiro, or listed with what it gives in kind.
OTHERWISE = {
    "culture-card": "통합문화이용권",
    "pregnancy-voucher": "건강보험 임신출산 진료비",
    "young-single-parents": "청소년한부모 아동양육 및 자립지원",
}


def made_up_names():
    return {
        f"{group[0]} {need[0]} {form[0]}"
        for group in wording.GROUPS
        for need in wording.NEEDS
        for form in wording.FORMS
    }


def forms_of(names):
    return {form for name in names for form in (full_name(name), core_name(name))}


class TestRealProgrammes:
    def test_are_all_whose_numbers_we_keep_conditions_of(self):
        ours = {key for programme in PROGRAMMES for key in programme.bokjiro}

        assert len(ours) == len(REAL) == 30
        assert {one.identity for one in REAL} == ours

    @pytest.mark.parametrize("is_local", [False, True])
    def test_come_first_in_their_list_and_are_found_by_number(self, is_local):
        for row, one in enumerate(LISTS[is_local]):
            listed = generated.welfare_service(row, row, is_local=is_local)
            detail = generated.welfare_detail(row, row, is_local=is_local)

            assert (listed["servId"], listed["servNm"]) == (one.identity, one.name)
            assert one.identity in str(listed["servDtlLink"])
            assert listed.items() <= detail.items()
            assert generated.row_of_welfare(one.identity, is_local=is_local) == row
            assert generated.row_of_welfare(one.identity, is_local=not is_local) is None

    def test_are_called_what_we_call_them(self):
        of_number = {key: one for one in PROGRAMMES for key in one.bokjiro}
        for one in REAL:
            programme = of_number[one.identity]
            told = OTHERWISE.get(programme.key, core_name(programme.name).removesuffix("지원"))
            assert core_name(told) in core_name(one.name), programme.key

    def test_hold_no_sum_and_no_year(self):
        for one in REAL:
            assert "만원" not in one.summary + one.whom
            assert not any(word in one.summary + one.whom for word in ("원씩", "2026", "2025"))
            assert one.summary.endswith("다.")

    @needs_shared_data
    def test_are_named_and_classed_as_bokjiro_has_them(self):
        rows = [
            row
            for file in FILES
            for row in json.loads((SHARED_DATA / file).read_text(encoding="utf-8-sig"))
        ]
        listed = {row["servId"]: row for row in rows}
        for one in known.CENTRAL:
            row = listed[one.identity]
            told = (row["servNm"], row["jurMnofNm"], row["lifeArray"])
            assert (one.name, one.giver, one.life) == told
            assert (one.targets, one.themes) == (row["trgterIndvdlArray"], row["intrsThemaArray"])
        for one in known.LOCAL:
            row = listed[one.identity]
            assert (one.name, one.giver) == (row["servNm"], row["ctpvNm"])


class TestMadeUpRows:
    def test_bear_no_number_that_a_publisher_gives(self):
        for is_local, real in LISTS.items():
            ids = [generated.welfare_id(row, is_local=is_local) for row in range(ROWS)]
            assert len(set(ids)) == ROWS
            assert all(one.startswith("WLF9") for one in ids[len(real) :])
            assert {len(one) for one in ids} == {len("WLF00000000")}
        services = [generated.service_id(number) for number in (*range(ROWS), 4_999_999)]
        assert len(set(services)) == len(services)
        assert {len(one) for one in services} == {12}
        assert not any(one[7:].isdecimal() for one in services)

    def test_are_found_by_number(self):
        for number in (*range(700), 999_999, 4_999_999):
            assert generated.number_of_service(generated.service_id(number)) == number
        for is_local, real in LISTS.items():
            for row in (*range(len(real), 50), 4_999_999):
                found = generated.welfare_id(row, is_local=is_local)
                assert generated.row_of_welfare(found, is_local=is_local) == row
                assert generated.row_of_welfare(found, is_local=not is_local) is None

    @pytest.mark.parametrize(
        "identity", ["135200000012", "1352000G", "1352000GXYZW", "1352000G00001", "X", "1352000"]
    )
    def test_are_not_found_by_a_number_that_none_of_them_bears(self, identity):
        assert generated.number_of_service(identity) is None

    @pytest.mark.parametrize("identity", ["WLF00000104", "WLF00000012", "WLF90000000", "WLF", "X"])
    def test_leave_the_numbers_of_others_alone(self, identity):
        assert generated.row_of_welfare(identity, is_local=False) is None

    def test_are_called_nothing_that_one_of_ours_is_called(self):
        names = [*(one.name for one in REAL), *(one.name for one in OURS.values())]

        assert not forms_of(made_up_names()) & forms_of(names)

    @needs_shared_data
    def test_are_called_nothing_that_is_on_bokjiro_s_lists(self):
        names = [
            row["servNm"]
            for file in FILES
            for row in json.loads((SHARED_DATA / file).read_text(encoding="utf-8-sig"))
        ]

        assert not forms_of(made_up_names()) & forms_of(names)
