"""A person is in one household at a time, whoever moves them, and every stay is kept."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from core.offices.enums import OfficeKind
from tests.accounts.factories import make_office, make_person, make_worker
from tests.welfare.households.people import BORN, DAY, TODAY, added, at_once, click, opened
from welfare.enums import CareDeed, CareRelation
from welfare.models import CareHousehold, CareMember, CareStep
from welfare.queries.households import households_by_mark, mark_of
from welfare.services.care_log import HouseholdRefused
from welfare.services.households import (
    change_address,
    close_household,
    end_membership,
    move_member,
    open_household,
)

pytestmark = pytest.mark.django_db(transaction=True)

LATER = TODAY


def moved(member, household, actor, *, on=LATER, **told):
    return move_member(
        member=member,
        household=household,
        relation=CareRelation.CHILD,
        on=on,
        click=click(actor, **told),
    )


def left(member, actor, *, on=LATER):
    return end_membership(member=member, on=on, click=click(actor))


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

    @pytest.mark.parametrize("wrong", [{"name": "  "}, {"name": "가" * 61}, {"birth_date": LATER}])
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
        left(member, worker)
        assert households_by_mark([member.mark]) == {}
        assert added(member.household, worker, on=LATER).pk != member.pk

    def test_nobody_leaves_before_they_came_or_twice(self, worker):
        member = added(opened(worker), worker)
        with pytest.raises(HouseholdRefused, match="들어온 날보다 앞이거나"):
            left(member, worker, on=DAY - datetime.timedelta(days=1))
        left(member, worker)
        with pytest.raises(HouseholdRefused, match="이미 이 가구에서"):
            left(member, worker)

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
            left(member, outsider)

    def test_a_superuser_looks_and_changes_nothing(self, worker):
        household, boss = opened(worker), make_person(is_superuser=True)
        assert CareHousehold.objects.visible_to(boss).exists()
        with pytest.raises(HouseholdRefused):
            added(household, boss)

    def test_only_centres_care_for_households(self):
        department = make_office(OfficeKind.DEPARTMENT)
        with pytest.raises(HouseholdRefused):
            open_household(centre=department, click=click(make_worker(department)))

    def test_a_closed_household_takes_nobody_in(self, worker):
        household = opened(worker)
        CareHousehold.objects.filter(pk=household.pk).update(closed_on=LATER)
        with pytest.raises(HouseholdRefused):
            added(household, worker)

    def test_nobody_works_on_the_household_in_which_they_live(self, worker, colleague):
        household = opened(worker)
        added(household, worker, person=colleague)
        assert not CareHousehold.objects.visible_to(colleague).exists()
        with pytest.raises(HouseholdRefused):
            added(household, colleague, "홍길순")
        with pytest.raises(HouseholdRefused, match="동료가 돌봅니다"):
            added(household, worker, "이일꾼", person=worker)


class TestWhatWasDone:
    def test_every_change_is_a_line_with_its_day_and_who_did_it(self, worker, colleague):
        household = opened(worker)
        member = added(household, worker)
        change_address(household=household, address="사직로 2", click=click(colleague))
        left(member, worker)
        lines = CareStep.objects.of(household).order_by("pk")
        assert [(one.deed, one.by_id) for one in lines] == [
            (CareDeed.OPENED, worker.pk),
            (CareDeed.MEMBER_CAME, worker.pk),
            (CareDeed.ADDRESS, colleague.pk),
            (CareDeed.MEMBER_LEFT, worker.pk),
        ]

    def test_a_page_sent_twice_does_it_once(self, worker):
        household, other = opened(worker), opened(worker)
        page = click(worker)
        assert added(household, worker, click=page) == added(household, worker, click=page)
        member, key = CareMember.objects.get(), page.key
        with pytest.raises(HouseholdRefused, match="이미 처리했습니다"):
            close_household(household=household, words="이사", click=click(worker, key=key))
        page = click(worker).key
        assert moved(member, other, worker, key=page) == moved(member, other, worker, key=page)
        assert CareStep.objects.filter(deed=CareDeed.MEMBER_LEFT).count() == 1

    def test_ending_the_care_ends_every_stay(self, worker):
        household = opened(worker)
        added(household, worker)
        close_household(household=household, words="이사 가셨습니다.", click=click(worker))
        assert CareMember.objects.get().until == TODAY
        assert CareStep.objects.latest("pk").words == "이사 가셨습니다."
        with pytest.raises(HouseholdRefused, match="마친 가구"):
            added(household, worker, "홍길순")

    def test_resident_numbers_are_written_nowhere(self, worker):
        with pytest.raises(HouseholdRefused, match="주민등록번호"):
            change_address(household=opened(worker), address="900101-1234567", click=click(worker))
