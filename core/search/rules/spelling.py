"""Spelling: which known words are one jamo away, and how a mistyped query is put together again.

A compound vowel or final counts as the two keys that type it and as the one jamo that is seen: 과
is one edit away from 고 (a key left out) and from 귀 (a jamo mistaken).
"""

import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.search.rules.hangul import to_jamo, to_letters

MIN_SYLLABLES = 2
MAX_SYLLABLES = 10
MIN_JAMO = 4
# What a reading of a word costs, in natural logarithms of how unlikely it is: each known piece (and
# the rarer it is the more), a syllable that no known word explains, a mistyped jamo. Nearly any two
# syllables are one jamo away from something, so that an edit of so few proves less.
_PIECE = 2.0
_LEFTOVER = 8.0
_EDIT = 5.0
_SHORT_EDIT = 6.0
_SHORT = 6
_MOST_LEFT = 3  # one syllable of so many


def _hash(jamo: str) -> int:
    unsigned = zlib.crc32(jamo.encode())
    return unsigned - (1 << 32) if unsigned >= 1 << 31 else unsigned


def _without_one(jamo: str) -> Iterator[str]:
    yield jamo
    for at in range(len(jamo)):
        yield jamo[:at] + jamo[at + 1 :]


def neighbour_hashes(word: str) -> list[int]:
    """Answer hashes of the jamo and of it with one left out; words one edit apart share one.

    A word too short to be told from others has none.
    """
    keys = to_jamo(word)
    if len(keys) < MIN_JAMO:
        return []
    return sorted({_hash(one) for jamo in {keys, to_letters(word)} for one in _without_one(jamo)})


def one_apart(left: str, right: str) -> bool:
    """Tell whether one wrong, missing, extra or transposed jamo lies between the two."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return False
    at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
    if at is None:
        return True
    rest_left, rest_right = left[at:], right[at:]
    return (
        rest_left[1:] == rest_right[1:]
        or rest_left[1:] == rest_right
        or rest_left == rest_right[1:]
        or (rest_left[:2] == rest_right[1::-1] and rest_left[2:] == rest_right[2:])
    )


@dataclass(frozen=True, slots=True)
class _Spelt:
    """A word as it is typed and as it is seen."""

    keys: str
    letters: str
    digits: str

    @classmethod
    def of(cls, word: str) -> "_Spelt":
        return cls(to_jamo(word), to_letters(word), "".join(filter(str.isdecimal, word)))

    def is_near(self, other: "_Spelt") -> bool:
        return self.digits == other.digits and (
            one_apart(self.keys, other.keys) or one_apart(self.letters, other.letters)
        )


def stretches(word: str) -> list[str]:
    """Answer every stretch of a word that may be a known word, mistyped or not."""
    return [
        word[start:end]
        for start in range(len(word))
        for end in range(start + MIN_SYLLABLES, min(len(word), start + MAX_SYLLABLES) + 1)
    ]


def question_hashes(words: Iterable[str]) -> list[int]:
    """Answer what to look up in the index of neighbours for these words of a query."""
    return sorted(
        {found for word in words for part in stretches(word) for found in neighbour_hashes(part)}
    )


@dataclass(frozen=True, slots=True, order=True)
class _Reading:
    """One way to read a word, or its beginning; the cheapest is the best."""

    cost: float = 0.0
    edits: int = 0
    leftovers: int = 0
    text: str = ""

    def then(self, other: "_Reading") -> "_Reading":
        return _Reading(
            self.cost + other.cost,
            self.edits + other.edits,
            self.leftovers + other.leftovers,
            self.text + other.text,
        )


class _Known:
    """The words that a query may have meant, and what each costs."""

    def __init__(self, frequencies: Mapping[str, int], entries: int) -> None:
        self._cost = {
            term: _PIECE + max(0.0, math.log(max(entries, 1) / max(frequency, 1)))
            for term, frequency in frequencies.items()
        }
        self._spelt = {term: _Spelt.of(term) for term in frequencies}

    def readings(self, stretch: str) -> Iterator[_Reading]:
        if len(stretch) == 1:
            yield _Reading(_LEFTOVER, 0, 1, stretch)
            return
        if stretch in self._cost:
            yield _Reading(self._cost[stretch], text=stretch)
        typed = _Spelt.of(stretch)
        if len(typed.keys) < MIN_JAMO:
            return
        edit = _EDIT if len(typed.keys) >= _SHORT else _SHORT_EDIT
        for term, spelt in self._spelt.items():
            if typed.is_near(spelt):
                yield _Reading(self._cost[term] + edit, 1, text=term)


_WORST = _Reading(math.inf)


def _best(word: str, known: _Known) -> _Reading:
    """Answer the cheapest reading with one edit at most."""
    # For each beginning of the word, the cheapest without an edit, and with one.
    best: list[dict[int, _Reading]] = [{0: _Reading()}]
    for end in range(1, len(word) + 1):
        here: dict[int, _Reading] = {}
        for start in range(max(0, end - MAX_SYLLABLES), end):
            for reading in known.readings(word[start:end]):
                for before in best[start].values():
                    option = before.then(reading)
                    if option.edits <= 1 and option < here.get(option.edits, _WORST):
                        here[option.edits] = option
        best.append(here)
    return min(best[-1].values())


def correct_word(word: str, known: Mapping[str, int], entries: int) -> str | None:
    """Answer the known words that were meant by a word, or None where nothing better is known.

    `known` says how many of the entries have a word.
    """
    found = _best(word, _Known(known, entries))
    if not found.edits or found.leftovers * _MOST_LEFT > len(word):
        return None
    return found.text


def correct(words: Sequence[str], known: Mapping[str, int], entries: int) -> tuple[str, ...] | None:
    """Answer the words as they were probably meant, or None where none of them is corrected."""
    meant = [correct_word(word, known, entries) for word in words]
    if not any(meant):
        return None
    return tuple(better or word for better, word in zip(meant, words, strict=True))
