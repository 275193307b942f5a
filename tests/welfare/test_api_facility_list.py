"""The list of facilities by API: anybody may read it; what it keeps, in what order and form."""

import json
from functools import partial

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from core.places.enums import Precision
from core.search.queries import begin_matching
from core.search.services import refresh_vocabulary
from core.web.kept import kept
from core.web.pagecache import pages
from tests.welfare.factories import NOW, OFFICE_HOURS, make_facility, publish
from welfare.models import SeoulFacility
from welfare.queries import directory, facility_page, read_filters

pytestmark = pytest.mark.django_db

URL = "/api/v1/facilities/"
CITY_HALL = "37.5663,126.9779"


@pytest.fixture
def ask(client):
    def get(query: str = "", **headers):
        response = client.get(f"{URL}?{query}", headers=headers)
        return response, json.loads(response.content)

    return get


@pytest.fixture
def codes(ask):
    def get(query: str = "") -> list[str]:
        response, body = ask(query)
        assert response.status_code == 200, body
        assert body["count"] == len(body["results"])
        return [facility["code"] for facility in body["results"]]

    return get


@pytest.fixture
def five_alike():
    for number in range(5):
        make_facility(f"A{number}", lat=37.56 + number / 100, lon=126.9779)
    refresh_vocabulary()


@pytest.fixture
def refused(ask):
    def get(query: str, **headers) -> dict[str, str]:
        response, body = ask(query, **headers)
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert body["status"] == 400
        for error in body["errors"]:
            assert error["parameter"] in body["detail"]
        return {error["parameter"]: error["detail"] for error in body["errors"]}

    return get


