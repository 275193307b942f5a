"""The clock of a case: a term for each state, standing still while the citizen is asked."""

import datetime

from django.utils import timezone

from core.cases.calendar import days_left, due_after
from core.cases.declaration import State
from core.cases.models import Case


def enter(case: Case, state: State, *, now: datetime.datetime) -> None:
    """Put a case into a state, with the term that follows from it; the caller saves."""
    today = timezone.localdate(now)
    case.state = state.slug
    case.closed_at = now if state.is_final else None
    if state.is_final:
        case.due_date = case.days_left = None
    elif state.waits_for_citizen:
        _stop(case, today)
    elif case.days_left is not None:
        # On with what was left; who was late already has the next working day.
        case.due_date, case.days_left = due_after(today, max(case.days_left, 1)), None
    else:
        case.due_date = None if state.due_days is None else due_after(today, state.due_days)
        case.escalated_at = None


def _stop(case: Case, today: datetime.date) -> None:
    if case.due_date is not None:
        case.days_left = days_left(today, case.due_date)
        case.due_date = None


CLOCK = ("state", "due_date", "days_left", "closed_at", "escalated_at")
