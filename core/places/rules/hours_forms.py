"""Opening hours in the forms that others read: words in Korean and English, schema.org, HSDS."""

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Any, Literal

from core.places.rules.hours import (
    DAY,
    Day,
    DayException,
    HoursRefused,
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
        "unknown": "확인되지 않음",
        "until": "~",
    },
    "en": {
        "closed": "closed",
        "always": "24 hours",
        "next_day": "next day ",
        "holidays": "Public holidays",
        "daily": "Daily",
        "holidays_unknown": "Please call about public holidays",
        "unknown": "not known",
        "until": "–",
    },
}
_WHOLE_DAY: Spans = ((0, DAY),)
_DASHES = re.compile("[~–—−∼〜～]|부터|에서")
CLOSED = "휴무"
NOON = 12
_CLOSED = re.compile(
    r"^(휴무|휴관|휴일|쉼|쉽니다|닫음|문닫음|안함|운영안함|closed)$", re.IGNORECASE
)
_ALWAYS = re.compile(r"^(24시간|종일|하루종일)$")
# As people write it: 9시, 오전 9시 30분, 오후 6시 반, 18:00.
_TYPED_CLOCK = re.compile(
    r"^(?P<noon>오전|오후|낮|저녁|밤)?(?P<hour>\d{1,2})"
    r"(시(?P<half>반)?|시(?P<minute>\d{1,2})분?|:(?P<colon>\d\d))?$"
)


def spans_words(spans: Day, language: Language = "ko") -> str:
    """Say one day's hours: 09:00–12:00, 13:00–18:00; 22:00–다음 날 06:00; 휴무; 확인되지 않음."""
    words = _WORDS[language]
    if spans is None:
        return words["unknown"]
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


def _runs(hours: WeeklyHours) -> list[tuple[int, int, Day]]:
    """Answer days that follow each other with the same hours, as (first, last, hours)."""
    runs: list[tuple[int, int, Day]] = []
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
    if not is_open and not schedule.knows(there.date()):
        return "오늘 운영 여부 모름" if language == "ko" else "Not known for today"
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
        for span in spans or ():
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
        for span in spans or ():
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
    """Answer what an officer types for each day: `09:00-12:00, 13:00-18:00`, 휴무, or nothing."""
    return {
        day: "" if pairs is None else ", ".join("-".join(pair) for pair in pairs) or CLOSED
        for day, pairs in hours.to_json().items()
    }


def hours_from_text(typed: dict[str, str]) -> WeeklyHours:
    """Read what an officer typed of each day; a day left empty is not known."""
    return WeeklyHours.from_json({day: _pairs(text) for day, text in typed.items()})


def _pairs(text: str) -> list[list[str]] | None:
    """Read one day: None (unknown) of nothing, no pairs (closed) of 휴무, 쉼 and their like."""
    text = "".join(text.split())
    if not text:
        return None
    if _CLOSED.match(text):
        return []
    if _ALWAYS.match(text):
        return [["00:00", "24:00"]]
    pairs = [pair for pair in re.split("[,/]", _DASHES.sub("-", text)) if pair]
    return [_pair(pair.removesuffix("까지").split("-")) for pair in pairs]


def _pair(ends: list[str]) -> list[str]:
    """Read from and to; 9시~6시 is refused, for nobody can tell the evening from the morning."""
    told = [_clock(end) for end in ends]
    found = [_TYPED_CLOCK.match(end) for end in ends]
    is_vague = any(one and not one["colon"] and not one["noon"] for one in found)
    if is_vague and told[-1] <= told[0] < f"{NOON}:00":
        raise HoursRefused("Morning or evening?")
    return told


def _clock(text: str) -> str:
    """Answer 09:00 of 9시, 오전9시 and 9; 18:30 of 오후6시반; anything else as it stands."""
    found = _TYPED_CLOCK.match(text)
    if not found:
        return text
    hour, minute = int(found["hour"]), int(found["minute"] or found["colon"] or 0)
    if found["half"]:
        minute = 30
    if found["noon"] in {"오후", "저녁", "밤"} and hour < NOON:
        hour += NOON
    elif found["noon"] == "오전" and hour == NOON:
        hour = 0
    return f"{hour:02d}:{minute:02d}"
