"""Facilities of real files, in the publishers' fields: the city's CSV, the ministry's dump."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from core.places.facts import PROVINCES
from core.sandbox.upstreams.facilities.districts import CITY, DISTRICTS
from core.sandbox.upstreams.facilities.kinds import BY_LABEL
from core.sandbox.upstreams.serving.contract import NoSuchData

CITY_FILE = "facilities/seoul_facilities_2022.csv"
CENTRAL_FILE = "facilities/central_facilities_2026.json"
CENTRAL_SAMPLE = "facilities/central_facilities.sample.json"

DISTRICT_CODES = {district.name: district.code for district in DISTRICTS}
JURISDICTION_NAMES = {
    **{f"{digits}00000000": name for name, digits in reversed(PROVINCES.items())},
    **{district.code: district.name for district in (*DISTRICTS, CITY)},
}
ROAD_THEN_NUMBER = re.compile(r"(.*?\S(?:로|길|가길)) (\d.*)", re.DOTALL)

Record = dict[str, str]


def city_records(data: Path) -> list[Record]:
    """By the CSV's Korean headers."""
    text = _text(data / CITY_FILE, "cp949")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def central_records(data: Path) -> list[Record]:
    """By the ministry's field names; what the dump lost comes from the city's file where it can."""
    dump = json.loads(_text(data / CENTRAL_FILE, "utf-8"))
    city = {record["시설코드"]: record for record in _city_records_if_any(data)}
    records = [_central_record(code, told, city.get(code)) for code, told in dump.items()]
    sample = data / CENTRAL_SAMPLE
    told_fully = json.loads(_text(sample, "utf-8")) if sample.exists() else []
    return [*records, *(_sampled(told) for told in told_fully if told["id"] not in dump)]


def split_address(address: str) -> tuple[str, str]:
    """Into the two fields of the ministry; joined with a blank they are whole again."""
    found = ROAD_THEN_NUMBER.fullmatch(address)
    return (found[1], found[2]) if found else (address, "")


def _city_records_if_any(data: Path) -> list[Record]:
    return city_records(data) if (data / CITY_FILE).exists() else []


def _central_record(code: str, told: Record, city: Record | None) -> Record:
    kind = BY_LABEL.get(city["시설종류명(시설유형)"].replace("?", "ㆍ")) if city else None
    road, rest = split_address(told["fullAddr"])
    return {
        "fcltCd": code,
        "fcltNm": city["시설명"] if city else "",
        "fcltKindCd": kind.code if kind else "",
        "fcltKindNm": kind.name if kind else "",
        "jrsdSggCd": city["시군구코드"] if city else _jurisdiction(told["fullAddr"]),
        "fcltAddr": road,
        "fcltDtl_1Addr": rest,
        "fcltTelNo": told["fcltTelNo"],
    }


def _jurisdiction(address: str) -> str:
    province, _, rest = address.partition(" ")
    district = DISTRICT_CODES.get(rest.partition(" ")[0]) if province == CITY.name else None
    digits = PROVINCES.get(province)
    return district or (f"{digits}00000000" if digits else "")


def _sampled(told: dict[str, Any]) -> Record:
    return {
        "fcltCd": told["id"],
        "fcltNm": told["name"],
        "fcltKindCd": told["typeCode"],
        "jrsdSggCd": told["sggCode"],
        "cprNm": told.get("corp", ""),
        "fcltZipcd": told.get("zip", ""),
        "fcltAddr": told["address"],
        "fcltTelNo": told.get("phone", ""),
    }


def _text(path: Path, encoding: str) -> str:
    try:
        return path.read_bytes().decode(encoding)
    except FileNotFoundError:
        raise NoSuchData(f"{path} does not exist") from None
