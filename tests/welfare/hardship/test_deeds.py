"""What people do about a household: written with its reason, once, and never changed."""

import datetime
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.cases.models import Case, CaseEvent
from tests.welfare.hardship import people
from tests.welfare.hardship.people import bring, do, household_of, row
from tests.welfare.households.people import click
from welfare.enums import CareConsentTopic, CareDeed, CounterConsent, HardshipDeed, HardshipState
from welfare.models import (
    CareCase,
    CareConsent,
    CareMember,
    CareStep,
    HardshipHousehold,
    HardshipStep,
)
from welfare.services.care_cases import plan_home_visit
from welfare.services.care_log import HouseholdRefused
from welfare.services.hardship import STATES, HardshipRefused, note_deed, plan_visit
from welfare.services.hardship_matching import follow_caseload

pytestmark = pytest.mark.django_db


@pytest.fixture
def household(manager):
    bring(manager, row())
    return household_of()


def planned(actor, household, words="문을 두드려 보겠습니다.", key=None):
    return plan_visit(
        household=household,
        words=words,
        actor=actor,
        key=key or uuid.uuid4(),
        now=timezone.now(),
    )


def refused(statement, *given):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{statement}; SET CONSTRAINTS ALL IMMEDIATE", given or None)


@transaction.atomic
def saved(household):
    household.save()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestDeeds:
    @pytest.mark.parametrize("deed", STATES)
    def test_say_how_far_the_centre_has_come(self, worker, household, deed):
        step = do(worker, household, deed, "세 달 치 요금을 함께 신청했습니다.")

        household.refresh_from_db()
        assert (household.state, household.state_at) == (STATES[deed], step.at)
        assert (step.by, step.words) == (worker, "세 달 치 요금을 함께 신청했습니다.")

    def test_may_go_back_and_keep_what_was_before(self, worker, household):
        for deed in (HardshipDeed.HELPED, HardshipDeed.LEFT, HardshipDeed.LOOKED_AT):
            do(worker, household, deed)

        household.refresh_from_db()
        assert household.state == HardshipState.LOOKED_AT
        assert household.steps.count() == 3

    def test_are_written_once(self, worker, household):
        key = uuid.uuid4()
        told = {"household": household, "words": "봤습니다.", "actor": worker, "key": key}
        for _ in range(2):
            note_deed(deed=HardshipDeed.LOOKED_AT, now=timezone.now(), **told)

        assert HardshipStep.objects.count() == 1

    def test_lose_no_reason_on_a_page_gone_back_to(self, worker, household):
        told = {"household": household, "actor": worker, "key": uuid.uuid4()}
        looked_at = {"deed": HardshipDeed.LOOKED_AT, "now": timezone.now(), **told}
        note_deed(words="봤습니다.", **looked_at)
        with pytest.raises(HardshipRefused, match="지금 보낸 것은 처리하지 않았습니다"):
            note_deed(words="또 봤습니다.", **looked_at)

    @pytest.mark.parametrize("words", ["", "  \n ", "가" * 2_001])
    def test_need_a_reason(self, worker, household, words):
        with pytest.raises(HardshipRefused):
            do(worker, household, HardshipDeed.LEFT, words)

        household.refresh_from_db()
        assert household.state == HardshipState.WAITING

    def test_are_the_own_centres_alone(self, outsider, resident, official, admin_user, household):
        for actor in (outsider, resident, official, admin_user):
            with pytest.raises(HardshipRefused):
                do(actor, household)
            with pytest.raises(HardshipRefused):
                planned(actor, household)
        assert not HardshipStep.objects.exists()

    def test_are_kept_sealed(self, worker, household):
        do(worker, household, words="월세가 밀려 퇴거 통지를 받았습니다.")

        with connection.cursor() as cursor:
            cursor.execute("SELECT words FROM welfare_hardshipstep")
            assert "퇴거" not in cursor.fetchone()[0]


