"""Dated facts that ship with the portal: districts and dongs of Seoul, and public holidays."""

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean

DATA = Path(__file__).parent / "data"
# The first two digits of a code, by the administrative standard codes (interior ministry); former
# names too.
PROVINCES = {
    "서울특별시": "11",
    "부산광역시": "26",
    "대구광역시": "27",
    "인천광역시": "28",
    "광주광역시": "29",
    "대전광역시": "30",
    "울산광역시": "31",
    "세종특별자치시": "36",
    "경기도": "41",
    "강원특별자치도": "51",
    "강원도": "51",
    "충청북도": "43",
    "충청남도": "44",
    "전북특별자치도": "52",
    "전라북도": "52",
    "전라남도": "46",
    "경상북도": "47",
    "경상남도": "48",
    "제주특별자치도": "50",
}
_ORDINAL = re.compile(r"(?<!^홍)제(?=\d)")
_DOTS = re.compile(r"[.·,ㆍ・]")


def rows(name: str) -> Iterator[dict[str, str]]:
    """Read one table of facts; lines that begin with # say where it comes from."""
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader((line for line in lines if line[0] != "#"), delimiter="\t")


# There is one object of each district and dong: compared by identity, they make quick keys.
@dataclass(frozen=True, slots=True, eq=False)
class District:
    """One of the 25 districts: `code` of the interior ministry, `sgis` of the statistics office."""

    code: str
    sgis: str
    name: str
    name_en: str
    lat: float
    lon: float
    x: float
    y: float
    row: int
    column: int

    @property
    def short_name(self) -> str:
        """종로 for 종로구; 중구 stays, for nobody says 중."""
        return self.name if self.name == "중구" else self.name.removesuffix("구")


@dataclass(frozen=True, slots=True, eq=False)
class Dong:
    """An administrative dong; its point is the middle of its area."""

    code: str
    sgis: str
    name: str
    name_en: str
    district: District
    lat: float
    lon: float
    x: float
    y: float


