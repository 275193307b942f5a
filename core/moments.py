"""The one way in which pages and letters say a day or a moment to people, in Seoul's time."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

SEOUL = ZoneInfo("Asia/Seoul")


def say_day(day: datetime.date) -> str:
    """Say a date with its year: 2026년 8월 20일; 20 August 2026. Of a moment, its day in Seoul."""
    if isinstance(day, datetime.datetime):
        day = day.astimezone(SEOUL).date()
    if get_language() == "en":
        return f"{day.day} {day:%B %Y}"
    return f"{day.year}년 {day.month}월 {day.day}일"


def say_moment(moment: datetime.datetime) -> str:
    """Say a moment to the minute: 2026년 8월 20일 14:05; 20 August 2026, 14:05."""
    local = moment.astimezone(SEOUL)
    comma = "," if get_language() == "en" else ""
    return f"{say_day(local.date())}{comma} {local:%H:%M}"