class TestAnybody:
    def test_may_read_it(self, ask):
        make_facility()

        response, body = ask()

        assert response.status_code == 200
        assert response["Content-Type"] == "application/json"
        assert body["results"][0]["name"] == "가온노인복지관"

    def test_may_keep_the_answer_and_ask_whether_it_still_holds(self, client):
        make_facility()
        first = client.get(URL)

        again = client.get(URL, headers={"If-None-Match": first["ETag"]})

        assert first["Cache-Control"].startswith("public, max-age=60")
        assert again.status_code == 304
        assert again.content == b""
        assert again["Access-Control-Allow-Origin"] == "*"

    def test_may_read_it_from_a_script_of_another_site(self, client):
        for answer in (client.get(URL), client.get(URL, {"page": "x"}), client.options(URL)):
            assert answer["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in answer
            assert not answer.cookies

    def test_is_told_the_same_as_somebody_signed_in(self, client, resident):
        make_facility()
        anonymous = client.get(URL).content
        client.force_login(resident)

        assert client.get(URL).content == anonymous

    def test_may_not_write(self, client):
        answer = client.post(URL)

        assert answer.status_code == 405
        assert answer["Content-Type"] == "application/problem+json"
        assert "GET" in answer["Allow"]

    def test_gets_headers_that_allow_nothing_else(self, client):
        answer = client.get(URL)

        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"]


class TestFilters:
    def test_keep_a_district_by_name_or_code(self, codes):
        make_facility("A1", district="강남구")
        make_facility("A2", district="종로구")

        for district in ("강남구", "강남", "1168000000", "11680", "Gangnam-gu"):
            assert codes(f"district={district}") == ["A1"]

    def test_keep_a_kind_and_a_family(self, codes):
        make_facility("A1", kind="노인복지관")
        make_facility("A2", kind="푸드뱅크")

        assert codes("kind=푸드뱅크") == ["A2"]
        assert codes("family=노인여가복지시설") == ["A1"]
        assert codes("family=기타시설&kind=푸드뱅크") == ["A2"]
        assert codes("district=강남구&kind=푸드뱅크") == ["A2"]

    def test_keep_what_is_known_to_be_accessible(self, codes):
        make_facility("A1", corrections={"is_accessible": True})
        make_facility("A2", corrections={"is_accessible": False})
        make_facility("A3")

        assert codes("accessible=true") == ["A1"]
        assert len(codes("accessible=false")) == 3

    def test_keep_what_is_open_at_a_time(self, codes):
        make_facility("A1", corrections={"weekly_hours": OFFICE_HOURS})
        make_facility("A2")

        assert codes("open_at=2026-08-20T12:00:00%2B09:00") == ["A1"]
        assert codes("open_at=2026-08-20T12:00:00+09:00") == ["A1"]
        assert codes("open_at=2026-08-20T03:00:00Z") == ["A1"]
        assert codes("open_at=2026-08-20T20:00") == []

    def test_keep_what_is_within_a_radius(self, codes):
        make_facility("A1", lat=37.5663, lon=126.9779, precision=Precision.EXACT)
        make_facility("A2", lat=37.5763, lon=126.9779, precision=Precision.EXACT)

        assert codes(f"near={CITY_HALL}&radius=1000") == ["A1"]
        assert codes(f"near={CITY_HALL}&radius=1200") == ["A1", "A2"]

    def test_keep_what_a_word_finds(self, codes):
        make_facility("A1", name="가온노인복지관")
        make_facility("A2", name="다솜푸드뱅크", kind="푸드뱅크")

        assert codes("q=다솜") == ["A2"]


class TestOrder:
    def test_is_by_name(self, codes):
        make_facility("A1", name="하늘")
        make_facility("A2", name="가람")

        assert codes() == ["A2", "A1"]

    def test_is_nearest_first_with_the_distance(self, ask):
        make_facility("A1", name="가람", lat=37.5763, lon=126.9779, precision=Precision.EXACT)
        make_facility("A2", name="하늘", lat=37.5663, lon=126.9779, precision=Precision.EXACT)

        _, body = ask(f"near={CITY_HALL}")

        found = [(facility["code"], facility["distance_m"]) for facility in body["results"]]
        assert found[0] == ("A2", 0)
        assert found[1][0] == "A1"
        assert 1_105 <= found[1][1] <= 1_115

    def test_has_no_distance_where_nobody_asked(self, ask):
        make_facility()

        assert "distance_m" not in ask()[1]["results"][0]

    def test_leaves_out_what_has_no_place_where_it_is_by_distance(self, codes):
        make_facility("A1")
        make_facility("A2")
        SeoulFacility.objects.filter(pk="A2").update(
            lat=None, lon=None, x=None, y=None, precision=Precision.NONE
        )
        publish("A2")

        assert codes(f"near={CITY_HALL}") == ["A1"]
        assert codes() == ["A1", "A2"]


class TestNearnessAmongSome:
    """Districts and families have indexes of their own, in which only theirs are near."""

    @pytest.fixture(autouse=True)
    def some(self):
        for code, kind, district, lat in (
            ("A1", "노인복지관", "강남구", 37.50),
            ("A2", "노인복지관", "종로구", 37.51),
            ("A3", "푸드뱅크", "강남구", 37.52),
            ("A4", "기타시설", "종로구", 37.53),
        ):
            make_facility(
                code, kind=kind, district=district, lat=lat, lon=127.0, precision=Precision.EXACT
            )

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["A4", "A3", "A2", "A1"]),
            ("kind=노인복지관", ["A2", "A1"]),
            ("family=기타시설", ["A4", "A3"]),
            ("family=기타시설&kind=푸드뱅크", ["A3"]),
            ("district=강남구", ["A3", "A1"]),
            ("district=강남구&kind=노인복지관", ["A1"]),
            ("district=종로구&family=기타시설", ["A4"]),
            ("radius=2300", ["A4", "A3"]),
            ("district=강남구&radius=2300", ["A3"]),
            ("kind=노인복지관&radius=3400", ["A2"]),
            ("kind=노인복지관&radius=3400&sort=name", ["A2"]),
        ],
    )
    def test_holds_only_those_nearest_first(self, ask, query, expected):
        _, body = ask(f"near=37.54,127.0&{query}")

        assert [facility["code"] for facility in body["results"]] == expected
        for facility in body["results"]:
            away = round((37.54 - facility["location"]["lat"]) * 111_000)
            assert abs(facility["distance_m"] - away) < 20

    @pytest.mark.parametrize("query", ["", "district=강남구", "kind=노인복지관", "radius=3400"])
    def test_holds_what_the_pages_hold(self, ask, query):
        filters = read_filters(QueryDict(f"near=37.54,127.0&{query}"), now=NOW)

        page = facility_page(filters, on=NOW.date())
        _, body = ask(f"near=37.54,127.0&{query}")

        assert [row.code for row in page.rows] == [one["code"] for one in body["results"]]
        assert page.count == body["count"]


