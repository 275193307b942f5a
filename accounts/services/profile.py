"""What a person tells of themselves, keeps, and takes back; never kept without a purpose."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.enums import FactGroup
from accounts.models import FactSheet, Profile, User
from accounts.queries import purposes_for
from core.records.consents import consented_purposes
from core.records.enums import Channel
from core.records.purposes import get_purpose
from core.records.services import give_consent, withdraw_consent

BASICS = ("birth_date", "district_code", "dong_code")


class NoPurpose(Exception):
    """Facts for which nothing is agreed to are not kept."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What has ended: the purpose, and whether the facts went with it."""

    purpose: str
    group: FactGroup
    is_forgotten: bool


@transaction.atomic
def tell_facts(
    *,
    person: User,
    group: FactGroup,
    facts: Mapping[str, Any],
    purposes: Collection[str],
    channel: Channel,
    now: datetime.datetime,
) -> None:
    """Keep one group of facts in place of what it held, for these purposes and no others.

    What was agreed to before and is not among them is withdrawn. Raises NoPurpose where none is.
    """
    offered = {one.slug for one in purposes_for(group)}
    chosen = offered & set(purposes)
    if not chosen:
        raise NoPurpose(group)
    _hold(person)
    for slug in sorted(offered):
        if slug in chosen:
            give_consent(person=person, purpose=slug, channel=channel, now=now)
        else:
            withdraw_consent(person=person, purpose=slug, now=now)
    told: Any = {name: value for name, value in facts.items() if value not in (None, "", [])}
    if group is FactGroup.BASICS:
        kept = {name: told.get(name) for name in BASICS}
        Profile.objects.update_or_create(person=person, defaults={**kept, "told_at": now})
    else:
        FactSheet.objects.update_or_create(
            person=person, group=group, defaults={"facts": told, "told_at": now}
        )


@transaction.atomic
def withdraw_purpose(*, person: User, purpose: str, now: datetime.datetime) -> Withdrawn:
    """End the use at once; facts that are used for nothing any more are deleted with it.

    Raises UnknownPurpose.
    """
    group = FactGroup(get_purpose(purpose).facts)
    _hold(person)
    withdraw_consent(person=person, purpose=purpose, now=now)
    left = consented_purposes(person) & {one.slug for one in purposes_for(group)}
    if not left:
        _forget(person, group)
    return Withdrawn(purpose, group, is_forgotten=not left)


@transaction.atomic
def forget_group(*, person: User, group: FactGroup, now: datetime.datetime) -> None:
    """Withdraw all purposes of a group, and delete it."""
    _hold(person)
    for one in purposes_for(group):
        withdraw_consent(person=person, purpose=one.slug, now=now)
    _forget(person, group)


def _hold(person: User) -> None:
    """One change of a person's facts at a time: none is kept whose purpose has just ended."""
    User.objects.select_for_update().only("pk").get(pk=person.pk)


def _forget(person: User, group: FactGroup) -> None:
    if group is FactGroup.BASICS:
        Profile.objects.filter(person=person).delete()
    else:
        FactSheet.objects.of_group(group).filter(person=person).delete()
