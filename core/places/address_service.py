"""The road-name address service as the settings name it: at night, and while somebody waits."""

import logging
import threading
import time
from functools import lru_cache
from typing import Any

import httpx
from django.conf import settings

from core.places.geocode import GeocoderUnavailable, Located
from core.places.juso import JusoGeocoder
from core.places.rules import ParsedAddress, parse_address

WHILE_WAITING = httpx.Timeout(1, read=1.5)
# A process asks no more often, whoever types what: the rest of the minute it does without.
ASKED_A_MINUTE = 20
REST_SECONDS = 60.0
REMEMBERED = 2_000

log = logging.getLogger(__name__)


def make_geocoder(client: httpx.Client, **more: Any) -> JusoGeocoder:
    return JusoGeocoder(
        client=client,
        key=settings.JUSO_KEY,
        coordinate_key=settings.JUSO_COORDINATE_KEY or None,
        base_url=settings.JUSO_URL,
        **more,
    )


class _Patience:
    """Whether to ask now: one at a time, so many a minute, and not after a failure."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: list[float] = []
        self._rests_until = 0.0

    def begin(self) -> None:
        now = time.monotonic()
        if now < self._rests_until or not self._lock.acquire(blocking=False):
            raise GeocoderUnavailable("도로명주소 서비스에 지금은 묻지 않습니다.")
        self._asked = [moment for moment in self._asked if moment > now - 60]
        if len(self._asked) >= ASKED_A_MINUTE:
            self._lock.release()
            raise GeocoderUnavailable("도로명주소 서비스에 너무 자주 물었습니다.")
        self._asked.append(now)

    def end(self) -> None:
        self._lock.release()

    def rest(self) -> None:
        self._rests_until = time.monotonic() + REST_SECONDS

    def forget(self) -> None:
        self._asked, self._rests_until = [], 0.0


_patience = _Patience()


class AddressService:
    """Answers while a page waits, or soon not at all; an address is asked for once a process."""

    def locate(self, address: ParsedAddress) -> Located | None:
        if not (settings.JUSO_KEY and address.district_code and address.road_address):
            return None
        try:
            return _locate(address.road_address)
        except GeocoderUnavailable:
            return None


@lru_cache(maxsize=REMEMBERED)
def _locate(road_address: str) -> Located | None:
    """What cannot be answered now raises, and so is not remembered."""
    _patience.begin()
    try:
        with httpx.Client(timeout=WHILE_WAITING) as client:
            geocoder = make_geocoder(client, timeout=WHILE_WAITING, attempts=1)
            return geocoder.locate(parse_address(road_address))
    except GeocoderUnavailable as fault:
        _patience.rest()
        log.warning("geocoder unavailable", extra={"reason": str(fault)})
        raise
    finally:
        _patience.end()


def forget() -> None:
    """Begin anew, as a fresh process does."""
    _locate.cache_clear()
    _patience.forget()
