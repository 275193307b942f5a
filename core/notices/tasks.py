"""Delivers what is due: called after a commit, and every minute in case that call was lost."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from core.notices.channels import offered_channels
from core.notices.enums import Channel
from core.notices.services.delivering import BATCH, deliver_due

# As many as one task sends before it leaves the worker to others; the next minute goes on.
MOST_BATCHES = 100


@shared_task
def deliver(*, channel: str, **_: Any) -> int:
    """Send what is due by a channel; any number of these may run at once."""
    sent = 0
    if channel not in offered_channels():
        return sent
    for _turn in range(MOST_BATCHES):
        outcome = deliver_due(now=timezone.now(), channel=channel)
        sent += outcome.sent
        if outcome.claimed < BATCH:
            break
    return sent


BEAT_SCHEDULE = {
    f"deliver notices by {channel.value}": {
        "task": "core.notices.tasks.deliver",
        "schedule": crontab(minute="*"),
        "kwargs": {"channel": channel.value},
        # What waits longer than until the next of its kind need not be done as well.
        "options": {"expires": 60},
    }
    for channel in Channel
}
