"""The nightly syncs: one task for every feed, and a beat entry for each that an area declares."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from core.areas import declared_feeds
from core.feeds.retention import forget_old_runs as forget
from core.feeds.services import chosen_feeds, follow_up
from core.feeds.services import sync_feed as run_sync

FIRST_HOUR = 2
MINUTES_APART = 20


@shared_task
def sync_feed(*, name: str, force: bool = False, **_: Any) -> str:
    """Run one feed; the engine's lock makes a second delivery of the same task a skipped run."""
    (feed,) = chosen_feeds([name])
    run = run_sync(feed=feed, clock=timezone.now, force=force)
    followed = [each.status for each in follow_up(feed=feed, run=run, clock=timezone.now)]
    return str((followed or [run.status])[-1])


def nightly_syncs() -> dict[str, dict[str, Any]]:
    """Answer one nightly entry a feed (Asia/Seoul), spread so that no two begin together."""
    entries = {}
    for turn, name in enumerate(declared_feeds()):
        hours, minute = divmod(turn * MINUTES_APART, 60)
        entries[f"sync {name}"] = {
            "task": "core.feeds.tasks.sync_feed",
            "schedule": crontab(hour=str((FIRST_HOUR + hours) % 24), minute=str(minute)),
            "kwargs": {"name": name},
        }
    return entries


@shared_task
def forget_old_runs(**_: Any) -> int:
    """Delete old runs, rejects and history, as docs/operations.md says."""
    return forget(now=timezone.now())


BEAT_SCHEDULE = nightly_syncs() | {
    "forget old runs": {
        "task": "core.feeds.tasks.forget_old_runs",
        "schedule": crontab(hour="5", minute="0"),
    }
}
