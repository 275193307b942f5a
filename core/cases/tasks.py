"""What is done each morning about cases that are late."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from core.cases import services


@shared_task
def escalate_overdue(**_: Any) -> int:
    """Bring before the managers what became late, some at a time."""
    total = 0
    while number := services.escalate_overdue(now=timezone.now()):
        total += number
    return total


BEAT_SCHEDULE = {
    "cases-escalate-overdue": {
        "task": "core.cases.tasks.escalate_overdue",
        "schedule": crontab(hour="6", minute="10"),
    },
}
