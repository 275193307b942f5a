"""Opening hours in the forms that others read: words in Korean and English, schema.org, HSDS."""

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Any, Literal

from core.places.rules.hours import (
    DAY,
    WEEKDAYS,
    DayException,
    Schedule,
    Spans,
    WeeklyHours,
    clock_of_others,
    local,
    write_clock,
)

Language = Literal["ko", "en"]
_DAY_NAMES = {
    "ko": tuple("월화수목금토일"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ICAL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORDS = {
    "ko": {
        "closed": "휴무",
        "always": "24시간",
        "next_day": "다음 날 ",
        "holidays": "공휴일",
        "daily": "매일",
        "holidays_unknown": "공휴일 운영 여부는 전화로 확인하세요",
        "until": "~",
    },
    "en": {
        "closed": "closed",
        "always": "24 hours",
        "next_day": "next day ",
        "holidays": "Public holidays",
        "daily": "Daily",
        "holidays_unknown": "Please call about public holidays",
        "until": "–",
    },
}
_WHOLE_DAY: Spans = ((0, DAY),)
_DASHES = re.compile("[~–]")


def spans_words(spans: Spans, language: Language = "ko") -> str:
    """Say one day's hours: 09:00–12:00, 13:00–18:00; 22:00–다음 날 06:00; 휴무."""
    words = _WORDS[language]
    if not spans:
        return words["closed"]
    if spans == _WHOLE_DAY:
        return words["always"]
    return ", ".join(
        f"{write_clock(opens)}–{words['next_day'] if closes > DAY else ''}{write_clock(closes)}"
        for opens, closes in spans
    )


def hours_words(hours: WeeklyHours, language: Language = "ko") -> tuple[tuple[str, str], ...]:
    """Say the usual week in as few lines as it takes, each of days and hours."""
    words, names = _WORDS[language], _DAY_NAMES[language]
    lines = []
    for first, last, spans in _runs(hours):
        if (first, last) == (0, 6):
            days = words["daily"]
        elif first == last:
            days = names[first]
        else:
            days = f"{names[first]}{words['until']}{names[last]}"
        lines.append((days, spans_words(spans, language)))
    if hours.holidays is None:
        lines.append((words["holidays"], words["holidays_unknown"]))
    else:
        lines.append((words["holidays"], spans_words(hours.holidays, language)))
    return tuple(lines)


def _runs(hours: WeeklyHours) -> list[tuple[int, int, Spans]]:
    """Answer days that follow each other with the same hours, as (first, last, hours)."""
    runs: list[tuple[int, int, Spans]] = []
    for weekday, spans in enumerate(hours.days):
        if runs and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], weekday, spans)
        else:
            runs.append((weekday, weekday, spans))
    return runs


def status_words(schedule: Schedule, at: datetime.datetime, language: Language = "ko") -> str:
    """Say whether it is open and until when: 운영 중 · 18:00까지, 운영 종료 · 내일 09:00부터."""
    there = local(at)
    is_open = schedule.is_open(at)
    change = schedule.next_change(at)
    reason = _reason(schedule, there.date(), language) if not is_open else ""
    when = _when(there, change, language) if change else ""
    if language == "en":
        state = "Open" if is_open else "Closed"
        state += f" ({reason})" if reason else ""
        return state if not when else f"{state} · {'until' if is_open else 'from'} {when}"
    state = "운영 중" if is_open else "운영 종료"
    state += f" ({reason})" if reason else ""
    return state if not when else f"{state} · {when}{'까지' if is_open else '부터'}"


def _reason(schedule: Schedule, day: datetime.date, language: Language) -> str:
    """Say why a day differs; the reasons of exceptions are in the words they were entered in."""
    if exceptions := schedule.exceptions_on(day):
        return ", ".join(dict.fromkeys(one.reason for one in exceptions if one.reason))
    holiday = schedule.holiday(day)
    if holiday and not schedule.weekly.holidays:
        return holiday if language == "ko" else "public holiday"
    return ""


def _when(there: datetime.datetime, change: datetime.datetime, language: Language) -> str:
    clock = change.strftime("%H:%M")
    days = (change.date() - there.date()).days
    if clock == "00:00" and days == 1:
        return "24:00" if language == "ko" else "midnight"
    if days == 0:
        return clock
    if days == 1:
        return f"내일 {clock}" if language == "ko" else f"{clock} tomorrow"
    name = _DAY_NAMES[language][change.weekday()]
    if language == "ko":
        return f"{change.month}월 {change.day}일({name}) {clock}"
    return f"{clock} on {name} {change.day} {change:%b}"


