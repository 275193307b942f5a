"""Writes down what is known of a household's members: needs, benefits, talks, plans."""

import datetime

from django.db import transaction

from accounts.models import User
from core.cases.models import Case
from core.cases.staff import staff_of
from welfare.enums import CareBenefitState, CareContactKind, CareDeed
from welfare.models import (
    Benefit,
    BenefitApplication,
    CareBenefit,
    CareCase,
    CareContact,
    CareHousehold,
    CareMember,
    CareNeed,
    CarePlanStep,
    CareStep,
)
from welfare.queries.care_words import NEEDS
from welfare.services.care_log import (
    Click,
    HouseholdRefused,
    begin,
    cleaned,
    is_asked_by,
    keep_next_due,
    member_of,
    past_day,
    write,
)

LONGEST_BENEFIT = 200
ENDED = "이미 끝난 계획입니다."
DATES = {
    CareBenefitState.APPLIED: "applied_date",
    CareBenefitState.RECEIVED: "received_date",
    CareBenefitState.REFUSED: "refused_date",
    CareBenefitState.ENDED: "ended_date",
}


@transaction.atomic
def tell_need(
    *, household: CareHousehold, member_id: int, need: str, words: str, click: Click
) -> CareStep:
    held, done = begin(household.pk, CareDeed.NEED_TOLD, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    if need not in NEEDS:
        raise HouseholdRefused("목록에 있는 것을 골라 주세요.")
    if CareNeed.objects.filter(member=member, need=need, until=None).exists():
        raise HouseholdRefused("이미 적혀 있습니다.")
    CareNeed.objects.create(
        household=held, member=member, need=need, words=cleaned(words), since=click.today
    )
    return write(held, CareDeed.NEED_TOLD, click, member=member, words=str(NEEDS[need]))


@transaction.atomic
def end_need(*, household: CareHousehold, need_id: int, click: Click) -> CareStep:
    held, done = begin(household.pk, CareDeed.NEED_ENDED, click)
    if done is not None:
        return done
    need = CareNeed.objects.filter(household=held, pk=need_id, until=None).first()
    if need is None:
        raise HouseholdRefused("이미 풀렸다고 적혀 있습니다.")
    need.until = click.today
    need.save(update_fields=["until"])
    words = str(NEEDS.get(need.need, need.need))
    return write(held, CareDeed.NEED_ENDED, click, member=need.member, words=words)


@transaction.atomic
def note_benefit(
    *,
    household: CareHousehold,
    member_id: int,
    benefit: Benefit | None,
    name: str,
    state: CareBenefitState,
    on: datetime.date,
    click: Click,
    case_id: int | None = None,
    lasts_until: datetime.date | None = None,
) -> CareStep:
    """Note a benefit that somebody has, asked for or was refused; of the catalogue, or as told.

    With the number of a request, the benefit is what that request asks for.
    """
    held, done = begin(household.pk, CareDeed.BENEFIT_NOTED, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    case = None
    if case_id is not None:
        asked = _application(case_id, member, click.actor)
        case, benefit, name = asked.case, asked.benefit, asked.benefit_name
    called = cleaned(
        benefit.name if benefit and not name.strip() else name,
        called="급여 이름",
        most=LONGEST_BENEFIT,
    )
    row = CareBenefit(
        household=held, member=member, benefit=benefit, name=called, case=case, state=state
    )
    setattr(row, DATES[state], past_day(on, click))
    row.lasts_until = _last_day(row, lasts_until)
    row.save()
    if case is not None:
        CareCase.objects.get_or_create(case=case, defaults={"household": held, "member": member})
    words = f"{called}: {state.label} ({on:%Y-%m-%d}){_until(row)}"
    return write(held, CareDeed.BENEFIT_NOTED, click, member=member, words=words, case=case)


def _last_day(row: CareBenefit, day: datetime.date | None) -> datetime.date | None:
    if day is not None and row.received_date is not None and day < row.received_date:
        raise HouseholdRefused("받는 마지막 날은 받기 시작한 날보다 앞일 수 없습니다.")
    return day


def _until(row: CareBenefit) -> str:
    return f", {row.lasts_until:%Y-%m-%d}까지" if row.lasts_until else ""


def _application(case_id: int, member: CareMember, actor: User) -> BenefitApplication:
    """Answer the request that a member made; nobody else's, and none that is noted already."""
    mine = Case.objects.worked_on_by(actor).filter(pk=case_id)
    found = BenefitApplication.objects.select_related("case", "benefit").filter(case__in=mine)
    asked = found.first()
    if asked is None or not is_asked_by(member, asked.case):
        raise HouseholdRefused("이 사람이 우리 기관에 낸 급여 신청의 번호를 적어 주세요.")
    tied = CareCase.objects.filter(case=asked.case).exclude(household=member.household_id)
    if tied.exists() or CareBenefit.objects.filter(case=asked.case).exists():
        raise HouseholdRefused("이미 이어진 신청입니다.")
    return asked


@transaction.atomic
def change_benefit(
    *,
    household: CareHousehold,
    row_id: int,
    state: CareBenefitState,
    on: datetime.date,
    click: Click,
) -> CareStep:
    """Say how a benefit stands by now; earlier dates stay beside it."""
    held, done = begin(household.pk, CareDeed.BENEFIT_CHANGED, click)
    if done is not None:
        return done
    row = CareBenefit.objects.filter(household=held, pk=row_id).first()
    if row is None:
        raise HouseholdRefused("이 급여를 찾을 수 없습니다.")
    if row.case_id is not None and state != CareBenefitState.ENDED:
        raise HouseholdRefused("신청의 결과는 신청에 적습니다.")
    row.state = state
    setattr(row, DATES[state], past_day(on, click))
    _last_day(row, row.lasts_until)
    row.save(update_fields=["state", DATES[state]])
    words = f"{row.name}: {state.label} ({on:%Y-%m-%d})"
    return write(held, CareDeed.BENEFIT_CHANGED, click, member=row.member, words=words)


@transaction.atomic
def set_last_day(
    *,
    household: CareHousehold,
    row_id: int,
    lasts_until: datetime.date | None,
    click: Click,
) -> CareStep:
    """Say until when a benefit is given, or that nobody knows; also of one that a request is about.

    Whoever agreed to be reminded of the former day is reminded of the new one as well.
    """
    held, done = begin(household.pk, CareDeed.BENEFIT_CHANGED, click)
    if done is not None:
        return done
    row = CareBenefit.objects.filter(household=held, pk=row_id).first()
    if row is None or row.state in (CareBenefitState.ENDED, CareBenefitState.REFUSED):
        raise HouseholdRefused("받고 있거나 신청한 급여를 찾을 수 없습니다.")
    row.lasts_until = _last_day(row, lasts_until)
    row.save(update_fields=["lasts_until"])
    words = f"{row.name}{_until(row) or ', 마지막 날을 모름'}"
    return write(held, CareDeed.BENEFIT_CHANGED, click, member=row.member, words=words)


@transaction.atomic
def note_contact(
    *,
    household: CareHousehold,
    member_id: int,
    kind: CareContactKind,
    on: datetime.date,
    words: str,
    click: Click,
    case_id: int | None = None,
) -> CareStep:
    """Write down that somebody was met or called, and what was agreed."""
    held, done = begin(household.pk, CareDeed.CONTACT, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    linked = CareCase.objects.filter(household=held, case=case_id).select_related("case").first()
    if case_id is not None and (linked is None or kind != CareContactKind.VISIT):
        raise HouseholdRefused("이 가구의 가정 방문을 골라 주세요.")
    case = linked.case if linked else None
    told = cleaned(words, called="이야기한 것")
    CareContact.objects.create(
        household=held,
        member=member,
        kind=kind,
        on=past_day(on, click),
        words=told,
        by=click.actor,
        case=case,
    )
    held.last_contact_date = max(on, held.last_contact_date or on)
    held.save(update_fields=["last_contact_date"])
    said = f"{kind.label} ({on:%Y-%m-%d})"
    return write(held, CareDeed.CONTACT, click, member=member, words=said, case=case)


@transaction.atomic
def plan_step(
    *,
    household: CareHousehold,
    member_id: int,
    words: str,
    due: datetime.date,
    responsible_id: int | None,
    click: Click,
) -> CareStep:
    held, done = begin(household.pk, CareDeed.PLANNED, click)
    if done is not None:
        return done
    member = member_of(held, member_id)
    told = cleaned(words, called="할 일")
    if due < click.today:
        raise HouseholdRefused("오늘이나 앞으로 올 날을 적어 주세요.")
    _refuse_stranger(held, responsible_id, click)
    CarePlanStep.objects.create(
        household=held, member=member, words=told, due_date=due, responsible_id=responsible_id
    )
    keep_next_due(held)
    return write(held, CareDeed.PLANNED, click, member=member, words=f"{told} ({due:%Y-%m-%d})")


def _refuse_stranger(household: CareHousehold, person_id: int | None, click: Click) -> None:
    colleagues = {person for _, person, _ in staff_of([household.centre_id], on=click.today)}
    if person_id is not None and person_id not in colleagues:
        raise HouseholdRefused("담당은 우리 동주민센터 직원 가운데에서 정합니다.")


@transaction.atomic
def give_step(
    *, household: CareHousehold, step_id: int, responsible_id: int | None, click: Click
) -> CareStep:
    """Say who sees to what is planned from now on, or that nobody does yet."""
    held, done = begin(household.pk, CareDeed.PLAN_GIVEN, click)
    if done is not None:
        return done
    step = CarePlanStep.objects.open().filter(household=held, pk=step_id).first()
    if step is None:
        raise HouseholdRefused(ENDED)
    _refuse_stranger(held, responsible_id, click)
    step.responsible_id = responsible_id
    step.save(update_fields=["responsible"])
    return write(held, CareDeed.PLAN_GIVEN, click, member=step.member, words=step.words)


@transaction.atomic
def finish_step(*, household: CareHousehold, step_id: int, click: Click) -> CareStep:
    return _end_step(household, step_id, CareDeed.PLAN_DONE, "done_date", click)


@transaction.atomic
def drop_step(*, household: CareHousehold, step_id: int, click: Click) -> CareStep:
    return _end_step(household, step_id, CareDeed.PLAN_DROPPED, "dropped_date", click)


def _end_step(
    household: CareHousehold, step_id: int, deed: CareDeed, field: str, click: Click
) -> CareStep:
    held, done = begin(household.pk, deed, click)
    if done is not None:
        return done
    step = CarePlanStep.objects.open().filter(household=held, pk=step_id).first()
    if step is None:
        raise HouseholdRefused(ENDED)
    setattr(step, field, click.today)
    step.save(update_fields=[field])
    keep_next_due(held)
    return write(held, deed, click, member=step.member, words=step.words)
