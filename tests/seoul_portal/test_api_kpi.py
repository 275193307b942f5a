"""Indicators by API: where each stands, its readings between two days, none for staff alone."""

import datetime

import pytest
from django.utils import timezone

from core.areas import declared_indicators
from tests.core.kpi.samples import A_WEEK, HIDDEN, SHOWN, dashboard

pytestmark = pytest.mark.django_db

LIST = "/api/v1/kpi/"
ONE = f"{LIST}{SHOWN}/"
TODAY = timezone.localdate()


class TestList:
    def test_tells_every_public_indicator(self, client):
        dashboard()
        told = client.get(LIST).json()
        public = [slug for slug, one in declared_indicators().items() if one.is_public]
        assert [one["slug"] for one in told["results"]] == public
        assert (told["count"], told["count_capped"]) == (len(public), False)
        found = next(one for one in told["results"] if one["slug"] == SHOWN)
        assert found["latest"] == {
            "day": TODAY.isoformat(), "dimension": None, "key": None, "value": 100,
            "numerator": None, "denominator": None, "is_hidden": False,
        }  # fmt: skip
        assert found["target"]["value"] == 150
        assert found["is_stale"] is False
        assert found["dimensions"] == ["district", "programme"]
        assert found["url"].endswith(f"/kpi/{SHOWN}/")

    def test_tells_how_it_stood_in_a_time(self, client):
        dashboard()
        until = (TODAY - 2 * A_WEEK).isoformat()
        told = client.get(LIST, {"to": until}).json()["results"]
        found = {one["slug"]: one["latest"] for one in told}
        assert found[SHOWN]["value"] == 90
        assert found["centres-in-service"] is None

    def test_takes_two_statements(self, client, django_assert_num_queries):
        dashboard()
        with django_assert_num_queries(2):
            client.get(LIST)

    def test_has_pages(self, client):
        told = client.get(LIST, {"page": 2, "page_size": 3}).json()
        assert len(told["results"]) == 3
        assert told["previous"].endswith("/api/v1/kpi/?page_size=3")


class TestOne:
    def test_tells_its_readings_the_newest_first(self, client):
        dashboard()
        told = client.get(ONE).json()
        assert told["indicator"]["unit"] == "건"
        assert [one["reason"] for one in told["targets"]] == ["시장 방침 제12호"]
        assert told["count"] == 11
        assert {one["day"] for one in told["results"][:4]} == {TODAY.isoformat()}
        hidden = next(one for one in told["results"] if one["key"] == "11350")
        assert (hidden["value"], hidden["is_hidden"]) == (None, True)
        assert not any(one["dimension"] == "dong" for one in told["results"])

    def test_keeps_to_the_days_both_included(self, client):
        dashboard()
        first, last = TODAY - 3 * A_WEEK, TODAY - 2 * A_WEEK
        told = client.get(ONE, {"from": first, "to": last}).json()
        assert [one["day"] for one in told["results"]] == [last.isoformat(), first.isoformat()]

    def test_speaks_english_where_that_is_asked(self, client):
        told = client.get(ONE, headers={"accept-language": "en"}).json()
        assert told["indicator"]["title"] == "Benefits granted"

    @pytest.mark.parametrize("slug", [HIDDEN, "nothing"])
    def test_that_is_not_public_is_not_there(self, client, slug):
        answer = client.get(f"{LIST}{slug}/")
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"

    def test_asks_as_often_whatever_was_read(self, client, django_assert_num_queries):
        dashboard()
        with django_assert_num_queries(4):
            client.get(ONE)


class TestRefusals:
    @pytest.mark.parametrize("address", [LIST, ONE])
    @pytest.mark.parametrize(
        ("asked", "named"),
        [
            ({"since": "2026-01-01"}, "since"),
            ({"from": "yesterday"}, "from"),
            ({"from": "20260101"}, "from"),
            ({"to": "2026-02-30"}, "to"),
            ({"from": "2026-02-02", "to": "2026-02-01"}, "to"),
            ({"page": "0"}, "page"),
            ({"page_size": "101"}, "page_size"),
        ],
    )
    def test_name_what_is_wrong(self, client, address, asked, named):
        answer = client.get(address, asked)
        assert answer.status_code == 400
        assert [one["parameter"] for one in answer.json()["errors"]] == [named]

    def test_a_day_long_past_or_to_come_is_a_day(self, client):
        far = datetime.date(1, 1, 1).isoformat()
        assert client.get(ONE, {"from": far, "to": "9999-12-31"}).status_code == 200
