"""Sends somebody to a facility: a request that the facility answers."""

import datetime
import uuid

from django.db import transaction

from core.cases.models import Case
from core.cases.services import open_case
from core.offices.people import Person
from welfare.models import Facility, Referral
from welfare.models.referral import REFERRAL


@transaction.atomic
def refer_to_facility(
    *,
    facility: Facility,
    person: Person | None,
    applicant: str,
    actor: Person,
    words: str,
    office_id: int,
    key: uuid.UUID,
    now: datetime.datetime,
) -> Case:
    """Open a referral, once for each key; raises CaseRefused."""
    case = open_case(
        kind=REFERRAL,
        person=person,
        applicant=applicant,
        actor=actor,
        subject=facility.name,
        words=words,
        office_id=office_id,
        key=key,
        now=now,
    )
    told = {"facility": facility, "facility_name": facility.name}
    Referral.objects.get_or_create(case=case, defaults=told)
    return case
