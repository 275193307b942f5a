"""When an indicator is due, and when what is known of it is too old."""

import datetime

DAILY, WEEKLY, MONTHLY = "DAY", "WEEK", "MONTH"
A_WEEK = datetime.timedelta(days=7)
# A day's figures are read in the night after it, and one night may fail before anybody is told.
FRESH_FOR = {
    DAILY: datetime.timedelta(days=2),
    WEEKLY: datetime.timedelta(days=9),
    MONTHLY: datetime.timedelta(days=33),
}


def is_due(last: datetime.date | None, *, every: str, day: datetime.date) -> bool:
    """Say whether that day is to be read; `last` is the newest day that was."""
    if last is None:
        return True
    if every == MONTHLY:
        return (last.year, last.month) < (day.year, day.month)
    if every == WEEKLY:
        return day - last >= A_WEEK
    return last < day


def is_stale(last: datetime.date | None, *, every: str, today: datetime.date) -> bool:
    return last is None or today - last > FRESH_FOR[every]