def hours_as_schema_org(
    hours: WeeklyHours, exceptions: Iterable[DayException] = ()
) -> dict[str, list[dict[str, Any]]]:
    """Answer the two properties of a schema.org `Place` that tell opening hours."""
    usual: dict[tuple[int, int], list[str]] = {}
    for weekday, spans in enumerate(hours.days):
        for span in spans:
            usual.setdefault(span, []).append(_SCHEMA_DAYS[weekday])
    for span in hours.holidays or ():
        usual.setdefault(span, []).append("PublicHolidays")
    told = {
        "openingHoursSpecification": [
            {"@type": "OpeningHoursSpecification", "dayOfWeek": days, **_schema_clock(span)}
            for span, days in usual.items()
        ]
    }
    special = [entry for one in exceptions for entry in _schema_exception(one)]
    if special:
        told["specialOpeningHoursSpecification"] = special
    return told


def _schema_clock(span: tuple[int, int]) -> dict[str, str]:
    opens, closes = span
    return {"opens": write_clock(opens), "closes": clock_of_others(write_clock(closes))}


def _schema_exception(exception: DayException) -> list[dict[str, Any]]:
    valid = {
        "@type": "OpeningHoursSpecification",
        "validFrom": exception.starts.isoformat(),
        "validThrough": exception.ends.isoformat(),
    }
    if exception.is_closed:
        # Opening and closing at midnight is how schema.org says closed all day.
        return [{**valid, "opens": "00:00", "closes": "00:00"}]
    return [{**valid, **_schema_clock(span)} for span in exception.spans]


def hours_as_hsds(
    hours: WeeklyHours,
    exceptions: Iterable[DayException] = (),
    *,
    make_id: Callable[[str], str],
) -> list[dict[str, Any]]:
    """Answer HSDS 3 `schedule` objects; `make_id` turns what tells them apart into a UUID."""
    usual: dict[tuple[int, int], list[int]] = {}
    for weekday, spans in enumerate(hours.days):
        for span in spans:
            usual.setdefault(span, []).append(weekday)
    told = [
        _hsds(
            make_id(f"weekly {span[0]}-{span[1]}"),
            span,
            freq="WEEKLY",
            interval=1,
            wkst="MO",
            byday=",".join(_ICAL_DAYS[weekday] for weekday in weekdays),
        )
        for span, weekdays in usual.items()
    ]
    told += [
        _hsds(make_id(f"holidays {opens}-{closes}"), (opens, closes), notes="공휴일")
        for opens, closes in hours.holidays or ()
    ]
    return told + [one for exception in exceptions for one in _hsds_exception(exception, make_id)]


def _hsds(identifier: str, span: tuple[int, int] | None, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"id": identifier, "timezone": 9, **more}
    if span:
        told |= {
            "opens_at": f"{write_clock(span[0])}:00",
            "closes_at": f"{clock_of_others(write_clock(span[1]))}:00",
        }
    return told


def _hsds_exception(exception: DayException, make_id: Callable[[str], str]) -> list[dict[str, Any]]:
    valid = {
        "valid_from": exception.starts.isoformat(),
        "valid_to": exception.ends.isoformat(),
        "description": " ".join(filter(None, ("휴무" * exception.is_closed, exception.reason))),
    }
    key = f"{exception.starts}-{exception.ends}"
    if exception.is_closed:
        return [_hsds(make_id(f"closed {key}"), None, **valid)]
    return [
        _hsds(make_id(f"special {key} {opens}-{closes}"), (opens, closes), **valid)
        for opens, closes in exception.spans
    ]


def hours_as_text(hours: WeeklyHours) -> dict[str, str]:
    """Answer what an officer types for each day: `09:00-12:00, 13:00-18:00`."""
    stored = hours.to_json()
    return {
        day: ", ".join("-".join(pair) for pair in stored[day] or ())
        for day in (*WEEKDAYS, "holidays")
        if stored[day] is not None
    }


def hours_from_text(typed: dict[str, str]) -> WeeklyHours:
    """Read what an officer typed; a missing `holidays` means that it is not known."""
    stored: dict[str, list[list[str]]] = {}
    for day, text in typed.items():
        pairs = [pair for pair in _DASHES.sub("-", text).split(",") if pair.strip()]
        stored[day] = [[end.strip() for end in pair.split("-")] for pair in pairs]
    return WeeklyHours.from_json(stored)
