"""What is asked of search: more different questions than two processes keep answers of.

A few that people typed (`questions.txt`), and among them every kind of word in every district,
said in several ways: as a filter, with a broad word, in a dong, as part of a name, in a sentence,
misspelt, and by initial consonants.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from core.places.facts import districts, dongs
from core.search.rules.hangul import to_initials

QUESTIONS = Path(__file__).with_name("questions.txt")
KINDS = (
    "노인복지관 사회복지관 종합사회복지관 장애인복지관 지역아동센터 노인요양시설 양로시설"
    " 주야간보호 방문요양 데이케어센터 주간보호센터 보호작업장 직업재활시설 공동생활가정 그룹홈"
    " 수어통역센터 정신재활시설 노숙인쉼터 한부모가족복지시설 아동양육시설 청소년쉼터 자활센터"
    " 어린이집 경로당 시니어클럽 다함께돌봄센터 가족센터 치매안심센터"
).split()
BROAD = (
    "복지 센터 노인 어린이 요양 지역 시설 장애인 아동 생활 가정 재가 보호 재활 상담 지원".split()
)
NAMES = "행복 사랑 은빛 희망 다솜 한마음 푸른 늘봄 새싹 나눔 하늘 소망 예닮 참사랑 햇살".split()
_FIRST_SYLLABLE, _VOWEL, _VOWELS = 0xAC00, 28, 21


def slip(word: str) -> str:
    """Answer the word with another vowel in its last syllable."""
    code = ord(word[-1]) - _FIRST_SYLLABLE
    block, vowel = divmod(code // _VOWEL, _VOWELS)
    wrong = block * _VOWELS + (vowel + 1) % _VOWELS
    return word[:-1] + chr(_FIRST_SYLLABLE + wrong * _VOWEL + code % _VOWEL)


def _ways(turn: int, place: str, kind: str, dong: str) -> Iterator[str]:
    yield f"{place} {kind}"
    yield f"{dong} {BROAD[turn % len(BROAD)]}"
    yield f"{BROAD[turn // len(KINDS) % len(BROAD)]} {kind}"
    yield f"{NAMES[turn // len(KINDS) % len(NAMES)]} {kind}"
    yield f"{place}에 있는 {kind} 알려 주세요"
    yield f"{place} {slip(kind)}"
    yield f"{place} {to_initials(kind)}"


def made() -> Iterator[str]:
    """Yield one question after another, the ways in turn."""
    places = [district.name for district in districts()]
    everywhere = [dong.name for dong in dongs()]
    for turn in range(len(places) * len(KINDS)):
        kind = KINDS[turn % len(KINDS)]
        place = places[turn // len(KINDS)]
        yield from _ways(turn, place, kind, everywhere[turn % len(everywhere)])


def typed() -> list[str]:
    return QUESTIONS.read_text(encoding="utf-8").splitlines()


def questions() -> tuple[str, ...]:
    """Answer all of them once each, those that people typed spread evenly among the others."""
    others = list(dict.fromkeys(made()))
    share = len(others) // len(typed())
    rest = iter(others)
    asked = [one for question in typed() for one in (question, *islice(rest, share))]
    return tuple(dict.fromkeys([*asked, *rest]))
