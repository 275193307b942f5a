"""Who gives a benefit, when two names are one, and what tick-boxes say of whom it is for."""

import json

import pytest

from core.sandbox.upstreams.benefits import conditions
from tests.shared_data import SHARED_DATA, needs_shared_data
from welfare.rules.categories import STAGES, TARGETS, THEMES, named, tokens
from welfare.rules.condition_codes import (
    BIT,
    CODES,
    UNREAD,
    codes_of,
    is_for_people,
    mask_of,
    stages_of,
    targets_of,
)
from welfare.rules.naming import core_name, full_name
from welfare.rules.providers import UnknownProvider, provider_of_gov24, provider_of_local
from welfare.rules.rows import ConditionRow


class TestProviders:
    @pytest.mark.parametrize(
        ("kind", "name", "told"),
        [
            ("중앙행정기관", "교육부", ("CENTRAL", None, None)),
            ("공공기관", "한국주택금융공사", ("PUBLIC_BODY", None, None)),
            ("광역시도", "서울특별시", ("CITY", "11", None)),
            ("시군구", "서울특별시 노원구", ("DISTRICT", "11", "1135000000")),
            ("시군구", "경기도 화성시", ("DISTRICT", "41", None)),
            ("시군구", "강원도 철원군", ("DISTRICT", "51", None)),
            ("교육청", "서울특별시교육청", ("CITY", "11", None)),
        ],
    )
    def test_follow_from_kind_and_name(self, kind, name, told):
        found = provider_of_gov24(kind=kind, name=name)
        assert (found.level, found.province, found.district) == told

    @pytest.mark.parametrize(
        ("kind", "name"), [("시군구", "노원구"), ("시군구", "서울특별시 한들구"), ("", "교육부")]
    )
    def test_are_refused_where_they_cannot_be_known(self, kind, name):
        with pytest.raises(UnknownProvider):
            provider_of_gov24(kind=kind, name=name)

    @pytest.mark.parametrize(
        ("told", "provider"),
        [
            ("동대문구가 함께하는 잔치", "서울특별시 동대문구"),
            ("중구난방 사업", "서울특별시"),
            ("강서구와 강동구의 나눔", "서울특별시"),
            ("서울 전역", "서울특별시"),
        ],
    )
    def test_of_unnamed_districts_are_taken_from_one_plain_word(self, told, provider):
        found = provider_of_local(province_name="서울특별시", district_name="", told=told)
        assert found.name == provider


class TestNames:
    def test_are_compared_without_signs_and_blanks(self):
        assert full_name("근로·자녀 장려금") == full_name("근로ㆍ자녀장려금") == "근로자녀장려금"

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("유아학비 (누리과정) 지원", "유아학비 지원(3~5세 누리과정 지원)"),
            ("성동구 청년 탈모 치료 지원사업", "청년 탈모 치료 지원"),
            ("[신규] 어르신 돌봄 사업", "어르신 돌봄"),
        ],
    )
    def test_have_the_same_core_where_only_trimmings_differ(self, one, other):
        assert core_name(one) == core_name(other)

    def test_keep_what_tells_programmes_apart(self):
        assert core_name("청년 월세 지원") != core_name("청년 월세 대출")
        assert core_name("(전액)") == "전액"


class TestCategories:
    def test_are_read_whatever_dots_and_blanks(self):
        assert tokens("임신 · 출산, 보호ㆍ돌봄,,") == ["임신·출산", "보호·돌봄"]
        assert named("노년,임신 · 출산,새 단계", STAGES) == ["SENIOR", "PREGNANCY"]

    @needs_shared_data
    def test_are_all_known_of_the_real_rows(self):
        rows = json.loads((SHARED_DATA / "benefits" / "bokjiro_central_2026.json").read_text())
        for field, names in {
            "lifeArray": STAGES,
            "trgterIndvdlArray": TARGETS,
            "intrsThemaArray": THEMES,
        }.items():
            assert {word for row in rows for word in tokens(row[field])} <= set(names)


class TestConditionCodes:
    def test_are_those_of_the_stand_in_and_have_a_bit_each(self):
        assert {*CODES} - {*UNREAD} == set(conditions.CODES)
        assert len(CODES) == len(set(BIT.values())) == 46 + len(UNREAD)
        assert mask_of(CODES) < 2**63
        assert codes_of(mask_of(["JA0412", "JA0101"])) == ["JA0101", "JA0412"]

    def test_of_firms_alone_are_for_nobody(self):
        firm = mask_of(["JA2101", "JA2202"])
        assert not is_for_people(firm)
        assert is_for_people(firm | BIT["JA0314"])
        assert is_for_people(0)
        assert stages_of(firm, None, None) == []
        assert stages_of(firm, 65, 120) == []

    @pytest.mark.parametrize("codes", [(), ("JA2101",), ("JA2101", "JA0314"), ("JA0314",), CODES])
    @pytest.mark.parametrize("ages", [(None, None), (65, 120)])
    def test_are_for_people_where_the_engine_says_so(self, codes, ages):
        row = ConditionRow("1", frozenset(codes), *ages)
        assert is_for_people(mask_of(codes)) is not row.is_for_organisations

    @pytest.mark.parametrize(
        ("ages", "codes", "stages"),
        [
            ((3, 5), ["JA0322"], ["INFANT"]),
            ((0, 120), [], []),
            ((None, 120), ["JA0322"], []),
            ((19, 35), [], ["YOUTH"]),
            ((15, 60), ["JA0302"], ["TEEN", "YOUTH", "MIDDLE_AGED", "PREGNANCY"]),
            ((0, 120), ["JA0302", "JA0322"], []),
        ],
    )
    def test_single_out_life_stages(self, ages, codes, stages):
        assert stages_of(mask_of(codes), *ages) == stages

    @pytest.mark.parametrize(
        ("codes", "targets"),
        [
            (["JA0328"], ["DISABLED"]),
            (["JA0328", "JA0322"], []),
            (["JA0402"], ["MULTICULTURAL"]),
            (["JA0403", "JA0410"], []),
            (["JA0201", "JA0202"], ["LOW_INCOME"]),
            (["JA0201", "JA0204"], []),
        ],
    )
    def test_single_out_groups_only_where_they_restrict(self, codes, targets):
        assert targets_of(mask_of(codes)) == targets
