"""What a household's members are told, handed out and rid of: their own stays and no other's."""

import datetime
import json

import pytest
from django.utils import timezone

from core.records.held import held_about
from core.records.services.erasure import erase
from tests.accounts.factories import SAJIK, make_centre, make_person, make_worker
from welfare.enums import CareRelation
from welfare.models import CareMember
from welfare.services.households import add_member, move_member, open_household

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 2)
LATER = datetime.date(2026, 11, 20)


@pytest.fixture
def person():
    """Somebody who moved once, and lives with somebody without an account."""
    office = make_centre(SAJIK).office
    worker, person = make_worker(office), make_person("홍길동")
    one, other = (open_household(centre=office, actor=worker, on=DAY) for _ in range(2))
    told = {"birth_date": DAY, "actor": worker, "on": DAY, "relation": CareRelation.SELF}
    member = add_member(household=one, name="홍길동", person=person, **told)
    add_member(household=one, name="홍길순", **told)
    move_member(member=member, household=other, relation=CareRelation.CHILD, actor=worker, on=LATER)
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
