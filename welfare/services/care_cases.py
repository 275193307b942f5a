"""Begins requests with a household, ties those that are its own to it, and keeps its papers."""

from django.db import transaction

from core.cases.errors import CaseRefused
from core.cases.files import CleanFile
from core.cases.models import Case
from core.cases.services import attach, open_case
from welfare.enums import CareBenefitState, CareConsentTopic, CareDeed
from welfare.models import (
    Benefit,
    CareBenefit,
    CareCase,
    CareConsent,
    CareHousehold,
    CareMember,
    CareStep,
)
from welfare.services.applications import apply_for_benefit
from welfare.services.care_log import (
    Click,
    HouseholdRefused,
    begin,
    cleaned,
    is_asked_by,
    member_of,
    write,
)

HOME_VISIT, REFERRAL = "welfare.home_visit", "welfare.referral"
VISIT_SUBJECT = "안부와 형편을 여쭙는 방문"


@transaction.atomic
def apply_for_member(
    *, household: CareHousehold, member_id: int, benefit: Benefit, words: str, click: Click
) -> CareStep:
    """Ask for a benefit with somebody who agreed to that; raises HouseholdRefused."""
    held, done = begin(household.pk, CareDeed.CASE_OPENED, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    _needs_consent(member, CareConsentTopic.APPLY)
    told = cleaned(words)
    going_on = CareBenefit.objects.filter(
        member=member, benefit=benefit, case__isnull=False, case__closed_at=None
    )
    if going_on.exists():
        raise HouseholdRefused("이 급여는 이미 신청해서 처리하고 있습니다.")
    try:
        case = apply_for_benefit(
            benefit=benefit,
            person=member.person,
            applicant=member.name,
            actor=click.actor,
            words=told,
            office_id=held.centre_id,
            key=click.key,
            now=click.now,
        )
    except CaseRefused as refused:
        raise HouseholdRefused(str(refused)) from refused
    CareBenefit.objects.create(
        household=held,
        member=member,
        benefit=benefit,
        name=benefit.name,
        case=case,
        state=CareBenefitState.APPLIED,
        applied_date=click.today,
    )
    return _tie(held, member, case, CareDeed.CASE_OPENED, click)


@transaction.atomic
def plan_home_visit(
    *, household: CareHousehold, member_id: int, words: str, click: Click
) -> CareStep:
    """Open a home visit; why the centre comes stays in this log, for the person reads a request."""
    held, done = begin(household.pk, CareDeed.CASE_OPENED, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    _refuse_withdrawn(member, CareConsentTopic.VISIT)
    told = cleaned(words, called="찾아가는 까닭")
    visits = CareCase.objects.filter(household=held, case__kind=HOME_VISIT, case__closed_at=None)
    if (going_on := visits.first()) is not None:
        raise HouseholdRefused(f"가정 방문 #{going_on.case_id}이 이미 잡혀 있습니다.")
    case = _opened(HOME_VISIT, held, member, click, subject=VISIT_SUBJECT)
    return _tie(held, member, case, CareDeed.CASE_OPENED, click, words=told)


@transaction.atomic
def refer_member(*, household: CareHousehold, member_id: int, words: str, click: Click) -> CareStep:
    """Send somebody to a facility, who agreed that it is told what it has to know."""
    held, done = begin(household.pk, CareDeed.CASE_OPENED, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    _needs_consent(member, CareConsentTopic.SHARE)
    told = cleaned(words, called="어디에 무엇을 부탁하는지")
    case = _opened(REFERRAL, held, member, click, words=told)
    return _tie(held, member, case, CareDeed.CASE_OPENED, click)


def _opened(
    kind: str, household: CareHousehold, member: CareMember, click: Click, **told: str
) -> Case:
    try:
        return open_case(
            kind=kind,
            person=member.person,
            applicant=member.name,
            actor=click.actor,
            office_id=household.centre_id,
            key=click.key,
            now=click.now,
            **told,
        )
    except CaseRefused as refused:
        raise HouseholdRefused(str(refused)) from refused


@transaction.atomic
def link_case(*, household: CareHousehold, member_id: int, case_id: int, click: Click) -> CareStep:
    """Tie a request to a household, of a member or of somebody without an account."""
    held, done = begin(household.pk, CareDeed.CASE_LINKED, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    case = Case.objects.worked_on_by(click.actor).filter(pk=case_id).first()
    if case is None or not is_asked_by(member, case):
        raise HouseholdRefused("이 사람이 우리 기관에 낸 신청의 번호를 적어 주세요.")
    if CareCase.objects.filter(case=case).exists():
        raise HouseholdRefused("이미 이어진 신청입니다.")
    return _tie(held, member, case, CareDeed.CASE_LINKED, click)


@transaction.atomic
def keep_file(
    *,
    household: CareHousehold,
    case_id: int,
    file: CleanFile,
    filename: str,
    is_told: bool,
    click: Click,
) -> CareStep:
    """Keep a paper with one of the household's requests: there it was cleaned and scanned."""
    held, done = begin(household.pk, CareDeed.FILE_KEPT, click)
    if done is not None:
        return done
    row = CareCase.objects.filter(household=held, case=case_id).first()
    if row is None:
        raise HouseholdRefused("이 가구의 신청을 골라 주세요.")
    try:
        attach(
            case_id=case_id,
            file=file,
            filename=filename,
            actor=click.actor,
            key=str(click.key),
            now=click.now,
            is_told=is_told,
        )
    except CaseRefused as refused:
        raise HouseholdRefused(str(refused)) from refused
    return write(held, CareDeed.FILE_KEPT, click, member=row.member, case=row.case)


def _refuse_withdrawn(member: CareMember, topic: CareConsentTopic) -> None:
    """A visit needs no consent; once one was given and taken back, that is kept to."""
    given = CareConsent.objects.filter(member=member, topic=topic)
    if given.exists() and not given.valid().exists():
        raise HouseholdRefused(f"본인이 거두신 일입니다. 다시 동의를 받아 주세요: {topic.label}")


def _needs_consent(member: CareMember, topic: CareConsentTopic) -> None:
    if not CareConsent.objects.valid().filter(member=member, topic=topic).exists():
        raise HouseholdRefused(f"먼저 동의를 받아 주세요: {topic.label}")


def _tie(
    household: CareHousehold,
    member: CareMember,
    case: Case,
    deed: CareDeed,
    click: Click,
    *,
    words: str = "",
) -> CareStep:
    CareCase.objects.create(household=household, member=member, case=case)
    return write(household, deed, click, member=member, words=words, case=case)
