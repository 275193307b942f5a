"""Tells very many people something, and brings it to some of them as files, timed step by step."""

import datetime
import tempfile
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.test.utils import override_settings
from django.utils import timezone

from core.cases.notices import RequestMoved
from core.cases.registry import declared_kinds
from core.notices import rules
from core.notices.enums import Channel
from core.notices.notices import PhoneAdded
from core.notices.services.delivering import BATCH, deliver_due
from core.notices.services.telling import Told, tell_many
from core.sandbox.bench.wrk import BenchFailed


def work(*, people: int, delivered: int) -> dict[str, float]:
    """Queue a digest's message for all, and for some one that goes out at once; answer seconds."""
    now = timezone.now()
    everybody = get_user_model().objects.filter(email__endswith="@bench.example").order_by("pk")
    with (
        tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder,
        override_settings(EMAIL_FILE_PATH=folder),
    ):
        return {
            "queued": _timed(lambda: _tell_of_requests(everybody, people, now)),
            "queued_at_once": _timed(lambda: _tell_at_once(everybody[:delivered], now)),
            "sent_at_once": _timed(lambda: _deliver(delivered, now)),
            "sent_as_digests": _timed(lambda: _deliver(delivered, rules.next_morning(now))),
        }


def _tell_of_requests(people: QuerySet[Any], number: int, now: datetime.datetime) -> None:
    kind = next(iter(declared_kinds().values()))
    _all_of(
        number,
        tell_many(
            notice=RequestMoved,
            people=people,
            facts={"kind": kind.slug, "state": kind.start.slug},
            cause="bench:moved",
            url="/my/requests/",
            now=now,
        ),
    )


def _tell_at_once(people: QuerySet[Any], now: datetime.datetime) -> None:
    keys = list(people.values_list("pk", flat=True))
    told = tell_many(
        notice=PhoneAdded, people=keys, facts=PhoneAdded.sample, cause="bench:phone", now=now
    )
    _all_of(len(keys), told)


def _all_of(number: int, told: Told) -> None:
    if (told.messages, told.deliveries) != (number, number):
        raise BenchFailed(f"{number} people were to be told something, and {told} were.")


def _deliver(number: int, now: datetime.datetime) -> None:
    """Send as the task does, batch by batch, in this one process."""
    sent = 0
    while sent < number:
        batch = deliver_due(now=now, channel=Channel.EMAIL, limit=min(BATCH, number - sent))
        if not batch.sent:
            raise BenchFailed(f"Of {number} messages {sent} were sent.")
        sent += batch.sent


def _timed(work: Callable[[], None]) -> float:
    began_at = time.perf_counter()
    work()
    return time.perf_counter() - began_at
