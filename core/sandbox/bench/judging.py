"""The arithmetic of the benchmarks: medians, shares of the bare limit, targets met or missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

MOST_GROWTH = 1.3


class Pair(NamedTuple):
    """One round: what we did, and what was possible bare at the same moment."""

    ours: float
    limit: float

    @property
    def share(self) -> float:
        return self.ours / self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of the table. `ratio` is compared with `target`: at least it, or at most."""

    name: str
    rows: int | None = None
    figure: float
    unit: str
    against: str = ""
    limit: float | None = None
    ratio: float | None = None
    target: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def judged(self) -> float:
        """What the target speaks of: the ratio, or the figure itself where there is none."""
        return self.figure if self.ratio is None else self.ratio

    @property
    def is_met(self) -> bool | None:
        if self.target is None:
            return None
        return self.judged <= self.target if self.at_most else self.judged >= self.target


def against_limit(
    name: str, pairs: Sequence[Pair], *, rows: int, unit: str, against: str, target: float | None
) -> Result:
    """Each round's share is taken against the limit of that round; the median round counts.

    A machine that is busy for a moment slows both of a pair alike.
    """
    return Result(
        name=name,
        rows=rows,
        figure=median(pair.ours for pair in pairs),
        unit=unit,
        against=against,
        limit=median(pair.limit for pair in pairs),
        ratio=median(pair.share for pair in pairs),
        target=target,
    )


def growth(name: str, *, small: Sequence[float], large: Sequence[float], rows: int) -> Result:
    """How many times dearer a request became, from round to round."""
    times = median(few / many for few, many in zip(small, large, strict=True))
    return Result(
        name=f"{name}, growth",
        rows=rows,
        figure=median(large),
        unit="req/s",
        against="fewest rows",
        limit=median(small),
        ratio=times,
        target=MOST_GROWTH,
        at_most=True,
    )


def missed(results: Sequence[Result]) -> list[Result]:
    return [result for result in results if result.is_met is False]
