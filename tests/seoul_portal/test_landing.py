"""Each open area has a landing page, and the home page promises what is there and nothing else."""

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError

from core.areas import NavItem, open_areas, policy_areas
from core.web.kept import kept
from seoul_portal import views
from tests.welfare.factories import make_facility, make_run, make_shelter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.clear()


@pytest.fixture
def some():
    make_facility("A1", district="강남구")
    make_facility("A2", district="강남구", kind="어린이집", name="해솔어린이집")
    make_facility("A3", district="종로구", kind="어린이집", name="달빛어린이집")
    make_facility("A4", district="종로구", kind="지역아동센터", name="별빛센터")
    make_shelter("K1")
    make_run()


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


class TestLanding:
    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_stands_at_the_address_of_each_open_area_and_of_no_other(self, client, prefix):
        answered = {
            area.slug: client.get(f"{prefix}/{area.path}/").status_code for area in policy_areas()
        }

        opened = {area.slug for area in open_areas()}
        assert {slug for slug, status in answered.items() if status == 200} == opened
        assert {status for slug, status in answered.items() if slug not in opened} == {404}
        assert "welfare" in opened

    def test_tells_what_each_of_its_pages_is_for(self, client):
        page = page_of(client, "/welfare/")

        assert page.h1.text == "복지"
        card = page.select_one("main .card")
        assert card.a["href"] == "/welfare/check/"
        assert len(card.p.text) > 20

    def test_searches_within_the_area(self, client):
        form = page_of(client, "/welfare/").select_one("main form")

        assert form["action"] == "/search/"
        assert form.select_one("[name=area]")["value"] == "welfare"

    def test_leads_to_all_kinds_by_family_with_their_numbers(self, client, some):
        page = page_of(client, "/welfare/")

        assert "서울시 복지시설 4곳" in page.main.text
        families = texts(page, "main details summary")
        assert families[:3] == ["보육시설 (2)", "노인여가복지시설 (1)", "아동복지시설 (1)"]
        ways = dict(zip(texts(page, ".ways a"), page.select(".ways a"), strict=True))
        assert ways["어린이집 2"]["href"].startswith("/welfare/facilities/?kind=")
        assert "푸드뱅크 0" not in ways

    def test_of_a_protected_kind_leads_to_its_telephone_number_only(self, client, some):
        page = page_of(client, "/welfare/")

        (way,) = [one for one in page.select(".ways a") if one.text.startswith("학대피해아동쉼터")]
        assert way.text == "학대피해아동쉼터 (전화 안내)"
        assert "/kinds/" in way["href"]

    def test_asks_at_most_three_times(self, client, some, django_assert_max_num_queries):
        kept.clear()

        with django_assert_max_num_queries(3):
            client.get("/welfare/")

    def test_of_an_area_without_figures_shows_its_pages(self, client, monkeypatch):
        bare = next(area for area in policy_areas() if area.slug == "culture")
        area = type(bare)(
            slug="culture", title="문화", path="culture", about="행사를 찾습니다.",
            nav=(NavItem("welfare:facility-list", "행사"),),
        )  # fmt: skip
        monkeypatch.setattr(views, "open_areas", lambda: (area,))

        home = page_of(client, "/")

        assert "행사를 찾습니다." in home.main.text
        assert "서울의 문화 정보를" in home.main.text
        assert not home.select(".tiles")


class TestHome:
    def test_promises_only_what_is_open(self, client):
        page = page_of(client, "/")

        titles = [str(area.title) for area in open_areas()]
        closed = {str(area.title) for area in policy_areas()} - set(titles)
        promise = page.select_one("meta[name=description]")["content"]
        assert promise == f"서울의 {', '.join(titles)} 정보를 한곳에서 찾습니다."
        assert promise in page.main.text
        assert not [title for title in closed if title in page.main.text]

    def test_tells_how_many_there_are_of_what_and_where(self, client, some):
        page = page_of(client, "/")

        assert "서울시 복지시설 4곳" in page.main.text
        frequent = texts(page, ".krds-btn-tag")
        assert frequent[0] == "어린이집 2"
        assert len(frequent) == 3
        assert "강남 2" in [tile["aria-label"] for tile in page.select("a.tile")]
        assert "2026년 8월 20일 기준" in page.select_one(".tiles").text
        assert page.find("a", string="복지 모두 보기")["href"] == "/welfare/"

    def test_asks_at_most_three_times(self, client, some, django_assert_max_num_queries):
        kept.clear()

        with django_assert_max_num_queries(3):
            client.get("/")

    def test_does_without_figures_where_the_database_does_not_answer(self, client, monkeypatch):
        def away():
            raise OperationalError

        monkeypatch.setattr(views, "import_string", lambda name: away)

        page = page_of(client, "/")

        assert page.select_one("main form [name=q]")
        assert page.select_one("main .card a")["href"] == "/welfare/check/"
        assert not page.select(".tiles")


class TestFrame:
    def test_leads_from_the_name_of_an_area_to_its_landing_page(self, client):
        nav = page_of(client, "/").select_one("header .nav__link")

        assert (nav.text, nav["href"]) == ("복지", "/welfare/")

    def test_shows_the_area_on_the_way_to_its_pages(self, client):
        way = page_of(client, "/welfare/facilities/").select(".breadcrumb a")
        assert [step["href"] for step in way] == ["/", "/welfare/"]

        own = page_of(client, "/welfare/").select(".breadcrumb li")
        assert [step.text.strip() for step in own] == ["홈", "복지"]
