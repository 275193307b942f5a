"""Upstream: the road-name address service, which finds a building and where its entrance is.

It knows every address of Seoul that is written well: the building stands near the middle of the
dong that the address names, always at the same spot. Nobody should walk there.
"""

import zlib
from collections.abc import Mapping

from pyproj import Transformer

from core.places.facts import LegalDong, get_legal_dong, legal_dongs
from core.places.rules import ParsedAddress, parse_address
from core.sandbox.upstreams.publishers.juso import COORDINATES, SEARCH, Juso
from core.sandbox.upstreams.serving.contract import Material, Roles, Route, Upstream
from core.sandbox.upstreams.serving.tables import Row, table_of

ROLES = Roles(code="bdMgtSn", name="roadAddr", district="admCd", number="buldMnnm")
SPREAD_METRES = 300
_TO_GRID = Transformer.from_crs("EPSG:5186", "EPSG:5179", always_xy=True)


class EverySeoulAddress:
    def find(self, keyword: str) -> list[Row]:
        parsed = parse_address(keyword)
        street, _, number = (parsed.road_address or "").partition(" (")[0].rpartition(" ")
        main, _, sub = number.partition("-")
        if not (parsed.district_code and main.isdigit() and (sub or "0").isdigit()):
            return []
        return [_building(parsed, _dong_of(parsed), street, main, sub or "0")]

    def entrance(self, building: Mapping[str, str]) -> list[Row]:
        dong = get_legal_dong(building["admCd"])
        if dong is None:
            return []
        dice = _dice(f"{building['rnMgtSn']} {building['buldMnnm']}-{building['buldSlno']}")
        x, y = _TO_GRID.transform(
            dong.x + dice % (2 * SPREAD_METRES) - SPREAD_METRES,
            dong.y + (dice >> 12) % (2 * SPREAD_METRES) - SPREAD_METRES,
        )
        asked = {name: building[name] for name in ("admCd", "rnMgtSn", "udrtYn")}
        return [
            {
                **asked,
                "buldMnnm": building["buldMnnm"],
                "buldSlno": building["buldSlno"],
                "bdMgtSn": f"{building['admCd']}{dice:015d}",
                "entX": f"{x:.6f}",
                "entY": f"{y:.6f}",
                "bdNm": "",
            }
        ]


def _dong_of(parsed: ParsedAddress) -> LegalDong:
    """Where no dong is named, the street lies in one of the district's, always the same."""
    named = get_legal_dong(parsed.legal_dong_code or "")
    among = [dong for dong in legal_dongs() if dong.district.code == parsed.district_code]
    street = (parsed.road_address or "").partition(" (")[0].rpartition(" ")[0]
    return named or among[_dice(street) % len(among)]


def _building(parsed: ParsedAddress, dong: LegalDong, street: str, main: str, sub: str) -> Row:
    number = main if sub == "0" else f"{main}-{sub}"
    road = street.rpartition(" ")[2]
    under = "1" if road == "지하" else "0"
    return {
        "roadAddr": f"{street} {number} ({dong.name})",
        "roadAddrPart1": f"{street} {number}",
        "roadAddrPart2": f" ({dong.name})",
        "jibunAddr": f"서울특별시 {dong.district.name} {dong.name} {_dice(street) % 900 + 1}",
        "engAddr": f"{number} {dong.name_en}, {dong.district.name_en}, Seoul",
        "zipNo": f"{_dice(parsed.road_address or '') % 8000 + 1000:05d}",
        "admCd": dong.code,
        "rnMgtSn": f"{dong.code[:5]}{_dice(street) % 10**7:07d}",
        "bdMgtSn": f"{dong.code}{_dice(street + number):015d}",
        "detBdNmList": "",
        "bdNm": "",
        "bdKdcd": "0",
        "siNm": "서울특별시",
        "sggNm": dong.district.name,
        "emdNm": dong.name,
        "liNm": "",
        "rn": road,
        "udrtYn": under,
        "buldMnnm": main,
        "buldSlno": sub,
        "mtYn": "0",
        "lnbrMnnm": str(_dice(street) % 900 + 1),
        "lnbrSlno": "0",
        "emdNo": "01",
    }


def _dice(text: str) -> int:
    return zlib.crc32(text.encode())


def routes(material: Material) -> Mapping[str, Route]:
    """Both answer by rule; the tables are there for the register only."""
    return dict.fromkeys((SEARCH, COORDINATES), Route(table_of([]), ROLES))


UPSTREAM = Upstream("juso", Juso(EverySeoulAddress()), routes)
