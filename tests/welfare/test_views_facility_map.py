"""The map is told of the rows of the page and of nothing else: no shelter, no query of its own."""

import json

import pytest
from bs4 import BeautifulSoup

from core.places.enums import Precision
from tests.welfare.factories import make_facility, make_many, make_shelter
from welfare.models import Facility

pytestmark = pytest.mark.django_db

LIST = "/welfare/facilities/"


def told(client, path):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    block = page.select_one("[data-map] script[type='application/json']")
    return json.loads(block.text)["places"] if block else None


class TestListMap:
    def test_is_told_of_each_row_with_a_point_under_its_number(self, client):
        make_facility("A1", name="가", lat=37.5, lon=127.0, precision=Precision.EXACT)
        make_facility("A2", name="나", precision=Precision.NONE)
        make_facility("A3", name="다")

        first, third = told(client, LIST)

        assert (first["number"], first["name"], first["point"]) == (1, "가", [37.5, 127.0])
        assert first["url"] == f"{LIST}A1/"
        assert not first["isAbout"]
        assert (third["number"], third["isAbout"]) == (3, True)

    def test_counts_on_from_the_page_before(self, client):
        make_many(22)

        assert [place["number"] for place in told(client, f"{LIST}?page=2")] == [21, 22]

    def test_never_shows_a_shelter(self, client):
        shelter = make_shelter("K1")
        make_facility("A1")

        assert [place["url"] for place in told(client, LIST)] == [f"{LIST}A1/"]
        assert told(client, f"{LIST}?kind={shelter.kind_id}") is None

    def test_is_not_offered_without_a_point(self, client):
        make_facility("A1", precision=Precision.NONE)

        assert told(client, LIST) is None


class TestFacilityMap:
    def test_is_told_of_the_one(self, client):
        facility = make_facility("A1", name="가온")

        (place,) = told(client, f"{LIST}A1/")

        assert (place["name"], place["number"], place["url"]) == ("가온", 0, "")
        assert place["point"] == [facility.lat, facility.lon]

    def test_is_not_offered_without_a_point(self, client):
        make_facility("A1", precision=Precision.NONE)

        assert Facility.objects.get().point is None
        assert told(client, f"{LIST}A1/") is None
