"""The task queue: one Celery application; tasks and their times live in the apps' tasks.py."""

import logging.config
import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from celery import Celery
from celery.signals import import_modules, setup_logging, task_postrun, task_prerun
from django.apps import apps
from django.conf import settings
from structlog.contextvars import bind_contextvars, clear_contextvars

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seoul_portal.settings")

app = Celery("seoul_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Else threads of the web server would send their tasks to a default application without broker.
app.set_default()


def beat_schedule() -> dict[str, Any]:
    """Put together what every app's tasks.py declares as BEAT_SCHEDULE; no name twice."""
    schedule: dict[str, Any] = {}
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.tasks") is None:
            continue
        module = import_module(f"{config.name}.tasks")
        declared: dict[str, Any] = getattr(module, "BEAT_SCHEDULE", {})
        if twice := schedule.keys() & declared.keys():
            raise RuntimeError(f"{config.name}.tasks declares {sorted(twice)} a second time.")
        schedule |= declared
    return schedule


# Sent in worker and beat once Django is up: beat alone needs the times.
@import_modules.connect(weak=False)
def compose_schedule(**_: object) -> None:
    app.conf.beat_schedule = beat_schedule()


@setup_logging.connect(weak=False)
def log_as_the_portal_does(**_: object) -> None:
    logging.config.dictConfig(settings.LOGGING)


@task_prerun.connect(weak=False)
def name_task(task_id: str, task: Any, **_: object) -> None:
    bind_contextvars(task=task.name, task_id=task_id)


@task_postrun.connect(weak=False)
def forget_task(**_: object) -> None:
    clear_contextvars()
