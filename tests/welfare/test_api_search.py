"""Search by API: anybody may ask; what it finds, in what form, and what it refuses."""

import pytest

from core.search.services import refresh_vocabulary
from core.web.pagecache import pages
from tests.welfare.factories import make_facility

pytestmark = pytest.mark.django_db

URL = "/api/v1/search/"


@pytest.fixture
def some():
    make_facility("A1", name="가온노인복지관", district="강남구")
    make_facility("A2", name="다솜푸드뱅크", kind="푸드뱅크", district="종로구")
    make_facility("P1", name="비밀쉼터", is_protected=True)
    refresh_vocabulary()


@pytest.fixture
def ask(client):
    def get(query: str = "", url: str = URL, **headers):
        response = client.get(f"{url}?{query}", headers=headers)
        return response, response.json()

    return get


class TestAnybody:
    def test_may_ask(self, some, ask):
        response, body = ask("q=노인복지관")

        assert response.status_code == 200
        assert [one["key"] for one in body["results"]] == ["A1"]
        assert body["results"][0]["url"] == "http://testserver/welfare/facilities/A1/"
        assert (body["count"], body["count_capped"]) == (1, False)
        assert (body["searched_for"], body["is_loose"]) == (None, False)
        assert response["Cache-Control"].startswith("public, max-age=60")
        assert response["Access-Control-Allow-Origin"] == "*"

    def test_is_answered_as_described(self, some, client, matches_description):
        matches_description(client.get(URL, {"q": "노인"}), URL)
        matches_description(client.get(URL), URL)
        suggest = f"{URL}suggest/"
        matches_description(client.get(suggest, {"q": "노인"}), suggest)
        matches_description(client.get(suggest), suggest)

    def test_may_ask_whether_the_answer_still_holds(self, some, client):
        first = client.get(URL, {"q": "노인"})

        again = client.get(URL, {"q": "노인"}, headers={"If-None-Match": first["ETag"]})

        assert again.status_code == 304


class TestWhatIsFound:
    def test_is_said_to_have_a_part_only_where_nothing_has_all(self, some, ask):
        _, body = ask("q=가온 우주정거장")

        assert [one["key"] for one in body["results"]] == ["A1"]
        assert (body["searched_for"], body["is_loose"]) == (None, True)

    def test_is_told_by_initials_part_and_with_a_typing_error(self, some, ask):
        for query, key in {"ㄷㅅㅍㄷㅂㅋ": "A2", "푸드": "A2", "노인복지곤": "A1"}.items():
            _, body = ask(f"q={query}")
            assert [one["key"] for one in body["results"]] == [key], query

    def test_is_said_to_be_something_else_where_it_was_corrected(self, some, ask):
        assert ask("q=푸드뱅쿠")[1]["searched_for"] == "푸드뱅크"

    def test_may_be_kept_to_a_district_an_area_and_a_kind(self, some, ask):
        for query, keys in {
            "district=강남구": ["A1"],
            "district=종로": [],
            "area=welfare": ["A1"],
            "kind=welfare.facility": ["A1"],
        }.items():
            assert [one["key"] for one in ask(f"q=노인복지관&{query}")[1]["results"]] == keys

    def test_is_never_a_protected_shelter(self, some, ask):
        for query in ("비밀쉼터", "비밀", "쉼터", "P1"):
            response, body = ask(f"q={query}")
            assert all(one["key"] != "P1" for one in body["results"])
            assert "비밀쉼터" not in "".join(one["title"] for one in body["results"])

    def test_comes_in_pages(self, client):
        for number in range(5):
            make_facility(f"A{number}", name=f"가온노인복지관 {number}")

        first = client.get(URL, {"q": "가온", "page_size": 2}).json()
        second = client.get(first["next"]).json()
        third = client.get(second["next"]).json()

        found = [one["key"] for page in (first, second, third) for one in page["results"]]
        assert sorted(found) == ["A0", "A1", "A2", "A3", "A4"]
        assert first["previous"] is None
        assert third["next"] is None

    def test_is_nothing_past_what_is_counted(self, some, ask):
        _, body = ask("q=노인&page=400&page_size=100")

        assert body["results"] == []
        assert body["next"] is None


class TestBadValues:
    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("", "q"),
            ("q=", "q"),
            ("q=%20", "q"),
            ("q=" + "가" * 101, "q"),
            ("q=%00", "q"),
            ("q=%FF", "q"),
            ("q=a&q=b", "q"),
            ("q=a&area=nowhere", "area"),
            ("q=a&kind=nothing", "kind"),
            ("q=a&district=부산", "district"),
            ("q=a&page=501", "page"),
            ("q=a&page_size=0", "page_size"),
            ("q=a&near=1,2", "near"),
        ],
    )
    def test_are_refused_by_name(self, ask, query, name):
        response, body = ask(query)

        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert [error["parameter"] for error in body["errors"]] == [name]

    def test_that_mean_something_to_the_index_are_only_words(self, some, ask):
        for query in ("'", "\\", "!&|()", ":*", "<->", "%25", "_", "a%0Ab", "😀", "ㅋ" * 100):
            response, _ = ask(f"q={query.replace('&', '%26')}")
            assert response.status_code == 200, query


class TestSuggestions:
    URL = f"{URL}suggest/"

    def test_are_for_anybody(self, some, ask):
        response, body = ask("q=가온", self.URL)

        assert response.status_code == 200
        assert any("가온" in one["text"] for one in body["results"])

    def test_begin_with_what_was_typed(self, some, ask):
        for typed in ("푸", "푸ㄷ", "ㅍㄷㅂㅋ"):
            _, body = ask(f"q={typed}", self.URL)
            assert any(one["text"] == "푸드뱅크" for one in body["results"]), typed

    def test_need_something_typed(self, ask):
        response, _ = ask("", self.URL)

        assert response.status_code == 400


class TestQueries:
    def test_are_two_at_most_and_do_not_grow_with_the_rows(self, client, assert_flat):
        def page():
            pages.clear()
            assert client.get(URL, {"q": "가온"}).status_code == 200

        number = assert_flat(
            page, add=lambda number: make_facility(f"A{number:03}", name=f"가온노인복지관{number}")
        )

        assert 1 <= number <= 2
