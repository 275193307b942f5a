"""Takes parcels for a worker: each is one worker's until it is done, or its lease has run out."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection, transaction
from django.db.models import F

from core.notices import rules
from core.notices.enums import DeliveryState
from core.notices.models import Delivery, Message, TakenBack

# Longer than a whole batch may wait for a provider, shorter than AlimTalk remembers a key.
LEASE = datetime.timedelta(minutes=5)
MOST_IN_A_DIGEST = 50
ENDED = "받는 사람이 더는 대신하지 않습니다."

# All of a person's due messages of a channel become one parcel, led by the oldest. One worker at a
# time does this for a channel (the lock), so that no two halves of a digest are formed.
FORM = """
WITH people AS (
    SELECT person_id, gen_random_uuid() AS parcel
    FROM (
        SELECT DISTINCT person_id FROM notices_delivery
        WHERE channel = %s AND state = 'QUEUED' AND parcel IS NULL AND try_at <= %s
        LIMIT %s
    ) AS due
),
ranked AS (
    SELECT delivery.id, people.parcel,
           row_number() OVER (PARTITION BY delivery.person_id ORDER BY delivery.id) AS place
    FROM notices_delivery AS delivery JOIN people ON people.person_id = delivery.person_id
    WHERE delivery.channel = %s AND delivery.state = 'QUEUED' AND delivery.parcel IS NULL
        AND delivery.try_at <= %s
)
UPDATE notices_delivery AS delivery
SET parcel = ranked.parcel, is_lead = ranked.place = 1
FROM ranked WHERE ranked.id = delivery.id AND ranked.place <= %s
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One parcel in a worker's hands: its leading delivery, and every message in it."""

    lead: Delivery
    messages: tuple[Message, ...]
    lease: datetime.datetime
    # Messages that are in the parcel and are not to be sent any more, each with the reason.
    left_out: Mapping[int, str] = field(default_factory=dict)

    @property
    def was_broken_off(self) -> bool:
        """Say whether a worker died holding it: nobody knows whether it had sent it."""
        return self.lead.leased_until is not None

    @property
    def key(self) -> uuid.UUID:
        if self.lead.parcel is None:
            raise AssertionError("a constraint keeps a lead from having no parcel")
        return self.lead.parcel


@transaction.atomic
def claim(*, channel: str, now: datetime.datetime, limit: int) -> list[Claim]:
    """Answer parcels that are due and nobody holds, the longest due first."""
    if not rules.is_quiet(now):
        _form_digests(channel, now, limit)
    due = Delivery.objects.claimable(channel=channel, now=now).order_by("try_at", "pk")
    leads = list(due.select_for_update(skip_locked=True)[:limit])
    lease = now + LEASE
    Delivery.objects.filter(pk__in=[lead.pk for lead in leads]).update(leased_until=lease)
    messages = _messages_of(leads)
    return [Claim(lead, tuple(messages[lead.parcel]), lease) for lead in leads]


def begin(claimed: Claim, now: datetime.datetime) -> bool:
    """Count one more attempt, right before it; False where the lease ran out and is another's.

    Killed in this attempt, the parcel comes after all that have waited without one.
    """
    claimed.lead.attempts += 1
    mine = Delivery.objects.waiting().filter(pk=claimed.lead.pk, leased_until=claimed.lease)
    return bool(mine.update(attempts=F("attempts") + 1, try_at=now))


def still_wanted(claimed: Claim, now: datetime.datetime) -> Claim:
    """Leave out what was taken back since it was queued, or since the parcel was claimed.

    Asked right before each attempt. What is taken back from here on is on its way already: nobody
    can call it back, but no later attempt sends it.
    """
    taken = TakenBack.objects.filter(delivery__parcel=claimed.key).order_by("pk")
    ended = _not_theirs(claimed.messages, now) | dict(taken.values_list("delivery__message", "why"))
    if not ended:
        return claimed
    told = tuple(one for one in claimed.messages if one.pk not in ended)
    return replace(claimed, messages=told, left_out=ended)


def _not_theirs(messages: Sequence[Message], now: datetime.datetime) -> dict[int, str]:
    """Answer what is about people for whom the recipient no longer stands in."""
    others = [one.pk for one in messages if one.about_id is not None]
    if not others:
        return {}
    theirs = Message.objects.filter(pk__in=others).still_theirs(now.astimezone(rules.SEOUL).date())
    kept = set(theirs.order_by("pk").values_list("pk", flat=True))
    return {pk: ENDED for pk in others if pk not in kept}


def _form_digests(channel: str, now: datetime.datetime, limit: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"notices.form {channel}"]
        )
        if cursor.fetchone() == (True,):
            cursor.execute(FORM, [channel, now, limit, channel, now, MOST_IN_A_DIGEST])


def _messages_of(leads: list[Delivery]) -> dict[uuid.UUID | None, list[Message]]:
    held: dict[uuid.UUID | None, list[Message]] = defaultdict(list)
    rows = (
        Delivery.objects.filter(
            parcel__in=[lead.parcel for lead in leads], state=DeliveryState.QUEUED
        )
        .select_related("message__about")
        .order_by("pk")
    )
    for row in rows:
        held[row.parcel].append(row.message)
    return held
