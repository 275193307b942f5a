"""Opens households of the caseload, and says who comes, moves and leaves; every stay is kept."""

import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from core.offices.models import Office
from welfare import permissions
from welfare.enums import CareRelation
from welfare.models import CareHousehold, CareMember
from welfare.queries.households import mark_of

# By these the database holds people to one household, whoever comes first.
ONE_AT_A_TIME = (
    "welfare_caremember_person_is_in_one_household",
    "welfare_caremember_mark_is_in_one_household",
)
LONGEST_NAME = 60


class HouseholdRefused(Exception):
    """Nothing was changed; the message is a sentence for whoever tried."""


@transaction.atomic
def open_household(*, centre: Office, actor: User, on: datetime.date) -> CareHousehold:
    """Begin to care for a household at a centre, by somebody who works there."""
    if not permissions.can_open_household(actor, centre):
        raise HouseholdRefused("우리 동주민센터의 가구만 새로 돌볼 수 있습니다.")
    return CareHousehold.objects.create(centre=centre, opened_on=on)


@transaction.atomic
def add_member(
    *,
    household: CareHousehold,
    name: str,
    birth_date: datetime.date,
    relation: CareRelation,
    actor: User,
    on: datetime.date,
    person: User | None = None,
) -> CareMember:
    """Take somebody in who is in no household now; raises HouseholdRefused where they are."""
    (held,) = _hold([household.pk], actor)
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME:
        raise HouseholdRefused(f"이름을 {LONGEST_NAME}자까지 적어 주세요.")
    if birth_date > on:
        raise HouseholdRefused("생년월일을 다시 확인해 주세요.")
    return _come(
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


@transaction.atomic
def move_member(
    *,
    member: CareMember,
    household: CareHousehold,
    relation: CareRelation,
    actor: User,
    on: datetime.date,
) -> CareMember:
    """End a stay and begin the next, for whoever works on both households; the old row stays."""
    if member.household_id == household.pk:
        raise HouseholdRefused("이미 이 가구에 있는 사람입니다.")
    _hold([member.household_id, household.pk], actor)
    left = _leave(member, on)
    return _come(
        CareMember(
            household=household,
            person_id=left.person_id,
            name=left.name,
            birth_date=left.birth_date,
            mark=left.mark,
            relation=relation,
            since=on,
        )
    )


@transaction.atomic
def end_membership(*, member: CareMember, actor: User, on: datetime.date) -> CareMember:
    """Say that somebody left, for no other household that we know of."""
    _hold([member.household_id], actor)
    return _leave(member, on)


def _hold(ids: list[int], actor: User) -> list[CareHousehold]:
    """Lock households, lowest number first: two who move people crosswise wait, and go on."""
    rows = CareHousehold.objects.visible_to(actor).filter(pk__in=ids, closed_on=None)
    held = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if len(held) != len(ids) or not all(permissions.can_work_on_household(actor, h) for h in held):
        raise HouseholdRefused("우리 동주민센터가 돌보는 가구에서만 할 수 있습니다.")
    return held


def _leave(member: CareMember, on: datetime.date) -> CareMember:
    """End a stay once: of two who do it at once, the second finds nobody there any more."""
    held = CareMember.objects.current().select_for_update(of=("self",)).filter(pk=member.pk).first()
    if held is None:
        raise HouseholdRefused("이 사람은 이미 이 가구에서 나갔습니다.")
    if on < held.since:
        raise HouseholdRefused("나간 날은 들어온 날보다 앞일 수 없습니다.")
    held.until = on
    held.save(update_fields=["until"])
    return held


def _come(member: CareMember) -> CareMember:
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError as fault:
        if not any(name in str(fault) for name in ONE_AT_A_TIME):
            raise
        raise HouseholdRefused("이 사람은 이미 다른 가구에 있습니다.") from fault
    return member
