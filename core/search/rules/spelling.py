"""Spelling: which known words are one jamo away, and how a mistyped query is put together again."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.search.rules.hangul import to_jamo

MIN_SYLLABLES = 2
MAX_SYLLABLES = 10
MIN_JAMO = 4


def _hash(jamo: str) -> int:
    unsigned = zlib.crc32(jamo.encode())
    return unsigned - (1 << 32) if unsigned >= 1 << 31 else unsigned


def neighbour_hashes(jamo: str) -> list[int]:
    """Answer hashes of the jamo and of it with one left out; words one edit apart share one."""
    variants = {jamo, *(jamo[:at] + jamo[at + 1 :] for at in range(len(jamo)))}
    return sorted({_hash(variant) for variant in variants})


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


def stretches(word: str) -> list[str]:
    """Answer every stretch of a word that may be a known word, mistyped or not."""
    return [
        word[start:end]
        for start in range(len(word))
        for end in range(start + MIN_SYLLABLES, min(len(word), start + MAX_SYLLABLES) + 1)
    ]


def question_hashes(words: Iterable[str]) -> list[int]:
    """Answer what to look up in the index of neighbours for these words of a query."""
    found: set[int] = set()
    for word in words:
        for stretch in stretches(word):
            jamo = to_jamo(stretch)
            if len(jamo) >= MIN_JAMO:
                found.update(neighbour_hashes(jamo))
    return sorted(found)


@dataclass(frozen=True, slots=True, order=True)
class _Reading:
    """One way to read a word; the least is the best: fewer edits, fewer leftovers, fewer pieces."""

    leftovers: int
    edits: int
    pieces: int
    rarity: int
    text: str = ""

    def then(self, other: "_Reading") -> "_Reading":
        return _Reading(
            self.leftovers + other.leftovers,
            self.edits + other.edits,
            self.pieces + other.pieces,
            self.rarity + other.rarity,
            self.text + other.text,
        )


def _readings(stretch: str, known: Mapping[str, int], jamo_of: Mapping[str, str]) -> list[_Reading]:
    if stretch in known:
        return [_Reading(0, 0, 1, -known[stretch], stretch)]
    typed = to_jamo(stretch)
    if len(typed) < MIN_JAMO:
        return []
    return [
        _Reading(0, 1, 1, -known[term], term)
        for term, jamo in jamo_of.items()
        if one_apart(typed, jamo)
    ]


def correct_word(word: str, known: Mapping[str, int], *, max_edits: int = 1) -> str | None:
    """Answer the known words that were meant by a word, or None where nothing better is known."""
    jamo_of = {term: to_jamo(term) for term in known}
    best: list[_Reading | None] = [_Reading(0, 0, 0, 0)] + [None] * len(word)
    for end in range(1, len(word) + 1):
        options = []
        for start in range(max(0, end - MAX_SYLLABLES), end):
            before = best[start]
            if before is None:
                continue
            stretch = word[start:end]
            if len(stretch) == 1:
                options.append(before.then(_Reading(1, 0, 1, 0, stretch)))
                continue
            options += [before.then(reading) for reading in _readings(stretch, known, jamo_of)]
        allowed = [option for option in options if option.edits <= max_edits]
        best[end] = min(allowed) if allowed else None
    found = best[len(word)]
    if found is None or not found.edits or found.leftovers * 2 > len(word):
        return None
    return found.text


def correct(words: Sequence[str], known: Mapping[str, int]) -> tuple[str, ...] | None:
    """Answer the words as they were probably meant, or None where none of them is corrected."""
    meant = [correct_word(word, known) for word in words]
    if not any(meant):
        return None
    return tuple(better or word for better, word in zip(meant, words, strict=True))
