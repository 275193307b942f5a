"""Geocoder: the government's road-name address service (juso.go.kr), by key.

Two calls an address: `addrLinkApi.do` finds the building, `addrCoordApi.do` its entrance. Each has
a key of its own. Coordinates come in the grid EPSG:5179, as text, and may be blank.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx
import msgspec
import stamina

from core.places.geocode import GeocoderUnavailable, Located
from core.places.rules import ParsedAddress, grid_to_degrees, normalise_postcode, to_metres

BASE_URL = "https://business.juso.go.kr"
TIMEOUT = httpx.Timeout(2, read=4)
ATTEMPTS = 3
_SERVER_ERROR, _TOO_MANY = 500, 429
_SUCCESS, _SYSTEM_ERROR = "0", "-999"
# What is wrong with the question and not with us: such an address is merely not found.
_UNFIT = frozenset({"E0005", "E0006", "E0008", "E0009", "E0010", "E0011", "E0012", "E0013"})
# Signs and words that the service refuses to search for.
_REFUSED_SIGNS = re.compile(
    r"[%=><\[\]]|\b(?:OR|SELECT|INSERT|DELETE|UPDATE|CREATE|DROP|EXEC|UNION|FETCH|DECLARE|TRUNCATE)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_LONGEST = 40


class _Hiccup(Exception):
    """May pass: asked again."""


class JusoAddress(NamedTuple):
    """One building as the service knows it; `legal_dong_code` is its `admCd`."""

    road_address: str
    english: str
    postcode: str | None
    legal_dong_code: str
    street_code: str
    under: str
    main: str
    sub: str
    building: str


class JusoGeocoder:
    """Asks the service; the client is injected, and `wait_factor` shortens the waits in tests."""

    def __init__(
        self,
        *,
        client: httpx.Client,
        key: str,
        coordinate_key: str | None = None,
        base_url: str = BASE_URL,
        timeout: httpx.Timeout = TIMEOUT,
        attempts: int = ATTEMPTS,
        wait_factor: float = 1.0,
    ) -> None:
        self._client = client
        self._key = key
        self._coordinate_key = coordinate_key or key
        self._base_url = base_url.rstrip("/")
        self._timeout = timeout
        self._attempts = attempts
        self._wait_factor = wait_factor

    def locate(self, address: ParsedAddress) -> Located | None:
        found = self.look_up(address)
        return self.entrance(found) if found else None

    def look_up(self, address: ParsedAddress) -> JusoAddress | None:
        """Answer the one building of that very address; a near miss is a miss."""
        if not (address.in_seoul and address.district_code and address.road_address):
            return None
        wanted = _BRACKETS.sub("", address.road_address)
        same = [found for found in self.search(wanted) if _same(found.road_address, wanted)]
        if address.legal_dong_code and len(same) > 1:
            same = [found for found in same if found.legal_dong_code == address.legal_dong_code]
        return same[0] if len(same) == 1 else None

    def search(self, text: str, *, most: int = 10) -> list[JusoAddress]:
        """Answer what the service finds for words of an address."""
        keyword = " ".join(_REFUSED_SIGNS.sub(" ", text).split())[:_LONGEST]
        rows = self._ask(
            "addrLinkApi.do",
            confmKey=self._key,
            currentPage="1",
            countPerPage=str(most),
            keyword=keyword,
        )
        return [read for row in rows if (read := _read(row))]

    def entrance(self, found: JusoAddress) -> Located | None:
        rows = self._ask(
            "addrCoordApi.do",
            confmKey=self._coordinate_key,
            admCd=found.legal_dong_code,
            rnMgtSn=found.street_code,
            udrtYn=found.under,
            buldMnnm=found.main,
            buldSlno=found.sub,
        )
        for row in rows:
            degrees = grid_to_degrees(row.get("entX"), row.get("entY"))
            if degrees:
                return Located(*degrees, *to_metres(*degrees), "EXACT")
        return None

    def _ask(self, operation: str, **query: str) -> list[Mapping[str, Any]]:
        url = f"{self._base_url}/addrlink/{operation}"
        try:
            for attempt in stamina.retry_context(
                on=(_Hiccup, httpx.TransportError),
                attempts=self._attempts,
                timeout=None,
                wait_initial=0.2 * self._wait_factor,
                wait_max=2 * self._wait_factor,
                wait_jitter=0.2 * self._wait_factor,
            ):
                with attempt:
                    return self._answer(url, {**query, "resultType": "json"})
        except httpx.TransportError as fault:
            raise GeocoderUnavailable("도로명주소 서비스와 연결되지 않습니다.") from fault
        except _Hiccup as fault:
            raise GeocoderUnavailable(f"도로명주소 서비스가 답하지 못합니다. {fault}") from fault
        raise AssertionError("stamina always runs one attempt")

    def _answer(self, url: str, query: Mapping[str, str]) -> list[Mapping[str, Any]]:
        response = self._client.get(url, params=dict(query), timeout=self._timeout)
        if response.status_code == _TOO_MANY or response.status_code >= _SERVER_ERROR:
            raise _Hiccup(f"({response.status_code})")
        try:
            results = msgspec.json.decode(response.content)["results"]
            code = str(results["common"]["errorCode"])
            message = str(results["common"].get("errorMessage") or "")
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as fault:
            raise _Hiccup("알 수 없는 형식의 답입니다.") from fault
        if code == _SUCCESS:
            rows = results.get("juso") or []
            # One row may come as an object where a list belongs.
            listed = [rows] if isinstance(rows, dict) else rows
            return [row for row in listed if isinstance(row, dict)]
        if code in _UNFIT:
            return []
        if code == _SYSTEM_ERROR:
            raise _Hiccup(message)
        raise GeocoderUnavailable(f"도로명주소 서비스가 거절했습니다: {message} ({code})")


def _read(row: Mapping[str, Any]) -> JusoAddress | None:
    """Read one row; what lacks the parts that the second call needs is of no use."""
    told = {name: str(value).strip() for name, value in row.items() if value is not None}
    road = told.get("roadAddrPart1") or _BRACKETS.sub("", told.get("roadAddr", ""))
    if not (road and told.get("admCd") and told.get("rnMgtSn") and told.get("buldMnnm")):
        return None
    return JusoAddress(
        road_address=road,
        english=told.get("engAddr", ""),
        postcode=normalise_postcode(told.get("zipNo")),
        legal_dong_code=told["admCd"],
        street_code=told["rnMgtSn"],
        under=told.get("udrtYn", "0"),
        main=told["buldMnnm"],
        sub=told.get("buldSlno") or "0",
        building=told.get("bdNm", ""),
    )


def _same(one: str, other: str) -> bool:
    return one.replace(" ", "") == other.replace(" ", "")
