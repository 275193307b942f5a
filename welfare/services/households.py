"""Opens households of the caseload, and says who comes, moves and leaves; every stay is kept."""

import datetime
import uuid
from dataclasses import replace

from django.db import IntegrityError, transaction

from accounts.models import User
from core.offices.models import Office
from welfare import permissions
from welfare.enums import CareDeed, CareRelation
from welfare.models import (
    CareHandOver,
    CareHousehold,
    CareMember,
    CareMerge,
    CarePlanStep,
    CareStep,
)
from welfare.queries.households import address_mark_of, mark_of, marks_of
from welfare.services.care_log import (
    EARLIEST,
    USED,
    Click,
    HouseholdRefused,
    begin,
    cleaned,
    done_before,
    hold,
    keep_next_due,
    refuse_closed,
    refuse_used,
    wait_for_page,
    write,
)
from welfare.services.hardship_lock import wait_for_list
from welfare.services.hardship_matching import follow_move

# By these the database holds people to one household, whoever comes first.
ONE_AT_A_TIME = (
    "welfare_caremember_person_is_in_one_household",
    "welfare_caremember_mark_is_in_one_household",
)
ELSEWHERE = "이 사람은 이미 다른 가구에 있습니다."
LONGEST_NAME, LONGEST_ADDRESS = 60, 200


@transaction.atomic
def open_household(*, centre: Office, address: str = "", click: Click) -> CareHousehold:
    """Begin to care for a household at a centre, by somebody who works there."""
    if not permissions.can_open_household(click.actor, centre):
        raise HouseholdRefused("우리 동주민센터의 가구만 새로 돌볼 수 있습니다.")
    return _opened(centre, address, click)


@transaction.atomic
def open_with_head(
    *,
    centre: Office,
    address: str,
    name: str,
    birth_date: datetime.date,
    person: User | None,
    click: Click,
) -> CareHousehold:
    """Begin with whom the household is named after, both or none; the same page opens one."""
    if not permissions.can_open_household(click.actor, centre):
        raise HouseholdRefused("우리 동주민센터의 가구만 새로 돌볼 수 있습니다.")
    wait_for_page(click)
    lines = CareStep.objects.filter(deed=CareDeed.OPENED, key=click.key, by=click.actor)
    head = replace(click, key=uuid.uuid5(click.key, "head"))
    if (before := lines.select_related("household").first()) is not None:
        came = CareStep.objects.filter(household=before.household, key=head.key).first()
        # Somebody who went back to the form and wrote another family in it has not opened theirs.
        marks = marks_of(name=" ".join(name.split()), birth_date=birth_date)
        if came is None or came.member is None or came.member.mark not in marks:
            raise HouseholdRefused(USED)
        return before.household
    household = _opened(centre, address, click)
    add_member(
        household=household,
        name=name,
        birth_date=birth_date,
        relation=CareRelation.SELF,
        on=click.today,
        person=person,
        click=head,
    )
    return household


def _opened(centre: Office, address: str, click: Click) -> CareHousehold:
    lives = _address(address)
    household = CareHousehold.objects.create(
        centre=centre,
        opened_on=click.today,
        address=lives,
        address_mark=address_mark_of(lives),
    )
    write(household, CareDeed.OPENED, click)
    return household


@transaction.atomic
def add_member(
    *,
    household: CareHousehold,
    name: str,
    birth_date: datetime.date,
    relation: CareRelation,
    on: datetime.date,
    click: Click,
    person: User | None = None,
) -> CareMember:
    """Take somebody in who is in no household now; raises HouseholdRefused where they are."""
    held, done = begin(household.pk, CareDeed.MEMBER_CAME, click)
    if done is not None and done.member is not None:
        return done.member
    told = " ".join(cleaned(name).split())
    if not told or len(told) > LONGEST_NAME:
        raise HouseholdRefused(f"이름을 {LONGEST_NAME}자까지 적어 주세요.")
    if not EARLIEST <= birth_date <= on or on > click.today:
        raise HouseholdRefused("생년월일과 들어온 날을 다시 확인해 주세요.")
    if person is not None and person.pk == click.actor.pk:
        raise HouseholdRefused("본인의 가구는 동료가 돌봅니다.")
    # Whoever stands there with the mark of an older key, the database does not know to be the same.
    marks = marks_of(name=told, birth_date=birth_date)
    if CareMember.objects.current().filter(mark__in=marks).exists():
        raise HouseholdRefused(ELSEWHERE)
    member = _come(
        CareMember(
            household=held,
            person=person,
            name=told,
            birth_date=birth_date.isoformat(),
            mark=mark_of(name=told, birth_date=birth_date),
            relation=relation,
            since=on,
        )
    )
    write(held, CareDeed.MEMBER_CAME, click, member=member)
    return member


