"""What a household may be given of all benefits: verdicts at once, reasons for those shown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.web.kept import kept
from welfare.enums import BenefitTheme, LifeStage
from welfare.models import Benefit
from welfare.queries.rulebook import Rulebook, rulebook
from welfare.queries.told import FactsRefused, Told
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Explanation, Judgement
from welfare.rules.facts import Contradiction
from welfare.rules.vocabulary import DISTRICTS

EVERYWHERE = -1
SHOWN_UNASKED = (Verdict.LIKELY, Verdict.DEPENDS)
THEMES = tuple(BenefitTheme.values)
STAGES = tuple(LifeStage.values)


@dataclass(frozen=True, slots=True)
class Shelved:
    """What lists need of all benefits of a rulebook, in its order: who and when comes first."""

    names: tuple[str, ...]
    soonest: NDArray[np.intp]
    districts: NDArray[np.int8]
    themes: NDArray[np.int64]
    stages: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pair:
    """One benefit for one member, as positions."""

    benefit: int
    person: int


class Match:
    """One household before all benefits that its members may be given where they live."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.book: Rulebook = rulebook(told.on)
        self.shelved = shelved(self.book)
        try:
            self.judgement = Judgement(
                self.book.compiled, told.household.with_untold(), medians=self.book.medians
            )
        except Contradiction as fault:
            raise FactsRefused({"members": str(fault)}) from fault
        soonest = self.shelved.soonest
        if (district := told.household.district) in DISTRICTS:
            where = self.shelved.districts[soonest]
            own = DISTRICTS.index(district)
            soonest = soonest[(where == EVERYWHERE) | (where == own)]
        self._soonest = soonest
        # Nobody is told what somebody may get who may not even be there.
        self._verdicts = self.judgement.verdicts[soonest, : len(told.household.members)]

    def counts(self) -> dict[str, int]:
        of_each = np.bincount(self._verdicts.ravel(), minlength=len(Verdict))
        return {verdict.name: int(of_each[verdict]) for verdict in Verdict}

    def pairs(
        self,
        verdicts: Collection[Verdict] = SHOWN_UNASKED,
        *,
        theme: str = "",
        stage: str = "",
        person: int | None = None,
        without: Collection[str] = (),
    ) -> "Pairs":
        """Answer the pairs with these verdicts: surest first, then what closes soonest."""
        kept_rows = np.ones(len(self._soonest), dtype=np.bool_)
        if theme:
            kept_rows &= (self.shelved.themes[self._soonest] >> THEMES.index(theme) & 1) == 1
        if stage:
            kept_rows &= (self.shelved.stages[self._soonest] >> STAGES.index(stage) & 1) == 1
        if without:
            gone = [i for i, key in enumerate(self.book.compiled.keys) if key in without]
            kept_rows &= ~np.isin(self._soonest, gone)
        found = []
        for verdict in sorted(verdicts):
            held = (self._verdicts == verdict) & kept_rows[:, np.newaxis]
            if person is not None:
                held[:, [i for i in range(held.shape[1]) if i != person]] = False
            found.append(np.flatnonzero(held))
        return Pairs(np.concatenate(found), self._soonest, self._verdicts.shape[1])

    def keys_of(self, verdict: Verdict) -> set[str]:
        """Answer the benefits that have this verdict for anybody."""
        rows = self._soonest[(self._verdicts == verdict).any(axis=1)]
        return {self.book.compiled.keys[row] for row in rows.tolist()}

    def people(self) -> list[str]:
        return [member.id for member in self.told.household.members]

    def explain(self, pair: Pair) -> Explanation:
        return self.judgement.explain(pair.benefit, pair.person)

    def name_of(self, pair: Pair) -> str:
        return self.shelved.names[pair.benefit]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Many pairs as numbers; only those that are looked at become objects."""

    places: NDArray[np.intp]
    order: NDArray[np.intp]
    members: int

    def __len__(self) -> int:
        return len(self.places)

    def grouped(self, groups: NDArray[np.int8]) -> "Pairs":
        """Put what belongs together one after the other; within a group the order stays."""
        benefits = self.order[self.places // self.members]
        return replace(self, places=self.places[np.argsort(groups[benefits], kind="stable")])

    def cut(self, first: int, after: int) -> Sequence[Pair]:
        return [
            Pair(int(self.order[place // self.members]), place % self.members)
            for place in self.places[first:after].tolist()
        ]


def shelved(book: Rulebook) -> Shelved:
    """Answer what lists need of the benefits, read once for each state of the data."""
    return kept.get(f"welfare.shelved:{book.version}", lambda: _shelved(book))


def _shelved(book: Rulebook) -> Shelved:
    keys = book.compiled.keys
    rows = {
        code: (number, name, themes, stages)
        for number, (code, name, themes, stages) in enumerate(
            Benefit.objects.listed()
            .for_seoul()
            .soonest_to_close()
            .values_list("code", "name", "themes", "life_stages")
        )
    }
    last = len(rows)
    told = [rows.get(key, (last, key, [], [])) for key in keys]
    return Shelved(
        names=tuple(name for _, name, _, _ in told),
        soonest=np.argsort([number for number, *_ in told], kind="stable"),
        districts=np.array([_district(rule.districts) for rule in book.compiled.rules], np.int8),
        themes=np.array([_bits(themes, THEMES) for *_, themes, _ in told], np.int64),
        stages=np.array([_bits(stages, STAGES) for *_, stages in told], np.int64),
    )


def _district(names: frozenset[str]) -> int:
    return DISTRICTS.index(next(iter(names))) if len(names) == 1 else EVERYWHERE


def _bits(names: Collection[str], known: Sequence[str]) -> int:
    return sum(1 << known.index(name) for name in names if name in known)
