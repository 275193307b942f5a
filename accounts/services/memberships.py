"""Who joins an office and who leaves it; each change is kept with who made it."""

import datetime
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.enums import CASEWORK, Role
from accounts.models import Membership, User
from accounts.permissions import can_end_membership, can_give_role, can_manage_office
from core.cases.services import release
from core.desk.imports import StepsRefused
from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange
from core.offices.models import Office

KIND = "accounts.membership"
DAY = datetime.timedelta(days=1)


class MembershipRefused(StepsRefused):
    """Nothing was changed; the message is a sentence for whoever tried."""


class LeavesNobodyInCharge(MembershipRefused):
    """The last manager would leave, and whoever ends it has not said that they know."""


def why_no_role(actor: User, *, person: User, office: Office, role: str) -> str:
    """Answer in a sentence why this role is not this actor's to give; "" where it is."""
    if can_give_role(actor, person=person, office=office, role=role):
        return ""
    if not can_manage_office(actor, office.pk):
        return "책임자로 있는 기관의 소속만 정할 수 있습니다."
    if actor.pk == person.pk:
        return "자기 자신에게는 역할을 줄 수 없습니다. 다른 책임자에게 부탁하세요."
    return f"{office.get_kind_display()}에는 {Role(role).label} 역할이 없습니다."


@transaction.atomic
def add_membership(
    *,
    actor: User,
    person: User,
    office: Office,
    role: str,
    starts_date: datetime.date,
    now: datetime.datetime,
    ends_date: datetime.date | None = None,
    reason: str = "",
) -> Membership:
    """Let a person who agreed work in an office from a day on, in the name of who asked them.

    Only `accept_invitation` calls it. Raises MembershipRefused with the reason.
    """
    if why := why_no_role(actor, person=person, office=office, role=role):
        raise MembershipRefused(why)
    membership = Membership(
        person=person, office=office, role=role, starts_date=starts_date, ends_date=ends_date
    )
    _check(membership)
    membership.save()
    _record_joining(membership, actor=actor, reason=reason, now=now)
    return membership


def leaves_nobody_in_charge(
    membership: Membership, *, last_day: datetime.date, besides: Collection[int] = ()
) -> bool:
    """Say whether its office has no manager on the day after; asks the database once.

    `besides` are memberships that will be over by then as well.
    """
    if membership.role != Role.MANAGER:
        return False
    others = Membership.objects.in_offices([membership.office_id]).of_managers()
    after = others.current_on(last_day + DAY).exclude(pk__in=[membership.pk, *besides])
    return not after.filter(person__is_active=True).exists()


@transaction.atomic
def end_membership(
    *,
    actor: User,
    membership: Membership,
    now: datetime.datetime,
    last_day: datetime.date | None = None,
    is_known_to_leave_nobody: bool = False,
) -> None:
    """End it with a day, or at once where none is given: the next request of the person is refused.

    Raises MembershipRefused, and LeavesNobodyInCharge where the office would have no manager and
    whoever ends it has not said that they know.
    """
    if not can_end_membership(actor, membership):
        raise MembershipRefused("책임자로 있는 기관의 소속만 끝낼 수 있습니다.")
    # One at a time in an office: else two managers could each leave, relying on the other.
    Office.objects.select_for_update().get(pk=membership.office_id)
    membership.refresh_from_db()
    today = timezone.localdate(now)
    if membership.is_over_on(today):
        raise MembershipRefused("이미 끝난 소속입니다.")
    last = last_day or max(today, membership.starts_date)
    goes_on_after = last if last_day else today - DAY
    if not is_known_to_leave_nobody and leaves_nobody_in_charge(membership, last_day=goes_on_after):
        raise LeavesNobodyInCharge(
            f"{membership.office}의 마지막 책임자입니다. 먼저 다른 책임자를 정하거나, "
            "책임자가 없어지는 것을 안다고 표시하세요."
        )
    before = membership.ends_date
    membership.ends_date = last
    membership.ended_at = None if last_day else now
    _check(membership)
    membership.save(update_fields=["ends_date", "ended_at"])
    if not last_day and not _goes_on_working(membership, on=today):
        release(person_id=membership.person_id, office_id=membership.office_id, now=now)
    FieldChange.objects.create(
        kind=KIND,
        key=str(membership.pk),
        field="ends_date",
        old=before and before.isoformat(),
        new=last.isoformat(),
        reason="" if last_day else "바로 끝냄",
        origin=ChangeOrigin.STAFF,
        changed_by=actor,
        changed_at=now,
    )


def _goes_on_working(ended: Membership, *, on: datetime.date) -> bool:
    """Say whether another role lets the person work on the office's requests all the same."""
    others = Membership.objects.in_offices([ended.office_id]).filter(person=ended.person_id)
    return others.current_on(on).filter(role__in=sorted(CASEWORK)).exists()


def _check(membership: Membership) -> None:
    try:
        membership.full_clean()
    except ValidationError as wrong:
        raise MembershipRefused(" ".join(wrong.messages)) from wrong


def _record_joining(
    membership: Membership, *, actor: User, reason: str, now: datetime.datetime
) -> None:
    """Keep who let this person join."""
    FieldChange.objects.create(
        kind=KIND,
        key=str(membership.pk),
        field="role",
        old=None,
        new=membership.role,
        reason=reason,
        origin=ChangeOrigin.STAFF,
        changed_by=actor,
        changed_at=now,
    )
