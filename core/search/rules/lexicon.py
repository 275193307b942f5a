"""What a query is read with: groups of synonyms, the names of districts, and words to leave out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from core.search.rules.documents import dong_stems
from core.search.rules.hangul import clean, squeeze
from core.search.rules.lexemes import data_lines

_LATIN = re.compile(r"[a-z]")
_SHORTEST_NAME = 2
_NOTHING = re.compile(r"(?!)")


@cache
def stop_words() -> frozenset[str]:
    return frozenset(word for line in data_lines("stop_words.txt") for word in line.split())


@dataclass(frozen=True, eq=False)
class Lexicon:
    """`groups` maps a squeezed phrase to all words of its group; `districts` a name to its code.

    `dongs` holds the names of dongs without number and 동: 역삼 for 역삼1동.
    """

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    districts: Mapping[str, str] = field(default_factory=dict)
    dongs: frozenset[str] = frozenset()
    korean: re.Pattern[str] = _NOTHING  # phrases in Hangul, longest first
    phrase_words: int = 4  # how many words, written apart, may make one phrase

    def group(self, phrase: str) -> tuple[str, ...]:
        return self.groups.get(squeeze(phrase), ())


def _district_names(name: str, name_en: str) -> Iterable[str]:
    yield name
    if len(name) > _SHORTEST_NAME:
        yield name.removesuffix("구")
    english = name_en.casefold()
    yield squeeze(english)
    if not english.startswith(("jung-", "jung ")):
        yield english.removesuffix("-gu")


def make_lexicon(
    groups: Iterable[Iterable[str]],
    districts: Iterable[tuple[str, str, str]],
    dongs: Iterable[str] = (),
) -> Lexicon:
    """Make it of groups of words, of (name, English name, code) of districts, of names of dongs."""
    by_phrase: dict[str, tuple[str, ...]] = {}
    longest = 4
    for group in groups:
        words = tuple(filter(None, (clean(word) for word in group)))
        for word in words:
            key = squeeze(word)
            by_phrase[key] = tuple(dict.fromkeys((*by_phrase.get(key, ()), *words)))
            if _LATIN.search(word):
                longest = max(longest, len(re.findall(r"\w+", word)))
    korean = sorted(
        (key for key in by_phrase if key and not _LATIN.search(key)), key=len, reverse=True
    )
    return Lexicon(
        groups=by_phrase,
        districts={
            known: code
            for name, name_en, code in districts
            for known in _district_names(name, name_en)
        },
        dongs=frozenset(stem for name in dongs for stem in dong_stems(name)),
        korean=re.compile("|".join(map(re.escape, korean))) if korean else _NOTHING,
        phrase_words=longest,
    )
