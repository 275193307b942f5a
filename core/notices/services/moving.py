"""Moves what waits for somebody to the ways that they have chosen since.

Without this, whoever turns from e-mail to the telephone would get the letters of tonight where they
no longer look. What was given up stays as it was: it may be old, and staff decide on it. What is
being sent at this instant may arrive by both ways, which is better than by none.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from core.notices.enums import Channel, DeliveryState, Mode
from core.notices.models import Delivery, TakenBack
from core.notices.models.message import DeliveryQuerySet
from core.notices.registry import declared_notices
from core.notices.services.taking_back import take_out

MOVED = "받는 사람이 다른 방법을 골랐습니다."


@transaction.atomic
def move_what_waits(*, person_id: int, purpose: str, channels: Collection[str]) -> None:
    """Let all that waits of this purpose go by these channels, and by no other.

    A message that cannot go by any of them stays in the inbox alone, as a new one would.
    """
    theirs = Delivery.objects.filter(person=person_id, message__purpose=purpose)
    waiting = theirs.waiting().select_related("message").order_by("message_id", "pk")
    of_message: dict[int, list[Delivery]] = defaultdict(list)
    for row in waiting.exclude(taken_back__isnull=False):
        of_message[row.message_id].append(row)
    _let_return(theirs.filter(message__in=of_message, channel__in=channels))
    missing = [
        _by(channel, rows[0]) for rows in of_message.values() for channel in _ways(rows, channels)
    ]
    # What went by this way before, or goes by it already, is not sent by it again.
    Delivery.objects.bulk_create(missing, ignore_conflicts=True)
    take_out(theirs.waiting().exclude(channel__in=channels), why=MOVED)


def _ways(rows: list[Delivery], channels: Collection[str]) -> list[str]:
    notice = declared_notices().get(rows[0].message.notice)
    return [one for one in channels if notice is not None and notice.goes_by(Channel(one))]


def _by(channel: str, row: Delivery) -> Delivery:
    """Answer the same message by another way, as pressing as it was and due when it was."""
    at_once = row.mode == Mode.AT_ONCE
    return Delivery(
        message_id=row.message_id,
        person_id=row.person_id,
        channel=channel,
        mode=row.mode,
        is_urgent=row.is_urgent,
        state=DeliveryState.QUEUED,
        due_at=row.due_at,
        try_at=row.due_at,
        parcel=uuid.uuid4() if at_once else None,
        is_lead=at_once,
    )


def _let_return(rows: DeliveryQuerySet) -> None:
    """Queue again what an earlier choice moved away; whatever else took a row back holds."""
    moved = list(rows.filter(taken_back__why=MOVED).order_by("pk").values_list("pk", flat=True))
    TakenBack.objects.filter(delivery__in=moved).delete()
    gone = Delivery.objects.filter(pk__in=moved, state=DeliveryState.SUPPRESSED, error=MOVED)
    for row in gone.order_by("pk"):
        fresh = _by(row.channel, row)
        Delivery.objects.filter(pk=row.pk).update(
            state=DeliveryState.QUEUED, error="", attempts=0, leased_until=None,
            try_at=F("due_at"), parcel=fresh.parcel, is_lead=fresh.is_lead,
        )  # fmt: skip
