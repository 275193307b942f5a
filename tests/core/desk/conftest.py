"""Somebody who sees every list of the desk, with enough in each."""

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.services import ensure_centres
from core.offices.models import Office
from core.sandbox.bench import filling
from tests.sign_in import sign_in


@pytest.fixture(scope="module")
def filled_desk(standing_db) -> int:
    """Answer the number of somebody who sees all lists, with enough in each."""
    ensure_centres()
    person = User.objects.create_superuser("boss@example.com", "pw", name="<b>박</b>&관리")
    office = Office.objects.get(name="종로구 사직동주민센터")
    for role in (Role.WORKER, Role.MANAGER):
        Membership.objects.create(
            person=person, office=office, role=role, starts_date=timezone.localdate()
        )
    worker = User.objects.create_user("worker@demo.example", "pw", name="")
    Membership.objects.create(
        person=worker, office=office, role=Role.WORKER, starts_date=timezone.localdate()
    )
    filling.work(cases=600, worker=worker.email)
    return person.pk


@pytest.fixture
def boss(db, filled_desk, client, say_why) -> User:
    """Sees all lists, and has said why."""
    person = User.objects.get(pk=filled_desk)
    sign_in(client, person)
    say_why(client)
    return person
