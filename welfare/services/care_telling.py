"""Tells people of a household's way from one centre to another: who runs it, works, lives there."""

import datetime
from typing import Any

from django.utils import timezone

from core.cases.staff import staff_of
from core.notices.services.telling import tell_many
from welfare.enums import CareAnswer
from welfare.models import CareHandOver, CareHousehold, CareMember, CarePlanStep
from welfare.notices import (
    CentreChanged,
    ConsentTakenBack,
    HouseholdComes,
    HouseholdStays,
    HouseholdTaken,
)

COMING = "/admin/welfare/carehousehold/coming/"


def tell_of_offer(offer: CareHandOver, *, now: datetime.datetime) -> None:
    """Tell whoever runs the centre that is to take a household: no name, and not how many."""
    tell_many(
        notice=HouseholdComes,
        people=_managers_of(offer.to_centre_id, now),
        facts={"centre": str(offer.from_centre)},
        cause=f"care:offer:{offer.pk}",
        url=COMING,
        now=now,
    )


def tell_of_answer(offer: CareHandOver, *, workers: list[int], now: datetime.datetime) -> None:
    """Tell whoever asked for it, and whoever saw to the plan until now, what became of it."""
    is_taken = offer.answer == CareAnswer.AGREED
    tell_many(
        notice=HouseholdTaken if is_taken else HouseholdStays,
        people={offer.asked_by_id, *workers} - {offer.answered_by_id},
        facts={"number": offer.household_id, "centre": str(offer.to_centre)},
        cause=f"care:answer:{offer.pk}",
        url="" if is_taken else _page_of(offer.household_id),
        now=now,
    )


def tell_members(offer: CareHandOver, *, now: datetime.datetime) -> None:
    """Tell those who live there and have an account which centre is theirs from now on."""
    here = CareMember.objects.current().filter(household=offer.household_id)
    people = here.exclude(person=None).order_by().values_list("person", flat=True)
    tell_many(
        notice=CentreChanged,
        people=list(people),
        facts={"centre": str(offer.to_centre)},
        cause=f"care:centre:{offer.pk}",
        url="/welfare/care/",
        now=now,
    )


def tell_of_consent(household: CareHousehold, *, cause: str, now: datetime.datetime) -> None:
    """Tell who sees to the plan, else who runs the centre, that a consent was taken back."""
    people = workers_of(household, now=now) or _managers_of(household.centre_id, now)
    tell_many(
        notice=ConsentTakenBack,
        people=people,
        facts={"number": household.pk},
        cause=cause,
        url=_page_of(household.pk),
        now=now,
    )


def workers_of(household: CareHousehold, *, now: datetime.datetime) -> list[int]:
    """Answer who sees to what is planned and not done yet, and still works at the centre."""
    here = {person for _, person, _ in staff_of([household.centre_id], on=timezone.localdate(now))}
    steps = CarePlanStep.objects.open().filter(household=household, responsible__in=here)
    rows: Any = steps.order_by().values_list("responsible", flat=True).distinct()
    return sorted(rows)


def _managers_of(office_id: int, now: datetime.datetime) -> list[int]:
    found = staff_of([office_id], on=timezone.localdate(now), managers_only=True)
    return [person for _, person, _ in found]


def _page_of(household_id: int) -> str:
    return f"/admin/welfare/carehousehold/{household_id}/change/"
