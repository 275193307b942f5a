"""Opens a request for one benefit at the centre of whoever asks."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.cases.services import open_case
from welfare.models import Benefit, BenefitApplication
from welfare.models.application import APPLICATION


@transaction.atomic
def apply_for_benefit(
    *,
    benefit: Benefit,
    person: User | None,
    actor: User,
    words: str,
    office_id: int | None,
    key: uuid.UUID,
    now: datetime.datetime,
    applicant: str = "",
) -> Case:
    """Open a request for a benefit, once for each key; raises CaseRefused.

    `applicant` is the name of whoever has no account: whether they asked before, nobody can tell.
    `open_case` lets one request of a person and kind in at a time, so that nobody else asks for the
    same benefit between the look and the writing.
    """
    case = open_case(
        kind=APPLICATION,
        person=person,
        applicant=person.name if person else applicant,
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
