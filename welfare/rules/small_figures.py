"""Figures of a breakdown that are too small to be told: they could name somebody."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST, MANY = 10, 2
Name = TypeVar("Name", bound=Hashable)


def suppressed(counts: Mapping[Name, int], *, fewest: int = FEWEST) -> dict[Name, int | None]:
    """Hide figures below `fewest`; None where one is hidden.

    Zero hides nobody. What is hidden must not follow from the total beside it: the next smallest go
    along until there are at least two of them, and together they are at least twice `fewest`.
    """
    hidden = {name for name, number in counts.items() if 0 < number < fewest}
    others = sorted(
        (name for name, number in counts.items() if number >= fewest),
        key=lambda name: (counts[name], str(name)),
    )
    while hidden and others and (len(hidden) < MANY or _total(counts, hidden) < MANY * fewest):
        hidden.add(others.pop(0))
    return {name: None if name in hidden else number for name, number in counts.items()}


def _total(counts: Mapping[Name, int], names: set[Name]) -> int:
    return sum(counts[name] for name in names)
