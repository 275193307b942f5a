"""Opening hours: a usual week, a usual public holiday, dated exceptions, and what follows."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

DAY = 24 * 60
WEEK = 7 * DAY
# Beyond the seven days an `open_minutes` set has three more stretches, so that one column answers
# "open at" on every kind of day: a public holiday, the morning after one, and for each weekday
# what its hours leave of the next morning.
HOLIDAY = WEEK
HOLIDAY_SPILL = HOLIDAY + DAY
SPILL = HOLIDAY_SPILL + DAY
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"^([01]?\d|2[0-4]):([0-5]\d)$")
_KST = datetime.timezone(datetime.timedelta(hours=9))

Span: TypeAlias = tuple[int, int]
Spans: TypeAlias = tuple[Span, ...]
Day: TypeAlias = Spans | None  # None: nobody knows; (): closed


class HoursRefused(ValueError):
    """The hours cannot be meant as written."""


def read_clock(text: str) -> int:
    """Answer the minutes after midnight; 24:00 is the end of the day."""
    found = _CLOCK.match(text.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    if minutes > DAY:
        raise HoursRefused(f"Not a time of day: {text!r}")
    return minutes


def write_clock(minutes: int) -> str:
    """Answer 09:00; the end of a day is 24:00, and past it the next morning's time."""
    if minutes > DAY:
        minutes -= DAY
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def clock_of_others(text: str) -> str:
    """Answer a closing time as schema.org and RFC 3339 know it: there is no 24:00."""
    return "23:59" if text == "24:00" else text


def make_spans(pairs: Iterable[Sequence[str]]) -> Spans:
    """Read from–to pairs of one day; an end at or before its start means the next morning."""
    spans: list[Span] = []
    for pair in pairs:
        if len(pair) != 2:  # noqa: PLR2004
            raise HoursRefused(f"Not a from and a to: {pair}")
        opens, closes = pair
        start, end = read_clock(opens), read_clock(closes)
        if start == DAY:
            raise HoursRefused("A day's hours cannot begin at 24:00.")
        spans.append((start, end if end > start else end + DAY))
    spans.sort()
    for (_, end), (start, _) in zip(spans, spans[1:], strict=False):
        if start < end:
            raise HoursRefused("The hours of one day overlap.")
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The hours of a usual week from Monday on, and of public holidays."""

    days: tuple[Day, Day, Day, Day, Day, Day, Day]
    holidays: Day = None

    def __post_init__(self) -> None:
        for weekday, spans in enumerate(self.days):
            spilt = _spill(spans or ())
            following = self.days[(weekday + 1) % 7]
            if spilt and following and following[0][0] < spilt[-1][1]:
                raise HoursRefused("Hours that run past midnight meet those of the next day.")

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "WeeklyHours":
        unknown = set(stored) - {*WEEKDAYS, "holidays"}
        if unknown:
            raise HoursRefused(f"Unknown days: {', '.join(sorted(unknown))}")
        # A weekday that is left out is closed; one that is null is not known.
        told = {**dict.fromkeys(WEEKDAYS, ()), "holidays": None, **stored}
        mon, tue, wed, thu, fri, sat, sun, holidays = (
            None if told[day] is None else make_spans(told[day]) for day in (*WEEKDAYS, "holidays")
        )
        return cls((mon, tue, wed, thu, fri, sat, sun), holidays)

    def to_json(self) -> dict[str, list[list[str]] | None]:
        told = zip((*WEEKDAYS, "holidays"), (*self.days, self.holidays), strict=True)
        return {day: None if spans is None else _written(spans) for day, spans in told}

    def on(self, day: datetime.date, *, is_holiday: bool) -> Day:
        """Answer the usual hours of a day; None where nobody knows them."""
        return self.holidays if is_holiday else self.days[day.weekday()]

    def open_minutes(self) -> Spans:
        """Answer the set that `open_conditions` asks, merged and in order."""
        found: list[Span] = []
        for weekday, told in enumerate(self.days):
            spans = told or ()
            found += _placed(_within_day(spans), weekday * DAY)
            found += _placed(_spill(spans), (weekday + 1) % 7 * DAY)
            found += _placed(_spill(spans), SPILL + weekday * DAY)
        found += _placed(_within_day(self.holidays or ()), HOLIDAY)
        found += _placed(_spill(self.holidays or ()), HOLIDAY_SPILL)
        return merged(found)


def _written(spans: Spans) -> list[list[str]]:
    return [[write_clock(opens), write_clock(closes)] for opens, closes in spans]


def _within_day(spans: Spans) -> Spans:
    return tuple((opens, min(closes, DAY)) for opens, closes in spans)


def _spill(spans: Spans) -> Spans:
    """Answer what the spans leave of the next morning, in its own minutes."""
    return tuple((0, closes - DAY) for _, closes in spans if closes > DAY)


def _placed(spans: Spans, offset: int) -> Iterator[Span]:
    return ((opens + offset, closes + offset) for opens, closes in spans)


def merged(spans: Iterable[Span]) -> Spans:
    """Join what touches, as PostgreSQL does in a multirange."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


