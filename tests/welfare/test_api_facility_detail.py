"""One facility by API: the whole object, and what is told of those that are not to be had."""

import pytest

from tests.welfare.factories import make_facility, publish
from welfare.models import SeoulFacility

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
