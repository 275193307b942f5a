"""The page that searches everything: finds, says what it searched for, refuses kindly."""

import pytest
from bs4 import BeautifulSoup

from core.search.services import refresh_vocabulary
from core.web.pagecache import pages
from tests.welfare.factories import make_facility

pytestmark = pytest.mark.django_db

SEARCH = "/search/"


@pytest.fixture
def some():
    make_facility("A1", name="가온노인복지관", district="강남구", corrections={"name_en": "Gaon"})
    make_facility("A2", name="다솜푸드뱅크", kind="푸드뱅크", district="종로구")
    make_facility("P1", name="비밀쉼터", is_protected=True)
    refresh_vocabulary()


def page_of(client, query="", *, path=SEARCH, status=200):
    response = client.get(f"{path}{query}")
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def names(page):
    return [link.text.strip() for link in page.select(".card__link")]


def heading(page):
    return page.select_one("#found").text.strip()


class TestSearch:
    def test_is_where_the_box_on_every_page_leads(self, some, client):
        for path in ("/", "/en/", "/welfare/facilities/"):
            page = BeautifulSoup(client.get(path).content, "html.parser")
            form = page.select_one("form[role=search]")
            answer = client.get(form["action"], {form.input["name"]: "노인복지관"})

            assert answer.status_code == 200, path
            assert form.input["data-suggest"] == "/api/v1/search/suggest/"

    def test_finds_and_says_how_many(self, some, client):
        page = page_of(client, "?q=노인복지관")

        assert heading(page) == "‘노인복지관’ 찾은 것 1개"
        assert names(page) == ["가온노인복지관"]
        assert page.select_one(".card__link")["href"] == "/welfare/facilities/A1/"
        assert page.select_one("a.phone")["href"].startswith("tel:")
        assert "강남구" in page.select_one(".card").text

    def test_finds_by_initials_part_and_with_a_typing_error(self, some, client):
        assert names(page_of(client, "?q=ㄷㅅㅍㄷㅂㅋ")) == ["다솜푸드뱅크"]
        assert names(page_of(client, "?q=푸드")) == ["다솜푸드뱅크"]
        corrected = page_of(client, "?q=푸드뱅쿠")
        assert names(corrected) == ["다솜푸드뱅크"]
        assert "‘푸드뱅쿠’ 대신 ‘푸드뱅크’ 결과를 보여 드립니다." in corrected.text

    def test_says_where_only_a_part_was_found(self, some, client):
        page = page_of(client, "?q=가온 우주정거장")

        assert "일부만 맞는 것" in page.text
        assert names(page) == ["가온노인복지관"]

    def test_speaks_english(self, some, client):
        page = page_of(client, "?q=Gaon", path="/en" + SEARCH)

        assert heading(page) == "‘Gaon’: 1 found"
        assert names(page) == ["Gaon"]
        assert page.select_one(".card__link")["href"] == "/en/welfare/facilities/A1/"
        assert "Gangnam-gu" in page.select_one(".card").text
        assert page.select_one(".card .krds-badge").text != "노인복지관"

    def test_keeps_to_the_chosen_district_area_and_kind(self, some, client):
        assert names(page_of(client, "?q=노인복지관&district=종로구")) == []
        for kept in ("district=강남구", "area=welfare", "kind=welfare.facility"):
            page = page_of(client, f"?q=노인복지관&{kept}")
            assert names(page) == ["가온노인복지관"]
            assert page.select_one("a.krds-btn-tag")["href"].startswith("?q=")

    def test_goes_from_near_to_far_and_says_about_how_far(self, some, client):
        make_facility("A3", name="가온경로당", district="종로구")
        refresh_vocabulary()

        there = page_of(client, "?q=가온&place=종로구")
        here = page_of(client, "?q=가온&near=37.50,127.05")

        assert names(there) == ["가온경로당", "가온노인복지관"]
        assert names(here) == ["가온노인복지관", "가온경로당"]
        assert "약 " in here.select_one(".card").text

    def test_says_what_to_try_where_nothing_is_found(self, some, client):
        page = page_of(client, "?q=우주정거장&district=강남구")

        assert heading(page) == "‘우주정거장’: 찾은 것이 없습니다"
        tried = {li.a["href"] for li in page.select(".nothing li") if li.a}
        assert "tel:120" in tried
        assert any(address.startswith("?q=") and "district" not in address for address in tried)

    def test_tells_how_to_search_where_nothing_was_asked(self, client):
        assert heading(page_of(client)) == "이렇게 찾을 수 있습니다"

    def test_never_finds_a_shelter(self, some, client):
        for query in ("비밀쉼터", "P1"):
            assert "비밀쉼터" not in names(page_of(client, f"?q={query}"))

    def test_goes_on_from_page_to_page(self, client):
        for number in range(23):
            make_facility(f"A{number:02}", name=f"가온노인복지관 {number}")

        second = page_of(client, "?q=가온&page=2")

        assert len(names(second)) == 3
        assert heading(second) == "‘가온’ 찾은 것 23개"
        past = page_of(client, "?q=가온&page=9", status=404)
        assert past.find("a", string="첫 쪽 보기")["href"] == "?q=%EA%B0%80%EC%98%A8"

    def test_is_public_and_kept_out_of_search_engines(self, some, client):
        response = client.get(SEARCH, {"q": "가온"})

        assert response["Cache-Control"].startswith("public, max-age=60")
        assert b'name="robots" content="noindex' in response.content

    def test_asks_twice_at_most_however_much_is_found(self, client, assert_flat):
        def page():
            pages.clear()
            assert client.get(SEARCH, {"q": "가온"}).status_code == 200

        number = assert_flat(
            page, add=lambda number: make_facility(f"A{number:03}", name=f"가온노인복지관{number}")
        )

        assert 1 <= number <= 2


