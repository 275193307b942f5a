"""Which address is shown: the ministry's, unless it is broken off and the city's is not."""

import pytest

from tests.welfare.factories import add_central, add_source, make_kind, place_of, publish
from welfare.models import Facility

pytestmark = pytest.mark.django_db

CITY = "서울특별시 강북구 노해로 69 (수유동)"


def published(central: str | None, *, city: str | None = CITY, precision: str = "NONE") -> Facility:
    make_kind()
    add_source("A1", address=city, postcode="01062")
    place = place_of("강북구", None, None, precision) if precision == "DONG" else {}
    add_central("A1", **(place | {"address": central, "precision": precision, "postcode": "01063"}))
    publish("A1")
    return Facility.objects.get(code="A1")


class TestAddress:
    @pytest.mark.parametrize(
        "central",
        [
            "서울특별시 강북구 노해로",
            "서울특별시 강북구 노해로 10 층",
            "서울특별시 강북구 노해로 66 번지",
            "서울특별시 강북구 수유동",
            "서울특별시 강북구 노해로12길",
        ],
    )
    def test_is_the_city_s_where_the_ministry_s_is_broken_off(self, central):
        facility = published(central, precision="DONG")

        assert (facility.address, facility.postcode) == (CITY, "01062")
        assert facility.precision == "DONG"
        assert facility.source == "SEOUL+CENTRAL"

    @pytest.mark.parametrize(
        "central",
        [
            "서울특별시 강북구 도봉로 320-1 (수유동)",
            "서울특별시 강북구 도봉로87길 32",
            "서울특별시 강북구 수유동 446",
            "서울특별시 강북구 수유동 산 41",
        ],
    )
    def test_is_the_ministry_s_where_that_leads_to_a_door(self, central):
        facility = published(central, precision="DONG")

        assert (facility.address, facility.postcode) == (central, "01063")

    def test_is_the_city_s_where_only_that_has_a_place(self):
        assert published("서울특별시 강북구 도봉로 320").address == CITY

    def test_is_whatever_there_is(self):
        assert (
            published("서울특별시 강북구 노해로", city=None).address == "서울특별시 강북구 노해로"
        )

    def test_is_the_city_s_where_the_ministry_knows_none(self):
        assert published(None).address == CITY
