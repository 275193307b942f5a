"""What is done about accounts at night."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from accounts.services import forget_ended_sessions as forget


@shared_task
def forget_ended_sessions(**_: Any) -> int:
    """Delete sessions that are over, with what is told of their devices."""
    return forget(now=timezone.now())


BEAT_SCHEDULE = {
    "forget ended sessions": {
        "task": "accounts.tasks.forget_ended_sessions",
        "schedule": crontab(hour="4", minute="30"),
    }
}
