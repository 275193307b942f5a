"""Who is hidden and who is not: the rule, the kinds that ship, and kinds that come later."""

import unicodedata

import pytest

from tests.welfare.factories import add_source, publish
from welfare.models import Facility, FacilityKind
from welfare.rules import hotline_for, is_protected_shelter

HIDDEN = [
    ("다온", "일시지원복지시설", "한부모가족복지시설"),
    ("다온", "모자가족복지시설(일시지원형)", "한부모가족복지시설"),
    ("모자일시보호시설 다온", "기타시설", "기타시설"),
    ("다온", "긴급피난처", "여성기타"),
    ("1366서울센터 긴급 피난처", "기타시설", "기타시설"),
    ("이주여성쉼터", "쉼터", "다문화가족기타"),
    ("나무", "쉼터", "다문화가족기타"),
    ("나무", "쉼터", "여성기타"),
    ("여성장애인 쉼터", "기타시설", "기타시설"),
    ("가정 폭력 피해자 보호 시설", "기타시설", "기타시설"),
    ("가정·폭력 피해자\u200b보호-시설", "기타시설", "기타시설"),
    (unicodedata.normalize("NFD", "가정폭력피해자보호시설"), "기타시설", "기타시설"),
    ("서울정＊＊", "기타시설", "기타시설"),
    ("다온", "일반지원시설", "성매매피해지원시설"),
    ("서울시학대피해노인전용쉼터", "노인보호전문기관", "노인보호전문기관"),
]
SHOWN = [
    ("무더위쉼터", "쉼터", "여성기타"),
    ("서울이동노동자쉼터", "쉼터", "기타시설"),
    ("이동여성노동자쉼터", "쉼터", "여성기타"),
    ("여성노숙인쉼터", "노숙인자활시설", "노숙인등생활시설"),
    ("강남여자청소년쉼터", "청소년쉼터", "청소년복지시설"),
    ("느티나무쉼터", "노인복지관", "노인여가복지시설"),
    ("쉼터", "중증장애인거주시설", "장애인거주시설"),
    ("장애인보호작업장", "장애인보호작업장", "장애인직업재활시설"),
    ("여성시각장애인주간보호센터", "장애인주간보호시설", "장애인지역사회재활시설"),
    ("성모자애주간보호시설", "장애인주간보호시설", "장애인지역사회재활시설"),
    ("영아일시보호소", "아동일시보호시설", "아동복지시설"),
    ("다시함께", "성매매피해상담소", "성매매피해지원시설"),
    ("다온", "모자가족복지시설(기본생활지원형)", "한부모가족복지시설"),
]


class TestTheRule:
    @pytest.mark.parametrize(("name", "kind", "family"), HIDDEN)
    def test_hides(self, name, kind, family):
        assert is_protected_shelter(name=name, kind=kind, family=family)

    @pytest.mark.parametrize(("name", "kind", "family"), SHOWN)
    def test_leaves_in_sight(self, name, kind, family):
        assert not is_protected_shelter(name=name, kind=kind, family=family)

    @pytest.mark.parametrize(
        ("kind", "family", "number"),
        [
            ("학대피해아동쉼터", "아동복지시설", "112"),
            ("학대피해노인전용쉼터", "노인보호전문기관", "1577-1389"),
            ("쉼터", "다문화가족기타", "1577-1366"),
            ("긴급피난처", "여성기타", "1366"),
        ],
    )
    def test_knows_whom_to_call_instead(self, kind, family, number):
        assert hotline_for(kind=kind, family=family).number == number


@pytest.mark.django_db
class TestKinds:
    def test_that_ship_agree_with_the_rule_each_of_them(self):
        kinds = list(FacilityKind.objects.order_by("name"))
        assert len(kinds) > 90
        told = {
            kind.name: is_protected_shelter(name=None, kind=kind.name, family=kind.family_id)
            for kind in kinds
        }
        assert told == {kind.name: kind.is_protected for kind in kinds}
        assert [kind.name for kind in kinds if kind.is_protected and not kind.hotline] == []

    def test_that_a_list_brings_are_protected_from_their_first_day(self):
        add_source("N0001", name="다온", kind="긴급피난처")
        publish("N0001")
        kind = FacilityKind.objects.get(pk="긴급피난처")
        assert (kind.is_protected, kind.hotline) == (True, "1366")
        facility = Facility.objects.get(pk="N0001")
        assert (facility.is_protected, facility.address, facility.kind_id) == (True, None, kind.pk)

    def test_of_no_shelter_come_unprotected(self):
        add_source("N0001", name="쉬어가기", kind="무더위쉼터")
        publish("N0001")
        assert not FacilityKind.objects.get(pk="무더위쉼터").is_protected

    def test_that_are_protected_have_a_page_with_the_hotline(self, client):
        page = client.get(FacilityKind.objects.get(pk="자활지원센터").get_absolute_url())
        assert "1366" in page.content.decode().split("</main>")[0]
