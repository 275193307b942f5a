"""The median income that benefits are measured by, by year and size of household."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

LARGEST_PUBLISHED = 7


@dataclass(frozen=True, slots=True)
class MedianIncome:
    """One year's figures for households of one to seven, in won a month, and who published them.

    From eight members on, each adds what the seventh added to the sixth (the notices' footnote).
    """

    year: int
    monthly: tuple[int, ...]
    notice: str
    verified: bool = True
    # Up to which size they are the year's own, where larger ones were raised from the year before.
    own_sizes: int | None = None

    def is_firm(self, size: int) -> bool:
        """Say whether somebody vouches for the figure of a size."""
        return self.verified and (self.own_sizes is None or size <= self.own_sizes)

    def for_size(self, size: int) -> int | None:
        if size <= len(self.monthly):
            return self.monthly[size - 1]
        if len(self.monthly) < LARGEST_PUBLISHED:
            return None
        step = self.monthly[-1] - self.monthly[-2]
        return self.monthly[-1] + (size - LARGEST_PUBLISHED) * step


# 국민기초생활 보장법 제6조의2 (기준 중위소득의 산정). The figures of 2025 and 2026 were compared on
# 2026-11-28 in several independent public quotations of the two notices; they agree to the won.
MEDIAN_2025 = MedianIncome(
    2025,
    (2_392_013, 3_932_658, 5_025_353, 6_097_773, 7_108_192, 8_064_805, 8_988_428),
    "보건복지부고시 제2024-162호",
)
MEDIAN_2026 = MedianIncome(
    2026,
    (2_564_238, 4_199_292, 5_359_036, 6_494_738, 7_556_719, 8_555_952, 9_515_150),
    "보건복지부고시 제2025-135호",
)
# Decided on 2026-07-28 and told to the press for one to six members; nobody here saw the notice.
MEDIAN_2027 = MedianIncome(
    2027,
    (2_736_042, 4_480_645, 5_718_091, 6_929_885, 8_063_019, 9_129_201),
    "보건복지부고시 제2026-157호",
    verified=False,
)


@dataclass(frozen=True, slots=True)
class MedianIncomes:
    """All years that are known.

    A year that is not yet known is told by the newest before it, one before all of them by the
    oldest, and a size that was not told of yet by the year before it, raised as the largest size
    was that both know. All that is unverified.
    """

    years: Mapping[int, MedianIncome] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, *tables: MedianIncome) -> "MedianIncomes":
        return cls(MappingProxyType({table.year: table for table in tables}))

    def on(self, day: datetime.date) -> MedianIncome | None:
        """Answer the figures in force that day, unverified where they are another year's."""
        if not self.years:
            return None
        first, *_later = sorted(self.years)
        year = max([first, *(year for year in self.years if year <= day.year)])
        found = self._completed(self.years[year])
        return found if year == day.year else replace(found, verified=False)

    def _completed(self, table: MedianIncome) -> MedianIncome:
        known = len(table.monthly)
        older = self.years.get(table.year - 1)
        if known >= LARGEST_PUBLISHED or older is None or len(older.monthly) < LARGEST_PUBLISHED:
            return table
        raised = [
            sum_ * table.monthly[-1] // older.monthly[known - 1] for sum_ in older.monthly[known:]
        ]
        return replace(table, monthly=(*table.monthly, *raised), own_sizes=known)

    def held_at(self, day: datetime.date) -> "MedianIncomes":
        """Answer the figures of that day for every later day: a life line in today's money."""
        table = self.on(day)
        return _Held.of(table) if table else self


class _Held(MedianIncomes):
    __slots__ = ()

    def on(self, day: datetime.date) -> MedianIncome | None:
        return next(iter(self.years.values()))


MEDIAN_INCOMES = MedianIncomes.of(MEDIAN_2025, MEDIAN_2026, MEDIAN_2027)
