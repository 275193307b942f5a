"""The public dashboard: what everybody may know of how the services do, in both languages."""

import pytest
from bs4 import BeautifulSoup

from core.areas import declared_indicators
from tests.core.kpi.samples import HIDDEN, SHOWN, dashboard, target

pytestmark = pytest.mark.django_db


def soup(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def said(page):
    return page.main.get_text(" ", strip=True)


class TestDashboard:
    def test_shows_public_indicators_and_no_others(self, client):
        dashboard()
        page = soup(client, "/kpi/")
        titles = [link.get_text(strip=True) for link in page.main.select("h2")]
        public = [one for one in declared_indicators().values() if one.is_public]
        assert titles == [str(one.title) for one in public]
        assert "77" not in said(page)

    def test_tells_figure_target_and_freshness(self, client):
        dashboard()
        told = said(soup(client, "/kpi/"))
        assert "100건" in told
        assert "150건" in told
        assert "아직 목표에 이르지 못했습니다." in told
        assert "424 가운데 2" in told
        assert "오래된 값" in told
        assert "10보다 작은 수가 드러날 수 있어 감췄습니다." in told

    def test_sets_a_table_beside_each_picture(self, client):
        dashboard()
        page = soup(client, "/kpi/")
        figures = page.select("figure.chart")
        assert len(figures) == 4  # what has ever been read
        assert len(page.select("figure.chart svg")) == 2  # what has a figure
        assert all(figure.select_one("table caption") for figure in figures)

    def test_speaks_english(self, client):
        dashboard()
        told = said(soup(client, "/en/kpi/"))
        assert "Benefits granted" in told
        assert "100 requests" in told
        assert "The target is not reached yet." in told
        assert "복지" not in told

    def test_says_so_before_anything_was_read(self, client):
        assert "아직 읽은 값이 없습니다." in said(soup(client, "/kpi/"))

    def test_is_the_same_for_everybody_and_may_be_kept(self, client):
        answer = client.get("/kpi/")
        assert answer.headers["Cache-Control"].startswith("public")
        assert "Cookie" not in answer.headers["Vary"]

    def test_asks_as_often_whatever_was_read(self, client, django_assert_num_queries):
        dashboard()
        with django_assert_num_queries(2):
            client.get("/kpi/")

    def test_is_led_to_from_every_page(self, client):
        assert soup(client, "/").select_one("footer a[href='/kpi/']")


class TestDetail:
    def test_tells_what_it_is_whose_and_from_where(self, client):
        dashboard()
        told = said(soup(client, f"/kpi/{SHOWN}/"))
        for words in ("서울시 복지실", "포털의 신청 기록", "날마다", "시장 방침 제12호", "자치구"):
            assert words in told

    def test_draws_districts_and_hides_dongs(self, client):
        dashboard()
        page = soup(client, f"/kpi/{SHOWN}/")
        rows = {row.th.text: row.td.text for row in page.select("figure.tiles tbody tr")}
        assert (rows["종로"], rows["노원"]) == ("12", "–")
        assert "사직동" not in said(page)

    @pytest.mark.parametrize("slug", [HIDDEN, "nothing"])
    def test_of_what_is_not_public_is_not_there(self, client, slug):
        assert client.get(f"/kpi/{slug}/").status_code == 404
        assert client.get(f"/kpi/{slug}/download.csv").status_code == 404

    def test_may_be_taken_along_as_csv(self, client):
        dashboard()
        answer = client.get(f"/kpi/{SHOWN}/download.csv")
        lines = answer.getvalue().decode("utf-8-sig").splitlines()
        assert lines[0] == "날짜,나눔,무엇,값,분자,분모,감춤"
        assert any(line.endswith("district,11350,,,,예") for line in lines)
        assert not any("dong" in line for line in lines)
        assert answer.headers["Cache-Control"].startswith("public")

    def test_of_every_indicator_opens_in_both_languages(self, client):
        dashboard()
        target("centres-in-service")
        for slug, one in declared_indicators().items():
            if one.is_public:
                soup(client, f"/kpi/{slug}/")
                soup(client, f"/en/kpi/{slug}/")


class TestSitemap:
    def test_lists_the_dashboard_and_its_indicators(self, client):
        told = client.get("/sitemap-portal-1.xml").getvalue().decode()
        assert "/en/kpi/</loc>" in told
        assert f"/kpi/{SHOWN}/</loc>" in told
        assert HIDDEN not in told
