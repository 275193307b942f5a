"""Opening hours in the words of a page: how it stands now, the usual week, the days that differ."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.moments import SEOUL, say_day
from core.places.facts import holidays
from core.places.rules import DAY, DayException, Schedule
from core.places.rules.hours import Spans, write_clock

Tone = Literal["success", "gray"]
DAY_NAMES: tuple[str | Promise, ...] = (
    gettext_lazy("월요일"),
    gettext_lazy("화요일"),
    gettext_lazy("수요일"),
    gettext_lazy("목요일"),
    gettext_lazy("금요일"),
    gettext_lazy("토요일"),
    gettext_lazy("일요일"),
)


@dataclass(frozen=True, slots=True)
class OpeningState:
    """Whether a place is open at a moment, in a word and in a sentence."""

    is_open: bool
    word: str
    sentence: str

    @property
    def tone(self) -> Tone:
        return "success" if self.is_open else "gray"


@dataclass(frozen=True, slots=True)
class DayHours:
    """One line of the week's table."""

    name: str | Promise
    hours: str
    is_today: bool = False

    @property
    def shown(self) -> str:
        return _("%(day)s (오늘)") % {"day": self.name} if self.is_today else str(self.name)


def opening_state(schedule: Schedule, at: datetime.datetime) -> OpeningState:
    """Say how it stands: 오후 6시까지 엽니다; 월요일 오전 9시에 엽니다."""
    is_open = schedule.is_open(at)
    change = schedule.next_change(at)
    if not is_open and not schedule.knows(at.astimezone(SEOUL).date()):
        return OpeningState(
            False,
            _("오늘 여는지 확인되지 않음"),
            _("오늘 여는 시간은 확인되지 않았습니다. 전화로 물어보세요."),
        )
    word = _("지금 열려 있음") if is_open else _("지금 닫혀 있음")
    if change is None:
        sentence = (
            _("앞으로 두 주 동안 계속 엽니다.") if is_open else _("앞으로 두 주 동안 쉽니다.")
        )
    elif is_open:
        sentence = _("%(when)s까지 엽니다.") % {"when": _moment(change, at)}
    else:
        sentence = _("%(when)s에 엽니다.") % {"when": _moment(change, at)}
    return OpeningState(is_open, word, sentence)


def _moment(change: datetime.datetime, at: datetime.datetime) -> str:
    change, today = change.astimezone(SEOUL), at.astimezone(SEOUL).date()
    clock = write_clock(change.hour * 60 + change.minute)
    days = (change.date() - today).days
    if days == 0:
        return _("오늘 %(clock)s") % {"clock": clock}
    if days == 1:
        return _("내일 %(clock)s") % {"clock": clock}
    if days < len(DAY_NAMES):
        return _("%(day)s %(clock)s") % {"day": DAY_NAMES[change.weekday()], "clock": clock}
    return _("%(date)s %(clock)s") % {"date": date_words(change.date()), "clock": clock}


def date_words(day: datetime.date) -> str:
    """Say a date as people do: 8월 20일(목)."""
    name = str(DAY_NAMES[day.weekday()])
    if get_language() == "en":
        return f"{name[:3]} {day.day} {day:%B}"
    return f"{day.month}월 {day.day}일({name[0]})"


# How every page says a day with its year.
full_date = say_day


def hours_words(spans: Spans | None) -> str:
    """Say the hours of one day: 09:00–12:00, 13:00–18:00; or that nobody knows them."""
    if spans is None:
        return _("확인되지 않음")
    if not spans:
        return _("쉽니다")
    if spans == ((0, DAY),):
        return _("24시간")
    return ", ".join(f"{write_clock(opens)}–{_closing(closes)}" for opens, closes in spans)


def _closing(minutes: int) -> str:
    if minutes > DAY:
        return _("다음 날 %(clock)s") % {"clock": write_clock(minutes)}
    return write_clock(minutes)


def week_hours(schedule: Schedule, today: datetime.date) -> Iterator[DayHours]:
    """Tell the usual week from Monday on, and the public holidays."""
    for weekday, name in enumerate(DAY_NAMES):
        hours = hours_words(schedule.weekly.days[weekday])
        yield DayHours(name, hours, is_today=weekday == today.weekday())
    yield DayHours(_("공휴일"), hours_words(schedule.weekly.holidays))


def grouped_week(schedule: Schedule) -> Iterator[DayHours]:
    """Tell the usual week in as few lines as it takes: 월요일–금요일 09:00–18:00."""
    days = zip(DAY_NAMES, schedule.weekly.days, strict=True)
    for hours, same in groupby(days, key=lambda day: hours_words(day[1])):
        first, *others = (name for name, spans in same)
        yield DayHours(f"{first}–{others[-1]}" if others else first, hours)
    yield DayHours(_("공휴일"), hours_words(schedule.weekly.holidays))


def coming_differences(
    schedule: Schedule, today: datetime.date, *, days: int = 14
) -> Iterator[DayHours]:
    """Tell the days ahead on which other hours hold: exceptions, then public holidays."""
    until = today + datetime.timedelta(days=days)
    for exception in sorted(schedule.exceptions, key=lambda one: one.starts):
        if exception.ends >= today and exception.starts <= until:
            yield DayHours(_stretch(exception), _with_reason(exception))
    for offset in range(days + 1):
        day = today + datetime.timedelta(days=offset)
        if (holiday := holidays().get(day)) and not schedule.exceptions_on(day):
            name = holiday.name_en if get_language() == "en" else holiday.name
            hours = hours_words(schedule.weekly.holidays)
            yield DayHours(f"{date_words(day)} {name}", hours)


def _stretch(exception: DayException) -> str:
    if exception.starts == exception.ends:
        return date_words(exception.starts)
    return f"{date_words(exception.starts)}–{date_words(exception.ends)}"


def _with_reason(exception: DayException) -> str:
    hours = hours_words(exception.spans)
    return f"{hours} ({exception.reason})" if exception.reason else hours
