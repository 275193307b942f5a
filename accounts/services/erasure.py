"""Asks that a person be forgotten, and calls it off: each told to them at once, by letter."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.notices import ErasureAsked, ErasureCalledOff
from core.notices.services import tell
from core.records import services
from core.records.models import ErasureRequest


@transaction.atomic
def ask_erasure(*, person: User, now: datetime.datetime) -> ErasureRequest:
    """Begin the waiting period, as `core.records` does, and say where the receipt will stand."""
    asked = services.ask_erasure(person=person, now=now)
    tell(
        notice=ErasureAsked,
        person=person,
        facts={"due": timezone.localdate(asked.due_at).isoformat()},
        cause=f"erasure:{asked.pk}:asked",
        url=f"/erasure/{asked.code}/",
        now=now,
    )
    return asked


@transaction.atomic
def call_off_erasure(*, person: User, now: datetime.datetime) -> bool:
    asked = ErasureRequest.objects.waiting().of(person.pk).first()
    if asked is None or not services.call_off_erasure(person=person, now=now):
        return False
    tell(
        notice=ErasureCalledOff,
        person=person,
        facts={},
        cause=f"erasure:{asked.pk}:called-off",
        url="/my/data/",
        now=now,
    )
    return True
