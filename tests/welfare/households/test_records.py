"""What a household's members are told, handed out and rid of: their own stays and no other's."""

import json

import pytest
from django.utils import timezone

from core.records.held import held_about
from core.records.services.erasure import erase
from tests.accounts.factories import make_person
from tests.welfare.households.people import TODAY, added, click, opened
from welfare.enums import CareRelation
from welfare.models import CareMember
from welfare.services.households import move_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(worker):
    """Somebody who moved once, and lives with somebody without an account."""
    person = make_person("홍길동")
    one, other = opened(worker), opened(worker)
    member = added(one, worker, "홍길동", person=person)
    added(one, worker, "홍길순")
    move_member(
        member=member,
        household=other,
        relation=CareRelation.CHILD,
        on=TODAY,
        click=click(worker),
    )
    return person


def stays_of(person):
    held = {one.holding.model: one for one in held_about(person)}
    return held["welfare.CareMember"]


def test_a_person_is_handed_every_stay_of_theirs(person):
    rows = json.loads(json.dumps(stays_of(person).as_data(), default=str))["rows"]
    assert sorted((one["name"], one["since"], one["until"]) for one in rows) == [
        ("홍길동", "2026-11-02", "2026-11-20"),
        ("홍길동", "2026-11-20", None),
    ]


def test_a_person_reads_what_they_are_to_the_household(person):
    said = [str(words) for row in stays_of(person).in_words() for _, words in row]
    assert {"본인", "자녀"} <= set(said)


def test_erasure_takes_every_stay_and_leaves_the_others(person):
    erase(person=person, now=timezone.now())
    assert [one.name for one in CareMember.objects.all()] == ["홍길순"]
