"""What a household's members are told, handed out and rid of: their own stays and no other's."""

import datetime
import json

import pytest
from django.utils import timezone

from core.records.held import held_about
from core.records.services.erasure import erase
from core.records.services.retention import keep_to_terms
from tests.accounts.factories import make_person
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.households.people import (
    ADDRESS,
    NOW,
    TODAY,
    added,
    agreed,
    click,
    family,
    opened,
)
from welfare.enums import CareContactKind, CareRelation
from welfare.models import (
    CareBenefit,
    CareConsent,
    CareContact,
    CareHousehold,
    CareMember,
    CareNeed,
    CarePlanStep,
    CareStep,
)
from welfare.services.care_cases import apply_for_member
from welfare.services.care_forgetting import forget_households
from welfare.services.care_records import note_contact, plan_step, tell_need
from welfare.services.households import close_household, move_member

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


@pytest.fixture
def cared_for(worker):
    """Somebody of whom everything is known, who lives alone."""
    person, benefit = make_person("홍길동"), make_benefit()
    household, (head,) = family(worker, "홍길동", person=person)
    told = {"household": household, "member_id": head.pk}
    tell_need(need="theme:HOUSING", words="월세가 밀렸어요.", click=click(worker), **told)
    agreed(household, head, actor=worker)
    apply_for_member(benefit=benefit, words="", click=click(worker), **told)
    note_contact(kind=CareContactKind.CALL, on=TODAY, words="통화함", click=click(worker), **told)
    plan_step(words="보건소", due=TODAY, responsible_id=worker.pk, click=click(worker), **told)
    return person


MODELS = (
    "CareMember",
    "CareNeed",
    "CareConsent",
    "CareBenefit",
    "CareContact",
    "CarePlanStep",
    "CareCase",
    "CareStep",
)


def test_a_person_is_handed_all_that_is_known_of_them(cared_for):
    held = {one.holding.model: one for one in held_about(cared_for)}
    assert {f"welfare.{name}" for name in MODELS} <= set(held)
    said = {
        str(words)
        for name in MODELS
        for row in held[f"welfare.{name}"].in_words()
        for _, words in row
    }
    assert {"주거", "월세가 밀렸어요.", "통화함", "급여를 대신 신청하는 것", "보건소"} <= said
    assert any(ADDRESS in one for one in said)


def test_erasure_takes_all_but_the_log_which_leads_to_nobody(cared_for):
    erase(person=cared_for, now=timezone.now())
    for model in (CareMember, CareNeed, CareConsent, CareBenefit, CareContact, CarePlanStep):
        assert not model.objects.exists()
    household = CareHousehold.objects.get()
    assert (household.address, household.address_mark) == ("", "")
    # Else it would be due for ever, with nobody in it, and its log would never go.
    assert (household.next_due_date, household.closed_on) == (None, timezone.localdate())
    assert CareStep.objects.count() == 7
    assert not CareStep.objects.exclude(member=None).exists()


def test_erasure_leaves_due_what_is_planned_for_those_who_stay(worker):
    person = make_person("홍길동")
    household, (head, child) = family(worker, "홍길동", "홍새봄", person=person)
    for member, days in ((head, 1), (child, 5)):
        plan_step(
            household=household,
            member_id=member.pk,
            words="보건소",
            due=TODAY + datetime.timedelta(days=days),
            responsible_id=None,
            click=click(worker),
        )

    erase(person=person, now=timezone.now())

    household.refresh_from_db()
    assert household.next_due_date == TODAY + datetime.timedelta(days=5)
    assert household.closed_on is None


def test_what_is_known_goes_five_years_after_somebody_left(cared_for, worker):
    household = CareHousehold.objects.get()
    close_household(household=household, words="이사", click=click(worker))
    keep_to_terms(now=NOW + datetime.timedelta(days=5 * 365))
    assert CareNeed.objects.exists()
    keep_to_terms(now=NOW + datetime.timedelta(days=5 * 365 + 2))
    assert not CareMember.objects.exists()
    assert not CareNeed.objects.exists()
    assert CareStep.objects.exists()
    assert forget_households(now=NOW + datetime.timedelta(days=5 * 365 + 2)) == 1
    assert not CareStep.objects.exists()