@transaction.atomic
def move_member(
    *,
    member: CareMember,
    household: CareHousehold,
    relation: CareRelation,
    on: datetime.date,
    click: Click,
) -> CareMember:
    """End a stay and begin the next, for whoever works on both households; the old row stays."""
    if member.household_id == household.pk:
        raise HouseholdRefused("이미 이 가구에 있는 사람입니다.")
    # Before the households, as whoever brings signs in has it before their rows need these.
    wait_for_list()
    both = {one.pk: one for one in hold([member.household_id, household.pk], click)}
    to = both[household.pk]
    done = done_before(to, CareDeed.MEMBER_CAME, click)
    if done is not None and done.member is not None:
        return done.member
    refuse_used(click, *both.values())
    refuse_closed(*both.values())
    left = _leave(both[member.household_id], member, on, click)
    came = _come(
        CareMember(
            household=to,
            person_id=left.person_id,
            name=left.name,
            birth_date=left.birth_date,
            mark=left.mark,
            relation=relation,
            since=on,
        )
    )
    follow_move(left=left, came=came, now=click.now)
    write(to, CareDeed.MEMBER_CAME, click, member=came)
    return came


@transaction.atomic
def end_membership(*, member: CareMember, on: datetime.date, click: Click) -> CareMember:
    """Say that somebody left, for no other household that we know of."""
    held, done = begin(member.household_id, CareDeed.MEMBER_LEFT, click)
    if done is not None and done.member is not None:
        return done.member
    return _leave(held, member, on, click)


@transaction.atomic
def change_address(*, household: CareHousehold, address: str, click: Click) -> CareStep:
    held, done = begin(household.pk, CareDeed.ADDRESS, click)
    if done is not None:
        return done
    held.address = _address(address)
    held.address_mark = address_mark_of(held.address)
    held.save(update_fields=["address", "address_mark"])
    return write(held, CareDeed.ADDRESS, click)


@transaction.atomic
def close_household(*, household: CareHousehold, words: str, click: Click) -> CareStep:
    """End the care: every stay ends with it, and what was planned is dropped."""
    held, done = begin(household.pk, CareDeed.CLOSED, click)
    if done is not None:
        return done
    told = cleaned(words, called="마치는 까닭")
    refuse_undecided(held)
    head = CareMember.objects.current().filter(household=held).head_first().first()
    CareMember.objects.current().filter(household=held).update(until=click.today)
    CarePlanStep.objects.open().filter(household=held).update(dropped_date=click.today)
    held.closed_on = click.today
    held.save(update_fields=["closed_on"])
    keep_next_due(held)
    return write(held, CareDeed.CLOSED, click, member=head, words=told)


def refuse_undecided(household: CareHousehold) -> None:
    """Raise HouseholdRefused while somebody else is still to answer about the household."""
    if CareHandOver.objects.waiting().filter(household=household).exists():
        raise HouseholdRefused("다른 동주민센터의 답을 기다리는 가구입니다. 먼저 거두어 주세요.")
    merges = CareMerge.objects.waiting()
    if (merges.filter(kept=household) | merges.filter(gone=household)).exists():
        raise HouseholdRefused("합치자는 말이 있는 가구입니다. 먼저 답을 기다려 주세요.")


def _address(address: str) -> str:
    return " ".join(cleaned(address, most=LONGEST_ADDRESS).split())


def _leave(
    household: CareHousehold, member: CareMember, on: datetime.date, click: Click
) -> CareMember:
    """End a stay once: of two who do it at once, the second finds nobody there any more."""
    here = CareMember.objects.current().filter(household=household, pk=member.pk)
    held = here.select_for_update(of=("self",)).first()
    if held is None:
        raise HouseholdRefused("이 사람은 이미 이 가구에서 나갔습니다.")
    if not held.since <= on <= click.today:
        raise HouseholdRefused("나간 날은 들어온 날보다 앞이거나 오늘보다 뒤일 수 없습니다.")
    held.until = on
    held.save(update_fields=["until"])
    write(household, CareDeed.MEMBER_LEFT, click, member=held)
    return held


def _come(member: CareMember) -> CareMember:
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError as fault:
        if not any(name in str(fault) for name in ONE_AT_A_TIME):
            raise
        raise HouseholdRefused(ELSEWHERE) from fault
    return member
