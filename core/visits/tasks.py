"""Stores, by the hour, how often things were opened."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from core.visits import services


@shared_task
def store_openings(**_: Any) -> int:
    return services.store_openings(day=timezone.localdate())


BEAT_SCHEDULE = {
    "store openings": {
        "task": "core.visits.tasks.store_openings",
        "schedule": crontab(minute="55"),
    }
}
