"""How a case stands and until when, as lists and pages of the desk say it."""

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.cases.models import Case

NOTHING = "–"


def due_words(case: Case) -> SafeString | str:
    """Say until when, in a word as well as in colour."""
    if case.is_paused:
        return format_html('<span class="desk-tag">{}</span>', "시민 답 기다림")
    if case.due_date is None:
        return NOTHING
    if case.is_overdue(timezone.localdate()):
        return format_html('{} <span class="desk-tag desk-tag--bad">지남</span>', case.due_date)
    return str(case.due_date)
