"""Brings in the programmes and tables that come with the portal; what staff changed stays."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from welfare.enums import RuleKind, VersionStatus, VersionStep
from welfare.models import MEDIAN_INCOME, RuleStep, RuleVersion
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.programmes.payments import FIGURES

NEW_VERSION = "포털의 새 판에 든 것으로 바뀜"
GONE = "포털의 새 판에 없음"
MEDIAN_LAW = "국민기초생활 보장법 제6조의2"


@transaction.atomic
def bring_in_rules(*, now: datetime.datetime) -> int:
    """Put in what is not there yet, published; answer how many versions that were.

    A version is known by what it says, so that a second run does nothing. One that the portal's
    next release tells differently takes the place of the older one, unless staff have replaced it;
    one that it tells no more is withdrawn.
    """
    held = set(RuleVersion.objects.exclude(origin="").values_list("origin", flat=True))
    brought = 0
    told_now = list(_all())
    _withdraw_others({place for place, _told in told_now}, now)
    for place, told in told_now:
        origin = f"{place}/{_digest(told)}"
        if origin in held or not _makes_room(place, now):
            continue
        fresh = RuleVersion.objects.create(
            **told, origin=origin, status=VersionStatus.PUBLISHED, made_at=now, published_at=now
        )
        RuleStep.objects.create(version=fresh, step=VersionStep.BROUGHT_IN, at=now)
        brought += 1
    return brought


def _withdraw_others(places: set[str], now: datetime.datetime) -> None:
    """Withdraw what an older release said in a place of which this one says nothing."""
    known = RuleVersion.objects.in_force().exclude(origin="").in_order()
    for row in known.select_for_update():
        if row.origin.rpartition("/")[0] not in places:
            RuleVersion.objects.filter(pk=row.pk).update(
                status=VersionStatus.WITHDRAWN, withdrawn_at=now
            )
            RuleStep.objects.create(version=row, step=VersionStep.WITHDRAWN, at=now, words=GONE)


def _makes_room(place: str, now: datetime.datetime) -> bool:
    """Withdraw what an older release said in this place; say no where staff have the word."""
    known = RuleVersion.objects.filter(origin__startswith=f"{place}/")
    last = known.order_by("pk").select_for_update().last()
    if last is None:
        return not _is_taken(place)
    if last.status != VersionStatus.PUBLISHED:
        return False
    known.filter(pk=last.pk).update(status=VersionStatus.WITHDRAWN, withdrawn_at=now)
    RuleStep.objects.create(version=last, step=VersionStep.WITHDRAWN, at=now, words=NEW_VERSION)
    return True


def _is_taken(place: str) -> bool:
    """Say whether staff have published their own for the same slot, or year, and day."""
    subject, slot, since = place.split("/")[:3]
    own = RuleVersion.objects.filter(status=VersionStatus.PUBLISHED, since=since)
    if slot == RuleKind.FIGURE:
        return own.filter(figure=subject).exists()
    return own.filter(programme=subject, slot=slot).exists()


def _all() -> Iterator[tuple[str, dict[str, Any]]]:
    for year, table in sorted(MEDIAN_INCOMES.years.items()):
        since = datetime.date(year, 1, 1)
        yield (
            f"{MEDIAN_INCOME}/{RuleKind.FIGURE}/{since}",
            {
                "kind": RuleKind.FIGURE,
                "figure": MEDIAN_INCOME,
                "amounts": list(table.monthly),
                "title": "기준 중위소득",
                "law": MEDIAN_LAW,
                "notice": table.notice,
                "since": since,
                "is_verified": table.verified,
                "verified_on": datetime.date(2026, 11, 28) if table.verified else None,
            },
        )
    for figure in FIGURES:
        yield (
            f"{figure.name}/{RuleKind.FIGURE}/{figure.since}",
            {
                "kind": RuleKind.FIGURE,
                "figure": figure.name,
                "amounts": list(figure.amounts),
                "title": figure.title,
                "notice": figure.notice,
                "unit": str(figure.unit),
                "measure": str(figure.measure),
                "payments": figure.payments,
                "is_most": figure.is_most,
                "law": figure.law,
                "since": figure.since,
                "until": figure.until,
                "stale_from": figure.stale_from,
                "is_verified": figure.verified,
                "verified_on": figure.verified_on,
            },
        )
    for programme in PROGRAMMES:
        for version in programme.stored:
            yield (
                f"{programme.key}/{version.slot}/{version.since}",
                {
                    "kind": RuleKind.CONDITION,
                    "programme": programme.key,
                    "slot": version.slot,
                    "wanted": list(version.wanted),
                    "law": version.law,
                    "law_url": version.url,
                    "since": version.since,
                    "until": version.until,
                    "stale_from": version.stale_from,
                    "is_verified": version.verified,
                    "verified_on": version.verified_on,
                },
            )


def _digest(told: dict[str, Any]) -> str:
    text = json.dumps(told, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