@cache
def districts() -> tuple[District, ...]:
    """Answer all districts in the ministry's order."""
    found = []
    for row in rows("districts.tsv"):
        found.append(
            District(
                code=row["code"],
                sgis=row["sgis"],
                name=row["name"],
                name_en=row["name_en"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                x=float(row["x"]),
                y=float(row["y"]),
                row=int(row["row"]),
                column=int(row["column"]),
            )
        )
    return tuple(found)


@cache
def dongs() -> tuple[Dong, ...]:
    """Answer all 426 administrative dongs in the ministry's order."""
    by_prefix = {district.code[:5]: district for district in districts()}
    found = []
    for row in rows("dongs.tsv"):
        found.append(
            Dong(
                code=row["code"],
                sgis=row["sgis"],
                name=row["name"],
                name_en=row["name_en"],
                district=by_prefix[row["code"][:5]],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                x=float(row["x"]),
                y=float(row["y"]),
            )
        )
    return tuple(found)


@cache
def _districts_by_any() -> dict[str, District]:
    index: dict[str, District] = {}
    for district in districts():
        english = district.name_en.lower()
        for key in (
            district.code,
            district.code[:5],
            district.name,
            district.short_name,
            english,
            english.removesuffix("-gu"),
            english.replace("-", ""),
        ):
            index[key] = district
    return index


def get_district(text: str) -> District | None:
    """Find a district by code (5 or 10 digits) or name: 종로구, 종로, Jongno-gu, Jongno."""
    return _districts_by_any().get(text.strip().lower())


def get_district_of_sgis(code: str) -> District | None:
    """Find a district by the statistics office's code, whose 11110 is 노원구 and not 종로구."""
    return next((district for district in districts() if district.sgis == code), None)


def dong_key(name: str) -> str:
    """Bring the spellings of one dong together: 둔촌제2동 and 둔촌2동, 중계2·3동 and 중계2.3동."""
    return _DOTS.sub("", _ORDINAL.sub("", name.replace(" ", "")))


@cache
def _dongs_by_code() -> dict[str, Dong]:
    return {code: dong for dong in dongs() for code in (dong.code, dong.code[:8], dong.sgis)}


@cache
def _dongs_by_name() -> dict[str, tuple[Dong, ...]]:
    index: dict[str, tuple[Dong, ...]] = {}
    for dong in dongs():
        for key in (dong_key(dong.name), dong.name_en.lower()):
            index[key] = (*index.get(key, ()), dong)
    return index


def get_dong(code: str) -> Dong | None:
    """Find an administrative dong by its code: 10 or 8 digits, or the 7 of SGIS."""
    return _dongs_by_code().get(code)


def dongs_named(name: str, *, district: District | None = None) -> tuple[Dong, ...]:
    """Find administrative dongs by name; 신사동 is a dong in three districts."""
    wanted = name.strip()
    found = _dongs_by_name().get(dong_key(wanted)) or _dongs_by_name().get(wanted.lower(), ())
    return tuple(dong for dong in found if district is None or dong.district == district)


@dataclass(frozen=True, slots=True, eq=False)
class LegalDong:
    """A dong as addresses name it; its point is the middle of the dongs that look after it."""

    code: str
    name: str
    name_en: str
    district: District
    dongs: tuple[Dong, ...]
    lat: float
    lon: float
    x: float
    y: float

    @property
    def only_dong(self) -> Dong | None:
        return self.dongs[0] if len(self.dongs) == 1 else None


@cache
def legal_dongs() -> tuple[LegalDong, ...]:
    """Answer all 467 legal dongs of Seoul."""
    found = []
    for row in rows("legal_dongs.tsv"):
        among = tuple(_dongs_by_code()[code] for code in row["dongs"].split(","))
        found.append(
            LegalDong(
                code=row["code"],
                name=row["name"],
                name_en=row["name_en"],
                district=among[0].district,
                dongs=among,
                lat=round(fmean(dong.lat for dong in among), 5),
                lon=round(fmean(dong.lon for dong in among), 5),
                x=round(fmean(dong.x for dong in among), 2),
                y=round(fmean(dong.y for dong in among), 2),
            )
        )
    return tuple(found)


@cache
def _legal_dongs_by_name() -> dict[str, tuple[LegalDong, ...]]:
    index: dict[str, tuple[LegalDong, ...]] = {}
    for legal in legal_dongs():
        for key in (legal.name, legal.name_en.lower()):
            index[key] = (*index.get(key, ()), legal)
    return index


def legal_dongs_named(name: str, *, district: District | None = None) -> tuple[LegalDong, ...]:
    """Find legal dongs by name; 신정동 is one of 양천구 and one of 마포구."""
    index = _legal_dongs_by_name()
    found = index.get(name.replace(" ", "")) or index.get(name.strip().lower(), ())
    return tuple(legal for legal in found if district is None or legal.district == district)


@cache
def _legal_dongs_by_code() -> dict[str, LegalDong]:
    return {legal.code: legal for legal in legal_dongs()}


def get_legal_dong(code: str) -> LegalDong | None:
    """Find a legal dong by its 10 digits (`admCd` of the road-name address service)."""
    return _legal_dongs_by_code().get(code)


@dataclass(frozen=True, slots=True)
class Holiday:
    date: datetime.date
    name: str
    name_en: str
    is_substitute: bool


@cache
def holidays() -> dict[datetime.date, Holiday]:
    """Answer the public holidays that are known (2025 to 2028)."""
    found = {}
    for row in rows("holidays.tsv"):
        date = datetime.date.fromisoformat(row["date"])
        found[date] = Holiday(date, row["name"], row["name_en"], row["substitute"] == "1")
    return found


def holiday_name(day: datetime.date) -> str | None:
    found = holidays().get(day)
    return found.name if found else None
