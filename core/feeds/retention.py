"""How long runs, what they rejected and the history of fields are kept."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from core.feeds.models import FeedReject, FeedRun, FieldChange

REJECTS_KEPT = datetime.timedelta(days=90)
RUNS_KEPT = datetime.timedelta(days=2 * 365)
CHANGES_KEPT = datetime.timedelta(days=5 * 365)


@transaction.atomic
def forget_old_runs(*, now: datetime.datetime) -> int:
    """Delete what is older than it is kept, and answer how many rows that were.

    The newest run of a feed and its rejects stay, however old: they say what the table holds.
    """
    newer = FeedRun.objects.filter(feed=OuterRef("feed"), started_at__gt=OuterRef("started_at"))
    past = FeedRun.objects.filter(Exists(newer))
    rejects, _ = FeedReject.objects.filter(
        run__in=past.filter(started_at__lt=now - REJECTS_KEPT).values("pk")
    ).delete()
    changes, _ = FieldChange.objects.filter(changed_at__lt=now - CHANGES_KEPT).delete()
    runs, _ = past.filter(started_at__lt=now - RUNS_KEPT).delete()
    return rejects + changes + runs
