"""Reads the indicators of a day: what was known of that day before is written anew, never twice."""

import datetime
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core.areas import declared_indicators
from core.kpi.declaration import Figure, Indicator
from core.kpi.models import Reading
from core.kpi.rules.timing import is_due
from core.records.reading import system_reading

A_DAY = datetime.timedelta(days=1)
KEY = ("indicator", "dimension", "key", "day")
KEPT = ("value", "numerator", "denominator", "is_hidden", "made_at")

log = logging.getLogger(__name__)


class UnknownIndicator(Exception):
    """Nobody declares an indicator of this name."""


class DayToCome(Exception):
    """A day that has not begun says nothing yet."""


@dataclass(frozen=True, slots=True)
class Readout:
    """Which indicators were read for a day, which were left out, and which failed."""

    day: datetime.date
    read: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    figures: int = 0


def read_due_indicators(*, day: datetime.date, now: datetime.datetime) -> Readout:
    """Read what is due: the nightly run, which makes up for nights that it missed."""
    newest = Reading.objects.between(None, day).newest_of_each()
    last = dict(newest.values_list("indicator", "day"))
    due = [
        slug
        for slug, one in declared_indicators().items()
        if is_due(last.get(slug), every=one.every, day=day)
    ]
    return read_indicators(day=day, now=now, slugs=due)


def read_indicators(
    *, day: datetime.date, now: datetime.datetime, slugs: Collection[str] | None = None
) -> Readout:
    """Read the named indicators, or all of them, and write all figures in one statement.

    Of a day that is over for longer, only those are read whose records still tell of it. One that
    fails keeps no other from being read.
    """
    today = timezone.localdate(now)
    if day > today:
        raise DayToCome(f"아직 오지 않은 날입니다: {day}")
    end = timezone.make_aware(datetime.datetime.combine(day + A_DAY, datetime.time()))
    at = min(end, now)
    read: dict[str, list[Figure]] = {}
    left_out, failed = [], []
    for indicator in chosen_indicators(slugs):
        if not (indicator.is_retroactive or day >= today - A_DAY):
            left_out.append(indicator.slug)
            continue
        try:
            with transaction.atomic(), system_reading("figures of a day, small ones hidden"):
                read[indicator.slug] = list(indicator.read(day=day, at=at))
        except Exception:
            log.exception("an indicator could not be read", extra={"indicator": indicator.slug})
            failed.append(indicator.slug)
    _store(read, day, now)
    number = sum(len(figures) for figures in read.values())
    return Readout(day, tuple(read), tuple(left_out), tuple(failed), number)


def chosen_indicators(slugs: Collection[str] | None) -> list[Indicator]:
    declared = declared_indicators()
    if slugs is None:
        return list(declared.values())
    if unknown := sorted(set(slugs) - set(declared)):
        raise UnknownIndicator(f"이런 지표는 없습니다: {', '.join(unknown)}")
    return [one for slug, one in declared.items() if slug in slugs]


@transaction.atomic
def _store(read: dict[str, list[Figure]], day: datetime.date, now: datetime.datetime) -> None:
    """Write in the order of the key, so that two runs at once wait for each other and no more."""
    rows = sorted(
        (_reading(slug, one, day, now) for slug, figures in read.items() for one in figures),
        key=lambda row: (row.indicator, row.dimension, row.key),
    )
    Reading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=KEY, update_fields=KEPT, batch_size=5_000
    )
    # What an earlier run of the day told, and this one does not any more.
    Reading.objects.of(read).filter(day=day, made_at__lt=now).delete()


def _reading(slug: str, figure: Figure, day: datetime.date, now: datetime.datetime) -> Reading:
    return Reading(
        indicator=slug,
        dimension=figure.dimension,
        key=figure.key,
        day=day,
        value=None if figure.value is None else Decimal(str(round(figure.value, 2))),
        numerator=figure.numerator,
        denominator=figure.denominator,
        is_hidden=figure.is_hidden,
        made_at=now,
    )


def read_past_days(*, days: Iterable[datetime.date], now: datetime.datetime) -> list[Readout]:
    """Read days long past, of those indicators whose records tell of them."""
    slugs = [slug for slug, one in declared_indicators().items() if one.is_retroactive]
    return [read_indicators(day=day, now=now, slugs=slugs) for day in days]
