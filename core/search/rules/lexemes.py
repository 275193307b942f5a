"""Text to lexemes: known compounds first, then what mecab-ko makes of the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import mecab

_DATA = Path(__file__).resolve().parent.parent / "data"
_RUN = re.compile(r"[가-힣]+|[a-z]+|[0-9]+|[^\W_]+?")
# Particles, endings, copula, auxiliaries and verb-making suffixes carry nothing to look for.
_EMPTY_TAGS = ("J", "E", "VC", "VX", "XSV", "XSA", "SF", "SP", "SS", "SE", "SO", "SW", "SY", "SC")
_STEMS = (("VV", 1), ("VA", 1))
_HANGUL = ("가", "힣")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cut-out stretch of a word: what it is, whether it means anything, and its parts."""

    surface: str
    counts: bool = True
    parts: tuple[str, ...] = ()


@cache
def _mecab() -> mecab.MeCab:
    return mecab.MeCab()


def data_lines(name: str) -> Iterator[str]:
    """Yield the lines of a word list of this room, without its comments."""
    for line in (_DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@cache
def _compounds() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    parts: dict[str, tuple[str, ...]] = {}
    for line in data_lines("compounds.txt"):
        word, _, rest = line.partition("=")
        parts[word.strip()] = tuple(rest.split())
    longest_first = sorted(parts, key=len, reverse=True)
    return re.compile("(" + "|".join(longest_first) + ")"), parts


def _parts(expression: str | None) -> tuple[str, ...]:
    """Read the parts of 요양/NNG/*+원/NNG/*, single syllables left out."""
    names = (part.partition("/")[0] for part in (expression or "").split("+"))
    return tuple(name for name in names if len(name) > 1 and name[0] >= _HANGUL[0])


def _analysed(stretch: str) -> Iterator[Piece]:
    for found in _mecab().parse(stretch):
        tag = str(found.pos)
        yield Piece(
            found.surface,
            counts=not tag.startswith(_EMPTY_TAGS) and (tag, len(found.surface)) not in _STEMS,
            parts=_parts(found.feature.expression) if tag.startswith("N") else (),
        )


@lru_cache(maxsize=30_000)
def cut(run: str) -> tuple[Piece, ...]:
    """Cut a stretch of letters of one script; of other scripts than Hangul, nothing is cut."""
    if not _HANGUL[0] <= run[0] <= _HANGUL[1]:
        return (Piece(run),)
    pattern, parts = _compounds()
    pieces: list[Piece] = []
    for stretch in pattern.split(run):
        if stretch in parts:
            pieces.append(Piece(stretch, parts=parts[stretch]))
        elif stretch:
            pieces.extend(_analysed(stretch))
    return tuple(pieces)


def is_plain(word: str) -> bool:
    """Tell one word of the language, with its particles or endings: 혼자, 거동이, 없어요."""
    first, *rest = _mecab().parse(word)
    return first.pos != "UNKNOWN" and all(found.pos.startswith(("J", "E")) for found in rest)


def runs(text: str) -> list[str]:
    return _RUN.findall(text)


def lexemes(text: str) -> tuple[str, ...]:
    """Answer what the text is about, in order and once each, without the parts of compounds."""
    return tuple(
        dict.fromkeys(piece.surface for run in runs(text) for piece in cut(run) if piece.counts)
    )


def with_parts(text: str) -> set[str]:
    """Answer the lexemes and the parts of the compounds among them."""
    found: set[str] = set()
    for run in runs(text):
        for piece in cut(run):
            if piece.counts:
                found.add(piece.surface)
                found.update(piece.parts)
    return found


def tails(text: str) -> Iterator[tuple[str, int]]:
    """Yield each word, and where in it each of its lexemes begins: there a 초성 query may begin."""
    for word in text.split():
        pieces = [piece.surface for run in runs(word) for piece in cut(run)]
        whole = "".join(pieces)
        at = 0
        for piece in pieces:
            yield whole, at
            at += len(piece)


def bigrams(text: str) -> set[str]:
    """Answer each pair of neighbouring letters of text without spaces."""
    return {text[at : at + 2] for at in range(len(text) - 1)}
