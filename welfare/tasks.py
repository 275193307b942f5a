"""What the welfare area does at night, after the syncs."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from welfare import services
from welfare.search import follow_benefits, follow_publication


@shared_task
def locate_facilities(**_: Any) -> int:
    """Find doors by the address service, where its key is configured."""
    if found := services.ask_address_service(now=timezone.now()):
        follow_publication(timezone.now())
    return found


@shared_task
def turn_deadlines(**_: Any) -> None:
    """Take up the day: yearly windows go by, and others open."""
    follow_benefits(timezone.now())


BEAT_SCHEDULE = {
    "turn the deadlines of benefits": {
        "task": "welfare.tasks.turn_deadlines",
        "schedule": crontab(hour="0", minute="5"),
    },
    "find the doors of facilities": {
        "task": "welfare.tasks.locate_facilities",
        "schedule": crontab(hour="4", minute="0"),
    },
}
