"""The list follows the caseload: whom it takes in, whom it hands over, and who was two."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from tests.welfare.hardship import people
from tests.welfare.hardship.people import bring, do, household_of, row, take_into_caseload
from tests.welfare.households.people import click
from welfare.enums import CareAnswer, CareRelation, HardshipDeed, HardshipState
from welfare.models import CareHandOver, HardshipHousehold, HardshipSign
from welfare.queries.hardship import log_of
from welfare.services.hardship_matching import follow_caseload
from welfare.services.households import move_member
from welfare.tasks import weigh_signs

pytestmark = pytest.mark.django_db


def follow():
    return follow_caseload(now=timezone.now())


class TestFollowing:
    def test_matches_whom_the_centre_has_taken_in(self, manager, centre):
        bring(manager, row(), row("김남음"))
        member = take_into_caseload(centre)

        assert follow() == 1
        assert follow() == 0

        held = household_of()
        assert (held.care_id, held.member_id) == (member.household_id, member.pk)
        assert (held.name, held.birth_date, held.address) == ("", "", "")
        assert held.signs.get().member_id == member.pk
        assert household_of("김남음").name == "김남음"

    def test_goes_on_where_a_row_cannot_be_opened(self, manager, centre):
        bring(manager, row(), row("김남음"))
        take_into_caseload(centre)
        take_into_caseload(centre, "김남음")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE welfare_hardshiphousehold SET name = 'gone.x', address = 'x'")
            cursor.execute("UPDATE welfare_caremember SET name = 'gone.x'")

        assert follow() == 2

    def test_looks_for_nobody_in_another_centre(self, manager, other_centre):
        bring(manager, row())
        take_into_caseload(other_centre)

        assert follow() == 0
        assert household_of().care_id is None

    def test_matches_nobody_who_has_left(self, manager, centre):
        bring(manager, row())
        member = take_into_caseload(centre)
        member.until = people.TODAY
        member.save()

        assert follow() == 0

    def test_makes_one_of_two_and_keeps_both_logs(self, manager, worker, centre):
        bring(manager, row("이영희", kind="GAS", months=2), row("이영희", kind="RENT"))
        do(worker, household_of("이영희"), HardshipDeed.LEFT, "연락이 닿지 않았습니다.")
        husband = take_into_caseload(centre)
        bring(manager, row(kind="WATER"))
        do(worker, household_of(), HardshipDeed.LOOKED_AT, "전화했습니다.")
        take_into_caseload(centre, "이영희", household=husband.household)

        assert follow() == 1

        held = household_of()
        assert held == household_of("이영희")
        assert set(held.signs.values_list("kind", flat=True)) == {"GAS", "RENT", "WATER"}
        assert held.state == HardshipState.LOOKED_AT
        assert [one.words for one in log_of(held)] == ["전화했습니다.", "연락이 닿지 않았습니다."]
        gone = HardshipHousehold.objects.exclude(merged_into=None).get()
        assert (gone.merged_into, gone.name) == (held, "")
        assert HardshipHousehold.objects.listed().count() == 1

    def test_drops_what_both_were_told_of(self, manager, centre):
        bring(manager, row("이영희", kind="GAS"))
        husband = take_into_caseload(centre)
        bring(manager, row())
        wife = take_into_caseload(centre, "이영희", household=husband.household)
        target = household_of()
        held = household_of("이영희").signs.get()
        held.pk, held.household, held.member = None, target, wife
        held.save()

        follow()

        assert HardshipSign.objects.filter(kind="GAS").count() == 1
        assert target.signs.count() == 2

    def test_a_file_in_between_says_that_a_sign_is_known(self, manager, centre):
        bring(manager, row(months=2))
        take_into_caseload(centre)

        again = bring(manager, row(months=2))
        more = bring(manager, row(months=3))

        assert (again.added, again.known) == (0, 1)
        assert (more.added, more.changed) == (0, 1)
        assert HardshipSign.objects.get().months == 3

    def test_goes_with_a_household_that_is_handed_over(self, manager, centre, other_centre):
        member = take_into_caseload(centre)
        bring(manager, row())
        CareHandOver.objects.create(
            household=member.household,
            from_centre=centre.office,
            to_centre=other_centre.office,
            reason="이사",
            asked_by=manager,
            asked_at=timezone.now(),
            answer=CareAnswer.AGREED,
            answered_by=manager,
            answered_at=timezone.now(),
        )
        member.household.centre_id = other_centre.pk
        member.household.save()

        follow()

        assert household_of().office_id == other_centre.pk

    def test_every_night_with_the_points_of_the_day(self, manager, centre):
        bring(manager, row())
        HardshipHousehold.objects.update(
            points=0, weighed_on=people.TODAY - datetime.timedelta(days=1)
        )
        take_into_caseload(centre)

        assert weigh_signs() == 1

        held = household_of()
        assert held.care_id is not None
        assert (held.points, held.weighed_on) == (20, people.TODAY)


class TestMoving:
    """Signs are of whoever they were told of, and stand where that person lives."""

    def moved(self, member, to, worker):
        told = {"relation": CareRelation.SELF, "on": people.TODAY}
        page = click(worker, now=timezone.now())
        return move_member(member=member, household=to, click=page, **told)

    def test_takes_along_a_row_that_says_nothing_of_others(self, manager, worker, centre):
        member = take_into_caseload(centre)
        bring(manager, row(months=2))
        do(worker, household_of(), HardshipDeed.LOOKED_AT, "전화했습니다.")
        before = household_of()
        other = take_into_caseload(centre, "이영희").household

        came = self.moved(member, other, worker)

        (held,) = HardshipHousehold.objects.listed()
        assert (held, held.care, held.member) == (before, other, came)
        assert (held.state, held.points) == (HardshipState.LOOKED_AT, before.points)
        assert held.signs.get().member == came

    def test_leaves_the_signs_of_who_stays(self, manager, worker, centre):
        member = take_into_caseload(centre)
        home = member.household
        take_into_caseload(centre, "이영희", household=home)
        bring(manager, row(months=2), row("이영희", kind="GAS"))
        other = take_into_caseload(centre, "김남음").household

        came = self.moved(member, other, worker)
        again = bring(manager, row(months=2), row("이영희", kind="GAS"))

        assert (again.added, again.known) == (0, 2)
        left, there = (HardshipHousehold.objects.get(care=one) for one in (home, other))
        assert (left.signs.get().kind, there.signs.get().kind) == ("GAS", "RENT")
        assert (there.member, there.mark, there.state) == (came, came.mark, HardshipState.WAITING)
        assert (left.points, there.points) == (15, 25)

    def test_adds_to_what_was_told_there(self, manager, worker, centre):
        member, other = take_into_caseload(centre), take_into_caseload(centre, "이영희")
        bring(manager, row(months=2), row("이영희", kind="GAS"))

        self.moved(member, other.household, worker)

        (held,) = HardshipHousehold.objects.listed()
        assert held.care == other.household
        assert set(held.signs.values_list("kind", flat=True)) == {"GAS", "RENT"}
        assert held.points == 40
