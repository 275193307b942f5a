"""Working days of Korean public offices.

Neither Saturdays, Sundays nor public holidays, substitute ones included (관공서의 공휴일에 관한
규정 제2조, 제3조; 민원 처리에 관한 법률 제19조 제2항: the first day does not count, and days that
are no working days are left out). Which days are public holidays is told from outside.
"""

import datetime
from collections.abc import Callable

SATURDAY = 5
DAY = datetime.timedelta(days=1)
IsHoliday = Callable[[datetime.date], bool]


def is_workday(day: datetime.date, *, is_holiday: IsHoliday) -> bool:
    return day.weekday() < SATURDAY and not is_holiday(day)


def add_workdays(day: datetime.date, number: int, *, is_holiday: IsHoliday) -> datetime.date:
    """Answer the last day of a term that begins with the day after `day`; `number` may be 0.

    A term of no days ends with the day itself, or the next working day where that is none.
    """
    while number > 0 or not is_workday(day, is_holiday=is_holiday):
        day += DAY
        number -= is_workday(day, is_holiday=is_holiday)
        if number <= 0 and is_workday(day, is_holiday=is_holiday):
            break
    return day


def workdays_between(begin: datetime.date, end: datetime.date, *, is_holiday: IsHoliday) -> int:
    """Answer how many working days lie after `begin` up to and with `end`; 0 where none do."""
    days = (begin + DAY * n for n in range(1, (end - begin).days + 1))
    return sum(is_workday(day, is_holiday=is_holiday) for day in days)
