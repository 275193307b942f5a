"""The directory finds, counts in words, says what is wrong, and works without a script."""

import datetime
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.search.services import refresh_vocabulary
from core.web.pagecache import pages
from core.web.revision import raise_revision, watch
from tests.welfare.factories import (
    OFFICE_HOURS,
    SHELTER,
    correct,
    make_facility,
    make_many,
    make_run,
    make_shelter,
    publish,
)

pytestmark = pytest.mark.django_db

LIST = "/welfare/facilities/"


def page_of(client, query="", *, path=LIST, status=200):
    response = client.get(f"{path}{query}")
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def names(page):
    return [link.text.strip() for link in page.select(".card__link")]


def heading(page):
    return page.select_one("#found").text.strip()


def tiles_source(client):
    return page_of(client).select_one(".tiles > p").text


class TestList:
    def test_says_in_words_how_many_there_are(self, client):
        make_facility("A1", district="강남구")
        make_facility("A2", district="강남구", kind="어린이집", name="해솔어린이집")
        make_facility("A3", district="종로구", kind="어린이집", name="달빛어린이집")

        assert heading(page_of(client)) == "서울시 복지시설 3곳"
        assert heading(page_of(client, "?district=강남구")) == "서울 강남구의 복지시설 2곳"
        assert (
            heading(page_of(client, "?kind=어린이집&district=강남구"))
            == "서울 강남구의 어린이집 1곳"
        )
        assert heading(page_of(client, "?family=보육시설")) == "서울시 보육시설 2곳"

    def test_says_so_in_english(self, client):
        make_facility("A1", district="강남구", corrections={"name_en": "Gaon Senior Centre"})

        page = page_of(client, "?district=Gangnam-gu", path="/en" + LIST)

        assert heading(page) == "Welfare facilities in Gangnam-gu, Seoul: 1 found"
        assert names(page) == ["Gaon Senior Centre"]
        assert page.html["lang"] == "en"

    def test_reads_korean_names_aloud_in_korean_on_english_pages(self, client):
        make_facility("A1", name="가온노인복지관")

        page = page_of(client, path="/en" + LIST)

        assert page.select_one(".card__link [lang=ko]").text == "가온노인복지관"

    def test_tells_what_where_when_how_much(self, client):
        hours = {day: [["00:00", "24:00"]] for day in OFFICE_HOURS if day != "holidays"}
        always = hours | {day: [["00:00", "24:00"]] for day in ("sat", "sun", "holidays")}
        make_facility(
            "A1", corrections={"weekly_hours": always, "is_accessible": True, "fees": "무료"}
        )

        card = page_of(client).select_one(".card")

        for told in (
            "노인복지관",
            "강남구",
            "지금 열려 있음",
            "휠체어 이용 가능",
            "무료",
            "02-123-4567",
        ):
            assert told in card.text
        assert card.select_one("a.phone")["href"] == "tel:+8221234567"

    def test_goes_on_from_page_to_page(self, client):
        make_many(25)

        second = page_of(client, "?page=2&district=강남구")

        assert len(names(second)) == 5
        assert "district" in second.select_one("nav.krds-pagination a[rel=prev]")["href"]

    def test_says_that_there_is_no_such_page(self, client):
        make_many(3)

        page = page_of(client, "?page=7", status=404)

        assert "이 쪽에는 시설이 없습니다" in page.text
        assert page.find("a", string="첫 쪽 보기")["href"] == "."

    def test_says_what_to_try_where_nothing_is_found(self, client):
        page = page_of(client, "?district=강남구&kind=어린이집")

        assert heading(page) == "서울 강남구의 어린이집: 찾은 곳이 없습니다"
        tried = {li.a["href"] for li in page.select(".nothing li") if li.a}
        assert "?kind=%EC%96%B4%EB%A6%B0%EC%9D%B4%EC%A7%91" in tried
        assert "tel:129" in tried

    @pytest.mark.parametrize(
        ("query", "only", "may_be"),
        [
            ("?open_at=now", "여는 시간이 확인된 곳만", "전화로 물어보세요"),
            ("?open_at=2026-09-01T10:00", "여는 시간이 확인된 곳만", "전화로 물어보세요"),
            ("?accessible=1", "휠체어로 이용할 수 있다고 확인된 곳만", "전화로 물어보세요"),
        ],
    )
    def test_says_that_what_nobody_checked_is_left_out(self, client, query, only, may_be):
        make_facility("A1")

        page = page_of(client, query)

        assert not names(page)
        assert any(only in hint.text for hint in page.select("#filters .form-hint"))
        assert may_be in page.select_one(".nothing").text
        assert only in page.select_one("[aria-labelledby=found]").text

    def test_says_so_above_what_it_found_as_well(self, client):
        make_facility("A1", corrections={"is_accessible": True})

        found = page_of(client, "?accessible=1")

        assert names(found) == ["가온노인복지관"]
        assert "확인된 곳만" in found.select_one("#found + p").text
        assert "확인된 곳만" not in page_of(client).select_one("[aria-labelledby=found]").text

    def test_gives_the_districts_with_their_numbers(self, client):
        make_facility("A1", district="강남구")
        make_facility("A2", district="강남구", kind="어린이집", name="해솔어린이집")

        tiles = page_of(client, "?kind=어린이집").select("a.tile")

        told = {tile["aria-label"]: tile["href"] for tile in tiles}
        assert len(told) == 25
        assert "district=%EA%B0%95%EB%82%A8%EA%B5%AC" in told["강남 1"]
        assert "kind=" in told["강남 1"]
        assert "종로 0" in told

    def test_says_whose_figures_these_are_and_of_which_day(self, client):
        assert tiles_source(client) == "자료: 서울특별시, 한국사회보장정보원"

        make_run(at=datetime.datetime(2026, 8, 19, 18, tzinfo=datetime.UTC))
        make_run(
            "welfare.central_facilities", at=datetime.datetime(2026, 8, 1, tzinfo=datetime.UTC)
        )
        raise_revision()
        watch.forget()
        pages.clear()

        assert tiles_source(client) == "자료: 서울특별시, 한국사회보장정보원, 2026년 8월 20일 기준"

    def test_offers_to_take_the_filters_away_one_by_one(self, client):
        make_facility("A1")

        page = page_of(client, "?district=강남구&family=노인여가복지시설&kind=노인복지관&q=가온")

        gone = {tag.text.split("×")[0].strip(): tag["href"] for tag in page.select(".krds-btn-tag")}
        assert set(gone) == {"‘가온’", "강남구", "노인여가복지시설", "노인복지관"}
        assert "district" not in gone["강남구"]
        assert "kind" in gone["강남구"]
        # A kind goes with its family.
        assert "kind" not in gone["노인여가복지시설"]

    def test_shows_distances_and_keeps_them_on_the_way_to_the_facility(self, client):
        make_facility("A1", lat=37.5663, lon=126.9779, precision="BUILDING")
        make_facility("A2", lat=37.5763, lon=126.9779, name="나")

        page = page_of(client, "?near=37.5663,126.9779")

        first, second = page.select(".card")
        assert "약" not in first.select_one("b").text
        assert second.select_one("b").text == "약 1.1 km"
        assert first.a["href"] == "/welfare/facilities/A1/?near=37.5663,126.9779"

    def test_says_that_nothing_has_all_the_words(self, client):
        make_facility("A1", name="행복요양원")
        said = "모두 맞는 것이 없어, 일부만 맞는 것을 보여 드립니다."

        loose = page_of(client, "?q=행복 우주정거장")

        assert names(loose) == ["행복요양원"]
        assert said in loose.text
        assert said not in page_of(client, "?q=행복요양원").text
        assert said not in page_of(client, "?q=행복 우주정거장&district=종로구").text

    def test_offers_the_orders_that_make_sense(self, client):
        make_facility("A1")

        assert "이름 순서" not in page_of(client).text
        assert "이름 순서" in page_of(client, "?place=역삼동").text

    def test_asks_at_most_three_times_whatever_the_number(self, client, assert_flat):
        def page():
            pages.clear()  # the whole page is made anew; what a sync changes is kept until the next
            page_of(client, "?family=노인여가복지시설&open_at=now")

        def add(number):
            make_facility(f"A{number}", corrections={"weekly_hours": OFFICE_HOURS})

        assert assert_flat(page, add=add) <= 3

    @pytest.mark.parametrize(
        "query",
        ["q=가온노인복직관", "q=가온노인복직관&kind=노인복지관", "q=가온+우주정거장&accessible=0"],
    )
    def test_asks_at_most_three_times_for_words_that_nobody_asked_for_before(self, client, query):
        make_facility("A1")
        refresh_vocabulary()
        page_of(client)  # the figures of all lists are kept until the data changes

        with CaptureQueriesContext(connection) as captured:
            page = page_of(client, f"?{query}")

        assert names(page) == ["가온노인복지관"]
        assert len(captured) <= 3, [one["sql"] for one in captured]


