"""What a household may be given of all benefits: verdicts at once, reasons for those shown."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.web.kept import kept
from welfare.enums import BenefitTheme, LifeStage
from welfare.models import Benefit
from welfare.queries.rulebook import Rulebook, rulebook
from welfare.queries.told import FactsRefused, Told
from welfare.queries.worth import worth_by_benefit
from welfare.rules.conditions import Condition, Standing, Verdict
from welfare.rules.explaining import Explanation, Judgement
from welfare.rules.facts import Contradiction
from welfare.rules.programmes.amounts import Amount, amounts_since
from welfare.rules.vocabulary import DISTRICTS

EVERYWHERE = -1
AT_FRONT = 4096
# A rule published this long ago may still be missing; who is told of it asks the rulebook itself.
CHECKED_EVERY_SECONDS = 1.0
SHOWN_UNASKED = (Verdict.LIKELY, Verdict.DEPENDS)
THEMES = tuple(BenefitTheme.values)
STAGES = tuple(LifeStage.values)


@dataclass(frozen=True, slots=True)
class Shelved:
    """What lists need of all benefits of a rulebook, in its order: who and when comes first.

    Of those that close on the same day, or on none, what is worth most a year comes first.
    `soonest` is that order for whoever may live anywhere, `of_district` for each district's own.
    """

    names: tuple[str, ...]
    worth: tuple[Amount | None, ...]
    soonest: NDArray[np.intp]
    of_district: Mapping[str, NDArray[np.intp]]
    themes: NDArray[np.int64]
    stages: NDArray[np.int64]
    unread: NDArray[np.bool_]
    # What nothing but an examination lets be likely.
    by_office: NDArray[np.bool_]
    # Which of them people are given, and not firms and bodies alone.
    for_people: NDArray[np.bool_]
    # Whoever asks keeps here what was made of a verdict, by all that it follows from.
    answers: dict[object, tuple[bytes, bytes]] = field(default_factory=dict, repr=False)


class Open(IntEnum):
    """What is wanting before a pair is decided: an answer, an office, or somebody to read.

    Of what has to be read, that comes first which a label speaks for; last of all what is unlikely
    by a label, or by a figure that nobody has verified.
    """

    ANSWER = 0
    OFFICE = 1
    FITTING = 2
    READING = 3
    UNLIKELY = 4


class Pair(NamedTuple):
    """One benefit for one member, as positions; `open` tells what is wanting where it DEPENDS."""

    benefit: int
    person: int
    open: Open = Open.ANSWER


class Match:
    """One household before all benefits that its members may be given where they live."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.book: Rulebook = rulebook(told.on, checked_within=CHECKED_EVERY_SECONDS)
        self.shelved = shelved(self.book)
        try:
            self.judgement = Judgement(
                self.book.compiled, told.household.with_untold(), medians=self.book.medians
            )
        except Contradiction as fault:
            raise FactsRefused({"members": str(fault)}) from fault
        district = told.household.district or ""
        self._soonest = self.shelved.of_district.get(district, self.shelved.soonest)
        # Nobody is told what somebody may get who may not even be there.
        people = len(told.household.members)
        self._verdicts = self.judgement.of_benefits(self._soonest)[:, :people]
        self._held = {one: self._verdicts == np.uint8(one) for one in Verdict}

    def counts(self) -> dict[str, int]:
        return {one.name: int(np.count_nonzero(held)) for one, held in self._held.items()}

    def progress(self) -> tuple[int, int]:
        """Answer of how many benefits it is decided for all members, and of how many.

        What stands open for one member alone is not decided yet. What only a notice or an
        office tells counts on neither side: no answer ever decides it, and whoever answers would
        seem to get nowhere. Of what an office examines in one way alone, and answers decide in
        others, that is so where nothing but the examination is open for somebody.
        """
        decidable = self.shelved.for_people & ~self.shelved.unread & ~self.shelved.by_office
        counted = decidable[self._soonest]
        if self._examined is not None:
            people = slice(self._verdicts.shape[1])
            counted &= ~(self._examined[:, people] & self._held[Verdict.DEPENDS]).any(axis=1)
        is_open = self._held[Verdict.DEPENDS].any(axis=1)
        return int(np.count_nonzero(counted & ~is_open)), int(np.count_nonzero(counted))

    def pairs(
        self,
        verdicts: Collection[Verdict] = SHOWN_UNASKED,
        *,
        theme: str = "",
        stage: str = "",
        person: int | None = None,
        without: Collection[str] = (),
        among: Collection[str] | None = None,
    ) -> "Pairs":
        """Answer the pairs with these verdicts: surest first, then what closes soonest."""
        kept = self._kept(theme, stage, person, without)
        if among is not None:
            named = np.array([key in among for key in self.book.compiled.keys], dtype=np.bool_)
            named = named[self._soonest][:, np.newaxis]
            kept = named if kept is None else kept & named
        held = [one for verdict in sorted(verdicts) for one in self._parts(verdict)]
        if kept is not None:
            held = [Part(one.open, one.marks & kept) for one in held]
        return Pairs(held, self._soonest)

    def _parts(self, verdict: Verdict) -> list["Part"]:
        """Answer the pairs of a verdict: those that DEPENDS by what is wanting, nearest first."""
        held = self._held[verdict]
        if verdict is not Verdict.DEPENDS:
            return [Part(Open.ANSWER, held)]
        unread = self.shelved.unread.take(self._soonest)[:, np.newaxis]
        doubted = self.judgement.doubted(self._soonest)
        reckoned = self.judgement.reckoned(self._soonest)
        examined = self._examined
        if doubted is None and reckoned is None and examined is None and not unread.any():
            return [Part(Open.ANSWER, held)]
        people = slice(held.shape[1])
        hinted = self.judgement.hinted(self._soonest)
        doubtful = np.False_ if doubted is None else doubted[:, people]
        fitting = np.False_ if hinted is None else hinted[:, people]
        likely = held & ~doubtful
        # No answer decides: an office must.
        at_office = np.zeros_like(held)
        for marks in (reckoned, examined):
            if marks is not None:
                at_office |= marks[:, people] & ~unread
        return [
            Part(Open.ANSWER, likely & ~unread & ~at_office),
            Part(Open.OFFICE, likely & at_office),
            Part(Open.FITTING, likely & unread & fitting),
            Part(Open.READING, likely & unread & ~fitting),
            Part(Open.UNLIKELY, held & doubtful),
        ]

    @cached_property
    def _examined(self) -> NDArray[np.bool_] | None:
        return self.judgement.examined(self._soonest)

    def _kept(
        self, theme: str, stage: str, person: int | None, without: Collection[str]
    ) -> NDArray[np.bool_] | None:
        """Answer which pairs the filters keep; None where there is no filter."""
        if not (theme or stage or without) and person is None:
            return None
        kept = np.ones(self._verdicts.shape, dtype=np.bool_)
        if theme:
            kept[(self.shelved.themes[self._soonest] >> THEMES.index(theme) & 1) == 0] = False
        if stage:
            kept[(self.shelved.stages[self._soonest] >> STAGES.index(stage) & 1) == 0] = False
        if without:
            gone = [i for i, key in enumerate(self.book.compiled.keys) if key in without]
            kept[np.isin(self._soonest, gone)] = False
        if person is not None:
            kept &= np.array([i == person for i in range(len(self.people()))], dtype=np.bool_)
        return kept

    def keys_of(self, verdict: Verdict) -> set[str]:
        """Answer the benefits that have this verdict for anybody."""
        rows = self._soonest[self._held[verdict].any(axis=1)]
        return {self.book.compiled.keys[row] for row in rows.tolist()}

    def people(self) -> list[str]:
        return [member.id for member in self.told.household.members]

    def explain(self, pair: Pair) -> Explanation:
        return self.judgement.explain(pair.benefit, pair.person)

    def worth_of(self, pair: Pair) -> Amount | None:
        return self.shelved.worth[pair.benefit]

    def name_of(self, pair: Pair) -> str:
        return self.shelved.names[pair.benefit]


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs that come together, as marks of [benefit, person] in the order of a list."""

    open: Open
    marks: NDArray[np.bool_]


class Pairs:
    """Many pairs as marks, part by part; only those that are looked at become objects."""

    def __init__(
        self, held: Sequence[Part], order: NDArray[np.intp], only: Collection[Open] = tuple(Open)
    ) -> None:
        self._held, self._order, self._only = held, order, only
        self._counts = [int(np.count_nonzero(one.marks)) for one in held]

    def __len__(self) -> int:
        return sum(self._counts)

    def count_benefits(self) -> int:
        """Count each benefit once for all who have the same verdict of it."""
        return sum(self.benefits_by_open().values())

    def benefits_by_open(self) -> dict[Open, int]:
        """Count the benefits by what is wanting before they are decided."""
        return {part.open: len(rows) for part, rows in self._rows()}

    def cut_benefits(self, first: int, after: int) -> Sequence[Pair]:
        """Answer the pairs of some benefits, those of one benefit one after the other."""
        found: list[Pair] = []
        for part, rows in self._rows():
            if first < len(rows) and after > 0:
                for row in rows[max(first, 0) : after].tolist():
                    people = np.flatnonzero(part.marks[row]).tolist()
                    found += [Pair(int(self._order[row]), one, part.open) for one in people]
            first, after = first - len(rows), after - len(rows)
        return found

    def _rows(self) -> Iterator[tuple[Part, NDArray[np.intp]]]:
        """Answer the benefits of each part.

        What is unlikely for one member is not said again where it is open for another.
        """
        before: NDArray[np.bool_] = np.zeros(len(self._order), dtype=np.bool_)
        for part in self._held:
            rows = part.marks.any(axis=1)
            if part.open is Open.UNLIKELY:
                rows &= ~before
            before |= rows
            if part.open in self._only:
                yield part, np.flatnonzero(rows)

    def only(self, *open_: Open) -> "Pairs":
        """Keep the benefits that want this and nothing else before they are decided."""
        return Pairs(self._held, self._order, open_)

    def benefits(self) -> NDArray[np.intp]:
        """Answer the places of all of them in the rulebook, each once."""
        rows = [self._order[rows] for _part, rows in self._rows()]
        return np.unique(np.concatenate(rows)) if rows else np.array([], np.intp)

    def grouped(self, groups: NDArray[np.int8]) -> "Pairs":
        """Put what belongs together one after the other, in each part; else the order stays."""
        place = np.argsort(groups[self._order], kind="stable")
        held = [Part(one.open, one.marks[place]) for one in self._held]
        return Pairs(held, self._order[place], self._only)

    def cut(self, first: int, after: int) -> Sequence[Pair]:
        found: list[Pair] = []
        for held, count in zip(self._held, self._counts, strict=True):
            if first < count and after > 0:
                places = _places(held.marks.reshape(-1), max(first, 0), after)
                rows, people = np.divmod(places, held.marks.shape[1])
                benefits = self._order.take(rows).tolist()
                found += [
                    Pair(benefit, person, held.open)
                    for benefit, person in zip(benefits, people.tolist(), strict=True)
                ]
            first, after = first - count, after - count
        return found


def _places(held: NDArray[np.bool_], first: int, after: int) -> NDArray[np.intp]:
    """Answer some of the places that are held; what a first page shows mostly lies at the front."""
    places = np.flatnonzero(held[:AT_FRONT])
    if len(places) < after:
        places = np.flatnonzero(held)
    return places[first:after]


def shelved(book: Rulebook) -> Shelved:
    """Answer what lists need of the benefits, read once for each state of the data."""
    since = amounts_since(book.amounts, book.on)
    return kept.get(f"welfare.shelved:{book.version}:{since}", lambda: _shelved(book))


def _shelved(book: Rulebook) -> Shelved:
    keys = book.compiled.keys
    rows = {
        code: (closes, number, name, themes, stages)
        for number, (code, closes, name, themes, stages) in enumerate(
            Benefit.objects.listed()
            .for_seoul()
            .soonest_to_close()
            .values_list("code", "closes_date", "name", "themes", "life_stages")
        )
    }
    last = (datetime.date.max, len(rows))
    told = [rows.get(key, (*last, key, [], [])) for key in keys]
    amounts = worth_by_benefit(book.amounts, book.on)
    worth = tuple(amounts.get(key) for key in keys)
    in_order = [
        (closes or datetime.date.max, -(one.won_a_year if one else 0), number)
        for (closes, number, *_), one in zip(told, worth, strict=True)
    ]
    soonest = np.array(sorted(range(len(keys)), key=in_order.__getitem__), dtype=np.intp)
    where = np.array([_district(rule.districts) for rule in book.compiled.rules], np.int8)[soonest]
    return Shelved(
        names=tuple(name for _, _, name, _, _ in told),
        worth=worth,
        soonest=soonest,
        of_district={
            name: soonest[(where == EVERYWHERE) | (where == number)]
            for number, name in enumerate(DISTRICTS)
        },
        themes=np.array([_bits(themes, THEMES) for *_, themes, _ in told], np.int64),
        stages=np.array([_bits(stages, STAGES) for *_, stages in told], np.int64),
        unread=book.compiled.unread[book.compiled.which],
        by_office=book.compiled.by_office_alone[book.compiled.which],
        for_people=np.array([_is_for_people(asked) for asked in book.compiled.asked], np.bool_),
    )


def _is_for_people(asked: Sequence[Condition]) -> bool:
    return all(condition.name != Standing.FOR_ORGANISATIONS for condition in asked)


def _district(names: frozenset[str]) -> int:
    return DISTRICTS.index(next(iter(names))) if len(names) == 1 else EVERYWHERE


def _bits(names: Collection[str], known: Sequence[str]) -> int:
    return sum(1 << known.index(name) for name in names if name in known)
