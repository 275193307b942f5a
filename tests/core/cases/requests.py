"""Requests of the resident in every state, for walks over pages."""

import uuid

from django.utils import timezone

from accounts.models import User
from core.cases.files import prepare
from core.cases.models import Case
from core.cases.permissions import SYSTEM
from core.cases.services import attach, move, open_case
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.offices.people import Home
from tests.core.cases.samples import photograph

# Whoever walks makes one of each, however often it asks.
KEYS = uuid.UUID("5f2b8a0c-0000-4000-8000-000000000000")


def _request(name: str) -> Case:
    office, _ = Office.objects.get_or_create(
        kind=OfficeKind.CENTRE, name="가온동주민센터", defaults={"phone": "02-000-0001"}
    )
    person = User.objects.filter(email="resident@example.com").first()
    return open_case(
        kind="welfare.home-help",
        person=person,
        applicant="김주민",
        subject="문턱 없애기",
        actor=SYSTEM,
        key=uuid.uuid5(KEYS, f"{name}:{person and person.pk}"),
        now=timezone.now(),
        office_id=office.pk,
        words="문턱이 높습니다.",
    )


def new_request():
    return {"number": _request("new").pk}


def asked_request():
    """A request in which something was asked, with a file."""
    case = _request("asked")
    if case.state == "received" and case.person is not None:
        now = timezone.now()
        attach(
            case_id=case.pk,
            file=prepare(photograph()),
            filename="집.jpg",
            actor=case.person,
            key="file",
            now=now,
        )
        told = {"case_id": case.pk, "actor": _staff(case.office_id), "now": now}
        move(name="ask", key="ask", words="문이 몇 개인가요?", **told)
    return {"number": case.pk}


def closed_request():
    case = _request("closed")
    if case.state == "received" and case.person is not None:
        move(case_id=case.pk, name="withdraw", actor=case.person, key="end", now=timezone.now())
    return {"number": case.pk}


def _staff(office_id):
    """Whoever works in that office."""
    return type(
        "Staff",
        (),
        {
            "pk": 0,
            "is_superuser": False,
            "is_authenticated": True,
            "office_ids": frozenset({office_id}),
            "managed_office_ids": frozenset(),
            "home": Home(),
            "represented_ids": lambda self, purpose, **_: frozenset(),
        },
    )()
