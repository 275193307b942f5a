"""The catalogue and one benefit: found, filtered, told plainly, and honest about what it is not."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.web.pagecache import pages
from core.web.revision import raise_revision
from tests.welfare.benefit_factories import NOWON, SUWON, make_benefit, make_local_benefit
from welfare.models import Benefit
from welfare.queries import benefit_cards

pytestmark = pytest.mark.django_db

LIST = "/welfare/benefits/"


def page_of(client, path=LIST, status=200):
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def names(page):
    return [link.text.strip() for link in page.select(".card__link")]


def facts(page):
    return {term.text.strip(): term.find_next("dd").text.strip() for term in page.select("main dt")}


class TestList:
    def test_says_in_words_how_many_there_are(self, client):
        make_benefit()
        make_local_benefit()
        page = page_of(client)
        assert page.select_one("#found").text == "서울에 사는 사람을 위한 복지 급여 2가지"
        assert len(page.select("h1")) == 1

    def test_keeps_to_what_residents_may_be_given(self, client):
        make_benefit()
        make_benefit("000000000002", 서비스명="수원 지원", **SUWON)
        make_local_benefit()
        make_local_benefit("WLF00000003", servNm="강남 지원", sggNm="강남구")
        assert set(names(page_of(client))) == {"청년 월세 지원", "어르신 안부 확인", "강남 지원"}
        found = page_of(client, f"{LIST}?district=노원구")
        assert set(names(found)) == {"청년 월세 지원", "어르신 안부 확인"}
        assert "노원구에 사는" in found.select_one("#found").text

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("life_stage=노년", ["어르신 안부 확인"]),
            ("life_stage=senior", ["어르신 안부 확인"]),
            ("theme=주거", ["청년 월세 지원"]),
            ("target=장애인", ["청년 월세 지원"]),
            ("provider=자치구", ["어르신 안부 확인"]),
            ("provider=central", ["청년 월세 지원"]),
            ("q=월세", ["청년 월세 지원"]),
            ("q=월세&provider=자치구", []),
        ],
    )
    def test_filters(self, client, query, found):
        make_benefit(conditions={"JA0328": "Y", "JA0110": 0, "JA0111": 120})
        make_local_benefit()
        assert names(page_of(client, f"{LIST}?{query}")) == found

    @pytest.mark.parametrize("query", ["life_stage=x", "district=nowhere", "page=x", "provider=x"])
    def test_says_what_would_do_where_a_filter_is_wrong(self, client, query):
        page = page_of(client, f"{LIST}?{query}", 400)
        assert page.select_one("main [role=alert], main .error-summary, main [tabindex='-1']")

    def test_tells_first_what_closes_soonest(self, client):
        make_benefit("000000000001", 서비스명="언제나")
        make_benefit("000000000002", 서비스명="나중", 신청기한="2026.08.01~2026.12.31")
        make_benefit("000000000003", 서비스명="먼저", 신청기한="2026.08.01~2026.09.30")
        make_benefit("000000000004", 서비스명="지난", 신청기한="2026.01.01~2026.01.31")
        assert names(page_of(client)) == ["먼저", "나중", "언제나", "지난"]

    def test_asks_as_much_for_two_as_for_twenty(self, client):
        asked = []
        for count in (2, 20):
            for number in range(count):
                make_benefit(f"{number:012}", 서비스명=f"지원 {number}")
            raise_revision()
            client.get(LIST)
            pages.clear()
            with CaptureQueriesContext(connection) as queries:
                assert len(names(page_of(client))) == count
            asked.append(len(queries))
        assert asked[0] == asked[1] <= 2

    def test_shows_the_rest_on_other_pages(self, client):
        for number in range(23):
            make_benefit(f"{number:012}", 서비스명=f"지원 {number:02}")
        assert len(names(page_of(client, f"{LIST}?page=2"))) == 3
        assert page_of(client, f"{LIST}?page=3", 404).select_one("main h3")

    def test_is_told_in_english(self, client):
        make_benefit()
        page = page_of(client, f"/en{LIST}")
        assert page.select_one("#found").text == "Benefits for residents of Seoul: 1"
        assert page.select_one(".card__link [lang=ko]").text == "청년 월세 지원"


class TestDetail:
    def test_tells_what_for_whom_until_when_and_who_says_so(self, client):
        benefit = make_benefit(
            conditions={"JA0110": 19, "JA0111": 34}, 신청기한="2999.01.01~2999.01.31"
        )
        page = page_of(client, benefit.get_absolute_url())
        told = facts(page)
        assert page.select_one("h1").text == "청년 월세 지원"
        assert told["누가"] == "개인"
        assert told["나이"] == "만 19세부터 34세까지"
        assert told["주는 곳"] == "국토교통부 (나라)"
        assert told["신청 기한 (쓰인 대로)"] == "2999.01.01~2999.01.31"
        assert "000000000001" in told["보조금24"]
        assert [line.text for line in page.select("section p")][:2] == [
            "○ 월 20만 원",
            "○ 열두 달까지",
        ]

    def test_calls_the_office_by_a_link(self, client):
        benefit = make_benefit(전화문의="국토교통부/1599-0001||동네 주민센터")
        page = page_of(client, benefit.get_absolute_url())
        assert page.select_one("section a[href='tel:15990001']").text.strip() == "1599-0001"
        assert "동네 주민센터" in page.text

    def test_leads_from_a_second_entry_to_the_first(self, client):
        make_benefit(서비스명="어르신 안부 확인", **NOWON)
        second = make_local_benefit()
        assert second.same_as_id == "gov24-000000000001"
        response = client.get(second.get_absolute_url())
        assert (response.status_code, response["Location"]) == (
            302,
            "/welfare/benefits/gov24-000000000001/",
        )
        told = facts(page_of(client, response["Location"]))
        assert {"보조금24", "복지로 지자체"} <= set(told)

    def test_says_that_it_is_no_longer_listed(self, client):
        benefit = make_benefit(is_retired=True)
        page = page_of(client, benefit.get_absolute_url())
        assert "지금은 목록에 없는 급여입니다" in page.text
        assert page.select_one("meta[name=robots]")["content"] == "noindex"

    @pytest.mark.parametrize("code", ["nothing", "gov24-1%00"])
    def test_is_not_found_where_there_is_none(self, client, code):
        assert client.get(f"{LIST}{code}/").status_code == 404

    def test_escapes_what_publishers_write(self, client):
        benefit = make_benefit(지원대상="<찾아가는 보건복지> &amp;lt;script&amp;gt;alert(1)")
        body = client.get(benefit.get_absolute_url()).content.decode()
        assert "&lt;찾아가는 보건복지&gt;" in body
        assert "<script>alert(1)" not in body


class TestStandingWords:
    @pytest.mark.parametrize(
        ("deadline", "word"),
        [
            ("상시신청", "언제나 신청"),
            ("2026.08.01~2026.08.31", "신청 받는 중"),
            ("2026.09.01~2026.09.30", "신청 예정"),
            ("2026.01.01~2026.01.31", "신청 끝남"),
            ("예산 소진 시까지", "기한 확인"),
        ],
    )
    def test_say_whether_one_may_apply(self, deadline, word):
        benefit = make_benefit(신청기한=deadline)
        found = benefit_cards.standing(benefit, datetime.date(2026, 8, 20))
        assert found.word == word
        assert Benefit.objects.get().deadline == deadline


class TestWhatIsOursOnTheirPage:
    def test_names_no_division_of_a_ministry_as_the_place_to_apply(self, client):
        make_benefit(접수기관="동주민센터")
        local = make_local_benefit(bizChrDeptNm="어르신복지과")
        assert facts(page_of(client, f"{LIST}gov24-000000000001/"))["신청하는 곳"] == "동주민센터"
        told = facts(page_of(client, local.get_absolute_url()))

        assert told["담당 부서"] == "어르신복지과"
        assert "신청하는 곳" not in told

    def test_is_called_in_english_where_it_has_an_english_name(self, client):
        benefit = make_local_benefit("WLF00003250", servNm="영유아보육료 지원")
        assert page_of(client, benefit.get_absolute_url()).h1.get_text() == "영유아보육료 지원"
        heading = page_of(client, f"/en{benefit.get_absolute_url()}").h1
        assert heading.get_text() == "Nursery fees (영유아보육료 지원)"
        assert heading.select_one("[lang=ko]")
