"""Where each indicator stands: its newest figure, its target, its line, and where that leads."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from core.areas import declared_indicators
from core.kpi.declaration import PERCENT, Dimension, Indicator
from core.kpi.enums import Better, Every
from core.kpi.models import Reading, ReadingQuerySet, Target
from core.kpi.rules.forecast import WINDOW, Forecast, Point, forecast, is_met
from core.kpi.rules.timing import is_stale

MOST_PERCENT = 100
# A line of a card has a point a week: as many as its table has rows without being a list of days.
A_WEEK = 7
A_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator as a page shows it; `series` is the whole of it, oldest first."""

    indicator: Indicator
    series: tuple[Reading, ...]
    target: Target | None
    is_stale: bool
    forecast: Forecast | None

    @property
    def latest(self) -> Reading | None:
        return self.series[-1] if self.series else None

    @property
    def is_met(self) -> bool | None:
        """Say whether the target is reached; None where there is none, or no figure."""
        if self.target is None or self.latest is None or self.latest.value is None:
            return None
        return self._meets(float(self.latest.value))

    @property
    def will_be_met(self) -> bool | None:
        return None if self.forecast is None else self._meets(self.forecast.value)

    def _meets(self, value: float) -> bool | None:
        if self.target is None or self.indicator.better == Better.NEITHER:
            return None
        is_less_better = self.indicator.better == Better.LESS
        return is_met(value, float(self.target.value), is_less_better=is_less_better)

    def weekly(self) -> tuple[Reading, ...]:
        """Keep the newest reading, and what was read each seven days before it."""
        if not self.series or self.indicator.every != Every.DAY:
            return self.series
        newest = self.series[-1].day
        return tuple(one for one in self.series if (newest - one.day).days % A_WEEK == 0)


def shown_indicators(*, only_public: bool) -> dict[str, Indicator]:
    return {
        slug: one for slug, one in declared_indicators().items() if one.is_public or not only_public
    }


def standings(*, today: datetime.date, only_public: bool) -> list[Standing]:
    """Answer every indicator in the order of the areas: two statements, however many there are."""
    shown = shown_indicators(only_public=only_public)
    rows = Reading.objects.of(shown).of_the_whole().between(today - WINDOW, today).oldest_first()
    series: dict[str, list[Reading]] = {}
    for row in rows:
        series.setdefault(row.indicator, []).append(row)
    targets = targets_in_force(today)
    return [
        standing(one, series.get(slug, ()), targets.get(slug), today=today)
        for slug, one in shown.items()
    ]


def standing(
    indicator: Indicator,
    series: Iterable[Reading],
    target: Target | None,
    *,
    today: datetime.date,
) -> Standing:
    held = tuple(series)
    last = held[-1].day if held else None
    return Standing(
        indicator=indicator,
        series=held,
        target=target,
        is_stale=is_stale(last, every=indicator.every, today=today),
        forecast=_forecast(indicator, held, target),
    )


def standing_of(indicator: Indicator, *, today: datetime.date) -> Standing:
    """Answer one indicator with the line of a year: two statements."""
    rows = Reading.objects.of([indicator.slug]).of_the_whole()
    series = rows.between(today - A_YEAR, today).oldest_first()
    target = targets_in_force(today).get(indicator.slug)
    return standing(indicator, series, target, today=today)


def newest_readings(
    slugs: Collection[str], first: datetime.date | None, last: datetime.date | None
) -> dict[str, Reading]:
    """Answer the newest figure of each between two days: one statement."""
    rows = Reading.objects.of(slugs).between(first, last).newest_of_each()
    return {row.indicator: row for row in rows}


def told_readings(indicator: Indicator, *, only_public: bool) -> ReadingQuerySet:
    """Keep the whole, and the dimensions that are shown."""
    told = ["", *(one.slug for one in indicator.told_dimensions(only_public=only_public))]
    return Reading.objects.of([indicator.slug]).filter(dimension__in=told)


def target_list(slug: str) -> QuerySet[Target]:
    """Answer what was and is to be reached, the latest day first."""
    return Target.objects.filter(indicator=slug).order_by("-by_date")


def targets_in_force(today: datetime.date) -> dict[str, Target]:
    """Answer for each indicator the target that comes next, or else the last that has passed."""
    found: dict[str, Target] = {}
    for target in Target.objects.soonest_first():
        held = found.get(target.indicator)
        if held is None or held.by_date < today:
            found[target.indicator] = target
    return found


def parts_on(
    indicator: Indicator, day: datetime.date, *, only_public: bool
) -> list[tuple[Dimension, list[tuple[str, Reading]]]]:
    """Answer, for each dimension, its figures of a day by name: one statement, and the names'."""
    told = {one.slug: one for one in indicator.told_dimensions(only_public=only_public)}
    rows: dict[str, list[Reading]] = {slug: [] for slug in told}
    if told:
        of_day = Reading.objects.of([indicator.slug]).filter(day=day, dimension__in=sorted(told))
        for row in of_day.oldest_first():
            rows[row.dimension].append(row)
    return [(one, _named(one, rows[slug])) for slug, one in told.items() if rows[slug]]


def _named(dimension: Dimension, rows: list[Reading]) -> list[tuple[str, Reading]]:
    """In the order of the names where the dimension has one of its own, else the largest first."""
    names: Mapping[str, object] = dimension.names([row.key for row in rows])
    if dimension.is_ordered:
        order = {key: at for at, key in enumerate(names)}
        rows = sorted(rows, key=lambda row: order.get(row.key, len(order)))
    else:
        rows = sorted(rows, key=lambda row: (row.is_hidden, -(row.value or 0), row.key))
    return [(str(names.get(row.key, row.key)), row) for row in rows]


def _forecast(
    indicator: Indicator, series: tuple[Reading, ...], target: Target | None
) -> Forecast | None:
    if target is None:
        return None
    points = [Point(one.day, float(one.value)) for one in series if one.value is not None]
    most = MOST_PERCENT if indicator.unit == PERCENT else indicator.most
    return forecast(points, by_date=target.by_date, most=most)
