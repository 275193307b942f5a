"""Days on which a facility is closed or keeps other hours: entered and removed by staff."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from core.feeds.enums import ChangeOrigin
from core.feeds.models import FieldChange
from core.places.models import HoursException
from core.places.rules import HoursRefused, make_spans
from welfare.models import Facility
from welfare.services.correctable import CorrectionRefused
from welfare.services.corrections import PROTECTED, alone_with
from welfare.services.following import follow_publication
from welfare.services.publication import KIND

FIELD = "hours_exception"
LONGEST_REASON = 200
LONGEST_DAYS = 366


@transaction.atomic
def add_hours_exception(
    *,
    facility: Facility,
    starts: datetime.date,
    ends: datetime.date,
    hours: Sequence[Sequence[str]],
    reason: str,
    actor: User,
    now: datetime.datetime,
) -> HoursException:
    """Say that from one day to another (both included) other hours hold; none: it is closed."""
    with alone_with([facility.code]) as facilities:
        if facilities[facility.code].is_protected:
            raise CorrectionRefused(PROTECTED)
        _check_days(starts, ends)
        if not 0 < len(reason.strip()) <= LONGEST_REASON:
            raise CorrectionRefused(f"사유를 {LONGEST_REASON}자까지 적어 주세요.")
        try:
            make_spans(hours)
        except (HoursRefused, ValueError) as wrong:
            raise CorrectionRefused("시간은 10:00-15:00처럼 적어 주세요.") from wrong
        exception = HoursException.objects.create(
            kind=KIND,
            key=facility.code,
            starts_date=starts,
            ends_date=ends,
            hours=[list(pair) for pair in hours],
            reason=reason.strip(),
        )
        _tell(exception, None, _told(exception), actor=actor, now=now)
        follow_publication(codes=[facility.code], now=now)
    return exception


@transaction.atomic
def remove_hours_exception(
    *, exception: HoursException, actor: User, now: datetime.datetime
) -> None:
    _tell(exception, _told(exception), None, actor=actor, now=now)
    exception.delete()
    follow_publication(codes=[exception.key], now=now)


def _check_days(starts: datetime.date, ends: datetime.date) -> None:
    if ends < starts:
        raise CorrectionRefused("종료일은 시작일과 같거나 뒤여야 합니다.")
    if (ends - starts).days > LONGEST_DAYS:
        raise CorrectionRefused("한 해보다 길면 운영시간을 고치거나 시설을 목록에서 빼 주세요.")


def _told(exception: HoursException) -> dict[str, Any]:
    return {
        "starts": exception.starts_date.isoformat(),
        "ends": exception.ends_date.isoformat(),
        "hours": exception.hours,
    }


def _tell(
    exception: HoursException,
    old: dict[str, Any] | None,
    new: dict[str, Any] | None,
    *,
    actor: User,
    now: datetime.datetime,
) -> None:
    FieldChange.objects.create(
        kind=KIND,
        key=exception.key,
        field=FIELD,
        old=old,
        new=new,
        reason=exception.reason,
        origin=ChangeOrigin.STAFF,
        changed_by=actor,
        changed_at=now,
    )
