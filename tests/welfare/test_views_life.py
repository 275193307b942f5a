"""Help at once, and benefits by what happens in a life."""

import pytest
from bs4 import BeautifulSoup

from tests.welfare.benefit_factories import SUWON, make_benefit
from welfare.models import Benefit

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

    def test_unknown_ones_are_not_there(self, client):
        assert client.get("/welfare/life-events/lottery/").status_code == 404
        assert client.get("/welfare/life-events/death/?page=9").status_code == 404
        assert client.get("/welfare/life-events/death/?page=x").status_code == 302
