"""Opens visits at home: for a household of the caseload, or for one of which signs were told."""

import datetime
import uuid

from core.cases.models import Case
from core.cases.services import open_case
from core.offices.people import Person
from welfare.enums import CareConsentTopic
from welfare.models import CareConsent, CareMember

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
