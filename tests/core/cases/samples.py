"""Requests to look at: one that goes on, and one that waits for an answer."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from core.cases.models import Case
from core.cases.services import move_case
from tests.core.cases.factories import make_case, make_office, make_staff


def _of_the_resident(key: str) -> Case:
    person = User.objects.filter(email="resident@example.com").first()
    person = person or User.objects.create_user("resident@example.com", "pw", name="김주민")
    known = Case.objects.filter(opening_key=key).first()
    Case.objects.filter(person=person, closed_at=None).exclude(opening_key=key).update(
        closed_at=timezone.now(), due_date=None, days_left=None, state="withdrawn"
    )
    return known or make_case(person, make_office(), key=key)


def open_one() -> dict[str, Any]:
    return {"number": _of_the_resident("open").number}


def asked_one() -> dict[str, Any]:
    case = _of_the_resident("asked")
    if case.state == "received":
        worker = make_staff(case.office)
        move_case(
            case=case,
            move="ask",
            actor=worker,
            now=timezone.now(),
            key="ask",
            text="언제가 좋으세요?",
        )
    return {"number": case.number}


def withdrawal() -> dict[str, Any]:
    return {**open_one(), "move": "withdraw"}
