"""What a question asks for to what the index is asked: stages of `tsquery`, strongest first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

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


def _kinds(term: Term) -> tuple[str, ...]:
    """Answer which of its other names a kind of thing may be called by: those of several words."""
    said = squeeze(term.surface)
    return tuple(
        kind
        for kind in map(squeeze, term.others)
        if kind != said and not kind.isascii() and len(lexemes(kind)) > 1
    )


def _is_shredded(term: Term) -> bool:
    """Tell a name that the dictionary does not know, cut to single syllables: 애, 란."""
    return len(squeeze(term.surface)) > 1 and all(len(lexeme) < _SHORT for lexeme in term.lexemes)


def _named_so(term: Term) -> str:
    """Ask for what bears the term in its title, or is of the very kind that it names."""
    return _any((_in_title(term), *(_word(words.LABEL, kind) for kind in _kinds(term))))


def _in_title(term: Term) -> str:
    if term.initials:
        return f"{_word(words.INITIALS, term.initials)}:*"
    if _is_shredded(term):
        return _pairs([term])
    return _all(_word(words.TITLE, lexeme) for lexeme in term.lexemes)


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
    """Ask for a term in words of one sort, said in any way."""
    if term.initials:
        return _in_title(term)
    ways = (_all(_word(sort, word) for word in sorted(way)) for way in _widest(_ways(term)))
    road = squeeze(term.surface) if sort == words.TEXT else ""
    return _any(
        (
            *ways,
            _pairs([term]) if _is_shredded(term) else "",
            _word(words.ROAD, road) if words.roads(road) == {road} else "",
        )
    )


def _loose(term: Term) -> Term:
    return replace(term, lexemes=_long(term.lexemes))


def _pairs(terms: Iterable[Term]) -> str:
    return _all(
        _word(words.PAIR, pair)
        for term in terms
        for pair in sorted(bigrams(squeeze(term.surface)))
        if not term.initials
    )


def _every(say: Callable[[Term], str], terms: Iterable[Term]) -> str:
    return _all(map(say, terms))


def _but_one(say: Callable[[tuple[Term, ...]], str], terms: tuple[Term, ...]) -> str:
    if len(terms) < 2:  # noqa: PLR2004
        return ""
    return _any(
        say(terms[:left_out] + terms[left_out + 1 :]) for left_out in range(len(terms) - 1, -1, -1)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a question looks: `inside` asks for the place, `spots` begin the lexemes there.

    A lexeme together with its place is one word of the index, and a rare one: it costs less to look
    for 노인 in 강남구 than for all of 노인 and all of 강남구. `beyond` is what spots leave open.
    """

    inside: str
    spots: tuple[str, ...]
    beyond: str

    def named(self, terms: tuple[Term, ...]) -> str:
        whole = [term for term in terms if term.initials or _is_shredded(term)]
        cut = [term for term in terms if term not in whole]
        there = _any(_every(partial(_said, spot), cut) for spot in self.spots) if cut else ""
        return _all((there, _every(_in_title, whole), self.beyond if cut else self.inside))


def _place(question: Question, district: str) -> _Place | None:
    codes = question.districts or ((district,) if district else ())
    spots = tuple(map(words.in_dong, question.dongs)) or tuple(map(words.in_district, codes))
    if not spots:
        return None
    in_dongs = _any(_word(words.DONG, stem) for stem in question.dongs)
    in_districts = _any(_word(words.DISTRICT, code) for code in question.districts)
    return _Place(_all((in_dongs, in_districts)), spots, in_districts if in_dongs else "")


def _main(question: Question, place: _Place | None) -> tuple[str, ...]:
    terms = question.terms
    if place is None:
        return (
            _every(_named_so, terms),
            _every(partial(_said, words.WORD), terms),
            _every(partial(_said, words.TEXT), terms),
        )
    if not terms:
        return (place.inside,)
    named = place.named(terms)
    return (_all((_every(_in_title, terms), named)), named)


def _extra(question: Question, place: _Place | None) -> tuple[str, ...]:
    terms, named = question.terms, question.named
    if place is None or not place.inside:
        return (_pairs(terms), _every(partial(_said, words.TEXT), terms))
    return (
        _every(_in_title, named),
        _all((_pairs(terms), place.inside)) if terms else "",
        _all((_every(partial(_said, words.TEXT), terms), place.inside)) if terms else "",
        _every(partial(_said, words.TEXT), named),
    )


def _last(question: Question, place: _Place | None) -> tuple[str, ...]:
    terms = tuple(map(_loose, question.terms))
    told = partial(_every, partial(_said, words.TEXT))
    anywhere = (told(terms), _but_one(told, terms), _any(told((term,)) for term in terms))
    if place is None or not terms:
        return anywhere
    return (place.named(terms), _but_one(place.named, terms), *anywhere)


def make_plan(question: Question, *, area: str = "", kind: str = "", district: str = "") -> Plan:
    """Turn a question into stages; area, kind and district (a code) bound every one of them."""
    bounds = ((words.AREA, area), (words.KIND, kind), (words.DISTRICT, district))
    within = _all(_word(sort, value) for sort, value in bounds if value)
    place = _place(question, district)

    def bounded(stages: Iterable[str], asked: tuple[str, ...] = ()) -> tuple[str, ...]:
        whole = dict.fromkeys(_all((within, stage)) for stage in stages if stage)
        return tuple(stage for stage in whole if stage not in asked)

    main = bounded(_main(question, place))
    # What the last of them finds was found already, or there is none: to see that of common words
    # once more takes as long as the first time.
    extra = bounded(_extra(question, place), main[-1:])
    last = bounded(_last(question, place), (*main[-1:], *extra))
    labels = dict.fromkeys(squeeze(term.surface) for term in question.terms)
    kinds = (kind for term in question.terms for kind in _kinds(term))
    return Plan(
        title_key=squeeze(question.text),
        main=main,
        rare=tuple(_word(words.TITLE, word) for term in question.terms for word in term.lexemes),
        extra=extra,
        last=last,
        first=_any(
            _word(words.LABEL, label) for label in ("".join(labels), *labels, *kinds) if label
        ),
        within=within,
    )
