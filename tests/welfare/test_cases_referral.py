"""A referral is answered by the facility that was handed it, which then alone may read it."""

import uuid

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.cases.errors import CaseHidden, CaseRefused
from core.cases.models import Case
from core.cases.services import hand_over, move, open_case
from core.offices.enums import OfficeKind
from core.offices.models import Office

pytestmark = pytest.mark.django_db


def member(office, role, email):
    person = User.objects.create_user(email, "pw", name=email)
    told = {"office": office, "role": role, "starts_date": "2020-01-01"}
    Membership.objects.create(person=person, **told)
    return person


@pytest.fixture
def worker(db):
    centre = Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")
    return member(centre, Role.WORKER, "worker@portal.example")


@pytest.fixture
def partner(db):
    facility = Office.objects.create(kind=OfficeKind.PARTNER, name="다솜복지관")
    return member(facility, Role.PARTNER, "partner@portal.example")


@pytest.fixture
def referral(worker, resident):
    return open_case(
        kind="welfare.referral",
        person=resident,
        applicant=resident.name,
        actor=worker,
        office_id=next(iter(worker.office_ids)),
        words="다솜복지관 점심을 함께 알아봅니다.",
        key=uuid.uuid4(),
        now=timezone.now(),
    )


def moved(case, name, actor, words=""):
    told = {"actor": actor, "key": str(uuid.uuid4()), "now": timezone.now(), "words": words}
    move(case_id=case.pk, name=name, **told)
    case.refresh_from_db()
    return case.state


def handed(case, actor, to):
    hand_over(
        case_id=case.pk,
        office=Office.objects.get(pk__in=to.office_ids),
        actor=actor,
        key=str(uuid.uuid4()),
        now=timezone.now(),
        reason="이용할 수 있는지 답해 주세요.",
    )


class TestReferral:
    def test_is_answered_by_the_facility_that_was_handed_it(self, referral, worker, partner):
        assert not Case.objects.visible_to(partner).exists()
        handed(referral, worker, partner)
        assert Case.objects.visible_to(partner).get() == referral
        assert not Case.objects.visible_to(worker).exists()

        assert moved(referral, "accept", partner, "월요일 10시, 1층") == "accepted"
        assert moved(referral, "attend", partner) == "attended"
        with pytest.raises(CaseHidden):
            moved(referral, "offer_again", worker, "다시")

    def test_is_answered_by_the_centre_for_a_facility_that_is_not_here(self, referral, worker):
        assert moved(referral, "decline", worker, "전화로: 자리가 없습니다.") == "declined"
        assert moved(referral, "offer_again", worker, "자리가 났습니다.") == "offered"
        assert referral.due_date is not None

    @pytest.mark.parametrize("name", ["accept", "decline"])
    def test_is_not_answered_without_words(self, referral, worker, name):
        with pytest.raises(CaseRefused):
            moved(referral, name, worker)

    def test_ends_where_the_person_does_not_want_it(self, referral, worker, resident):
        assert moved(referral, "withdraw", resident) == "withdrawn"
        with pytest.raises(CaseRefused):
            moved(referral, "accept", worker, "월요일")
