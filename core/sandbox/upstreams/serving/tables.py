"""A publisher's table: rows are made when asked for, so a million of them cost no memory."""

import operator
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

Row = dict[str, str | int | None]


COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "LT": operator.lt,
    "LTE": operator.le,
    "GT": operator.gt,
    "GTE": operator.ge,
}


class Criterion(NamedTuple):
    field: str
    wanted: str
    is_partial: bool = False
    compares: str = ""
    """One of COMPARISONS: the value stands so to what is wanted, sign by sign."""

    def is_met_by(self, value: str) -> bool:
        if self.compares:
            return COMPARISONS[self.compares](value, self.wanted)
        return self.wanted in value if self.is_partial else self.wanted == value


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows a question is about, in order; each is made only when its page is asked for."""

    make: Callable[[int], Row]
    indices: Sequence[int]

    def __len__(self) -> int:
        return len(self.indices)

    def rows(self, start: int, size: int) -> list[Row]:
        return [self.make(index) for index in self.indices[start : start + size]]


class Table:
    """`facets` gives single fields of a row cheaply, for filters that must look at every row.

    `finders` answers which row has a unique value, without looking at any.
    """

    def __init__(
        self,
        size: int,
        make: Callable[[int], Row],
        facets: Mapping[str, Callable[[int], str]] | None = None,
        finders: Mapping[str, Callable[[str], int | None]] | None = None,
    ) -> None:
        self.size = size
        self._make = make
        self._facets = facets or {}
        self._finders = finders or {}
        self._matching = lru_cache(maxsize=64)(self._look_at_every_row)

    def select(self, criteria: tuple[Criterion, ...]) -> Selection:
        return Selection(self._make, self._matching(criteria) if criteria else range(self.size))

    def _look_at_every_row(self, criteria: tuple[Criterion, ...]) -> Sequence[int]:
        found: Sequence[int] = range(self.size)
        for criterion in criteria:
            if find := self._finders.get(criterion.field):
                index = find(criterion.wanted)
                found = [index] if index is not None and index in found else []
                continue
            value = self._facets.get(criterion.field) or self._field(criterion.field)
            met = criterion.is_met_by
            found = array("I", (index for index in found if met(value(index))))
        return found

    def _field(self, name: str) -> Callable[[int], str]:
        return lambda index: str(self._make(index).get(name) or "")


def table_of(rows: Sequence[Row], key: str = "") -> Table:
    """A table held in memory: the rows of a real file. Answers get copies, to break at will."""
    places = {str(row[key]): place for place, row in enumerate(rows)} if key else {}
    finders = {key: places.get} if key else {}
    return Table(len(rows), lambda index: dict(rows[index]), finders=finders)
