"""Reads the indicators of the day before, in the night after it."""

import datetime
from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from core.kpi import services


@shared_task
def read_due_indicators(**_: Any) -> int:
    now = timezone.now()
    yesterday = timezone.localdate(now) - datetime.timedelta(days=1)
    return services.read_due_indicators(day=yesterday, now=now).figures


BEAT_SCHEDULE = {
    "read indicators": {
        "task": "core.kpi.tasks.read_due_indicators",
        "schedule": crontab(hour="0", minute="35"),
    }
}
