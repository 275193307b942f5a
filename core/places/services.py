"""Asks a geocoder for addresses, and keeps its answers so that none is asked twice."""

import datetime
import logging
from collections.abc import Iterable, Iterator

from core.places.geocode import Geocoder, GeocoderUnavailable, Located
from core.places.models import LocatedAddress
from core.places.rules import parse_address

log = logging.getLogger(__name__)

KEPT = ["lat", "lon", "x", "y", "precision", "asked_at"]
AT_ONCE = 200


def locate_addresses(
    *, addresses: Iterable[str], geocoder: Geocoder, now: datetime.datetime
) -> list[str]:
    """Ask for each address, and answer those that now have a point.

    Where the service stops answering, what it said until then is kept and the rest waits.
    """
    found: list[str] = []
    some: list[LocatedAddress] = []
    for address, located in _answers(addresses, geocoder):
        some.append(_kept(address, located, now))
        if located is not None:
            found.append(address)
        if len(some) >= AT_ONCE:
            _keep(some)
            some = []
    _keep(some)
    return found


def _answers(addresses: Iterable[str], geocoder: Geocoder) -> Iterator[tuple[str, Located | None]]:
    for address in addresses:
        try:
            yield address, geocoder.locate(parse_address(address))
        except GeocoderUnavailable as fault:
            log.warning("geocoder unavailable", extra={"reason": str(fault)})
            return


def _kept(address: str, located: Located | None, now: datetime.datetime) -> LocatedAddress:
    if located is None:
        return LocatedAddress(address=address, asked_at=now)
    return LocatedAddress(
        address=address,
        lat=located.lat,
        lon=located.lon,
        x=located.x,
        y=located.y,
        precision=located.precision,
        asked_at=now,
    )


def _keep(some: list[LocatedAddress]) -> None:
    LocatedAddress.objects.bulk_create(
        some, update_conflicts=True, unique_fields=["address"], update_fields=KEPT
    )
