"""People, offices and centres as tests need them; nothing in them is anybody's."""

import datetime
from itertools import count

from accounts.enums import Role
from accounts.models import CommunityCentre, Membership, User
from accounts.services.centres import office_name, place
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.places.facts import get_dong

TODAY = datetime.date(2026, 11, 27)
LONG_AGO = datetime.date(2020, 1, 1)
SAJIK, SANGGYE = "1111053000", "1135063000"
_numbers = count(1)


def make_person(name: str = "김사람", **fields) -> User:
    return User.objects.create_user(
        f"person{next(_numbers)}@example.com", "pw", name=name, **fields
    )


def make_office(kind: str = OfficeKind.CENTRE, name: str = "") -> Office:
    return Office.objects.create(kind=kind, name=name or f"견본 기관 {next(_numbers)}")


def make_centre(code: str = SAJIK) -> CommunityCentre:
    dong = get_dong(code)
    office = make_office(OfficeKind.CENTRE, office_name(dong))
    centre = CommunityCentre(office=office, code=dong.code)
    place(centre, None)
    centre.save()
    return centre


def join(person: User, office: Office, role: str = Role.WORKER, **dates) -> Membership:
    dates.setdefault("starts_date", LONG_AGO)
    return Membership.objects.create(person=person, office=office, role=role, **dates)


def make_worker(office: Office, role: str = Role.WORKER, name: str = "이일꾼") -> User:
    """Somebody who works in that office, as the next request would load them."""
    person = make_person(name)
    join(person, office, role)
    return again(person)


def make_manager(office: Office) -> User:
    return make_worker(office, Role.MANAGER, "정책임")


def again(person: User) -> User:
    return User.objects.get(pk=person.pk)
