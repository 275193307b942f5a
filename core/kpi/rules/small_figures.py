"""Figures of a breakdown that are too small to be told: they could name somebody."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST, MANY, TEN = 10, 2, 10
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


def in_tens(number: int, *, threshold: int, fewest: int = FEWEST) -> int | None:
    """Tell a figure in whole tens, down or up; None where it is below `fewest`, zero among them.

    `threshold`, from 0 to 9, is the figure's own and nobody's knowledge: what is told may be nine
    off either way, so that neither a sum, nor what is left of it, nor the day before tells of one
    person. It stays, so that a figure that is asked for again is told alike.
    """
    return None if number < fewest else (number + threshold) // TEN * TEN


def told_count(number: int, *, fewest: int = FEWEST) -> int | None:
    """Answer a figure that stands alone; None where it is too small to be told."""
    return None if 0 < number < fewest else number


def is_tellable_share(part: int, whole: int, *, fewest: int = FEWEST) -> bool:
    """Say whether neither the part nor what is left of the whole is too small."""
    return all(told_count(number, fewest=fewest) is not None for number in (part, whole - part))
