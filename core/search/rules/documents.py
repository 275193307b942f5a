"""A document to the words of its `simple` tsvector; the first letter says what sort of word it is.

=노인 a lexeme of the title; w노인 of title or labels; x노인 of title, labels or text
b노인 two neighbouring letters of the title; cㄴㅇ initial consonants of title or label
f노인복지관 a whole label; r비봉길 a road in the text; p역삼 a dong (역삼1동, 역삼동)
d1168000000 a district
D11680노인, P역삼노인 a lexeme of title or labels there; awelfare an area; kwelfare.facility a kind
"""

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

from core.search.rules.hangul import squeeze, to_initials
from core.search.rules.lexemes import bigrams, lexemes, tails, with_parts

TITLE, WORD, TEXT, PAIR, INITIALS, LABEL, ROAD, DONG, DISTRICT, AREA, KIND = "=wxbcfrpdak"
IN_DISTRICT, IN_DONG = "DP"
# Raise it when words are made in another way: every entry is then written anew.
EDITION = 4
# 역삼동, 역삼1동, 역삼제1동, 금호2·3가동, 성수2가제1동, 성수동2가
DONG_NAME = r"([가-힣]{1,5}?)(?:제?\d[\d.·,]*(?:가(?:제?\d)?)?)?동(?:\d+가)?"
_DONG = re.compile(rf"(?<![가-힣]){DONG_NAME}(?![가-힣\d])")
_ROAD = re.compile(r"(?<![가-힣\d])[가-힣][가-힣\d]*[로길](?![가-힣])")
_BRACKETS = re.compile(r"\([^)]*\)")
_MAX_TEXT = 2000
_MAX_TAIL = 12
_MAX_DONGS = 2
_MAX_TITLE = 200
_LONGEST_STANDING = 100


def dong_stems(text: str) -> set[str]:
    """Answer the dongs named in an address: 역삼 for 역삼1동, 역삼제1동 and 역삼동."""
    return set(_DONG.findall(text))


def roads(text: str) -> set[str]:
    """Answer the roads named in an address, whole: 비봉길, 강동대로3길."""
    return set(_ROAD.findall(text))


def in_district(code: str) -> str:
    """Answer what a lexeme begins with that stands in the district."""
    return IN_DISTRICT + code[:5]


def in_dong(stem: str) -> str:
    return IN_DONG + stem


def _initials(text: str) -> set[str]:
    found = set()
    word, initials = "", ""
    for whole, at in tails(text):
        if whole is not word:
            word, initials = whole, to_initials(whole)
        if at < len(whole) - 1:
            found.add(INITIALS + initials[at : at + _MAX_TAIL])
    return found


def _spots(district_code: str, dongs: Iterable[str]) -> list[str]:
    return [*([in_district(district_code)] if district_code else []), *map(in_dong, dongs)]


def _named(
    found: Iterable[str], spots: Iterable[str], sorts: tuple[str, ...] = (WORD, TEXT)
) -> set[str]:
    return {before + lexeme for before in (*sorts, *spots) for lexeme in found}


@lru_cache(maxsize=10_000)
def _label_lexemes(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(with_parts(label.casefold()) for label in labels))


@lru_cache(maxsize=10_000)
def _label_words(kind: str, labels: tuple[str, ...], district_code: str) -> frozenset[str]:
    words = {AREA + kind.partition(".")[0], KIND + kind}
    if district_code:
        words.add(DISTRICT + district_code)
    for label in labels:
        told = label.casefold()
        words.update(_named(with_parts(told), _spots(district_code, ())))
        words.add(LABEL + squeeze(_BRACKETS.sub("", told) or told))
        words.add(INITIALS + to_initials(squeeze(_BRACKETS.sub("", told)))[:_MAX_TAIL])
    words -= {LABEL, INITIALS}
    return frozenset(words)


def _text_words(told: str, dongs: list[str]) -> set[str]:
    words = {
        TEXT + word
        for word in lexemes(told.replace("서울특별시", ""))
        if len(word) > 1 and not word.isdecimal()
    }
    words.update(ROAD + road for road in roads(told))
    for stem in dongs:
        words.update((DONG + stem, TEXT + stem))
    return words


def vector_text(
    *, kind: str, title: str, labels: tuple[str, ...], text: str, district_code: str
) -> str:
    """Answer the tsvector literal of a document: its words, each once."""
    told, text = title[:_MAX_TITLE].casefold(), text[:_MAX_TEXT].casefold()
    dongs = sorted(dong_stems(text))[:_MAX_DONGS]
    words = set(_label_words(kind, labels, district_code))
    lexemes_of_title = with_parts(told)
    words.update(TITLE + lexeme for lexeme in lexemes_of_title)
    words.update(_named(lexemes_of_title, _spots(district_code, dongs)))
    words.update(_named(_label_lexemes(labels), _spots("", dongs), sorts=()))
    words.update(PAIR + pair for pair in bigrams(squeeze(told)))
    words |= _initials(told)
    words |= _text_words(text, dongs)
    return " ".join(words)


def standing(*, weight: int, title: str) -> int:
    """Answer the order among equal matches: weightier first, then the shorter, plainer title."""
    return weight * _LONGEST_STANDING + max(0, _LONGEST_STANDING - len(title))


def level_of(*, key: str, weight: int, factor: int, top: int) -> int:
    """Draw the level by the key: one in `factor` reaches each next one; weighty things the top."""
    if weight > 1:
        return top
    drawn = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big")
    level = 0
    while level < top and drawn % factor == 0:
        drawn //= factor
        level += 1
    return level
