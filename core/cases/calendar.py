"""The working days of the rules, with the public holidays that the portal knows."""

import datetime

from core.cases import rules
from core.places.facts import holiday_name


def is_holiday(day: datetime.date) -> bool:
    return holiday_name(day) is not None


def due_after(day: datetime.date, number: int) -> datetime.date:
    return rules.add_workdays(day, number, is_holiday=is_holiday)


def days_left(day: datetime.date, due: datetime.date) -> int:
    """Answer how many working days remain after `day`; below 0 by how many it is late."""
    if due >= day:
        return rules.workdays_between(day, due, is_holiday=is_holiday)
    return -rules.workdays_between(due, day, is_holiday=is_holiday)