@dataclass(frozen=True, slots=True)
class OpenConditions:
    """Which minutes of `open_minutes` tell whether the usual hours hold at one moment."""

    day: datetime.date
    minute: int
    own: int  # of the day itself …
    own_unless: int | None  # … but not where only the day before's usual hours reach into it,
    spilt: int  # and what the day before really leaves of this morning.


def local(at: datetime.datetime) -> datetime.datetime:
    if at.tzinfo is None:
        raise HoursRefused("A moment needs its time zone.")
    return at.astimezone(_KST)


def open_conditions(
    at: datetime.datetime, *, is_holiday: Callable[[datetime.date], bool]
) -> OpenConditions:
    there = local(at)
    day, minute = there.date(), there.hour * 60 + there.minute
    before = day - datetime.timedelta(days=1)
    spilt = HOLIDAY_SPILL if is_holiday(before) else SPILL + before.weekday() * DAY
    if is_holiday(day):
        return OpenConditions(day, minute, HOLIDAY + minute, None, spilt + minute)
    usual_spill = SPILL + before.weekday() * DAY + minute
    return OpenConditions(day, minute, day.weekday() * DAY + minute, usual_spill, spilt + minute)


@dataclass(frozen=True, slots=True)
class DayException:
    """From one day to another (both included) other hours hold, or none."""

    starts: datetime.date
    ends: datetime.date
    spans: Spans = ()
    reason: str = ""

    def __post_init__(self) -> None:
        if self.ends < self.starts:
            raise HoursRefused("An exception cannot end before it starts.")

    @property
    def is_closed(self) -> bool:
        return not self.spans

    def covers(self, day: datetime.date) -> bool:
        return self.starts <= day <= self.ends


def _no_holiday(day: datetime.date) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A place's hours with everything that changes them; `holiday` names a day's public holiday."""

    weekly: WeeklyHours
    exceptions: tuple[DayException, ...] = ()
    holiday: Callable[[datetime.date], str | None] = field(default=_no_holiday)

    def exceptions_on(self, day: datetime.date) -> tuple[DayException, ...]:
        return tuple(exception for exception in self.exceptions if exception.covers(day))

    def spans_on(self, day: datetime.date) -> Spans:
        """Several exceptions add up: a special opening within a closure opens."""
        if found := self.exceptions_on(day):
            return merged(span for exception in found for span in exception.spans)
        return self.weekly.on(day, is_holiday=bool(self.holiday(day))) or ()

    def knows(self, day: datetime.date) -> bool:
        """Say whether anybody knows when it is open on that day, or that it is closed."""
        if self.exceptions_on(day):
            return True
        return self.weekly.on(day, is_holiday=bool(self.holiday(day))) is not None

    def is_open(self, at: datetime.datetime) -> bool:
        there = local(at)
        day, minute = there.date(), there.hour * 60 + there.minute
        before = self.spans_on(day - datetime.timedelta(days=1))
        return any(opens <= minute < closes for opens, closes in self.spans_on(day)) or any(
            minute < closes - DAY for _, closes in before
        )

    def next_change(self, at: datetime.datetime, *, days: int = 14) -> datetime.datetime | None:
        """Answer when it next opens or closes; None where nothing changes within so many days."""
        now_open = self.is_open(at)
        there = local(at)
        for moment in self._edges(there.date(), days):
            if moment > there and self.is_open(moment) != now_open:
                return moment
        return None

    def _edges(self, day: datetime.date, days: int) -> Iterator[datetime.datetime]:
        edges: set[datetime.datetime] = set()
        for offset in range(-1, days + 1):
            one = day + datetime.timedelta(days=offset)
            midnight = datetime.datetime.combine(one, datetime.time(), _KST)
            for span in self.spans_on(one):
                edges.update(midnight + datetime.timedelta(minutes=edge) for edge in span)
        return iter(sorted(edges))
