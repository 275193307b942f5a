"""Begins requests with a household, ties those that are its own to it, and keeps its papers."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction

from core.cases.errors import CaseRefused
from core.cases.files import CleanFile
from core.cases.models import Case
from core.cases.services import attach, note
from welfare.enums import CareBenefitState, CareConsentTopic, CareDeed
from welfare.models import (
    Benefit,
    CareBenefit,
    CareCase,
    CareConsent,
    CareContact,
    CareHousehold,
    CareMember,
    CareStep,
    Facility,
)
from welfare.models.application import APPLICATION
from welfare.models.referral import REFERRAL
from welfare.services.applications import apply_for_benefit
from welfare.services.care_log import (
    USED,
    Click,
    HouseholdRefused,
    begin,
    cleaned,
    is_asked_by,
    member_of,
    write,
)
from welfare.services.home_visits import (
    HOME_VISIT,
    VISIT_TAKEN_BACK,
    is_visit_taken_back,
    open_home_visit,
    visit_going_on,
)
from welfare.services.referrals import refer_to_facility

TIED = "이미 이어진 신청입니다."


@transaction.atomic
def apply_for_member(
    *, household: CareHousehold, member_id: int, benefit: Benefit, words: str, click: Click
) -> CareStep:
    """Ask for a benefit with somebody who agreed to that; raises HouseholdRefused."""
    held, done = _begin(household, APPLICATION, click)
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
        case = apply_for_benefit(benefit=benefit, words=told, **_asked_for(held, member, click))
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
    return tie(held, member, case, CareDeed.CASE_OPENED, click)


@transaction.atomic
def plan_home_visit(
    *, household: CareHousehold, member_id: int, words: str, click: Click
) -> CareStep:
    """Open a home visit; why the centre comes stays in this log, for the person reads a request."""
    held, done = _begin(household, HOME_VISIT, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    if is_visit_taken_back(member):
        raise HouseholdRefused(VISIT_TAKEN_BACK)
    told = cleaned(words, called="찾아가는 까닭")
    if (going_on := visit_going_on(care=held, signs=None)) is not None:
        raise HouseholdRefused(f"이미 잡힌 가정 방문이 있습니다: #{going_on}")
    try:
        case = open_home_visit(**_asked_for(held, member, click))
    except CaseRefused as refused:
        raise HouseholdRefused(str(refused)) from refused
    return tie(held, member, case, CareDeed.CASE_OPENED, click, words=told)


@transaction.atomic
def refer_member(
    *, household: CareHousehold, member_id: int, facility: Facility, words: str, click: Click
) -> CareStep:
    """Send somebody to a facility, who agreed that it is told what it has to know."""
    held, done = _begin(household, REFERRAL, click)
    if done is not None:
        if (done.member_id, done.words) != (member_id, facility.name):
            raise HouseholdRefused(USED)
        return done
    member = member_of(held, member_id)
    _needs_consent(member, CareConsentTopic.SHARE)
    told = cleaned(words, called="무엇을 부탁하는지")
    try:
        case = refer_to_facility(facility=facility, words=told, **_asked_for(held, member, click))
    except CaseRefused as refused:
        raise HouseholdRefused(str(refused)) from refused
    return tie(held, member, case, CareDeed.CASE_OPENED, click, words=facility.name)


def _begin(
    household: CareHousehold, kind: str, click: Click
) -> tuple[CareHousehold, CareStep | None]:
    """Begin what opens a request; the same page that opened one of another kind is refused."""
    held, done = begin(household.pk, CareDeed.CASE_OPENED, click)
    if done is not None and (done.case is None or done.case.kind != kind):
        raise HouseholdRefused(USED)
    return held, done


def _asked_for(household: CareHousehold, member: CareMember, click: Click) -> dict[str, Any]:
    """Answer whose request it is, where it lies and who opens it.

    Its key is of the page and the household: no page opens what another household's has opened.
    """
    return {
        "person": member.person,
        "applicant": member.name,
        "actor": click.actor,
        "office_id": household.centre_id,
        "key": uuid.uuid5(click.key, f"household:{household.pk}"),
        "now": click.now,
    }


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
        raise HouseholdRefused(TIED)
    return tie(held, member, case, CareDeed.CASE_LINKED, click)


@transaction.atomic
def untie_case(*, household: CareHousehold, case_id: int, reason: str, click: Click) -> CareStep:
    """Take back that a request is this household's; both logs keep that it was, and why not.

    What was noted of it goes with the tie: a benefit that it asked for is not theirs either.
    """
    held, done = begin(household.pk, CareDeed.CASE_UNTIED, click)
    if done is not None:
        return done
    told = cleaned(reason, called="떼는 까닭")
    row = CareCase.objects.select_related("case", "member").filter(household=held, case=case_id)
    tied = row.first()
    if tied is None:
        raise HouseholdRefused("이 가구에 이어진 신청이 아닙니다.")
    case, member = tied.case, tied.member
    if not Case.objects.worked_on_by(click.actor).filter(pk=case.pk).exists():
        raise HouseholdRefused("이 신청을 맡은 기관에서만 뗄 수 있습니다.")
    CareBenefit.objects.filter(household=held, case=case).delete()
    CareContact.objects.filter(household=held, case=case).update(case=None)
    tied.delete()
    _note_untied(case, f"가구 #{held.pk}에서 뗐습니다. {told}", click)
    return write(held, CareDeed.CASE_UNTIED, click, member=member, words=told, case=case)


def _note_untied(case: Case, text: str, click: Click) -> None:
    if case.is_forgotten:  # years after its end nothing is written with it any more
        return
    try:
        note(
            case_id=case.pk,
            text=text,
            actor=click.actor,
            key=f"untied:{click.key}",
            now=click.now,
        )
    except CaseRefused as refused:
        raise HouseholdRefused(str(refused)) from refused


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


def _needs_consent(member: CareMember, topic: CareConsentTopic) -> None:
    if not CareConsent.objects.valid().filter(member=member, topic=topic).exists():
        raise HouseholdRefused(f"먼저 동의를 받아 주세요: {topic.label}")


def tie(
    household: CareHousehold,
    member: CareMember,
    case: Case,
    deed: CareDeed,
    click: Click,
    *,
    words: str = "",
) -> CareStep:
    """Let a request be a household's, and say so in its log; raises HouseholdRefused."""
    try:
        with transaction.atomic():
            CareCase.objects.create(household=household, member=member, case=case)
    except IntegrityError as fault:  # two households at once: the database takes one
        if "welfare_carecase_case_id" not in str(fault):
            raise
        raise HouseholdRefused(TIED) from fault
    return write(household, deed, click, member=member, words=words, case=case)