class TestPages:
    @pytest.fixture
    def five(self):
        for number in range(5):
            make_facility(
                f"A{number}", name=f"가온 {number}", lat=37.5663 - number / 100, lon=126.9779,
                precision=Precision.EXACT,
            )  # fmt: skip

    def test_lead_forth_and_back(self, five, client):
        first = client.get(f"{URL}?page_size=2&district=강남구").json()
        second = client.get(first["next"]).json()
        third = client.get(second["next"]).json()

        assert [len(page["results"]) for page in (first, second, third)] == [2, 2, 1]
        assert [page["count"] for page in (first, second, third)] == [5, 5, 5]
        assert first["previous"] is None
        assert third["next"] is None
        assert first["next"].startswith("http://testserver/api/v1/facilities/?")
        assert client.get(second["previous"]).json() == first

    def test_past_the_end_are_empty(self, five, ask):
        _, body = ask("page=9&page_size=2")

        assert body["results"] == []
        assert body["count"] == 5
        assert body["next"] is None

    def test_far_back_hold_what_their_number_says(self, ask, monkeypatch, five):
        monkeypatch.setattr("welfare.queries.statements.NEAR_THE_FRONT", 1)

        for query, expected in {
            "page=2&page_size=2": ["A2", "A3"],
            f"page=2&page_size=2&near={CITY_HALL}": ["A2", "A3"],
        }.items():
            assert [facility["code"] for facility in ask(query)[1]["results"]] == expected

    def test_past_500_are_refused_with_a_word_on_narrowing(self, refused):
        assert "좁혀서" in refused("page=501")["page"]

    def test_say_where_the_count_stops(self, five, ask, monkeypatch):
        monkeypatch.setattr("core.web.pagination.COUNT_CAP", 3)

        for query in ("page_size=2", "page_size=20", "page_size=2&accessible=false&q=가온"):
            _, body = ask(query)
            assert (body["count"], body["count_capped"]) == (3, True)


class TestBadValues:
    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("distrct=강남구", "distrct"),
            ("district=부산", "district"),
            ("kind=없는것", "kind"),
            ("family=없는것", "family"),
            ("near=여기", "near"),
            ("near=126.9779,37.5663", "near"),
            ("near=nan,nan", "near"),
            ("radius=500", "radius"),
            ("open_at=9999999999999999", "open_at"),
            ("open_at=0001-01-01T00:00", "open_at"),
            ("open_at=9999-12-31T23:59", "open_at"),
            ("open_at=1999-12-31T23:59", "open_at"),
            ("open_at=2101-01-01T00:00", "open_at"),
            ("accessible=maybe", "accessible"),
            ("page=0", "page"),
            ("page=-1", "page"),
            ("page=" + "9" * 400, "page"),
            ("page_size=101", "page_size"),
            ("q=%00", "q"),
            ("q=%FF%FE", "q"),
            ("q=%ED%A0%80", "q"),
            ("kind=푸드뱅크&kind=노인복지관", "kind"),
            ("q[]=a", "q[]"),
            ("%00=1", "?"),
        ],
    )
    def test_are_refused_by_name(self, refused, query, name):
        told = refused(query)

        assert list(told) == [name]
        assert told[name]

    def test_are_told_in_english_to_who_prefers_it(self, refused):
        korean = refused("page=0")["page"]
        english = refused("page=0", accept_language="en-GB,en;q=0.9,ko;q=0.3")["page"]

        assert korean != english
        assert english.isascii()

    def test_too_many_are_refused(self, client):
        answer = client.get(URL + "?" + "&".join(f"a{number}=1" for number in range(2_000)))

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"


