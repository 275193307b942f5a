"""What people choose about their messages, on the page of settings or by the link in a letter."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from core.notices.channels import offered_channels
from core.notices.declaration import NoticePurpose, everybody
from core.notices.enums import Language, Mode
from core.notices.models import Delivery, Message, Preference, PushSubscription, Reader
from core.notices.registry import declared_purposes
from core.notices.rules import SEOUL
from core.notices.services.moving import move_what_waits
from core.notices.services.taking_back import take_out
from core.notices.stopping import ALL
from core.offices.people import Person
from core.records.reading import system_reading

STOPPED = "받지 않겠다고 한 알림입니다."


class ChoiceRefused(Exception):
    """Nothing was changed: these messages cannot be stopped."""


def purposes_of(person: Person | None) -> list[NoticePurpose]:
    """Answer what somebody gets, as things stand; of nobody known, what everybody gets."""
    return [
        purpose
        for purpose in declared_purposes().values()
        if (purpose.reaches is everybody if person is None else purpose.reaches(person))
    ]


def named_purposes(named: str, person_id: int) -> list[NoticePurpose]:
    """Answer what a stop link is for: the one that it names, or of all what its person gets."""
    if named != ALL:
        return [one for one in declared_purposes().values() if one.slug == named]
    with system_reading("what the owner of a stop link gets; nothing of them is shown"):
        person: Any = get_user_model().objects.filter(pk=person_id, is_active=True).first()
        return purposes_of(person)


def stoppable(purposes: Iterable[NoticePurpose]) -> list[NoticePurpose]:
    return [one for one in purposes if one.can_be_silenced]


def stopped_among(purposes: Iterable[NoticePurpose], person_id: int) -> frozenset[str]:
    """Answer which of them leave the portal no more, as somebody chose."""
    rows = Preference.objects.filter(person=person_id).order_by("pk")
    held = {one.purpose: one for one in rows}
    return frozenset(
        one.slug for one in purposes if one.slug in held and _is_stopped(one, held[one.slug])
    )


def _is_stopped(purpose: NoticePurpose, held: Preference) -> bool:
    return not held.channels if purpose.is_compulsory else held.mode == Mode.STOPPED


@transaction.atomic
def choose(
    *,
    person_id: int,
    purpose: NoticePurpose,
    mode: Mode,
    channels: Sequence[str],
    now: datetime.datetime,
) -> None:
    """Keep how a person wants to hear of a purpose; what waits in the queue follows.

    A channel that is not set up now stays as it was chosen before, for when it comes back. What is
    urgent keeps its own channels whatever is chosen: whoever has stolen an account must not be able
    to silence what its owner would be told.
    Raises ChoiceRefused for stopping what cannot be stopped.
    """
    if mode is Mode.STOPPED and purpose.is_compulsory:
        raise ChoiceRefused(purpose.slug)
    held = Preference.objects.filter(person=person_id, purpose=purpose.slug).first()
    offered = offered_channels()
    absent = [one for one in (held.channels if held else ()) if one not in offered]
    always = purpose.channels if purpose.is_urgent else ()
    chosen = [one for one in offered if one in (*channels, *always)]
    Preference.objects.update_or_create(
        person_id=person_id,
        purpose=purpose.slug,
        defaults={"mode": mode, "channels": [*chosen, *absent], "chosen_at": now},
    )
    # No channel at all is a stop as well, for what stays in the inbox alone.
    if mode is Mode.STOPPED or not chosen:
        _drop_what_waits(person_id, purpose)
    else:
        move_what_waits(person_id=person_id, purpose=purpose.slug, channels=chosen)


def _drop_what_waits(person_id: int, purpose: NoticePurpose) -> None:
    theirs = Delivery.objects.filter(person=person_id, message__purpose=purpose.slug)
    take_out(theirs, why=STOPPED)


@transaction.atomic
def stop(*, person_id: int, named: str, now: datetime.datetime) -> list[NoticePurpose]:
    """Stop what a link names, and answer what was; once more changes nothing.

    What is compulsory stays in the inbox alone. A link may outlive its person's account; then there
    is nothing left to stop.
    """
    purposes = stoppable(named_purposes(named, person_id))
    is_there = get_user_model().objects.filter(pk=person_id).exists()
    for purpose in purposes if is_there else ():
        channels = list(purpose.channels)
        held = Preference.objects.filter(person=person_id, purpose=purpose.slug).first()
        if purpose.is_compulsory:
            Preference.objects.update_or_create(
                person_id=person_id,
                purpose=purpose.slug,
                defaults={"channels": [], "chosen_at": now},
                create_defaults={"mode": purpose.mode, "channels": [], "chosen_at": now},
            )
            _drop_what_waits(person_id, purpose)
            continue
        choose(
            person_id=person_id,
            purpose=purpose,
            mode=Mode.STOPPED,
            channels=held.channels if held else channels,
            now=now,
        )
    return purposes


@transaction.atomic
def start_again(*, person_id: int, named: str, now: datetime.datetime) -> list[NoticePurpose]:
    """Undo a stop: messages come as often as the purpose proposes."""
    purposes = stoppable(named_purposes(named, person_id))
    stopped = stopped_among(purposes, person_id)
    Preference.objects.filter(person=person_id, purpose__in=stopped).delete()
    return purposes


@transaction.atomic
def mark_read(
    *, person_id: int, now: datetime.datetime, message_id: int | None = None, until: int = 0
) -> int:
    """Mark one message as read, or all up to (and with) the one that a page showed first."""
    unread = Message.objects.visible_to(person_id, on=now.astimezone(SEOUL).date()).unread()
    chosen = unread.filter(pk=message_id) if message_id else unread.filter(pk__lte=until)
    return chosen.update(read_at=now)


@transaction.atomic
def set_language(*, person_id: int, language: Language) -> None:
    Reader.objects.update_or_create(person_id=person_id, defaults={"language": language})


@transaction.atomic
def add_browser(
    *, person_id: int, endpoint: str, key: str, secret: str, now: datetime.datetime
) -> None:
    """Show messages in a browser; one that somebody else used before is theirs no more."""
    PushSubscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={"person_id": person_id, "key": key, "secret": secret, "added_at": now},
    )


@transaction.atomic
def remove_browsers(*, person_id: int) -> int:
    return PushSubscription.objects.filter(person=person_id).delete()[0]
