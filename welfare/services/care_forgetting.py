"""Lets go of households whose time is up, and of where people lived who are no longer known."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from core.cases.services.forgetting import KEPT
from welfare.models import CareHousehold, CareMember, CarePlanStep

MOST_AT_ONCE = 1_000


@transaction.atomic
def forget_members(*, rows: Any, now: datetime.datetime) -> int:
    """Delete stays and what is known of them, for who erases a person's data; answer how many.

    What was planned for them is due no more. Where nobody known is left, where they lived goes as
    well, and the care ends: nobody would end it, and its log goes five years after that.
    """
    households = set(rows.values_list("household", flat=True))
    keys = list(rows.values_list("pk", flat=True))
    CareMember.objects.filter(pk__in=keys).delete()
    rest = CareHousehold.objects.filter(pk__in=households)
    steps = CarePlanStep.objects.open().filter(household=OuterRef("pk")).order_by("due_date", "pk")
    rest.update(next_due_date=Subquery(steps.values("due_date")[:1]))
    left = CareMember.objects.filter(household__in=households).values("household")
    empty = rest.exclude(pk__in=left)
    empty.update(address="", address_mark="")
    today = Greatest("opened_on", Value(timezone.localdate(now)))
    empty.filter(closed_on=None).update(closed_on=today)
    return len(keys)


@transaction.atomic
def forget_households(*, now: datetime.datetime) -> int:
    """Delete households with their log, years after their end; the oldest first, so many a run.

    The care for one that went into another goes on there, and its log is shown with that one's.
    """
    since = timezone.localdate(now - KEPT)
    ended = Q(merged_into=None) | Q(merged_into__closed_on__lt=since)
    old = CareHousehold.objects.filter(ended, closed_on__lt=since)
    keys = list(old.order_by("closed_on", "pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    CareHousehold.objects.filter(pk__in=keys).delete()
    return len(keys)
