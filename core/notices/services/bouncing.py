"""Notes addresses that do not work, and tells their people where they still are told things."""

import datetime
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import override

from core.notices.addresses import KIND
from core.notices.enums import Channel, DeliveryState
from core.notices.models import Bounce, Delivery, PushSubscription
from core.notices.models.message import RETURNED

MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@[^>\s]+>")
PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")
FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Returned:
    """One address that a report says does not work, and the parcel that it is about, if it says."""

    address: str
    reason: str
    parcel: UUID | None = None


@transaction.atomic
def note_dead_address(
    *, person_id: int, channel: str, address: str, reason: str, now: datetime.datetime
) -> bool:
    """Send nothing more to an address until its person says that it works; True the first time."""
    if channel == Channel.PUSH:
        return bool(PushSubscription.objects.filter(endpoint=address).delete()[0])
    _, is_new = Bounce.objects.get_or_create(
        person_id=person_id,
        kind=KIND[Channel(channel)],
        address=address,
        defaults={"reason": (reason or _unsaid())[:200], "bounced_at": now},
    )
    return is_new


@transaction.atomic
def take_bounces(*, returned: list[Returned], now: datetime.datetime) -> int:
    """Mark addresses of letters that came back, each for whoever has it; answer how many were new.

    An address that is nobody's is passed over: reports are sent by anybody who knows where to.
    """
    people = get_user_model().objects
    new = 0
    for one in returned:
        person = people.filter(email=one.address.strip().lower()).values_list("pk", flat=True)
        for person_id in person.order_by("pk"):
            new += note_dead_address(
                person_id=person_id,
                channel=Channel.EMAIL,
                address=one.address.strip().lower(),
                reason=one.reason,
                now=now,
            )
            Delivery.objects.filter(
                parcel=one.parcel, person=person_id, channel=Channel.EMAIL
            ).exclude(parcel=None).update(
                state=DeliveryState.BOUNCED, error=one.reason[:200], leased_until=None
            )
    return new


@transaction.atomic
def forgive_address(*, person_id: int, kind: str) -> int:
    """Send to a person's addresses of a kind again: they say that it works now."""
    return Bounce.objects.filter(person=person_id, kind=kind).delete()[0]


def read_report(raw: bytes) -> list[Returned]:
    """Answer what a delivery status notification says to have failed for good (RFC 3464).

    Anything else (an answer of somebody on holiday, a delay, a letter) says nothing.
    """
    report = message_from_bytes(raw, policy=policy.default)
    if report.get_content_type() != "multipart/report":
        return []
    parcel = _parcel_of(report)
    found = []
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            for block in blocks if isinstance(blocks, list) else []:
                if isinstance(block, Message) and (one := _failed(block, parcel)):
                    found.append(one)
    return found


def _failed(block: Message, parcel: UUID | None) -> Returned | None:
    status, action = str(block.get("Status", "")), str(block.get("Action", "")).strip().lower()
    recipient = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    address = recipient.partition(";")[2].strip()
    if action != FAILED or not address or not PERMANENT.match(status.strip()):
        return None
    return Returned(address, f"{_unsaid()} ({status.strip()[:12]})", parcel)


def _unsaid() -> str:
    """Answer the words that are kept: Korean, whoever happens to be told of it."""
    with override("ko"):
        return str(RETURNED)


def _parcel_of(report: EmailMessage | Message) -> UUID | None:
    """Answer which of our letters came back: its Message-ID stands in the part that returns it."""
    for part in report.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            if found := MESSAGE_ID.search(_text_of(part)):
                return UUID(found[1])
    return None


def _text_of(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n".join(inner.as_string() for inner in payload if isinstance(inner, Message))
    return str(payload)
