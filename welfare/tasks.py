"""What the welfare area does at night, after the syncs."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from welfare import services
from welfare.search import follow_publication


@shared_task
def locate_facilities(**_: Any) -> int:
    """Find doors by the address service, where its key is configured."""
    if found := services.ask_address_service(now=timezone.now()):
        follow_publication(timezone.now())
    return found


BEAT_SCHEDULE = {
    "find the doors of facilities": {
        "task": "welfare.tasks.locate_facilities",
        "schedule": crontab(hour="4", minute="0"),
    }
}
