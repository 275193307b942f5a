"""Finds the doors of facilities whose place is only about known, where a geocoder is at hand."""

import datetime

import httpx
from django.conf import settings

from core.places.address_service import make_geocoder
from core.places.enums import Precision
from core.places.geocode import Geocoder
from core.places.models import LocatedAddress
from core.places.services import locate_addresses
from welfare.models import Facility
from welfare.services.publication import publish_facility_keys

# The service allows more; this many a night reach every address of the city in two nights.
ADDRESSES_A_NIGHT = 2_000
# New streets and houses come into the address service's register.
ASK_AGAIN_AFTER = datetime.timedelta(days=90)


def ask_address_service(*, now: datetime.datetime) -> int:
    """Ask the road-name address service for tonight's share; without a key, ask nobody."""
    if not settings.JUSO_KEY:
        return 0
    with httpx.Client() as client:
        return locate_facilities(geocoder=make_geocoder(client), most=ADDRESSES_A_NIGHT, now=now)


def locate_facilities(*, geocoder: Geocoder, most: int, now: datetime.datetime) -> int:
    """Ask for at most so many addresses not asked for lately; answer how many were found.

    A shelter has no address here, so none is ever asked about.
    """
    wanted = (
        Facility.objects.listed()
        .filter(address__isnull=False)
        .exclude(precision=Precision.EXACT)
        .exclude(
            address__in=LocatedAddress.objects.known(since=now - ASK_AGAIN_AFTER).values("address")
        )
        .order_by("address")
        .values_list("address", flat=True)
        .distinct()[:most]
    )
    addresses = [address for address in wanted if address]
    found = locate_addresses(addresses=addresses, geocoder=geocoder, now=now)
    standing_there = Facility.objects.listed().filter(address__in=found)
    publish_facility_keys(
        codes=list(standing_there.order_by("code").values_list("code", flat=True)), now=now
    )
    return len(found)