class TestVisit:
    def test_opens_a_home_visit_of_the_centre_without_telling_why(self, worker, household):
        step = planned(worker, household)

        household.refresh_from_db()
        case = step.case
        assert (case.kind, case.state) == ("welfare.home_visit", "planned")
        assert (case.office_id, case.applicant, case.person) == (
            household.office_id,
            "홍길동",
            None,
        )
        assert household.state == HardshipState.LOOKED_AT
        opened = CaseEvent.objects.get(case=case)
        assert not hasattr(opened, "words")
        assert step.words == "문을 두드려 보겠습니다."

    def test_of_whom_the_caseload_knows_is_theirs_to_see(self, worker, manager, centre, resident):
        people.take_into_caseload(centre, person=resident)
        bring(manager, row())

        step = planned(worker, household_of())

        assert (step.case.person, step.case.applicant) == (resident, "홍길동")

    def test_is_for_who_lives_there_once_whom_it_told_of_has_left(self, worker, manager, centre):
        told_of = people.take_into_caseload(centre)
        home = told_of.household
        bring(manager, row())
        CareMember.objects.filter(pk=told_of.pk).update(until=people.TODAY)
        with pytest.raises(HardshipRefused, match="누가 사는지"):
            planned(worker, household_of())
        assert not Case.objects.exists()
        people.take_into_caseload(centre, "홍새봄", household=home)

        assert planned(worker, household_of()).case.applicant == "홍새봄"

    def test_is_none_once_its_consent_was_taken_back(self, worker, manager, centre):
        member = people.take_into_caseload(centre)
        CareConsent.objects.create(
            household=member.household,
            member=member,
            topic=CareConsentTopic.VISIT,
            way=CounterConsent.PAPER,
            version=1,
            since=people.TODAY,
            until=people.TODAY,
            taken_by=worker,
        )
        bring(manager, row())

        with pytest.raises(HardshipRefused, match="거두신"):
            planned(worker, household_of())
        assert not Case.objects.exists()

    def test_leaves_what_was_done_before_it(self, worker, household):
        do(worker, household, HardshipDeed.HELPED)

        planned(worker, household)

        household.refresh_from_db()
        assert household.state == HardshipState.HELPED

    def test_is_planned_once(self, worker, household):
        key = uuid.uuid4()
        first = planned(worker, household, key=key)

        assert planned(worker, household, key=key) == first
        with pytest.raises(HardshipRefused, match=f"#{first.case_id}"):
            planned(worker, household)
        assert Case.objects.count() == 1

    def test_of_whom_is_cared_for_is_a_request_of_their_household(self, worker, manager, centre):
        member = people.take_into_caseload(centre)
        bring(manager, row())

        case = planned(worker, household_of()).case

        tied = CareCase.objects.get()
        assert (tied.case, tied.member, tied.household) == (case, member, member.household)
        line = CareStep.objects.get(deed=CareDeed.CASE_OPENED)
        assert (line.case, line.member, line.words) == (case, member, "")
        told = {"household": member.household, "member_id": member.pk, "words": "안부"}
        with pytest.raises(HouseholdRefused, match=f"#{case.pk}"):
            plan_home_visit(click=click(worker), **told)

    def test_is_none_beside_one_of_the_households_page(self, worker, manager, centre):
        member = people.take_into_caseload(centre)
        bring(manager, row())
        told = {"household": member.household, "member_id": member.pk, "words": "안부"}
        case = plan_home_visit(click=click(worker), **told).case

        with pytest.raises(HardshipRefused, match=f"#{case.pk}"):
            planned(worker, household_of())

    def test_from_before_the_caseload_knew_of_them_is_known_there(self, worker, household, centre):
        case = planned(worker, household).case
        member = people.take_into_caseload(centre)
        follow_caseload(now=timezone.now())
        told = {"household": member.household, "member_id": member.pk, "words": "안부"}

        assert not CareCase.objects.exists()
        with pytest.raises(HouseholdRefused, match=f"#{case.pk}"):
            plan_home_visit(click=click(worker), **told)

    def test_needs_a_reason_before_anything_is_opened(self, worker, household):
        with pytest.raises(HardshipRefused):
            planned(worker, household, words=" ")

        assert not Case.objects.exists()

    def test_is_no_note(self, worker, household):
        with pytest.raises(HardshipRefused, match="방문"):
            do(worker, household, HardshipDeed.VISIT_PLANNED)


class TestTheDatabase:
    @pytest.fixture
    def step(self, worker, household):
        return do(worker, household)

    def test_refuses_to_change_a_line(self, step):
        refused("UPDATE welfare_hardshipstep SET deed = 'LEFT'")
        refused("UPDATE welfare_hardshipstep SET at = now()")

    def test_refuses_to_take_a_line_away(self, step):
        refused("DELETE FROM welfare_hardshipstep")

    def test_refuses_to_take_the_household_away_with_it(self, step):
        with pytest.raises(DatabaseError), transaction.atomic():
            HardshipHousehold.objects.all().delete()

    @pytest.mark.parametrize("state", ["HELPED", "LEFT", "WAITING"])
    def test_refuses_a_state_that_nobody_brought_about(self, step, state):
        refused("UPDATE welfare_hardshiphousehold SET state = %s, state_at = now()", state)

    def test_refuses_a_household_that_begins_otherwise_than_unseen(self, household):
        held = HardshipHousehold.objects.get()
        held.pk, held.mark = None, "0" * 64
        held.state, held.state_at = HardshipState.LEFT, timezone.now()
        with pytest.raises(DatabaseError):
            saved(held)

    def test_makes_nothing_older_than_it_is(self, household):
        earlier = household.touched_at - datetime.timedelta(days=400)

        with pytest.raises(DatabaseError), transaction.atomic():
            HardshipHousehold.objects.update(touched_at=earlier)
