"""What the welfare area does at night, after the syncs."""

import time
from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from welfare import services
from welfare.models import RuleVersion, ScreeningRun
from welfare.search import follow_benefits, follow_publication
from welfare.services import care_forgetting as forgetting
from welfare.services import care_reminding, screening
from welfare.services.hardship_matching import follow_caseload
from welfare.services.outcomes import ask_outcomes
from welfare.services.rule_versions import count_effect
from welfare.services.saved_screenings import forget_outdated_screenings
from welfare.services.sign_weighing import weigh_households

# A worker takes up pieces for so long, and then lets other tasks come first.
SCREENING_SECONDS = 50
WORKERS = 2


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


@shared_task
def start_nightly_run(**_: Any) -> None:
    """Look for everybody who wants it whether the day changed anything."""
    now = timezone.now()
    screening.start_nightly_run(on=timezone.localdate(now), now=now)
    continue_screening()


@shared_task
def start_rule_run(*, version: int, **_: Any) -> None:
    """Look whom a publication concerns, right after it."""
    now = timezone.now()
    published = RuleVersion.objects.get(pk=version)
    screening.start_rule_run(version=published, on=timezone.localdate(now), now=now)
    continue_screening()


@shared_task
def count_rule_effect(*, version: int, **_: Any) -> bool:
    """Count for the desk whom a draft would concern."""
    now = timezone.now()
    return count_effect(number=version, on=timezone.localdate(now), now=now)


@shared_task
def continue_screening(**_: Any) -> None:
    """Take up every run that is not done: also what a killed worker has left."""
    for run in ScreeningRun.objects.unfinished().order_by("-pk"):
        for _number in range(WORKERS):
            screen_people.apply_async(kwargs={"run": run.pk}, expires=SCREENING_SECONDS)


@shared_task
def screen_people(*, run: int, **_: Any) -> int:
    """Do pieces of a run, one transaction each, as long as this worker's turn lasts."""
    began, pieces = time.monotonic(), 0
    held = ScreeningRun.objects.select_related("version__replaces").get(pk=run)
    turn = screening.Turn(held)
    while screening.screen_piece(turn=turn, now=timezone.now()):
        pieces += 1
        if time.monotonic() - began > SCREENING_SECONDS:
            break
    return pieces


@shared_task
def ask_what_became(**_: Any) -> None:
    """Ask those who agreed, thirty days later, in turns of one transaction each."""
    now = timezone.now()
    while ask_outcomes(on=timezone.localdate(now), now=now):
        pass


@shared_task
def remind_of_ends(**_: Any) -> None:
    """Remind those who agreed of what ends within a month, in turns of one transaction each."""
    now = timezone.now()
    while care_reminding.remind_of_ends(on=timezone.localdate(now), now=now):
        pass


@shared_task
def forget_screenings(**_: Any) -> int:
    """Delete the answers whose thirty days are over."""
    return forget_outdated_screenings(on=timezone.localdate())


@shared_task
def weigh_signs(**_: Any) -> int:
    """Bring the lists of signs up to the day: whom the caseload knows by now, and what weighs."""
    now = timezone.now()
    follow_caseload(now=now)
    return weigh_households(on=timezone.localdate(now))


@shared_task
def forget_households(**_: Any) -> int:
    """Delete households whose care ended long enough ago."""
    return forgetting.forget_households(now=timezone.now())


BEAT_SCHEDULE = {
    "forget households whose time is over": {
        "task": "welfare.tasks.forget_households",
        "schedule": crontab(hour="3", minute="40"),
    },
    "forget screenings whose time is over": {
        "task": "welfare.tasks.forget_screenings",
        "schedule": crontab(hour="3", minute="20"),
    },
    # After what is kept long enough has gone.
    "weigh the signs of hardship": {
        "task": "welfare.tasks.weigh_signs",
        "schedule": crontab(hour="5", minute="20"),
    },
    "ask what became of benefits": {
        "task": "welfare.tasks.ask_what_became",
        "schedule": crontab(hour="5", minute="0"),
    },
    "remind of benefits that end": {
        "task": "welfare.tasks.remind_of_ends",
        "schedule": crontab(hour="5", minute="10"),
    },
    "look at night what changed for people": {
        "task": "welfare.tasks.start_nightly_run",
        # Of a day there is one run: later hours begin what no worker or no queue was there for.
        "schedule": crontab(hour="2-23", minute="30"),
    },
    "go on with what is looked at": {
        "task": "welfare.tasks.continue_screening",
        "schedule": crontab(),
    },
    "turn the deadlines of benefits": {
        "task": "welfare.tasks.turn_deadlines",
        "schedule": crontab(hour="0", minute="5"),
    },
    "find the doors of facilities": {
        "task": "welfare.tasks.locate_facilities",
        "schedule": crontab(hour="4", minute="0"),
    },
}
