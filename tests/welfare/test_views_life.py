"""Help at once, and benefits by what happens in a life."""

import pytest
from bs4 import BeautifulSoup

from tests.welfare.benefit_factories import SUWON, make_benefit, make_local_benefit
from welfare.models import Benefit
from welfare.queries.fact_names import OURS

pytestmark = pytest.mark.django_db


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


class TestUrgent:
    def test_numbers_can_be_called(self, client):
        page = page_of(client.get("/welfare/urgent/"))

        called = {one["href"] for one in page.select("main a[href^='tel:']")}
        numbers = "109 119 112 1366 1388 129 120 1577-0199 1577-1366".split()
        assert called == {f"tel:{number.replace('-', '')}" for number in numbers}

    def test_every_number_says_when_it_answers_and_in_which_languages(self, client):
        page = page_of(client.get("/welfare/urgent/"))

        told = {li.a["href"]: li.p.get_text(strip=True) for li in page.select("main section li")}
        assert told["tel:1366"] == "밤낮없이, 날마다 · 한국어"
        assert told["tel:15771366"].endswith("13개 언어")
        assert all(" · " in words for words in told.values())

    def test_is_one_click_away_on_every_page(self, client):
        for path, urgent in (("/", "/welfare/urgent/"), ("/en/", "/en/welfare/urgent/")):
            page = page_of(client.get(path))
            assert page.select_one(f"a[href='{urgent}']"), path


class TestLifeEvents:
    def test_lead_to_their_benefits(self, client):
        make_benefit("000000000001", 서비스명="기초연금")
        make_benefit("000000000002", 서비스명="유족 위로금")
        make_benefit("000000000003", 서비스명="유족 지원", **SUWON)
        entry = page_of(client.get("/welfare/life-events/"))
        page = page_of(client.get("/welfare/life-events/death/"))

        assert len(entry.select("main article a")) == 8
        assert [one.get_text(strip=True) for one in page.select("main article h3")] == [
            "유족 위로금"
        ]

    def test_begin_with_the_programmes_that_everybody_knows(
        self, client, django_assert_num_queries
    ):
        make_benefit("000000000001", 서비스명="가 출산 축하", 신청기한="2026.11.30")
        make_benefit("000000000002", 서비스명="하 출산 축하")
        voucher = make_local_benefit(
            OURS["first-meeting-voucher"].bokjiro[0], servNm="첫만남이용권"
        )
        with django_assert_num_queries(2):
            page = page_of(client.get("/welfare/life-events/birth/"))

        assert [one.get_text(strip=True) for one in page.select("main article h3")] == [
            voucher.name,
            "가 출산 축하",
            "하 출산 축하",
        ]
        english = page_of(client.get("/en/welfare/life-events/birth/"))
        first = english.select_one("main article h3").get_text(strip=True)
        assert first == f"{OURS['first-meeting-voucher'].name_en} ({voucher.name})"

    @pytest.mark.parametrize(
        ("slug", "belongs", "does_not"),
        [
            ("birth", "산후조리비 지원", "심한 뇌병변장애인 신변처리용품(기저귀) 지원"),
            ("job-loss", "긴급복지 생계지원", "재취업지원서비스 시행지원"),
            ("job-loss", "국민취업지원제도", "긴급복지 장제비지원"),
            ("illness", "암환자의료비지원", "영암 우리집 이자안심 사업"),
            ("illness", "희귀질환자 의료비 지원사업", "청년 등 탈모 치료 지원"),
            ("disability", "장애인보조기기 교부", "장애인고용개선장려금"),
            ("separation", "양육비 선지급", "셋째아 이상 영유아 양육비 지원"),
            ("retirement", "노후준비서비스", "소규모 노후주택 집수리 지원사업"),
            ("care", "치매치료관리비 지원", "노인장기요양보험료 지원"),
            ("death", "저소득주민 장례 지원", "서울형 기초보장제도 운영"),
            ("death", "참전유공자 사망위로금 지원", "영유아 정장제 지원"),
        ],
    )
    def test_leave_out_what_is_called_alike(self, client, slug, belongs, does_not):
        """Names of real rows, as Bokjiro tells them."""
        make_local_benefit("WLF00000001", servNm=belongs)
        make_local_benefit("WLF00000002", servNm=does_not)
        page = page_of(client.get(f"/welfare/life-events/{slug}/"))

        assert [one.get_text(strip=True) for one in page.select("main article h3")] == [belongs]

    @pytest.mark.parametrize(
        ("slug", "code", "other"),
        [
            ("birth", "JA0302", "JA0329"),
            ("job-loss", "JA0327", "JA0326"),
            ("illness", "JA0330", "JA0317"),
            ("disability", "JA0328", "JA0313"),
            ("separation", "JA0403", "JA0411"),
        ],
    )
    def test_are_found_by_tick_boxes_that_name_nobody_else(self, client, slug, code, other):
        none = "JA0410" if code.startswith("JA04") else "JA0322"
        conditions = {
            "000000000001": [code],
            "000000000002": [code, other],
            "000000000003": [code, none],
            "000000000004": [other],
            "000000000005": [],
        }
        for key, codes in conditions.items():
            ticked = dict.fromkeys(codes, "Y")
            make_benefit(key, 서비스명=f"지원 {key}", 서비스분야="", conditions=ticked)
        page = page_of(client.get(f"/welfare/life-events/{slug}/"))

        found = [one.get_text(strip=True) for one in page.select("main article h3")]
        assert "지원 000000000001" in found
        assert not {f"지원 00000000000{number}" for number in (3, 4, 5)} & set(found)

    def test_every_stage_of_life_has_its_page(self, client):
        make_benefit("000000000001", 서비스명="어르신 수당")
        Benefit.objects.update(life_stages=["SENIOR"])
        entry = page_of(client.get("/welfare/life-events/"))

        links = [one["href"] for one in entry.select("main .row a")]
        assert len(links) == 7
        for link in links:
            answer = client.get(link)
            assert answer.status_code == 200
            assert "public" in answer["Cache-Control"]
            assert ("어르신 수당" in answer.content.decode()) == link.endswith("/senior/")

    def test_can_be_narrowed_to_the_district_where_one_lives(self, client):
        for key, name, district in (
            ("WLF00000001", "장례 지원", ""),
            ("WLF00000002", "노원 장례 지원", "노원구"),
            ("WLF00000003", "강남 장례 지원", "강남구"),
        ):
            make_local_benefit(key, servNm=name, sggNm=district)
        path = "/welfare/life-events/death/"
        whole = page_of(client.get(path))
        own = page_of(client.get(path, {"district": "노원구"}))

        named = {one.get_text(strip=True) for one in own.select("main article h3")}
        assert len(whole.select("main article h3")) == 3
        assert named == {"장례 지원", "노원 장례 지원"}
        assert own.select_one("option[selected]")["value"] == "노원구"
        assert own.select("main a[href='/welfare/check/']")
        assert client.get(path, {"district": ""}).status_code == 200
        assert client.get(path, {"district": "수원시"}).status_code == 302
        english = page_of(client.get(f"/en{path}", {"district": "노원구"}))
        assert english.select_one("option[selected]").text == "Nowon-gu"

    def test_unknown_ones_are_not_there(self, client):
        assert client.get("/welfare/life-events/lottery/").status_code == 404
        assert client.get("/welfare/life-events/death/?page=9").status_code == 404
        assert client.get("/welfare/life-events/death/?page=x").status_code == 302
