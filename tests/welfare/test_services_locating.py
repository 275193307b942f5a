"""Doors found by a geocoder are published, survive a sync, and are never asked for twice."""

import datetime
import json

import pytest

from core.places.fields import Point
from core.places.geocode import GeocoderUnavailable, Located
from core.places.models import LocatedAddress
from core.places.rules import to_metres
from core.sandbox.upstreams import serve
from tests.welfare.test_sync_faults import sync
from welfare.models import Facility
from welfare.services import ask_address_service, correct_facility, locate_facilities
from welfare.services.locating import ASK_AGAIN_AFTER

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime.datetime(2026, 11, 3, 4, 0, tzinfo=datetime.UTC)
DOOR = Located(37.5665, 126.978, 198_056.37, 551_885.03, "EXACT")
BUILDING = DOOR._replace(precision="BUILDING")


class Knows:
    def __init__(self, *, answers: int = 10**6, door: Located | None = DOOR) -> None:
        self.asked: list[str] = []
        self.answers = answers
        self.door = door

    def locate(self, address):
        if len(self.asked) >= self.answers:
            raise GeocoderUnavailable("쉽니다.")
        self.asked.append(address.road_address)
        return self.door


@pytest.fixture
def upstreams():
    with serve(rows=60) as base_url:
        sync("welfare.seoul_facilities", base_url)
        yield base_url


def with_address():
    return Facility.objects.listed().filter(address__isnull=False)


class TestLocatingFacilities:
    def test_publishes_the_door_in_place_of_the_middle_of_the_dong(self, upstreams):
        assert with_address().filter(precision="DONG").exists()
        found = locate_facilities(geocoder=Knows(), most=1_000, now=NOW)
        assert found == with_address().values("address").distinct().count()
        facility = with_address().order_by("code").first()
        assert (facility.precision, facility.lat, facility.point.x) == ("EXACT", 37.5665, DOOR.x)
        assert '"lat"' in facility.card
        assert "37.5665" in facility.card

    def test_survives_the_next_sync(self, upstreams):
        locate_facilities(geocoder=Knows(), most=1_000, now=NOW)
        with serve(rows=60, seed=5) as other:
            sync("welfare.seoul_facilities", other)
            sync("welfare.seoul_facilities", upstreams)
        assert not with_address().exclude(precision="EXACT").exists()

    def test_asks_for_no_address_twice_known_or_not(self, upstreams):
        locate_facilities(geocoder=Knows(door=None), most=1_000, now=NOW)
        again = Knows()
        assert locate_facilities(geocoder=again, most=1_000, now=NOW) == 0
        assert again.asked == []
        assert with_address().filter(precision="DONG").exists()

    def test_asks_again_after_a_season_for_what_was_not_known(self, upstreams):
        locate_facilities(geocoder=Knows(door=None), most=1_000, now=NOW)
        later, a_season_later = Knows(), NOW + ASK_AGAIN_AFTER + datetime.timedelta(days=1)

        assert locate_facilities(geocoder=later, most=1_000, now=a_season_later) > 0
        assert later.asked

    def test_says_in_the_log_that_the_service_went_away(self, upstreams, caplog):
        locate_facilities(geocoder=Knows(answers=3), most=1_000, now=NOW)

        (said,) = [one for one in caplog.records if one.message == "geocoder unavailable"]
        assert said.levelname == "WARNING"

    def test_keeps_what_it_learnt_before_the_service_went_away(self, upstreams):
        assert locate_facilities(geocoder=Knows(answers=3), most=1_000, now=NOW) == 3
        assert LocatedAddress.objects.count() == 3

    def test_gives_way_to_the_door_that_staff_entered(self, upstreams, officer):
        locate_facilities(geocoder=Knows(door=BUILDING), most=1_000, now=NOW)
        facility = with_address().order_by("code").first()
        entered = {"address": facility.address, "lat": facility.lat + 0.001, "lon": facility.lon}

        correct_facility(
            facility=facility, field="address", value=entered, actor=officer, reason="실측", now=NOW
        )

        facility.refresh_from_db()
        told = json.loads(facility.card)["location"]
        assert (facility.lat, facility.lon) == (entered["lat"], entered["lon"])
        assert facility.point == Point(*to_metres(entered["lat"], entered["lon"]))
        assert facility.precision == "EXACT"
        assert told == {"lat": entered["lat"], "lon": entered["lon"], "precision": "EXACT"}

    def test_helps_a_correction_that_names_the_address_alone(self, upstreams, officer):
        facility = with_address().order_by("code").first()

        correct_facility(
            facility=facility,
            field="address",
            value=facility.address,
            actor=officer,
            reason="전화로 확인",
            now=NOW,
        )
        locate_facilities(geocoder=Knows(door=BUILDING), most=1_000, now=NOW)

        facility.refresh_from_db()
        assert (facility.lat, facility.precision) == (BUILDING.lat, "BUILDING")

    def test_never_asks_where_a_shelter_is(self, upstreams):
        geocoder = Knows()
        locate_facilities(geocoder=geocoder, most=1_000, now=NOW)
        hidden = Facility.objects.filter(is_protected=True)
        assert hidden.exists()
        assert not hidden.filter(lat__isnull=False).exists()
        assert None not in geocoder.asked


class TestTheAddressService:
    def test_is_asked_where_there_is_a_key(self, upstreams, settings):
        settings.JUSO_KEY, settings.JUSO_URL = "key", f"{upstreams}/juso"
        assert ask_address_service(now=NOW) > 0
        assert with_address().filter(precision="EXACT").exists()

    def test_is_left_alone_without_one(self, upstreams, settings):
        assert settings.JUSO_KEY == ""
        assert ask_address_service(now=NOW) == 0
        assert not LocatedAddress.objects.exists()
