"""What is done each night about cases: work finds its people, what is late climbs, files go."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from core.cases import services


@shared_task
def escalate_overdue(**_: Any) -> int:
    return services.escalate_overdue(now=timezone.now())


@shared_task
def release_those_who_left(**_: Any) -> int:
    return services.release_those_who_left(now=timezone.now())


@shared_task
def hand_on_stranded(**_: Any) -> int:
    return services.hand_on_stranded(now=timezone.now())


@shared_task
def sweep_files(**_: Any) -> int:
    return services.sweep_files(now=timezone.now())


@shared_task
def forget_old_cases(**_: Any) -> int:
    return services.forget_old_cases(now=timezone.now())


BEAT_SCHEDULE = {
    "forget old cases": {
        "task": "core.cases.tasks.forget_old_cases",
        "schedule": crontab(hour="4", minute="45"),
    },
    "take work back from who left": {
        "task": "core.cases.tasks.release_those_who_left",
        "schedule": crontab(hour="0", minute="10"),
    },
    "hand on what is stranded": {
        "task": "core.cases.tasks.hand_on_stranded",
        "schedule": crontab(hour="0", minute="15"),
    },
    "let overdue cases climb": {
        "task": "core.cases.tasks.escalate_overdue",
        "schedule": crontab(hour="0", minute="20"),
    },
    "sweep files of nobody": {
        "task": "core.cases.tasks.sweep_files",
        "schedule": crontab(hour="4", minute="50"),
    },
}
