"""What an area declares of a figure by which it lets itself be measured."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from core.kpi.enums import Better, Every

Text = str | Promise
# From the keys of a dimension to their names in the language of the page.
Names = Callable[[Collection[str]], Mapping[str, Text]]
PERCENT = "%"
DISTRICT = "district"
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a day: of the whole, or of `key` in a dimension (`district`, "11110").

    `value` None says that there was nothing to measure, or, where `is_hidden`, that what there was
    is too little to be told.
    """

    value: float | None
    dimension: str = WHOLE
    key: str = WHOLE
    numerator: int | None = None
    denominator: int | None = None
    is_hidden: bool = False


def counted(number: int | None, dimension: str = WHOLE, key: str = WHOLE) -> Figure:
    """Answer a count; None is one that is too small to be told."""
    return Figure(number, dimension, key, is_hidden=number is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What a figure is told apart by; `district` is drawn as tiles, everything else as bars."""

    slug: str
    title: Text
    names: Names
    is_public: bool = True
    is_ordered: bool = True  # as `names` lists them; else the largest first


class Indicator(ABC):
    """An heir says what the figure is, whose it is, and reads it for a day.

    Figures of people come from `read` without what could name somebody: what is stored is what may
    be told (core/kpi/rules/small_figures.py).
    """

    slug: ClassVar[str]
    title: ClassVar[Text]
    definition: ClassVar[Text]
    unit: ClassVar[Text]
    better: ClassVar[Better]
    owner: ClassVar[Text]
    source: ClassVar[Text]
    every: ClassVar[Every] = Every.DAY
    is_public: ClassVar[bool] = True
    # Whether the records behind it say of a day long past how it stood then.
    is_retroactive: ClassVar[bool] = False
    dimensions: ClassVar[tuple[Dimension, ...]] = ()
    decimals: ClassVar[int] = 0
    most: ClassVar[float | None] = None

    @abstractmethod
    def read(self, *, day: datetime.date, at: datetime.datetime) -> Iterable[Figure]:
        """Answer the day's figures as they stood at `at`: the day's end, or now if it is not over.

        It runs as the portal itself, which may count what stands beside people.
        """

    def dimension(self, slug: str) -> Dimension | None:
        return next((one for one in self.dimensions if one.slug == slug), None)

    def told_dimensions(self, *, only_public: bool) -> tuple[Dimension, ...]:
        return tuple(one for one in self.dimensions if one.is_public or not only_public)
