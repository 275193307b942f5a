"""Households with signs as a portal that only shows itself would have them; none of them exists."""

import csv
import datetime
import io
import uuid

from django.utils import timezone

from accounts.enums import Role
from accounts.models import CommunityCentre, Membership, User
from core.offices.enums import OfficeKind
from welfare.enums import HardshipDeed
from welfare.models import HardshipHousehold, HardshipImport
from welfare.services.hardship import note_deed, plan_visit
from welfare.services.sign_imports import bring_in_signs, look_at_signs
from welfare.services.sign_lines import COLUMNS

HOUSEHOLDS = 24
EARLIEST = datetime.date(1938, 4, 9)
# By turns: what is told of a household, how many months ago, and how long it has lasted.
TOLD = (
    (("ELECTRICITY", 0, 4), ("HEALTH_INSURANCE", 1, 6)),
    (("RENT", 0, 2),),
    (("DISCONNECTED", 0, None), ("GAS", 0, 3), ("MOBILE", 1, 5)),
    (("JOB_LOSS", 2, None), ("RENT", 1, 1)),
    (("MEDICAL_BILLS", 1, None), ("DISCHARGED", 0, None)),
    (("WATER", 3, 2),),
    (("MOBILE", 0, 1),),
)
VISITING = "전기가 끊긴 지 오래인데 전화를 받지 않습니다."
DONE = (
    (HardshipDeed.LOOKED_AT, "전화로 형편을 물었습니다."),
    (HardshipDeed.HELPED, "긴급복지와 전기요금 감면을 함께 신청했습니다."),
    (HardshipDeed.LEFT, "자동이체가 늦었을 뿐이라고 합니다."),
    (HardshipDeed.VISITED, "댁에 다녀왔습니다. 다음 달에 다시 전화하기로 했습니다."),
)


def make_signs(*, now: datetime.datetime) -> str:
    """Bring in a file for each centre that somebody runs, once; say what was made."""
    if HardshipImport.objects.exists():
        return ""
    today, made = timezone.localdate(now), 0
    runs = Membership.objects.current_on(today).filter(
        role=Role.MANAGER, office__kind=OfficeKind.CENTRE
    )
    for held in runs.select_related("person").order_by("office", "pk").distinct("office"):
        centre = CommunityCentre.objects.filter(pk=held.office_id).first()
        if centre is not None:
            made += _bring_in(held.person, centre, today, now)
            _do(held.person, centre, now)
    return f"위기 신호 {made}건" if made else ""


def _bring_in(
    manager: User, centre: CommunityCentre, today: datetime.date, now: datetime.datetime
) -> int:
    file = io.BytesIO(_file(centre, today).encode())
    mark = look_at_signs(file=file, actor=manager, on=today).mark
    return bring_in_signs(file=file, mark=mark, actor=manager, on=today, now=now).added


def _file(centre: CommunityCentre, today: datetime.date) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.title for column in COLUMNS)
    for number in range(1, HOUSEHOLDS + 1):
        born = EARLIEST + datetime.timedelta(days=977 * number)
        who = (f"견본{number:02}", born, f"견본로 {number}", centre.code, centre.office.name)
        for kind, ago, months in TOLD[number % len(TOLD)]:
            sex = ("여", "남", "")[number % 3]
            writer.writerow((*who, kind, _month(today, ago), months or "", sex))
    return text.getvalue()


def _month(today: datetime.date, ago: int) -> str:
    months = today.year * 12 + today.month - 1 - ago
    return f"{months // 12}-{months % 12 + 1:02}"


def _do(manager: User, centre: CommunityCentre, now: datetime.datetime) -> None:
    """Let something have been done for those that come first, and a visit be planned."""
    rows = HardshipHousehold.objects.listed().filter(office=centre.pk).heaviest_first()
    first, *others = rows[: len(DONE) + 1]
    key = uuid.uuid4
    plan_visit(household=first, words=VISITING, actor=manager, key=key(), now=now)
    for one, (deed, words) in zip(others, DONE, strict=True):
        note_deed(household=one, deed=deed, words=words, actor=manager, key=key(), now=now)
