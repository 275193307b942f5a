"""A typed query to what it asks for: districts, terms with their synonyms, initial consonants."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.search.rules.documents import DONG_NAME
from core.search.rules.hangul import clean, is_initials, split_initials
from core.search.rules.lexemes import is_plain, lexemes
from core.search.rules.lexicon import Lexicon, stop_words

_WORD = re.compile(r"[^\W_]+(?:(?:['\-]|(?<=\d)[.·,](?=\d))[^\W_]+)*")
_PARTICLES = re.compile(r"(에서는|에서|에는|에있는|에도|으로|에|의|은|는|을|를|로|과|와|도|만)$")
# A slip of the finger leaves single jamo between the syllables.
_HANGUL = re.compile(r"^(?=.*[가-힣0-9])[가-힣ㄱ-ㅣ0-9]+$")
_DONG = re.compile(rf"^{DONG_NAME}(.*)$")
_MAX_WORDS = 10


@dataclass(frozen=True, slots=True)
class Term:
    """One thing looked for: as it was written, its lexemes, and what else it is called."""

    surface: str
    lexemes: tuple[str, ...]
    others: tuple[str, ...] = ()
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, read; `words` are what its spelling is judged by: no plain words of the language.

    `doubtful` are those of them that are not put together of known phrases: one that no result
    says may be misspelt.
    """

    text: str
    terms: tuple[Term, ...] = ()
    districts: tuple[str, ...] = ()
    dongs: tuple[str, ...] = ()
    named: tuple[Term, ...] = ()  # the same with the names of places as ordinary words
    words: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.districts or self.dongs)


def _stem(word: str) -> str:
    return _PARTICLES.sub("", word) if len(word) > 1 else word


def _dong(word: str, lexicon: Lexicon) -> re.Match[str] | None:
    """Answer the dong that the word begins with, and the rest of the word."""
    found = _DONG.match(word)
    return found if found and found[1] in lexicon.dongs and len(found[2]) != 1 else None


def _take_districts(words: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield each word with the district it names; a district glued to a word is cut off it."""
    for word in words:
        code = lexicon.districts.get(word) or lexicon.districts.get(_stem(word))
        if code:
            yield word, code
            continue
        cut = next(
            (at for at in range(len(word) - 1, 1, -1) if word[:at] in lexicon.districts), None
        )
        if cut and _HANGUL.match(word) and not _dong(word, lexicon):  # 성북동 is more than 성북
            yield word[:cut], lexicon.districts[word[:cut]]
            if rest := word[cut:].removeprefix("립"):  # 강북구립 belongs to 강북구
                yield rest, ""
        else:
            yield word, ""


def _take_dongs(words: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield each word with the dong it names; what is glued to a dong is a word of its own."""
    for word in words:
        found = _dong(word, lexicon)
        if not found:
            yield word, ""
            continue
        yield word, found[1]
        if found[2] and not _PARTICLES.fullmatch(found[2]):
            yield found[2], ""


def _phrases(words: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Yield the words, those of a known phrase together: "노인 복지관", "day care"."""
    at = 0
    while at < len(words):
        size = next(
            (
                size
                for size in range(min(lexicon.phrase_words, len(words) - at), 1, -1)
                if lexicon.group("".join(words[at : at + size]))
            ),
            1,
        )
        yield ("" if _HANGUL.match(words[at]) else " ").join(words[at : at + size])
        at += size


def _plain(word: str) -> Term:
    return Term(word, lexemes(word) or (word,))


def _terms_of(phrase: str, lexicon: Lexicon) -> Iterator[Term]:
    if is_initials(phrase):
        yield Term(phrase, (), initials=split_initials(phrase))
        return
    if group := lexicon.group(phrase):
        yield Term(phrase, lexemes(phrase), others=group)
        return
    rest = 0
    for found in lexicon.korean.finditer(phrase):
        if found.start() > rest:
            yield _plain(phrase[rest : found.start()])
        yield Term(found[0], lexemes(found[0]), others=lexicon.group(found[0]))
        rest = found.end()
    if rest < len(phrase):
        yield _plain(phrase[rest:])


def _terms(words: Sequence[str], lexicon: Lexicon) -> tuple[Term, ...]:
    terms = [term for phrase in _phrases(words, lexicon) for term in _terms_of(phrase, lexicon)]
    return tuple(dict.fromkeys(terms))


def _without_stop_words(words: Sequence[str]) -> list[str]:
    kept = [word for word in words if word not in stop_words() and _stem(word) not in stop_words()]
    return kept or list(words)


def _split_gu(words: Sequence[str]) -> list[str]:
    """Write "gangnam gu" and "gangnam-gu" as the one word gangnamgu."""
    joined: list[str] = []
    for word in words:
        if word == "gu" and joined and joined[-1].isascii():
            joined[-1] += word
        else:
            joined.append(word.replace("-gu", "gu") if word.endswith("-gu") else word)
    return joined


def read_question(text: str, lexicon: Lexicon) -> Question:
    """Read what was typed; never refuses, at worst there is nothing to look for."""
    text = clean(text)
    words = _split_gu(_WORD.findall(text))[:_MAX_WORDS]
    kept = _without_stop_words(words) if words else []
    taken = list(_take_districts(kept, lexicon))
    placed = list(_take_dongs([word for word, code in taken if not code], lexicon))
    plain = [word for word, dong in placed if not dong]
    judged = tuple(word for word in plain if _HANGUL.match(word) and not is_plain(word))
    return Question(
        text=text,
        terms=_terms(plain, lexicon),
        districts=tuple(dict.fromkeys(code for _, code in taken if code)),
        dongs=tuple(dict.fromkeys(dong for _, dong in placed if dong)),
        named=_terms(kept, lexicon),
        words=judged,
        doubtful=tuple(
            word
            for word in judged
            if not all(term.others or term.initials for term in _terms_of(word, lexicon))
        ),
    )
