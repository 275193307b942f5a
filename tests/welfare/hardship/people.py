"""Centres, staff, households of the caseload, and files of signs, as these tests need them."""

import datetime
import io
import uuid

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.offices.enums import OfficeKind
from tests.accounts.factories import again, make_office, make_worker
from welfare.enums import HardshipDeed
from welfare.models import CareHousehold, CareMember, HardshipHousehold
from welfare.queries.households import mark_of
from welfare.services.hardship import note_deed
from welfare.services.sign_imports import bring_in_signs, look_at_signs

TODAY = timezone.localdate()
HEADER = ("이름", "생년월일", "주소", "행정동", "신호", "신고월", "체납 개월", "성별")
BORN = datetime.date(1956, 3, 2)


def month(ago: int = 0) -> str:
    """Answer a month by how many it lies back: files tell of months, and the newest is this one."""
    months = TODAY.year * 12 + TODAY.month - 1 - ago
    return f"{months // 12}-{months % 12 + 1:02}"


def row(name="홍길동", born=BORN, dong="사직동", kind="RENT", *, ago=0, months="", sex="", **other):
    told = {
        "이름": name,
        "생년월일": born,
        "주소": "서울특별시 종로구 사직로 1",
        "행정동": dong,
        "신호": kind,
        "신고월": month(ago),
        "체납 개월": months,
        "성별": sex,
    }
    return told | other


def file_of(*rows, header=HEADER, encoding="utf-8-sig"):
    """Write the rows as an office would export them."""
    lines = [",".join(header)]
    lines += [",".join(f'"{one.get(title, "")}"' for title in header) for one in rows]
    return io.BytesIO("\r\n".join(lines).encode(encoding))


def permitted(person: User, *names: str) -> User:
    person.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return again(person)


def make_official(*rights: str) -> User:
    """Somebody of the city's welfare department."""
    official = make_worker(make_office(OfficeKind.DEPARTMENT), Role.OFFICIAL, "최주무")
    return permitted(official, *rights)


def look(actor, *rows, **told):
    return look_at_signs(file=file_of(*rows, **told), actor=actor, on=TODAY)


def bring(actor, *rows, now=None, **told):
    """Bring a file in as it is confirmed on the page: what was shown is what is written."""
    mark = look(actor, *rows, **told).mark
    return bring_in_signs(
        file=file_of(*rows, **told),
        mark=mark,
        actor=actor,
        on=TODAY,
        now=now or timezone.now(),
    )


def household_of(name="홍길동", born=BORN):
    mark = mark_of(name=name, birth_date=born)
    return HardshipHousehold.objects.listed().filter(signs__mark=mark).distinct().get()


def take_into_caseload(centre, name="홍길동", born=BORN, *, person=None, household=None):
    """Make somebody a member of a household that the centre cares for."""
    household = household or CareHousehold.objects.create(centre_id=centre.pk, opened_on=TODAY)
    return CareMember.objects.create(
        household=household,
        person=person,
        name=name,
        birth_date=str(born),
        mark=mark_of(name=name, birth_date=born),
        relation="SELF",
        since=TODAY,
    )


def do(actor, household, deed=HardshipDeed.LOOKED_AT, words="전화로 형편을 물었습니다.", now=None):
    return note_deed(
        household=household,
        deed=deed,
        words=words,
        actor=actor,
        key=uuid.uuid4(),
        now=now or timezone.now(),
    )