class TestProtectedShelters:
    @pytest.fixture(autouse=True)
    def shelter(self):
        make_facility("P1", name="비밀쉼터", kind="노인복지관", is_protected=True)
        make_facility("A1")

    @pytest.mark.parametrize(
        "query",
        ["", "q=비밀", "district=강남구", f"near={CITY_HALL}", "kind=노인복지관", "page_size=100"],
    )
    def test_are_in_no_list(self, ask, query):
        response, body = ask(query)

        assert all(facility["code"] != "P1" for facility in body["results"])
        assert "비밀" not in response.content.decode()


class TestMisspeltWords:
    """What they meant is asked within the statement that reads the rows."""

    MEANT, MISSPELT = "가온노인복지관", "가온노인복직관"
    NARROWED = (
        "", "&page_size=2", "&page_size=2&page=2", "&page_size=2&page=9", "&district=강남구",
        "&district=종로구", "&kind=노인복지관&page_size=2", "&sort=name",
        f"&near={CITY_HALL}&page_size=2", f"&near={CITY_HALL}&radius=100",
    )  # fmt: skip

    @pytest.mark.parametrize("limit", [1000, 2])
    @pytest.mark.parametrize("more", NARROWED)
    def test_find_what_the_right_ones_find(self, five_alike, ask, monkeypatch, more, limit):
        monkeypatch.setattr(
            "welfare.queries.wording.begin_matching", partial(begin_matching, limit=limit)
        )

        right, misspelt = ask(f"q={self.MEANT}{more}")[1], ask(f"q={self.MISSPELT}{more}")[1]

        assert misspelt["results"] == right["results"]
        assert misspelt["count"] == right["count"]
        assert ask(f"q={self.MISSPELT}{more}")[1] == misspelt

    def test_say_where_the_count_stops(self, five_alike, ask, monkeypatch):
        monkeypatch.setattr("core.search.queries.index.COUNT_CAP", 3)
        monkeypatch.setattr("core.web.pagination.COUNT_CAP", 3)

        body = ask(f"q={self.MISSPELT}&page_size=2")[1]

        assert (body["count"], body["count_capped"]) == (3, True)

    def test_may_have_meant_nothing_at_all(self, five_alike, ask):
        assert ask("q=외계문명탐사")[1]["results"] == []


class TestQueries:
    @pytest.mark.parametrize(
        "query",
        [
            "",
            "district=강남구&kind=노인복지관",
            f"near={CITY_HALL}&radius=20000",
            "q=가온&page_size=1",
            "accessible=false&open_at=2026-08-20T12:00",
            "page_size=1",
        ],
    )
    def test_are_two_at_most_and_do_not_grow_with_the_rows(self, client, assert_flat, query):
        def page():
            pages.clear()
            kept.clear()
            assert client.get(f"{URL}?{query}").status_code == 200

        number = assert_flat(page, add=lambda number: make_facility(f"A{number:03}"))

        assert 1 <= number <= 2

    @pytest.mark.parametrize(
        "query",
        [
            "q=가온노인복지관&kind=노인복지관&page_size=1",
            "q=가온노인복직관",
            "q=가온노인복직관&page_size=1",
            "q=가온노인복직관&page_size=1&page=9",
            "q=가온노인복직관&kind=노인복지관&page_size=1",
            f"q=가온노인복직관&near={CITY_HALL}&page_size=1",
            "q=가온+우주정거장&district=강남구&page_size=1",
        ],
    )
    def test_are_two_at_most_for_words_that_nobody_asked_for_before(
        self, client, five_alike, query
    ):
        directory()
        with CaptureQueriesContext(connection) as captured:
            told = client.get(f"{URL}?{query}").json()

        assert told["count"] == 5
        assert len(captured) <= 2, [one["sql"] for one in captured]
