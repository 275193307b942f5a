"""Until when somebody may object to what was decided about a benefit."""

import datetime
from collections.abc import Callable

# 사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제17조, not compared with its text.
# The letter of whoever decided may name another term.
TERM = datetime.timedelta(days=90)
SATURDAY = 5
A_DAY = datetime.timedelta(days=1)


def last_day(
    told_on: datetime.date, *, is_holiday: Callable[[datetime.date], bool]
) -> datetime.date:
    """Answer the last day of the term for whoever is told of a decision that day.

    민법 제157조: the day itself does not count; 제161조: where the last one is a Saturday or a
    public holiday, the term ends with the next working day.
    """
    day = told_on + TERM
    while day.weekday() >= SATURDAY or is_holiday(day):
        day += A_DAY
    return day
