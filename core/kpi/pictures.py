"""An indicator as pictures: its line over time, with what is to be reached, and its parts.

Drawn by templates (`line_chart`, `bar_chart` of `core.web`), which take these shapes.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.kpi.declaration import Indicator
from core.kpi.models import Reading
from core.kpi.queries import Standing
from core.kpi.wording import amount_words, value_words
from core.moments import say_day


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a day; `value` None where there is none, and `shown` says so in words."""

    day: datetime.date
    value: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    value: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class Level:
    """What is to be reached: a line across the picture."""

    value: float
    shown: str


def finding(standing: Standing) -> str:
    """Say what the line shows: how it stands, and how it stood when the line begins."""
    told = {
        "title": standing.indicator.title,
        "value": value_words(standing.latest, standing.indicator),
    }
    known = [one for one in standing.weekly() if one.value is not None]
    if len(known) < 2 or known[-1] != standing.latest:  # noqa: PLR2004
        return _("%(title)s: %(value)s") % told
    told |= {
        "day": say_day(known[0].day),
        "before": value_words(known[0], standing.indicator),
    }
    return _("%(title)s: %(value)s (%(day)s에는 %(before)s)") % told


def source_line(standing: Standing) -> str:
    """Say where the figures are from, and of which day the last one is."""
    told = {"source": standing.indicator.source}
    if standing.latest is None:
        return _("자료: %(source)s") % told
    return _("자료: %(source)s, %(day)s까지") % {**told, "day": say_day(standing.latest.day)}


def points_of(standing: Standing) -> tuple[Point, ...]:
    return tuple(
        Point(
            one.day,
            None if one.value is None else float(one.value),
            value_words(one, standing.indicator),
        )
        for one in standing.weekly()
    )


def level_of(standing: Standing) -> Level | None:
    if standing.target is None:
        return None
    told = {"target": amount_words(standing.target.value, standing.indicator)}
    return Level(float(standing.target.value), _("목표 %(target)s") % told)


def bars_of(rows: Iterable[tuple[str, Reading]], indicator: Indicator) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            name,
            None if row.value is None else float(row.value),
            value_words(row, indicator),
        )
        for name, row in rows
    )


def largest(rows: Iterable[tuple[str, Reading]], indicator: Indicator, *, of: str) -> str:
    """Say which part is the largest; of parts that are not told, only what they are parts of."""
    known = [(row.value, name, row) for name, row in rows if row.value]
    if not known:
        return of
    _value, name, row = max(known, key=lambda one: one[0])
    told = {"parts": of, "name": name, "value": value_words(row, indicator)}
    return _("%(parts)s: 가장 많은 것은 %(name)s, %(value)s") % told
