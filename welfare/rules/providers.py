"""Who gives a benefit and to whose residents: level, province and district from what is told."""

import re
from dataclasses import dataclass

from core.places.facts import PROVINCES, districts

CENTRAL, PUBLIC_BODY, CITY, DISTRICT = "CENTRAL", "PUBLIC_BODY", "CITY", "DISTRICT"
SEOUL = "11"
LEVELS = {
    "중앙행정기관": CENTRAL,
    "공공기관": PUBLIC_BODY,
    "광역시도": CITY,
    "시군구": DISTRICT,
    # An office of education answers for a whole province.
    "교육청": CITY,
}
_DISTRICTS = {district.name: district.code for district in districts()}
# As a word of its own, with a particle or none: not the 중구 of 중구난방.
_PARTICLES = "가이를은는의에로와과도민청형"
_NAMED = {
    name: re.compile(rf"(?<![가-힣]){name}(?=[^가-힣]|[{_PARTICLES}]|$)") for name in _DISTRICTS
}


class UnknownProvider(ValueError):
    """The kind of provider is none that is known; the message names it."""


@dataclass(frozen=True, slots=True)
class Provider:
    """`province` is None where a benefit is for the whole country; `district` is one of Seoul's."""

    level: str
    name: str
    province: str | None = None
    district: str | None = None


def provider_of_gov24(*, kind: str, name: str) -> Provider:
    """Read 소관기관유형 and 소관기관명 of gov24, which has no field for the region."""
    level = LEVELS.get(kind)
    if level is None:
        raise UnknownProvider(f"알려진 소관기관유형이 아닙니다: ‘{kind[:40]}’")
    if level == CENTRAL:
        return Provider(level, name)
    province, rest = _province(name)
    if level in (CITY, DISTRICT) and province is None:
        raise UnknownProvider(f"소관기관명 ‘{name[:40]}’에서 시·도를 알 수 없습니다.")
    district = _DISTRICTS.get(rest) if province == SEOUL and level == DISTRICT else None
    if province == SEOUL and level == DISTRICT and district is None:
        raise UnknownProvider(f"소관기관명 ‘{name[:40]}’에서 자치구를 알 수 없습니다.")
    return Provider(level, name, province, district)


def provider_of_local(*, province_name: str, district_name: str, told: str) -> Provider:
    """Read ctpvNm and sggNm of Bokjiro's local list.

    Where Seoul's rows leave sggNm blank, a district that the service's own words name at their
    beginning or as a whole word is its provider; several, or none, make it the city's.
    """
    province = PROVINCES.get(province_name)
    if province is None:
        raise UnknownProvider(f"알려진 시·도가 아닙니다: ‘{province_name[:40]}’")
    if district_name and province != SEOUL:
        return Provider(DISTRICT, f"{province_name} {district_name}", province)
    if district_name:
        district = _DISTRICTS.get(district_name)
        if district is None:
            raise UnknownProvider(f"서울에 없는 자치구입니다: ‘{district_name[:40]}’")
        return Provider(DISTRICT, f"{province_name} {district_name}", province, district)
    if province == SEOUL and (named := _named_district(told)):
        return Provider(DISTRICT, f"{province_name} {named}", province, _DISTRICTS[named])
    return Provider(CITY, province_name, province)


def _named_district(told: str) -> str | None:
    """Answer the one district that a word begins with: 성동구 청년 …, 동대문구가 …"""
    named = {name for name, pattern in _NAMED.items() if pattern.search(told)}
    return named.pop() if len(named) == 1 else None


def _province(name: str) -> tuple[str | None, str]:
    for province, code in PROVINCES.items():
        if name.startswith(province):
            return code, name.removeprefix(province).strip()
    return None, name
