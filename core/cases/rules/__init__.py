"""What needs no database: days that count."""

from core.cases.rules.workdays import (
    SHORT_DAYS,
    days_between,
    due_date,
    is_workday,
    shifted,
    workday_after,
)

__all__ = ["SHORT_DAYS", "days_between", "due_date", "is_workday", "shifted", "workday_after"]
