"""Until when something has to be done, in the working days of Korean public offices.

Law: 민원 처리에 관한 법률 (Civil Petitions Treatment Act), Article 19. Saturdays and public
holidays do not count. A term of five days or less runs by the hour from the moment of receipt (a
day is eight working hours), so it ends on the n-th working day after the day of receipt; a term of
six days or more is counted in days, and the first day counts. Which days are public holidays says
관공서의 공휴일에 관한 규정; the caller hands over a function that knows them.
"""

import datetime
from collections.abc import Callable

IsHoliday = Callable[[datetime.date], bool]
# The longest term that the law counts by the hour.
SHORT_DAYS = 5
SATURDAY = 5
DAY = datetime.timedelta(days=1)


def is_workday(day: datetime.date, *, is_holiday: IsHoliday) -> bool:
    return day.weekday() < SATURDAY and not is_holiday(day)


def workday_after(day: datetime.date, number: int, *, is_holiday: IsHoliday) -> datetime.date:
    """Answer the `number`-th working day after a day; the day itself where it is none."""
    while number > 0:
        day += DAY
        number -= is_workday(day, is_holiday=is_holiday)
    return day


def days_between(first: datetime.date, last: datetime.date, *, is_holiday: IsHoliday) -> int:
    """Count the working days after `first`, up to and with `last`; 0 where that is not later."""
    days = max(0, (last - first).days)
    return sum(is_workday(first + DAY * one, is_holiday=is_holiday) for one in range(1, days + 1))


def due_date(received: datetime.date, days: int, *, is_holiday: IsHoliday) -> datetime.date:
    """Answer the last day of a term of `days` working days (1 or more), by Article 19."""
    if days < 1:
        raise ValueError(f"A term of {days} days is none.")
    before = received if days <= SHORT_DAYS else received - DAY
    return workday_after(before, days, is_holiday=is_holiday)


def shifted(
    due: datetime.date,
    *,
    paused: datetime.date,
    resumed: datetime.date,
    is_holiday: IsHoliday,
) -> datetime.date:
    """Answer a due date after a pause: as many working days are left as were when it began."""
    waited = days_between(paused, resumed, is_holiday=is_holiday)
    return workday_after(due, waited, is_holiday=is_holiday)