class TestForm:
    def test_offers_the_kinds_of_the_family_chosen(self, client):
        make_facility("A1")

        assert page_of(client).select_one("select[name=kind]") is None
        kinds = page_of(client, "?family=노인여가복지시설").select("select[name=kind] option")
        assert "노인교실" in [option["value"] for option in kinds]
        # A kind alone shows its family too.
        chosen = page_of(client, "?kind=노인교실").select("option[selected]")
        assert {option["value"] for option in chosen} >= {"노인교실", "노인여가복지시설"}

    @pytest.mark.parametrize(
        ("sent", "tidied"),
        [
            ("?q=&district=강남구&kind=&page=1", "?district=강남구"),
            ("?q=++&near=", "."),
            ("?near=37.5,127&place=역삼동", "?place=역삼동"),
            ("?open_at=now&open_at=2026-08-20T10:00", "?open_at=2026-08-20T10:00"),
            ("?family=보육시설&kind=노인교실", "?family=보육시설"),
            ("?district=강남구&utm_source=x&fbclid=y", "?district=강남구"),
        ],
    )
    def test_leads_to_an_address_that_can_be_read_aloud(self, client, sent, tidied):
        make_facility("A1")

        response = client.get(LIST + sent)

        assert response.status_code == 302
        assert unquote(response["Location"]) == tidied

    def test_says_beside_the_field_and_above_what_is_wrong(self, client):
        page = page_of(client, "?place=어디도아닌곳&district=강남구", status=400)

        field = page.select_one("#id_place")
        assert field["aria-invalid"] == "true"
        assert field["value"] == "어디도아닌곳"
        assert page.select_one(".errors a")["href"] == "#id_place"
        assert page.select_one(f"#{field['aria-describedby'].split()[-1]}").text.strip()
        assert page.select_one("select[name=district] option[selected]")["value"] == "강남구"
        assert not names(page)

    @pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:59", "1999-12-31T23:59"])
    def test_knows_no_hours_of_other_ages(self, client, at):
        page = page_of(client, f"?open_at={at}", status=400)

        assert page.select_one(".errors a")["href"] == "#id_open_at"
        assert "2000년에서 2100년 사이" in page.select_one(".errors").text

    @pytest.mark.parametrize(
        ("place", "words"),
        [("어디도아닌곳", "동(역삼동)이나 자치구"), ("강남구 없는로 1", "도로명과 건물번호")],
    )
    def test_says_what_place_would_do(self, client, place, words):
        page = page_of(client, f"?place={place}", status=400)

        assert words in page.select_one(".errors").text

    def test_offers_no_distance_that_it_refuses(self, client):
        page = page_of(client, f"?near=37.5,127&radius={'9' * 400}", status=400)

        assert "999" not in page.select_one("select[name=radius]").text

    def test_names_a_filter_that_does_not_exist(self, client):
        page = page_of(client, "?distrct=강남구", status=400)

        assert "distrct: 이런 조건은 없습니다" in page.select_one(".errors").text


class TestProtectedKinds:
    def test_are_never_listed_but_lead_to_their_hotline(self, client):
        make_shelter()

        page = page_of(client, "?kind=학대피해아동쉼터")

        assert names(page) == []
        link = page.select_one(".notice a")
        assert unquote(link["href"]) == f"/welfare/facilities/kinds/{SHELTER}/"
        assert "꿈자" not in page.text


class TestCaching:
    def test_is_the_same_for_everybody(self, client, resident):
        make_facility("A1")
        anonymous = client.get(LIST)
        client.force_login(resident)

        again = client.get(LIST)

        assert anonymous.content == again.content
        assert anonymous["Cache-Control"].startswith("public")
        assert anonymous["Vary"] == "Accept-Encoding"

    def test_follows_a_correction_at_once(self, client):
        make_facility("A1")
        page_of(client)
        correct("A1", name="고친복지관")
        publish("A1")

        assert names(page_of(client)) == ["고친복지관"]
