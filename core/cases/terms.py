"""The clock of a case: due dates by the declared terms, and what a pause does to them."""

import datetime

from core.cases.declaration import State
from core.cases.models import Case
from core.cases.rules import due_date, shifted
from core.places.facts import holiday_name


def is_holiday(day: datetime.date) -> bool:
    return holiday_name(day) is not None


def due_after(state: State, *, on: datetime.date) -> datetime.date | None:
    if state.due_days is None:
        return None
    return due_date(on, state.due_days, is_holiday=is_holiday)


def set_clock(
    case: Case, *, before: State, after: State, interrupted: str, on: datetime.date
) -> None:
    """Bring the due date up to a step from one state to another; the case is not saved.

    An answer that leads back to the `interrupted` state gives it the days that were left; one that
    leads to another begins that one's own term.
    """
    if after.is_end:
        case.due_date = case.paused_date = None
        return
    if after.pauses:
        case.paused_date = case.paused_date or on
        return
    due = case.due_date
    runs_on = after.slug == interrupted or after.due_days is None
    if before.pauses and runs_on and due and case.paused_date:
        due = shifted(due, paused=case.paused_date, resumed=on, is_holiday=is_holiday)
    else:
        due = due_after(after, on=on) or due
    if case.escalated_at and (due is None or due >= on):
        case.escalated_at = None  # it is in time again, and may climb again
    case.due_date, case.paused_date = due, None
