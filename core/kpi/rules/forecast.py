"""Where a line through the last readings leads: a rule of three, and no more than that."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

WINDOW = datetime.timedelta(days=120)
FEWEST_READINGS = 5
SHORTEST = datetime.timedelta(days=14)
# Nobody sees further ahead than four times as far as one looks back.
AHEAD = 4


@dataclass(frozen=True, slots=True)
class Point:
    day: datetime.date
    value: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the line says of `by_date`, and which readings it was drawn through."""

    value: float
    by_date: datetime.date
    first_day: datetime.date
    last_day: datetime.date
    number: int


def forecast(
    points: Sequence[Point],
    *,
    by_date: datetime.date,
    least: float | None = 0,
    most: float | None = None,
) -> Forecast | None:
    """Draw the line of least squares; None where the readings are too few, too near or too old.

    A count is never less than `least`, and a share never more than `most`.
    """
    if not points or by_date <= points[-1].day:
        return None
    last_day = points[-1].day
    used = [point for point in points if point.day >= last_day - WINDOW]
    span = last_day - used[0].day
    if len(used) < FEWEST_READINGS or span < SHORTEST or by_date - last_day > AHEAD * span:
        return None
    value = _on_the_line(used, by_date)
    if least is not None:
        value = max(value, least)
    if most is not None:
        value = min(value, most)
    return Forecast(value, by_date, used[0].day, last_day, len(used))


def is_met(value: float, target: float, *, is_less_better: bool) -> bool:
    return value <= target if is_less_better else value >= target


def _on_the_line(points: Sequence[Point], day: datetime.date) -> float:
    days = [(point.day - points[0].day).days for point in points]
    middle = sum(days) / len(days)
    level = sum(point.value for point in points) / len(points)
    spread = sum((at - middle) ** 2 for at in days)
    slope = (
        sum((at - middle) * (point.value - level) for at, point in zip(days, points, strict=True))
        / spread
    )
    return level + slope * ((day - points[0].day).days - middle)
