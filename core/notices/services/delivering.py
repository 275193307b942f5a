"""Brings what is due to people: claimed, sent, noted, each in a transaction of its own.

Killed between the second and the third, a parcel is claimed again when its lease has run out, and
its channel knows by the parcel's key whether it has been there already.
"""

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from core.notices import rules
from core.notices.addresses import AddressBook, address_book
from core.notices.channels import sender_of
from core.notices.channels.contract import Address, Parcel, Sender, Undelivered
from core.notices.composing import compose
from core.notices.enums import DeliveryState
from core.notices.models import Delivery
from core.notices.models.message import DeliveryQuerySet
from core.notices.registry import UnknownNotice
from core.notices.services.bouncing import note_dead_address
from core.notices.services.claiming import Claim, begin, claim, still_wanted

log = logging.getLogger(__name__)
BATCH = 20
BROKE_OFF = "보내다가 여러 번 멈추었습니다."
NO_WORDS = "이 메시지의 글이 더는 없습니다."
PERHAPS_GONE = "앞서 보내다가 끊겨, 그때 이미 갔을 수도 있습니다."
OWN_FAULT = "보내는 프로그램에 오류가 있습니다."


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the parcels of one batch."""

    claimed: int
    sent: int


def deliver_due(*, now: datetime.datetime, channel: str, limit: int = BATCH) -> Delivered:
    """Send what is due by one channel, at most `limit` parcels; safe to run any number at once."""
    claims = claim(channel=channel, now=now, limit=limit)
    if not claims:
        return Delivered(0, 0)
    book = address_book(channel, [one.lead.person_id for one in claims])
    sender = sender_of(channel)
    sent = [_deliver(one, sender, book, now) for one in claims]
    return Delivered(len(claims), sum(sent))


def _deliver(claimed: Claim, sender: Sender, book: AddressBook, now: datetime.datetime) -> bool:
    """Say whether the parcel went out; whatever else became of it is noted."""
    lead = claimed.lead
    addresses = book.addresses.get(lead.person_id, ())
    if not begin(claimed, now):
        return False
    claimed = still_wanted(claimed, now)
    if not claimed.messages:
        _finish(claimed, DeliveryState.SUPPRESSED)
    elif lead.attempts > rules.MOST_ATTEMPTS:
        _finish(claimed, DeliveryState.GIVEN_UP, error=BROKE_OFF)
    elif not addresses:
        _finish(claimed, DeliveryState.SUPPRESSED, error=book.silence[lead.person_id])
    else:
        return _send(claimed, sender, addresses, book.language_of(lead.person_id), now)
    return False


def _send(
    claimed: Claim,
    sender: Sender,
    addresses: Sequence[Address],
    language: str,
    now: datetime.datetime,
) -> bool:
    lead = claimed.lead
    try:
        parcel = Parcel(
            key=claimed.key,
            letter=compose(claimed.messages, language=language),
            due_at=lead.due_at,
            now=now,
            was_tried=lead.attempts > 1,
        )
        dead = sender.send(parcel, addresses)
    except Undelivered as fault:
        _note_dead(claimed, fault.dead, fault.words, now)
        _fail(claimed, fault.words, now, is_final=fault.is_final, is_dead=bool(fault.dead))
        return False
    except UnknownNotice:
        _fail(claimed, NO_WORDS, now, is_final=True)
        return False
    except Exception:
        # One parcel that cannot be made must hold up no other; the worklist shows it in the end.
        log.exception("a parcel could not be sent", extra={"channel": lead.channel})
        _fail(claimed, OWN_FAULT, now, is_final=False)
        return False
    _note_dead(claimed, dead, "", now)
    _finish(claimed, DeliveryState.SENT, sent_at=now)
    return True


def _fail(
    claimed: Claim,
    words: str,
    now: datetime.datetime,
    *,
    is_final: bool,
    is_dead: bool = False,
) -> None:
    lead = claimed.lead
    if is_final:
        state = DeliveryState.BOUNCED if is_dead else DeliveryState.FAILED
        _finish(claimed, state, error=words)
        return
    again = rules.next_try(attempts=lead.attempts, now=now, is_urgent=lead.is_urgent)
    if again is None:
        _finish(claimed, DeliveryState.GIVEN_UP, error=words)
        return
    _mine(claimed).update(try_at=again, leased_until=None, error=words[:200])


def _finish(
    claimed: Claim,
    state: DeliveryState,
    *,
    error: str = "",
    sent_at: datetime.datetime | None = None,
) -> None:
    """Note the end for every message of the parcel, whoever holds it now."""
    rows = Delivery.objects.waiting().filter(parcel=claimed.key)
    for message, why in claimed.left_out.items():
        words = f"{why} {PERHAPS_GONE}" if claimed.was_broken_off else why
        rows.filter(message=message).update(
            state=DeliveryState.SUPPRESSED, error=words, leased_until=None
        )
    rows.update(state=state, error=error[:200], sent_at=sent_at, leased_until=None)


def _mine(claimed: Claim) -> DeliveryQuerySet:
    """Keep the leading row only while the lease is still ours."""
    return Delivery.objects.waiting().filter(
        pk=claimed.lead.pk, leased_until=claimed.lease, attempts=claimed.lead.attempts
    )


def _note_dead(claimed: Claim, dead: Sequence[str], words: str, now: datetime.datetime) -> None:
    for address in dead:
        note_dead_address(
            person_id=claimed.lead.person_id,
            channel=claimed.lead.channel,
            address=address,
            reason=words,
            now=now,
        )