class TestAddress:
    def test_is_tidied_so_that_it_can_be_read_aloud(self, client):
        sent = {
            "q": " 가온  복지관 ",
            "district": "",
            "place": "역삼동",
            "near": "37,127",
            "utm_x": "1",
        }

        answer = client.get(SEARCH, sent)

        assert answer.status_code == 302
        assert client.get(answer["Location"]).wsgi_request.GET.dict() == {
            "q": "가온 복지관",
            "place": "역삼동",
        }

    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ("?q=a&district=부산", "강남구처럼 적어 주세요"),
            ("?q=a&area=nowhere", "쓸 수 있는 값: welfare"),
            ("?q=a&kind=nothing", "쓸 수 있는 값: welfare.benefit, welfare.facility"),
            ("?q=a&near=1,2", "위도,경도로 적어 주세요"),
            ("?q=a&near=nan,nan", "위도,경도로 적어 주세요"),
            ("?q=a&place=없는나라", "이곳을 찾지 못했습니다"),
            ("?q=a&page=501", "쪽은 1에서 500까지입니다"),
            ("?q=a&page=x", "쪽은 1에서 500까지입니다"),
            ("?q=a&nonsense=1", "이런 조건은 없습니다"),
            (f"?q={'가' * 101}", "100자까지"),
        ],
    )
    def test_that_is_wrong_is_said_to_be_and_keeps_what_was_typed(self, client, query, told):
        page = page_of(client, query, status=400)

        assert told in page.select_one(".errors").text
        assert page.select_one("#search-q")["value"] == query[3:].split("&")[0]

    def test_with_anything_in_it_is_only_words(self, some, client):
        for words in ("'", "\\", "!&|()", ":*", "<script>", "%", "_", "a\nb", "a\x00b", "😀"):
            answer = client.get(SEARCH, {"q": words}, follow=True)
            assert answer.status_code == 200, words
            assert b"<script>" not in answer.content


class TestButtons:
    @pytest.mark.parametrize("path", ["/", "/welfare/facilities/", "/search/"])
    @pytest.mark.parametrize("start", ["", "/en"])
    def test_that_search_say_what(self, client, start, path):
        page = BeautifulSoup(client.get(start + path).content, "html.parser")
        buttons = page.select('button[type="submit"]:not([name])')
        told = [" ".join(button.text.split()) for button in buttons]

        assert len(told) >= 2
        assert len(set(told)) == len(told)
