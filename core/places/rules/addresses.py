"""Addresses as publishers write them, taken apart and put together again.

Only what the text says is told. Where a publisher glued a floor to the number (`목동중앙북로 912층`
is 9 and 12층, or 91 and 2층) the text stays as it came: a wrong number sends people astray.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from core.places.facts import (
    District,
    Dong,
    LegalDong,
    districts,
    dong_key,
    dongs,
    get_district,
    legal_dongs,
)
from core.places.rules.phones import normalise_postcode

SEOUL = "서울특별시"
_GU = "|".join(district.name for district in districts())
_BY_NAME = {district.name: district for district in districts()}
_SPACES = re.compile(r"\s{2,}|[^\S ]|^\s|\s$")
_HEAD = re.compile(
    r"(?:[(\[]?(?P<postcode>\d{5}|\d{3}-\d{3})[)\]]?\s+)?"
    rf"(?P<seoul>서울(?:특별시|시)?(?=[ ,]|{_GU}|$))?[ ,]*(?P<gu>{_GU})?[ ,]*"
)
# 고양시 덕양구, 경기 김포시, 충남 …: a province, or any city or county but Seoul.
_ELSEWHERE = re.compile(
    r"(?:부산|대구|인천|광주|대전|울산|세종|경기|강원|충청|충북|충남|전라|전북|전남|경상|경북|경남|제주)"
    r"[가-힣]*(?: |$)|[가-힣]{2,5}(?:시|군) "
)
_ROAD = re.compile(
    r"(?P<road>[\d.]*[가-힣][가-힣\d.·]*?(?:로|길)(?=[\s\d(,]|지하|$))(?!\d[\d.·,]*가)"
    r"(?P<branch> ?\d+(?:번|[가-힣])?길(?![가-힣]))?"
    r"(?: ?(?P<under>지하(?= ?\d)))?"
    r"(?: ?(?P<main>\d+)(?:-(?P<sub>\d+))?)?"
)
# After the digits of a number these say that some of them count storeys, units or parcels.
_GLUED = re.compile(r" ?(?:층|호(?!텔)|[동통반](?![가-힣])|번지|차 |단지|[~.,·]\d[\d,~.]*층)")
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]?\)?")
_AGAIN = re.compile(rf" ?(서울(?:특별시|시)? ?(?:{_GU}) [^(]*)")
_PARTS = re.compile(r"[ ,]+")
# What is left of a bracket once the dong is taken: a parcel number says nothing on the spot.
_PARCEL = re.compile(r"[\s-]*\d+(?:-\d+)?(?:번지)?[\s)]*$")
# "본동" outside the brackets is the main building, and not the dong of 동작구.
_NOT_OUTSIDE = frozenset({"본동"})
_EDGES = " ,.·-)("


class ParsedAddress(NamedTuple):
    """What an address says; `dong_code` is the administrative dong, only where it is certain."""

    road_address: str | None
    in_seoul: bool
    district_code: str | None = None
    legal_dong: str | None = None
    legal_dong_code: str | None = None
    dong_code: str | None = None
    detail: str = ""
    postcode: str | None = None


class NamedDong(NamedTuple):
    """A dong as a text names it: a legal one, an administrative one, or both at once."""

    legal: LegalDong | None
    dong: Dong | None


@dataclass(frozen=True, slots=True)
class _DongNames:
    """The dong names of one district, to look up and to search for."""

    by_key: dict[str, NamedDong]
    anywhere: re.Pattern[str]
    at_end: re.Pattern[str]
    leading: re.Pattern[str]
    before_road: re.Pattern[str]

    def named(self, spelt: str) -> NamedDong:
        return self.by_key[_NOISE.sub("", dong_key(spelt))]


@cache
def _dong_names(district: District) -> _DongNames:
    by_key: dict[str, NamedDong] = {}
    for dong in dongs():
        if dong.district == district:
            among = [legal for legal in legal_dongs() if dong in legal.dongs]
            named = NamedDong(among[0] if len(among) == 1 else None, dong)
            by_key |= dict.fromkeys(_keys(dong), named)
    for legal in legal_dongs():
        if legal.district == district:
            by_key[legal.name] = NamedDong(legal, legal.only_dong)
    by_length = sorted(by_key, key=len, reverse=True)
    spelt = "|".join(map(_spellings, by_length))
    long = "|".join(_spellings(key) for key in by_length if len(key) > 2)  # noqa: PLR2004
    return _DongNames(
        by_key,
        anywhere=re.compile(rf"(?<![가-힣])(?:{spelt})(?![가-힣])"),
        at_end=re.compile(rf"(?:{long})$"),
        leading=re.compile(rf"(?:{spelt})(?!\d*[가-힣]?[로길])"),
        # 신교동자하문로 89 has a dong before its road; 목동서로 and 구로동로 are roads.
        before_road=re.compile(
            rf"(?:{spelt}) ?(?!동로|서로|남로|북로|중앙|로|길)"
            r"(?=[가-힣]{2}[가-힣\d.]*(?:로|길)[ \d])"
        ),
    )


def _keys(dong: Dong) -> list[str]:
    """중계2·3동 was once 중계2동 and 중계3동, and 개포3동 was 일원2동: people still say so."""
    keys = [dong_key(dong.name)]
    if joint := _JOINT.match(dong.name):
        stem, numbers, unit = joint.groups()
        keys += [f"{stem}{number}{unit}" for number in numbers.split("·")]
    return keys + _FORMER.get(dong.code, [])


_JOINT = re.compile(r"(\D+)(\d+(?:·\d+)+)(가?동)")
_FORMER = {"1168067500": ["일원2동"]}
_NOISE = re.compile(r"[, ]")


def _spellings(key: str) -> str:
    """Allow for 제2동 and 2동, 3·4동, 3.4동, 3 4동 and 34동."""
    loose = re.sub(r"(?<=\d)(?=\d)", r"[.·,ㆍ ]?", key)
    return re.sub(r"(?<=[가-힣])(?=\d)", " ?제?", loose)


def parse_address(text: str | None, *, jurisdiction_code: str | None = None) -> ParsedAddress:
    """Take an address apart; the jurisdiction helps where the text names Seoul and no district."""
    clean = text or ""
    if _SPACES.search(clean):
        clean = " ".join(clean.split())
    if not clean:
        return ParsedAddress(None, False)
    head = _HEAD.match(clean)
    if head is None:  # cannot be: everything in it is optional
        return ParsedAddress(clean, False)
    written, seoul, name = head.groups()
    postcode = normalise_postcode(written) if written else None
    if seoul is None and _ELSEWHERE.match(clean, head.end("postcode") + 1 if written else 0):
        return ParsedAddress(clean, False, postcode=postcode)
    rest = clean[head.end() :]
    district = _BY_NAME[name] if name else None
    if district is None:
        district = _likely_district(rest, jurisdiction_code, named_seoul=seoul is not None)
    if district is None:
        return ParsedAddress(clean, seoul is not None, postcode=postcode)
    return _parse_within(district, rest, postcode)


def _likely_district(rest: str, jurisdiction: str | None, *, named_seoul: bool) -> District | None:
    """Where Seoul is named, or a dong of the jurisdiction, take the jurisdiction."""
    district = get_district(jurisdiction) if jurisdiction else None
    if district and (named_seoul or _dong_names(district).anywhere.search(rest)):
        return district
    return None


def _parse_within(district: District, rest: str, postcode: str | None) -> ParsedAddress:
    names = _dong_names(district)
    named: NamedDong | None = None
    road = _ROAD.match(rest)
    if (road is None or "동" in road[1]) and (lead := names.before_road.match(rest)):
        named = names.named(lead[0])
        rest = rest[lead.end() :]
        road = _ROAD.match(rest)
    if road is None:
        return _parse_parcel(district, rest, postcode)
    street, tail = _street(road, rest)
    if "서울" in tail and (again := _AGAIN.search(tail)):
        if road["main"] is None:
            return parse_address(again[1] + tail[again.end() :])
        tail = tail[: again.start()] + tail[again.end() :]
    outside, inside = _brackets(_without_repeats(tail, street))
    main = road["main"]
    if main and outside.startswith(main):
        outside = re.sub(rf"{main}(?:-0)?(?![\d층호동-])", "", outside, count=1).strip(_EDGES)
    spoken, detail = _dong_and_detail(names, outside, inside)
    display = f"{SEOUL} {district.name} {street}"
    return _answer(district, display, spoken or named, detail, postcode)


def _answer(
    district: District, display: str, named: NamedDong | None, detail: str, postcode: str | None
) -> ParsedAddress:
    legal, dong = named or (None, None)
    if legal and not display.endswith(")"):
        display = f"{display} ({legal.name})"
    return ParsedAddress(
        display,
        True,
        district.code,
        legal.name if legal else None,
        legal.code if legal else None,
        dong.code if dong else None,
        detail,
        postcode,
    )


def _street(road: re.Match[str], rest: str) -> tuple[str, str]:
    """Answer the street with its number, and what follows."""
    name, branch, under, main, sub = road.groups()
    street = name + branch.strip() if branch else name
    tail = rest[road.end() :]
    if main is None:
        return street, tail
    if under:
        street += " 지하"
    if sub and sub[0] == "0":
        # A second number of 0 is none; what is glued to it begins the detail.
        return f"{street} {main}", sub[1:].removeprefix(main) + tail
    number = f"{main}-{sub}" if sub else main
    if _GLUED.match(tail):
        glued, bracket, after = tail.partition("(")
        return f"{street} {number}{glued}".rstrip(), bracket + after
    return f"{street} {number}", tail


def _without_repeats(tail: str, street: str) -> str:
    """Drop the street where a publisher wrote it twice."""
    if tail.lstrip()[:2] != street[:2]:
        return tail
    again = street.replace(" ", "")
    if not tail.replace(" ", "").startswith(again):
        return tail
    kept = len(again)
    for at, sign in enumerate(tail):
        kept -= sign != " "
        if not kept:
            return tail[at + 1 :]
    return ""


def _brackets(tail: str) -> tuple[str, list[str]]:
    if "(" not in tail and "[" not in tail:
        return tail.strip(_EDGES), []
    if tail[-1] == ")" and tail.count("(") == 1:
        before, _, within = tail[:-1].partition("(")
        return before.strip(_EDGES), [within.strip()]
    inside = list(dict.fromkeys(found.strip() for found in _BRACKET.findall(tail)))
    return _BRACKET.sub(" ", tail).strip(_EDGES), inside


def _dong_and_detail(
    names: _DongNames, outside: str, inside: list[str]
) -> tuple[NamedDong | None, str]:
    """Find the dong, in the brackets first, and leave what else is said as the detail."""
    if len(inside) == 1 and "동" not in outside and (only := names.by_key.get(inside[0])):
        return only, outside
    found: NamedDong | None = None
    details = []
    for text in inside:
        named, rest = _inside_brackets(names, text)
        found = _together(found, named)
        details.append(rest)
    if outside:
        named, outside = _outside_brackets(names, outside)
        found = _together(found, named)
    # Outside the brackets stands the floor, inside them the building: the floor comes first.
    return found, ", ".join(part for part in dict.fromkeys([outside, *details]) if part)


def _inside_brackets(names: _DongNames, text: str) -> tuple[NamedDong | None, str]:
    first = _PARTS.split(text, maxsplit=1)
    named = names.by_key.get(first[0])
    if named:
        rest = first[1] if len(first) > 1 else ""
    elif match := names.leading.match(text) or names.anywhere.search(text):
        named = names.named(match[0])
        rest = f"{text[: match.start()]} {text[match.end() :]}"
    elif match := names.at_end.search(text):
        return names.named(match[0]), text[: match.start()].strip(_EDGES)
    else:
        return None, text.strip(_EDGES)
    return named, "" if _PARCEL.match(rest) else rest.strip(_EDGES)


def _outside_brackets(names: _DongNames, text: str) -> tuple[NamedDong | None, str]:
    if "동" not in text and "가" not in text:
        return None, text
    match = names.anywhere.search(text)
    if match is None or match[0] in _NOT_OUTSIDE:
        match = names.at_end.search(text)
    if match is None:
        return None, text
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return names.named(match[0]), " ".join(rest.split()).strip(_EDGES)


def _together(one: NamedDong | None, other: NamedDong | None) -> NamedDong | None:
    """Join what two names say: (상계67동 771번지)(상계동)."""
    if one is None or other is None:
        return one or other
    legal = one.legal or other.legal
    certain = [named.dong for named in (one, other) if named.dong]
    return NamedDong(legal, certain[0] if certain else None)


def _parse_parcel(district: District, rest: str, postcode: str | None) -> ParsedAddress:
    """An address without a road: the dong comes first, the rest stays as it is written."""
    names = _dong_names(district)
    display = f"{SEOUL} {district.name} {rest}".rstrip(" ,")
    match = names.leading.match(rest) or names.anywhere.search(rest) or names.at_end.search(rest)
    if match is None:
        return ParsedAddress(display, True, district.code, postcode=postcode)
    legal, dong = names.named(match[0])
    return ParsedAddress(
        display,
        True,
        district.code,
        legal.name if legal else None,
        legal.code if legal else None,
        dong.code if dong else None,
        "",
        postcode,
    )
