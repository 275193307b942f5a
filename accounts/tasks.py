"""What is done about accounts by the clock."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from accounts.services import forget_ended_sessions as forget
from accounts.services import send_invitations as send


@shared_task
def forget_ended_sessions(**_: Any) -> int:
    """Delete sessions that are over, with what is told of their devices."""
    return forget(now=timezone.now())


@shared_task
def send_invitations(**_: Any) -> int:
    """Send the letters that wait; no door has to think of it."""
    return send(now=timezone.now())


BEAT_SCHEDULE = {
    "send invitations": {
        "task": "accounts.tasks.send_invitations",
        "schedule": crontab(),
    },
    "forget ended sessions": {
        "task": "accounts.tasks.forget_ended_sessions",
        "schedule": crontab(hour="4", minute="30"),
    },
}
