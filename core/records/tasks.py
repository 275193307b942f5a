"""What is done each night about the keeping of personal data."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from core.records import services


@shared_task
def keep_months(**_: Any) -> list[list[str]]:
    """Make the access log's coming months, and drop those that are older than two years."""
    return list(services.keep_months(now=timezone.now()))


BEAT_SCHEDULE = {
    "keep the months of the access log": {
        "task": "core.records.tasks.keep_months",
        "schedule": crontab(hour="4", minute="10"),
    },
}
