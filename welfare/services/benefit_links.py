"""Staff say which services are one programme; their word outlives rules and syncs."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange
from welfare.enums import BenefitPublisher
from welfare.models import BenefitLink, BenefitLinkQuerySet, BenefitSource, Gov24Service
from welfare.services.benefit_publication import hold_benefits, publish_linked_anew

KIND_OF_LINKS = "welfare.benefitlink"
APART = "따로 보임"


class LinkRefused(Exception):
    """What staff said cannot be done; the message is a sentence for them."""


def check_may_be_linked(sources: Sequence[BenefitSource], *, gov24_key: str = "") -> None:
    """Refuse what is no Bokjiro service, and a gov24 service that is not on its list."""
    if any(one.source == BenefitPublisher.GOV24 for one in sources):
        raise LinkRefused("복지로의 서비스만 고를 수 있습니다. 보조금24의 것은 고를 수 없습니다.")
    if gov24_key and not Gov24Service.objects.filter(pk=gov24_key, retired_at=None).exists():
        raise LinkRefused(f"보조금24에 번호가 {gov24_key}인 서비스가 없습니다.")


@transaction.atomic
def decide_links(
    *,
    sources: Sequence[BenefitSource],
    gov24_key: str,
    reason: str,
    actor: User,
    now: datetime.datetime,
) -> int:
    """Say which gov24 service these belong to, or (an empty key) that they stand alone."""
    hold_benefits()
    check_may_be_linked(sources, gov24_key=gov24_key)
    for one in sources:
        _note(one, gov24_key or APART, reason, actor, now)
        BenefitLink.objects.update_or_create(
            source=one.source,
            source_key=one.source_key,
            defaults={
                "gov24_key": gov24_key,
                "reason": reason,
                "made_by": actor,
                "made_at": now,
            },
        )
    return _publish(sources, now)


@transaction.atomic
def withdraw_links(
    *, sources: Sequence[BenefitSource], reason: str, actor: User, now: datetime.datetime
) -> int:
    """Let the rules judge again."""
    hold_benefits()
    check_may_be_linked(sources)
    for one in sources:
        _note(one, None, reason, actor, now)
        _said(one).delete()
    return _publish(sources, now)


def _said(one: BenefitSource) -> BenefitLinkQuerySet:
    return BenefitLink.objects.filter(source=one.source, source_key=one.source_key)


def _note(
    one: BenefitSource, new: str | None, reason: str, actor: User, now: datetime.datetime
) -> None:
    before = _said(one).values_list("gov24_key", flat=True).first()
    FieldChange.objects.create(
        kind=KIND_OF_LINKS,
        key=f"{one.source}:{one.source_key}",
        field="gov24_key",
        old=None if before is None else before or APART,
        new=new,
        origin=ChangeOrigin.STAFF,
        reason=reason,
        changed_by=actor,
        changed_at=now,
    )


def _publish(sources: Sequence[BenefitSource], now: datetime.datetime) -> int:
    by_source: dict[str, list[str]] = {}
    for one in sources:
        by_source.setdefault(one.source, []).append(one.source_key)
    for source, keys in by_source.items():
        publish_linked_anew(source=source, keys=keys, now=now)
    return len(sources)
