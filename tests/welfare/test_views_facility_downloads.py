"""A download holds the whole of the list that was filtered, safe to open in a spreadsheet."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup

from core.search.services import refresh_vocabulary
from tests.welfare.factories import OFFICE_HOURS, add_central, make_facility, make_many, make_run
from tests.welfare.samples import KNOWN

pytestmark = pytest.mark.django_db

CSV = "/welfare/facilities/download.csv"
GEOJSON = "/welfare/facilities/download.geojson"


def body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def table(response):
    return list(csv.DictReader(io.StringIO(body(response).removeprefix("\ufeff"))))


class TestCsv:
    def test_holds_all_that_the_filters_keep(self, client):
        make_many(25, district="강남구")
        make_facility("B1", district="종로구")

        assert len(table(client.get(CSV))) == 26
        assert len(table(client.get(f"{CSV}?district=강남구"))) == 25

    def test_is_read_by_spreadsheets_as_korean(self, client):
        make_facility("A1", capacity=30)

        response = client.get(CSV)
        text = body(response)

        assert text.startswith("\ufeff시설코드,이름")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert "attachment" in response["Content-Disposition"]
        row = table(client.get(CSV))[0]
        assert (row["자치구"], row["시설 종류"], row["정원"]) == ("강남구", "노인복지관", "30")

    def test_tells_what_staff_and_the_ministry_know(self, client):
        add_central("A1", operator="가온재단")
        make_facility("A1", corrections=KNOWN)
        make_run()

        row = table(client.get(CSV))[0]

        assert row["여는 시간"] == "월~금 09:00–18:00; 토~일 휴무; 공휴일 휴무"
        assert row["이용 요금"] == KNOWN["fees"]
        assert row["이용 대상"] == KNOWN["who_may_use"]
        assert row["하는 일"] == KNOWN["services_offered"]
        assert row["쓸 수 있는 말"] == KNOWN["languages"]
        assert row["이용 편의"] == "경사로: 있음; 승강기: 없음"
        assert row["운영"] == "가온재단"
        assert row["마지막으로 확인한 때"] == "2026-08-20T12:00:00+09:00"

    def test_leaves_empty_what_nobody_knows(self, client):
        make_facility("A1")

        row = table(client.get(CSV))[0]

        for name in ("여는 시간", "이용 요금", "이용 편의", "운영", "마지막으로 확인한 때"):
            assert row[name] == ""

    def test_speaks_english_under_en(self, client):
        make_facility("A1")

        row = table(client.get(f"/en{CSV}"))[0]

        assert (row["District"], row["Kind of facility"]) == (
            "Gangnam-gu",
            "Senior welfare centre (full size)",
        )

    @pytest.mark.parametrize("name", ["=1+1", "+82", "-5", "@SUM(A1)", "\t=1"])
    def test_starts_no_formula(self, client, name):
        make_facility("A1", name=name)

        assert table(client.get(CSV))[0]["이름"] == f"'{name}"

    def test_is_streamed_by_two_queries_at_most(self, client, django_assert_max_num_queries):
        make_many(30)

        with django_assert_max_num_queries(3):
            table(client.get(CSV))


class TestGeoJson:
    def test_is_a_collection_of_points(self, client):
        make_facility("A1")

        response = client.get(GEOJSON)
        told = json.loads(body(response))

        assert response["Content-Type"].startswith("application/geo+json")
        feature = told["features"][0]
        assert (told["type"], feature["type"], feature["id"]) == (
            "FeatureCollection",
            "Feature",
            "A1",
        )
        lon, lat = feature["geometry"]["coordinates"]
        assert 126 < lon < 128
        assert 37 < lat < 38
        assert feature["properties"]["name"] == "가온노인복지관"

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "?q=가온",
            "?q=가온노인복직관",
            "?near=37.5663,126.9779",
            "?district=강남구&sort=name",
        ],
    )
    def test_tells_exactly_what_the_api_tells(self, client, query):
        make_facility("A1", capacity=30, corrections={"weekly_hours": OFFICE_HOURS})
        make_facility("A2", lat=37.5, lon=127.0)
        refresh_vocabulary()
        make_run()

        told = json.loads(body(client.get(f"{GEOJSON}{query}")))["features"]

        objects = client.get(f"/api/v1/facilities/{query}").json()["results"]
        assert [feature["properties"] for feature in told] == objects
        assert len(objects) == 2
        assert objects[0]["url"].startswith("http://testserver/")
        assert objects[0]["checked_at"] == "2026-08-20T12:00:00+09:00"

    def test_without_rows_is_still_one(self, client):
        assert json.loads(body(client.get(GEOJSON))) == {
            "type": "FeatureCollection",
            "features": [],
        }


class TestBadInput:
    @pytest.mark.parametrize("query", ["district=부산", "page=2", "nothing=1"])
    def test_is_named_in_plain_words(self, client, query):
        for path in (CSV, GEOJSON):
            response = client.get(f"{path}?{query}")

            assert response.status_code == 400
            assert response.content.decode().startswith(query.split("=")[0] + ": ")


class TestTooMany:
    def test_are_refused_in_words_with_the_time_to_wait(self, client, settings):
        settings.DOWNLOAD_RATE = 3
        for path in (CSV, GEOJSON, f"/en{CSV}"):
            assert client.get(path).status_code == 200
        answer = client.get(CSV)
        page = BeautifulSoup(answer.content, "html.parser")

        assert answer.status_code == 429
        assert 1 <= int(answer["Retry-After"]) <= 61
        assert answer["Cache-Control"] == "no-store"
        assert page.h1.text == "너무 자주 요청했습니다"
        assert client.get(CSV, REMOTE_ADDR="203.0.113.8").status_code == 200
        assert client.get("/welfare/facilities/").status_code == 200
