"""A person is in one household at a time, whoever moves them, and every stay is kept."""

import datetime
import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections

from core.offices.enums import OfficeKind
from tests.accounts.factories import (
    SAJIK,
    SANGGYE,
    make_centre,
    make_office,
    make_person,
    make_worker,
)  # fmt: skip
from welfare.enums import CareRelation
from welfare.models import CareHousehold, CareMember
from welfare.queries.households import households_by_mark, mark_of
from welfare.services.households import (
    HouseholdRefused,
    add_member,
    end_membership,
    move_member,
    open_household,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = datetime.date(2026, 11, 2)
LATER = datetime.date(2026, 11, 20)
BORN = datetime.date(1956, 3, 2)


@pytest.fixture
def worker():
    return make_worker(make_centre(SAJIK).office)


@pytest.fixture
def outsider():
    return make_worker(make_centre(SANGGYE).office)


def opened(actor):
    (centre,) = actor.office_ids
    office = CareHousehold._meta.get_field("centre").related_model.objects.get(pk=centre)
    return open_household(centre=office, actor=actor, on=DAY)


def added(household, actor, name="홍길동", *, on=DAY, born=BORN, person=None):
    return add_member(
        household=household,
        name=name,
        birth_date=born,
        relation=CareRelation.SELF,
        actor=actor,
        on=on,
        person=person,
    )


def moved(member, household, actor, *, on=LATER):
    return move_member(
        member=member, household=household, relation=CareRelation.CHILD, actor=actor, on=on
    )


def at_once(*deeds):
    answers, gate = [None] * len(deeds), threading.Barrier(len(deeds))

    def run(number, deed):
        gate.wait()
        try:
            answers[number] = deed()
        except Exception as fault:
            answers[number] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


class TestWhoIsIn:
    def test_a_member_is_found_by_the_mark_and_stands_sealed(self, worker):
        household = opened(worker)
        member = added(household, worker, " 홍  길동 ")
        mark = mark_of(name="홍길동", birth_date=BORN)
        assert households_by_mark([mark]) == {mark: household}
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, birth_date FROM welfare_caremember")
            kept = cursor.fetchone()
        assert "길동" not in kept[0]
        assert "1956" not in kept[1]
        assert CareMember.objects.get(pk=member.pk).name == "홍 길동"

    def test_the_same_mark_is_in_no_second_household(self, worker):
        added(opened(worker), worker)
        with pytest.raises(HouseholdRefused, match="이미 다른 가구"):
            added(opened(worker), worker, "홍 길동")
        assert CareMember.objects.count() == 1

    def test_the_same_account_is_in_no_second_household(self, worker):
        person = make_person()
        added(opened(worker), worker, person=person)
        with pytest.raises(HouseholdRefused, match="이미 다른 가구"):
            added(opened(worker), worker, "홍길순", person=person)

    @pytest.mark.parametrize("wrong", [{"name": "  "}, {"name": "가" * 61}, {"born": LATER}])
    def test_nobody_without_a_name_or_not_yet_born_comes(self, worker, wrong):
        with pytest.raises(HouseholdRefused):
            added(opened(worker), worker, **wrong)
        assert not CareMember.objects.exists()


class TestMoving:
    def test_both_stays_are_kept(self, worker):
        member, new = added(opened(worker), worker), opened(worker)
        moved(member, new, worker)
        stays = CareMember.objects.order_by("pk").values_list("household", "since", "until")
        assert list(stays) == [(member.household_id, DAY, LATER), (new.pk, LATER, None)]
        assert households_by_mark([member.mark]) == {member.mark: new}

    def test_whoever_left_may_come_back(self, worker):
        member = added(opened(worker), worker)
        end_membership(member=member, actor=worker, on=LATER)
        assert households_by_mark([member.mark]) == {}
        assert added(member.household, worker, on=LATER).pk != member.pk

    def test_nobody_leaves_before_they_came_or_twice(self, worker):
        member = added(opened(worker), worker)
        with pytest.raises(HouseholdRefused, match="앞일 수 없습니다"):
            end_membership(member=member, actor=worker, on=DAY - datetime.timedelta(days=1))
        end_membership(member=member, actor=worker, on=LATER)
        with pytest.raises(HouseholdRefused, match="이미 이 가구에서"):
            end_membership(member=member, actor=worker, on=LATER)

    def test_two_who_move_one_person_are_one_move_and_a_refusal(self, worker):
        member, one, other = added(opened(worker), worker), opened(worker), opened(worker)
        answers = at_once(lambda: moved(member, one, worker), lambda: moved(member, other, worker))
        assert sorted(type(a).__name__ for a in answers) == ["CareMember", "HouseholdRefused"]
        assert CareMember.objects.current().count() == 1

    def test_two_who_add_one_person_are_one_member_and_a_refusal(self, worker):
        one, other = opened(worker), opened(worker)
        answers = at_once(lambda: added(one, worker), lambda: added(other, worker))
        assert sorted(type(a).__name__ for a in answers) == ["CareMember", "HouseholdRefused"]

    def test_two_moved_crosswise_both_arrive(self, worker):
        one, other = opened(worker), opened(worker)
        first, second = added(one, worker), added(other, worker, "홍길순")
        answers = at_once(lambda: moved(first, other, worker), lambda: moved(second, one, worker))
        assert [a.household_id for a in answers] == [other.pk, one.pk]


class TestWhoMay:
    def test_each_centre_sees_its_own(self, worker, outsider):
        household = opened(worker)
        assert list(CareHousehold.objects.visible_to(worker)) == [household]
        for nobody in (outsider, make_person(), AnonymousUser()):
            assert not CareHousehold.objects.visible_to(nobody).exists()

    def test_nobody_works_on_another_centres_household(self, worker, outsider):
        member, theirs = added(opened(worker), worker), opened(outsider)
        with pytest.raises(HouseholdRefused):
            added(theirs, worker, "홍길순")
        for actor in (worker, outsider):
            with pytest.raises(HouseholdRefused):
                moved(member, theirs, actor)
        with pytest.raises(HouseholdRefused):
            end_membership(member=member, actor=outsider, on=LATER)

    def test_a_superuser_looks_and_changes_nothing(self, worker):
        household, boss = opened(worker), make_person(is_superuser=True)
        assert CareHousehold.objects.visible_to(boss).exists()
        with pytest.raises(HouseholdRefused):
            added(household, boss)

    def test_only_centres_care_for_households(self):
        department = make_office(OfficeKind.DEPARTMENT)
        with pytest.raises(HouseholdRefused):
            open_household(centre=department, actor=make_worker(department), on=DAY)

    def test_a_closed_household_takes_nobody_in(self, worker):
        household = opened(worker)
        CareHousehold.objects.filter(pk=household.pk).update(closed_on=LATER)
        with pytest.raises(HouseholdRefused):
            added(household, worker)
