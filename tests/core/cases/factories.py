"""A case of the one kind that is declared, in an office with its people."""

import datetime
from itertools import count

from accounts.enums import Role
from accounts.models import Membership, User
from core.cases.services import open_case
from core.offices.enums import OfficeKind
from core.offices.models import Office
from welfare.cases import COUNSEL

NOW = datetime.datetime(2026, 11, 27, 3, 0, tzinfo=datetime.UTC)  # a Friday, noon in Seoul
_numbers = count(1)


def make_office(name="가온동주민센터"):
    return Office.objects.get_or_create(kind=OfficeKind.CENTRE, name=name)[0]


def make_staff(office, role=Role.WORKER, name="최창구"):
    person = User.objects.create_user(f"staff{next(_numbers)}@example.com", "pw", name=name)
    Membership.objects.create(
        person=person, office=office, role=role, starts_date=datetime.date(2020, 1, 1)
    )
    return User.objects.get(pk=person.pk)


def make_case(person, office=None, *, key="", now=NOW, subject="복지 상담", **told):
    return open_case(
        kind=COUNSEL,
        person=person,
        subject=subject,
        office_id=(office or make_office()).pk,
        key=key or f"key-{next(_numbers)}",
        now=now,
        **told,
    )
