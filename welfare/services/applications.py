"""Opens a request for one benefit at the centre of whoever asks."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.cases.services import open_case
from core.offices.people import Person
from welfare.models import Benefit, BenefitApplication
from welfare.models.application import APPLICATION


@transaction.atomic
def apply_for_benefit(
    *,
    benefit: Benefit,
    person: Person | None,
    applicant: str,
    actor: Person,
    words: str,
    office_id: int | None,
    key: uuid.UUID,
    now: datetime.datetime,
) -> Case:
    """Open a request for a benefit, once for each key; raises CaseRefused.

    Of somebody without an account nobody can tell whether they asked before.
    `open_case` lets one request of a person and kind in at a time, so that nobody else asks for the
    same benefit between the look and the writing.
    """
    case = open_case(
        kind=APPLICATION,
        person=person,
        applicant=applicant,
        actor=actor,
        subject=benefit.name,
        words=words,
        office_id=office_id,
        key=key,
        now=now,
    )
    if BenefitApplication.objects.filter(case=case).exists():
        return case
    if person and BenefitApplication.objects.open_of(person.pk, benefit.code).exists():
        raise CaseRefused(
            _("이 급여는 이미 신청해서 처리되고 있습니다. 내 신청에서 확인해 주세요.")
        )
    BenefitApplication.objects.create(case=case, benefit=benefit, benefit_name=benefit.name)
    return case
