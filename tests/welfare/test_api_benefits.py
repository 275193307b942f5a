"""The catalogue by API: same names as the page, what it answers, and what it refuses."""

import json

import pytest

from core.web.pagecache import pages
from tests.welfare.benefit_factories import NOWON, make_benefit, make_local_benefit

pytestmark = pytest.mark.django_db

URL = "/api/v1/benefits/"


@pytest.fixture
def ask(client):
    def get(path: str = ""):
        response = client.get(f"{URL}{path}")
        return response, json.loads(response.content)

    return get


class TestList:
    def test_matches_its_description(self, ask, matches_description):
        make_benefit(conditions={"JA0110": 19, "JA0111": 34})
        make_local_benefit()
        response, body = ask()
        matches_description(response, "/api/v1/benefits/")
        assert (body["count"], body["count_capped"]) == (2, False)
        first = body["results"][0]
        assert first["id"] == "local-WLF00000001"
        assert first["district"] == {"code": "1135000000", "name": "노원구"}
        assert first["sources"] == [{"source": "bokjiro_local", "source_id": "WLF00000001"}]
        assert first["url"] == "http://testserver/welfare/benefits/local-WLF00000001/"
        assert body["results"][1]["deadline"] == {
            "text": "상시신청",
            "state": "ALWAYS",
            "opens": None,
            "closes": None,
        }

    @pytest.mark.parametrize(
        ("query", "count"),
        [("life_stage=SENIOR", 1), ("district=11350", 2), ("district=강남구", 1), ("q=월세", 1)],
    )
    def test_keeps_to_the_filters(self, ask, query, count):
        make_benefit()
        make_local_benefit()
        assert ask(f"?{query}")[1]["count"] == count

    def test_is_cut_into_pages(self, ask):
        for number in range(3):
            make_benefit(f"{number:012}", 서비스명=f"지원 {number}")
        pages.clear()
        body = ask("?page_size=2")[1]
        assert (len(body["results"]), body["count"], body["previous"]) == (2, 3, None)
        assert body["next"].endswith("?page_size=2&page=2")
        assert ask("?page_size=2&page=2")[1]["next"] is None

    @pytest.mark.parametrize(
        "query", ["nothing=1", "life_stage=x", "theme=x", "district=x", "page=0", "page_size=101"]
    )
    def test_names_what_is_wrong(self, ask, query):
        response, body = ask(f"?{query}")
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert [error["parameter"] for error in body["errors"]] == [query.split("=")[0]]


class TestDetail:
    def test_adds_the_texts_and_the_tick_boxes(self, ask, matches_description):
        make_benefit(conditions={"JA0110": 19, "JA0111": 34, "JA0412": "Y"})
        response, body = ask("gov24-000000000001/")
        matches_description(response, "/api/v1/benefits/{code}/")
        assert body["content"] == "○ 월 20만 원\n○ 열두 달까지"
        assert (body["conditions"], body["age_from"], body["age_to"]) == (["JA0412"], 19, 34)
        assert body["criteria"] is None

    def test_of_a_second_entry_is_the_first(self, ask):
        make_benefit(서비스명="어르신 안부 확인", **NOWON)
        make_local_benefit()
        body = ask("local-WLF00000001/")[1]
        assert body["id"] == "gov24-000000000001"
        assert [one["source"] for one in body["sources"]] == ["gov24", "bokjiro_local"]

    def test_is_gone_or_was_never_there(self, ask):
        make_benefit(is_retired=True)
        assert ask("gov24-000000000001/")[0].status_code == 410
        assert ask("nothing/")[0].status_code == 404


class TestSearch:
    def test_finds_benefits_of_seoul_beside_facilities(self, client):
        make_benefit()
        make_benefit(
            "000000000002",
            서비스명="청년 월세 수원",
            소관기관유형="시군구",
            소관기관명="경기도 수원시",
        )
        body = json.loads(client.get("/api/v1/search/?q=월세").content)
        assert [(one["kind"], one["key"]) for one in body["results"]] == [
            ("welfare.benefit", "gov24-000000000001")
        ]

    def test_forgets_what_is_listed_no_longer(self, client):
        make_benefit()
        make_benefit(is_retired=True)
        pages.clear()
        assert json.loads(client.get("/api/v1/search/?q=월세").content)["results"] == []
