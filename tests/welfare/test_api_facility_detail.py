"""One facility by API: the whole object, and what is told of those that are not to be had."""

import datetime

import pytest
from django.utils.timezone import localtime

from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from core.web.revision import raise_revision
from tests.welfare.factories import (
    NOW,
    OFFICE_HOURS,
    add_central,
    make_facility,
    make_run,
    publish,
)
from welfare.models import SeoulFacility
from welfare.services import verify_facility

pytestmark = pytest.mark.django_db


def url(code: str) -> str:
    return f"/api/v1/facilities/{code}/"


class TestAnybody:
    def test_may_read_it(self, client):
        make_facility("A0001", capacity=30)

        answer = client.get(url("A0001"))

        assert answer.status_code == 200
        told = answer.json()
        assert told["code"] == "A0001"
        assert told["capacity"] == 30
        assert told["waiting"] is None
        assert told["district"] == {"code": "1168000000", "name": "강남구"}
        assert told["url"] == "http://testserver/welfare/facilities/A0001/"

    def test_may_ask_whether_it_still_holds(self, client):
        make_facility("A0001")
        first = client.get(url("A0001"))

        again = client.get(url("A0001"), headers={"If-None-Match": first["ETag"]})

        assert again.status_code == 304

    def test_is_led_to_the_address_with_its_slash(self, client):
        answer = client.get("/api/v1/facilities/A0001?x=1")

        assert answer.status_code == 308
        assert answer["Location"] == "/api/v1/facilities/A0001/?x=1"


class TestTheObject:
    FIELDS = (
        "code", "name", "family", "kind", "jurisdiction", "district", "dong", "address", "phone",
        "location", "precision", "capacity", "occupancy", "waiting", "opening_hours",
        "accessibility", "status", "source", "checked_at", "url",
    )  # fmt: skip

    def test_holds_what_was_promised_and_nothing_else(self, client):
        make_facility("A0001")

        assert tuple(client.get(url("A0001")).json()) == self.FIELDS

    def test_tells_what_it_does_not_know_as_null(self, client):
        make_facility("A0001", phone=None)

        told = client.get(url("A0001")).json()

        for name in ("phone", "capacity", "waiting", "opening_hours", "accessibility"):
            assert told[name] is None
        assert "" not in told.values()

    def test_tells_hours_by_the_day(self, client):
        make_facility("A0001", corrections={"weekly_hours": OFFICE_HOURS})

        told = client.get(url("A0001")).json()["opening_hours"]

        assert told["mon"] == [["09:00", "18:00"]]
        assert told["holidays"] == []

    def test_tells_how_exact_its_place_is(self, client):
        make_facility("A0001")

        told = client.get(url("A0001")).json()

        assert told["precision"] == told["location"]["precision"] == "DONG"
        assert 37 < told["location"]["lat"] < 38

    @pytest.mark.parametrize(
        ("feed", "central", "checked_at"),
        [
            ("welfare.seoul_facilities", False, "2026-08-20T12:00:00+09:00"),
            ("welfare.central_facilities", False, None),
            ("welfare.central_facilities", True, "2026-08-20T12:00:00+09:00"),
        ],
    )
    def test_tells_when_its_publishers_were_last_asked(self, client, feed, central, checked_at):
        if central:
            add_central("A0001")
        make_facility("A0001")
        FeedRun.objects.create(
            feed=feed, status=RunStatus.COMPLETED, started_at=NOW, finished_at=NOW
        )

        assert client.get(url("A0001")).json()["checked_at"] == checked_at

    @pytest.mark.parametrize("days", [-1, 1])
    def test_counts_what_staff_looked_at_as_its_page_does(self, client, officer, days):
        facility = make_facility("A0001")
        make_run()
        verified_at = NOW + datetime.timedelta(days=days)
        verify_facility(facility=facility, actor=officer, now=verified_at)
        raise_revision()

        latest = localtime(max(NOW, verified_at)).isoformat(timespec="seconds")
        shown = client.get("/welfare/facilities/A0001/").content.decode()
        listed = client.get("/api/v1/facilities/").json()["results"][0]

        assert client.get(url("A0001")).json()["checked_at"] == latest
        assert listed["checked_at"] == latest
        assert f"2026년 8월 {20 + max(days, 0)}일" in shown

    def test_is_as_the_description_says(self, client, matches_description):
        make_facility("A0001", capacity=3, corrections={"weekly_hours": OFFICE_HOURS})

        matches_description(client.get(url("A0001")), "/api/v1/facilities/{code}/")
        matches_description(
            client.get("/api/v1/facilities/", {"near": "37.5,127"}), "/api/v1/facilities/"
        )
        matches_description(client.get(url("none")), "/api/v1/facilities/{code}/")


class TestWhatIsNotToBeHad:
    def check(self, answer, status: int) -> str:
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Cache-Control"] == "no-store"
        assert answer.json()["status"] == status
        return answer.json()["detail"]

    @pytest.mark.parametrize("code", ["none", "%00", "%FF", "가" * 500, "' OR 1=1"])
    def test_is_told_to_be_missing(self, client, code):
        self.check(client.get(url(code)), 404)

    def test_is_told_to_be_gone_where_it_was_once_listed(self, client):
        facility = make_facility("A0001")
        SeoulFacility.objects.update(retired_at=facility.published_at)
        publish("A0001")

        self.check(client.get(url("A0001")), 410)

    def test_is_a_protected_shelter_of_which_nothing_is_told(self, client):
        make_facility("P1", name="비밀쉼터", is_protected=True)

        hidden = self.check(client.get(url("P1")), 404)
        unknown = self.check(client.get(url("none")), 404)

        assert hidden == unknown

    def test_is_not_found_by_a_parameter(self, client):
        make_facility("A0001")

        assert "fields" in self.check(client.get(url("A0001"), {"fields": "name"}), 400)


class TestQueries:
    def test_are_one(self, client, django_assert_num_queries):
        make_facility("A0001")

        with django_assert_num_queries(1):
            client.get(url("A0001"))
