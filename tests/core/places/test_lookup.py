"""An address that somebody typed: beside what is known on its street, or asked for."""

import datetime

import pytest

from core.places import address_service
from core.places.enums import Precision
from core.places.geocode import Located
from core.places.lookup import TypedAddresses, find_place
from core.places.models import LocatedAddress
from core.places.rules import parse_address, to_metres
from core.sandbox.upstreams import serve

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 8, 20, 3, 0, tzinfo=datetime.UTC)
HALL = "서울특별시 중구 세종대로 110 (태평로1가)"


class Nobody:
    def locate(self, address):
        return None


@pytest.fixture(autouse=True)
def _fresh():
    address_service.forget()


def knows(address, lat=37.5663, lon=126.9779, precision=Precision.EXACT):
    x, y = to_metres(lat, lon)
    LocatedAddress.objects.create(
        address=address, lat=lat, lon=lon, x=x, y=y, precision=precision, asked_at=NOW
    )


def located(text, service=None) -> Located | None:
    return TypedAddresses(service or Nobody()).locate(parse_address(text))


class TestKnownStreets:
    @pytest.mark.parametrize(
        "text",
        [
            HALL,
            "서울특별시 중구 세종대로 110",
            "서울 중구 세종대로 110",
            "중구 세종대로 110",
            "중구 세종대로110",
            "서울특별시 중구 세종대로 110, 3층",
            "세종대로 110",
        ],
    )
    def test_know_the_very_address_however_it_is_typed(self, text):
        knows(HALL)

        found = located(text)

        assert (found.lat, found.lon, found.precision) == (37.5663, 126.9779, "EXACT")

    def test_answer_the_nearest_number_as_about(self):
        knows("서울특별시 중구 세종대로 100", lat=37.5651)
        knows("서울특별시 중구 세종대로 116-2 (태평로1가)", lat=37.5669)
        knows("서울특별시 중구 세종대로 140", lat=37.5690)

        found = located("중구 세종대로 114")

        assert (found.lat, found.precision) == (37.5669, "DONG")

    def test_prefer_a_door_to_the_middle_of_a_dong(self):
        knows("서울특별시 중구 세종대로 110", precision=Precision.DONG, lat=37.5600)
        knows("서울특별시 중구 세종대로 112", lat=37.5664)

        assert located("중구 세종대로 110").lat == 37.5664

    @pytest.mark.parametrize(
        "other",
        [
            "서울특별시 중구 세종대로9길 110",
            "서울특별시 중구 세종대로 310",
            "서울특별시 종로구 세종대로 110",
            "서울특별시 중구 세종대로",
            "서울특별시 중구 새종대로 110",
        ],
    )
    def test_guess_nothing_from_what_is_another_street_or_far_along_it(self, other):
        knows(other)

        assert located("중구 세종대로 110") is None

    def test_know_underground_numbers(self):
        knows("서울특별시 중구 을지로 지하 42")

        assert located("중구 을지로 지하42").precision == "EXACT"

    def test_guess_none_of_two_streets_of_one_name(self):
        knows("서울특별시 중구 중앙로 10")
        knows("서울특별시 양천구 중앙로 12", lat=37.52, lon=126.86)

        assert located("중앙로 11") is None
        assert located("중앙로 12").lon == 126.86
        assert located("양천구 중앙로 11").lon == 126.86

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "부산 해운대구 세종대로 110",
            "세종대로",
            "중구",
            "중구 세종대로 999999999999",
            "%",
            "중구 % 110",
        ],
    )
    def test_read_no_address_into_other_words(self, text):
        knows(HALL)

        assert located(text) is None

    def test_leave_what_they_do_not_know_to_the_dong_that_is_named(self):
        assert find_place("종로구 비봉길 76 (구기동)").located.precision == "DONG"
        assert find_place("역삼동").name == "강남구 역삼동"

    def test_are_asked_once_however_many_tables_there_are(self, django_assert_num_queries):
        knows(HALL)

        for text, queries in (("중구 세종대로 110", 1), ("세종대로 110", 1), ("역삼동", 0)):
            with django_assert_num_queries(queries):
                assert find_place(text)


class TestTheAddressService:
    @pytest.fixture
    def upstream(self, settings):
        with serve() as base_url:
            settings.JUSO_KEY, settings.JUSO_URL = "key", f"{base_url}/juso"
            yield base_url

    def test_is_asked_once_for_what_is_not_known(self, upstream):
        first, again = find_place("종로구 비봉길 76"), find_place("종로구 비봉길 76")

        assert first == again
        assert first.located.precision == "EXACT"
        assert not first.is_area
        assert len(upstream.requests) == 2

    def test_is_not_asked_for_what_is_known(self, upstream):
        knows(HALL)

        assert find_place("중구 세종대로 110").located.precision == "EXACT"
        assert not upstream.requests

    def test_is_preferred_to_a_neighbour(self, upstream):
        knows("서울특별시 종로구 비봉길 80")

        assert find_place("종로구 비봉길 76").located.precision == "EXACT"

    def test_is_left_alone_for_a_while_after_it_failed(self, settings):
        knows("서울특별시 종로구 비봉길 80", lat=37.6)
        with serve(fault="http500") as base_url:
            settings.JUSO_KEY, settings.JUSO_URL = "key", f"{base_url}/juso"

            found = [find_place(f"종로구 비봉길 {number}") for number in (76, 78)]

            assert [one.located.lat for one in found] == [37.6, 37.6]
            assert len(base_url.requests) == 1

    def test_is_not_asked_more_often_than_so_many_times_a_minute(self, upstream, monkeypatch):
        monkeypatch.setattr("core.places.address_service.ASKED_A_MINUTE", 2)

        found = [find_place(f"종로구 비봉길 {number}") for number in (70, 72, 74, 76)]

        assert [bool(one) for one in found] == [True, True, False, False]

    def test_is_left_alone_without_a_key(self):
        assert find_place("종로구 비봉길 76") is None
