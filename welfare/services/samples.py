"""What staff and citizens would have added to the facilities of a portal that only shows itself."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.feeds.models import Override
from welfare.enums import ReportTopic
from welfare.models import Facility
from welfare.services.corrections import Correction, record_corrections
from welfare.services.hours_exceptions import add_hours_exception
from welfare.services.publication import KIND
from welfare.services.reports import report_facility
from welfare.services.sample_households import make_households
from welfare.services.sample_signs import make_signs
from welfare.services.sample_texts import make_plain_texts

REASON = "예시 자료(실제가 아님)"
MOST = 240
WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE: dict[str, list[list[str]]] = {day: [["09:00", "18:00"]] for day in WORKING_DAYS} | {
    "sat": [],
    "sun": [],
    "holidays": [],
}
WITH_SATURDAY = OFFICE | {"sat": [["09:00", "13:00"]]}
WITH_BREAK = OFFICE | {day: [["09:00", "12:00"], ["13:00", "20:00"]] for day in WORKING_DAYS}
ALWAYS = {day: [["00:00", "24:00"]] for day in (*WORKING_DAYS, "sat", "sun", "holidays")}
HOURS = (OFFICE, WITH_SATURDAY, WITH_BREAK, OFFICE, ALWAYS)
FEES = ("무료", "월 30,000원", "무료 (점심 식사 3,000원)")
WHO = ("60세 이상 서울 시민", "이 동네에 사는 누구나", "등록 장애인과 가족")
SERVICES = ("상담, 평생교육, 점심 식사", "돌봄, 목욕, 이동 지원", "숙제 지도, 저녁 식사, 놀이")
REPORTS = (
    (ReportTopic.PHONE, "02-120", "전화를 걸었더니 다른 곳입니다."),
    (ReportTopic.HOURS, "", "토요일에는 열지 않는다고 합니다."),
    (ReportTopic.ACCESS, "", "정문에 계단이 있습니다. 경사로는 옆문에 있습니다."),
)


@transaction.atomic
def make_samples(*, actor: User, now: datetime.datetime) -> str:
    """Fill in what no publisher knows; the same at every run, and made once. Say what was made."""
    made = (
        _make_facilities(actor, now),
        make_signs(now=now),
        make_households(now=now),
        make_plain_texts(actor=actor, now=now),
    )
    return ", ".join(one for one in made if one)


def _make_facilities(actor: User, now: datetime.datetime) -> str:
    listed = Facility.objects.listed().filter(is_protected=False, address__isnull=False)
    facilities = list(listed.order_by("code")[:MOST])
    if not facilities or Override.objects.filter(kind=KIND, reason=REASON).exists():
        return ""
    corrections = [
        Correction(facility.code, field, value, REASON)
        for number, facility in enumerate(facilities)
        for field, value in _told(number, now).items()
    ]
    for field in sorted({one.field for one in corrections}):
        some = [one for one in corrections if one.field == field]
        record_corrections(corrections=some, actor=actor, now=now)
    add_hours_exception(
        facility=facilities[0],
        starts=timezone.localdate(now) + datetime.timedelta(days=7),
        ends=timezone.localdate(now) + datetime.timedelta(days=7),
        hours=[],
        reason="시설 점검",
        actor=actor,
        now=now,
    )
    for facility, (topic, proposed, message) in zip(facilities[1:], REPORTS, strict=False):
        report_facility(facility=facility, topic=topic, proposed=proposed, message=message, now=now)
    return f"복지시설 {len(facilities)}곳에 여는 시간과 이용 편의, 오류 신고 {len(REPORTS)}건"


def _told(number: int, now: datetime.datetime) -> dict[str, Any]:
    return {field: value for field, value in _all_told(number, now) if value is not None}


def _all_told(number: int, now: datetime.datetime) -> Iterator[tuple[str, Any]]:
    yield "weekly_hours", HOURS[number % len(HOURS)] if number % 6 else None
    yield "accessibility", _access(number, now) if number % 2 else None
    yield "fees", FEES[number % len(FEES)]
    yield "who_may_use", WHO[number % len(WHO)] if number % 3 else None
    yield "services_offered", SERVICES[number % len(SERVICES)]
    yield "languages", "한국어, 영어, 중국어" if number % 9 == 0 else None
    yield "waiting", number % 25 if number % 4 == 0 else None


def _access(number: int, now: datetime.datetime) -> dict[str, Any]:
    checked = {"source": REASON, "checked_date": timezone.localdate(now).isoformat()}
    answers = {
        "STEP_FREE": "YES" if number % 4 == 1 else "NO",
        "LIFT": "YES" if number % 3 else "NO",
        "ACCESSIBLE_TOILET": "YES" if number % 4 == 1 else "UNKNOWN",
        "DOOR_WIDTH": "YES" if number % 4 == 1 else "UNKNOWN",
    }
    return {feature: checked | {"answer": answer} for feature, answer in answers.items()}
