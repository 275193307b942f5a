"""What a question asks for to what the index is asked: stages of `tsquery`, strongest first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core.search.rules import documents as words
from core.search.rules.hangul import squeeze
from core.search.rules.lexemes import bigrams, lexemes
from core.search.rules.questions import Question, Term

_SHORT = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """`main` is what was asked for; `extra` is looked at where that is little, `last` for nothing.

    Each is a list of queries from the strongest to the weakest; the last of `main` contains the
    others. `rare` are the single words of the strongest: a rare one makes it cheap. `first` goes
    first among the equals of one stage.
    """

    title_key: str
    main: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    first: str = ""
    within: str = ""


def _word(sort: str, text: str) -> str:
    return f"'{sort}{text}'"


def _joined(sign: str, parts: Iterable[str]) -> str:
    said = [part for part in dict.fromkeys(parts) if part]
    return f"({sign.join(said)})" if len(said) > 1 else "".join(said)


def _all(parts: Iterable[str]) -> str:
    return _joined(" & ", parts)


def _any(parts: Iterable[str]) -> str:
    return _joined(" | ", parts)


def _long(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in found if len(word) >= _SHORT) or found


def _is_shredded(term: Term) -> bool:
    """Tell a name that the dictionary does not know, cut to single syllables: 애, 란."""
    return len(squeeze(term.surface)) > 1 and all(len(lexeme) < _SHORT for lexeme in term.lexemes)


def _in_title(term: Term) -> str:
    if term.initials:
        return f"{_word(words.INITIALS, term.initials)}:*"
    if _is_shredded(term):
        direct = _pairs([term])
    else:
        direct = _all(_word(words.TITLE, lexeme) for lexeme in term.lexemes)
    return _any((direct, _word(words.DONG, term.dong) if term.dong else ""))


def _ways(term: Term) -> Iterator[frozenset[str]]:
    """Yield the words of each way to say the term."""
    if not _is_shredded(term):
        yield frozenset(term.lexemes)
    for other in term.others:
        # Names in other scripts than Hangul lead to an entry, they do not stand in it.
        if not other.isascii():
            yield frozenset(lexemes(other))


def _widest(ways: Iterable[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Leave out the ways that need all words of another one and more."""
    known = dict.fromkeys(filter(None, ways))
    yield from (way for way in known if not any(other < way for other in known))


def _said(sort: str, term: Term) -> str:
    if term.initials:
        return _in_title(term)
    ways = (_all(_word(sort, word) for word in sorted(way)) for way in _widest(_ways(term)))
    dong = _word(words.DONG, term.dong) if term.dong else ""
    return _any((*ways, dong, _pairs([term]) if _is_shredded(term) else ""))


def _named(term: Term) -> str:
    return _said(words.WORD, term)


def _told(term: Term) -> str:
    return _said(words.TEXT, term)


def _loosely(term: Term) -> str:
    return _told(Term(term.surface, _long(term.lexemes), term.others, term.dong, term.initials))


def _pairs(terms: Iterable[Term]) -> str:
    return _all(
        _word(words.PAIR, pair)
        for term in terms
        for pair in sorted(bigrams(squeeze(term.surface)))
        if not term.initials
    )


def _every(say: Callable[[Term], str], terms: Iterable[Term]) -> str:
    return _all(map(say, terms))


def _but_one(terms: tuple[Term, ...]) -> str:
    return _any(
        _every(_loosely, terms[:left_out] + terms[left_out + 1 :])
        for left_out in range(len(terms) - 1, -1, -1)
    )


def make_plan(question: Question, *, area: str = "", kind: str = "", district: str = "") -> Plan:
    """Turn a question into stages; area, kind and district (a code) bound every one of them."""
    within = _all(
        _word(sort, value)
        for sort, value in (
            (words.AREA, area),
            (words.KIND, kind),
            (words.DISTRICT, district),
        )
        if value
    )
    there = _any(_word(words.DISTRICT, code) for code in question.districts)
    terms, named = question.terms, question.named

    def inside(*parts: str) -> str:
        return _all((within, *parts)) if all(parts) else ""

    def here(*parts: str) -> str:
        return inside(*parts, *([there] if there else []))

    main = (
        (
            here(_every(_in_title, terms)),
            here(_every(_named, terms)),
            here(_every(_told, terms)),
        )
        if terms
        else (inside(there),)
    )
    extra = (
        inside(_every(_in_title, named)) if there else "",
        here(_pairs(terms)) if terms else "",
        inside(_every(_told, named)) if there else "",
    )
    last = (
        here(_every(_loosely, terms)),
        here(_but_one(terms)) if len(terms) > 1 else "",
        inside(_every(_loosely, terms)) if there else "",
        inside(_any(map(_loosely, terms))),
    )
    labels = [
        squeeze("".join(term.surface for term in terms)),
        *(squeeze(t.surface) for t in terms),
    ]
    return Plan(
        title_key=squeeze(question.text),
        main=tuple(dict.fromkeys(filter(None, main))),
        rare=tuple(_word(words.TITLE, lexeme) for term in terms for lexeme in term.lexemes),
        extra=tuple(dict.fromkeys(filter(None, extra))),
        last=tuple(dict.fromkeys(filter(None, last))),
        first=_any(_word(words.LABEL, label) for label in labels if label),
        within=within,
    )
