"""What is done each night about the keeping of personal data."""

from importlib import import_module
from typing import Any

import structlog
from celery import shared_task
from celery.schedules import crontab
from django.conf import settings
from django.utils import timezone

from core.records import services

log = structlog.get_logger("portal.records")


@shared_task
def keep_months(**_: Any) -> list[list[str]]:
    """Make the access log's coming months, and drop those that are older than two years."""
    return list(services.keep_months(now=timezone.now()))


@shared_task
def carry_out_erasures(**_: Any) -> int:
    """Erase whom it is time for; what failed is a line each, and tried again tomorrow."""
    night = services.carry_out_erasures(now=timezone.now())
    say = log.error if night.failed else log.info
    say("erasures carried out", number=night.done, failed=[one.request for one in night.failed])
    return night.done


@shared_task
def keep_to_terms(**_: Any) -> int:
    """Remove what has been kept long enough, and sessions that have ended; a line for each."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    done = services.keep_to_terms(now=timezone.now())
    for one in done:
        say = log.error if one.fault else log.info
        say("retention", model=one.model, deed=one.deed, rows=one.rows, fault=one.fault)
    return sum(one.rows for one in done)


BEAT_SCHEDULE = {
    "keep the months of the access log": {
        "task": "core.records.tasks.keep_months",
        "schedule": crontab(hour="4", minute="10"),
    },
    "carry out erasures": {
        "task": "core.records.tasks.carry_out_erasures",
        "schedule": crontab(hour="4", minute="20"),
    },
    "keep personal data no longer than declared": {
        "task": "core.records.tasks.keep_to_terms",
        "schedule": crontab(hour="4", minute="40"),
    },
}
