"""Leaves of a case, years after its end, what kind it was and what became of it; nobody's name."""

import datetime

from django.db import transaction

from core.cases.models import Attachment, Case, CaseWords
from core.cases.services.attaching import erase_attachments

# After the end, for questions and objections.
KEPT = datetime.timedelta(days=5 * 365)
MOST_AT_ONCE = 10_000


@transaction.atomic
def forget_old_cases(*, now: datetime.datetime) -> int:
    """Empty the oldest cases whose time is up, with all that was written and attached.

    Answers how many; MOST_AT_ONCE a run, so that no night is spent in one transaction.
    """
    old = Case.objects.filter(closed_at__lt=now - KEPT).exclude(
        person=None, subject="", applicant="", code_hash=None, assignee_name=""
    )
    keys = list(old.order_by("closed_at", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    CaseWords.objects.filter(case__in=keys).delete()
    erase_attachments(rows=Attachment.objects.filter(case__in=keys), now=now)
    return Case.objects.filter(pk__in=keys).update(
        person=None, subject="", applicant="", code_hash=None, assignee=None, assignee_name=""
    )
