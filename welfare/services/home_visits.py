"""Opens visits at home: for a household of the caseload, or for one of which signs were told."""

import datetime
import uuid

from django.db.models import Q

from core.cases.models import Case
from core.cases.services import open_case
from core.offices.people import Person
from welfare.enums import CareConsentTopic
from welfare.models import (
    CareCase,
    CareConsent,
    CareHousehold,
    CareMember,
    HardshipHousehold,
    HardshipStep,
)

# As its declaration calls it (welfare/cases/visit.py).
HOME_VISIT = "welfare.home_visit"
# Whoever is visited reads this much; why the centre comes stays among colleagues.
SUBJECT = "안부와 형편을 여쭙는 방문"
VISIT_TAKEN_BACK = (
    f"본인이 거두신 일입니다. 다시 동의를 받아 주세요: {CareConsentTopic.VISIT.label}"
)


def is_visit_taken_back(member: CareMember) -> bool:
    """Say whether somebody takes no visit: none needs a consent, but one taken back is kept to.

    What they said last counts, also where they have moved or were taken in anew since.
    """
    said = CareConsent.objects.of_person(member).filter(topic=CareConsentTopic.VISIT)
    newest = said.newest_first().first()
    return newest is not None and newest.until is not None


def visit_going_on(*, care: CareHousehold | None, signs: HardshipHousehold | None) -> int | None:
    """Answer the request of a visit that is planned for a household, from its page or its signs'.

    Signs were of a row of their own before they were matched, or went into another's.
    """
    visits = Case.objects.open().of_kind(HOME_VISIT)
    steps, tied = HardshipStep.objects.none(), CareCase.objects.none()
    if signs is not None:
        steps = HardshipStep.objects.filter(
            Q(household=signs) | Q(household__merged_into=signs), case__isnull=False
        )
    if care is not None:
        tied = CareCase.objects.filter(Q(household=care) | Q(household__merged_into=care))
        steps |= HardshipStep.objects.filter(household__care=care, case__isnull=False)
    known = visits.filter(Q(pk__in=tied.values("case")) | Q(pk__in=steps.values("case")))
    return known.order_by("-pk").values_list("pk", flat=True).first()


def open_home_visit(
    *,
    person: Person | None,
    applicant: str,
    actor: Person,
    office_id: int,
    key: uuid.UUID,
    now: datetime.datetime,
) -> Case:
    """Open one, once for each key; its person hears of it, and may decline. Raises CaseRefused."""
    return open_case(
        kind=HOME_VISIT,
        person=person,
        applicant=applicant,
        actor=actor,
        subject=SUBJECT,
        office_id=office_id,
        key=key,
        now=now,
    )
