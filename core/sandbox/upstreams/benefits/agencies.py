"""Who gives benefits: ministries, public bodies, provinces, districts; how often each occurs.

Codes of Seoul's districts: Ministry of the Interior and Safety (institution codes). The weights
keep the proportions of the levels in the real lists; some of the other codes are ours.
"""

from typing import NamedTuple

from core.places.facts import PROVINCES
from core.sandbox.upstreams.facilities.districts import DISTRICTS, ELSEWHERE
from core.sandbox.upstreams.serving.dice import wheel

CENTRAL, PUBLIC, PROVINCE, DISTRICT, SCHOOLS = (
    "중앙행정기관",
    "공공기관",
    "광역시도",
    "시군구",
    "교육청",
)


class Agency(NamedTuple):
    code: str
    level: str
    name: str
    province: str = ""
    district: str = ""

    @property
    def is_local(self) -> bool:
        return self.level in (PROVINCE, DISTRICT)


MINISTRIES = (
    ("1352000", "보건복지부", 15),
    ("1492000", "고용노동부", 5),
    ("1342000", "교육부", 5),
    ("1180000", "국가보훈부", 4),
    ("1383000", "성평등가족부", 4),
    ("1613000", "국토교통부", 2),
    ("1543000", "농림축산식품부", 2),
    ("1192000", "해양수산부", 2),
    ("1250000", "통일부", 1),
    ("1421000", "중소벤처기업부", 2),
    ("1210000", "국세청", 1),
    ("1371000", "문화체육관광부", 1),
)
BODIES = (
    ("B551408", "한국주택금융공사", 2),
    ("B552584", "한국환경공단", 1),
    ("B552657", "한국장학재단", 3),
    ("B554287", "한국사회보장정보원", 2),
    ("B490001", "근로복지공단", 4),
    ("B551182", "건강보험심사평가원", 2),
)
_PROVINCE_CODES = {
    name: f"6{digits}0000"
    for name, digits in PROVINCES.items()
    if name not in ("강원도", "전라북도")
}


def _agencies() -> tuple[tuple[Agency, int], ...]:
    city = "서울특별시"
    seoul = [
        (Agency(f"3{number:02}0000", DISTRICT, f"{city} {place.name}", city, place.name), 3)
        for number, place in enumerate(DISTRICTS)
    ]
    elsewhere = [
        (Agency(f"{code[:4]}999", DISTRICT, name, *name.split(" ", 1)), 6)
        for code, name, *_ in ELSEWHERE
    ]
    provinces = [
        (Agency(code, PROVINCE, name, name), 8 if name == "서울특별시" else 2)
        for name, code in _PROVINCE_CODES.items()
    ]
    return (
        *((Agency(code, CENTRAL, name), weight) for code, name, weight in MINISTRIES),
        *((Agency(code, PUBLIC, name), weight) for code, name, weight in BODIES),
        *provinces,
        *seoul,
        *elsewhere,
        (Agency("7010000", SCHOOLS, "서울특별시교육청", "서울특별시"), 4),
    )


WHEEL = wheel(_agencies(), 1 << 42)
