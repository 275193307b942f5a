"""Requests are taken in once, by whom may, and given to the office whose they are."""

import uuid

import pytest

from accounts.enums import DelegationStep, MessagesTo
from accounts.models import Delegation, DelegationEvent, User
from core.cases.enums import EventKind, Party
from core.cases.errors import CaseHidden, CaseRefused
from core.cases.models import Case, CaseEvent
from core.cases.notices import RequestOpened
from core.cases.permissions import SYSTEM, PaperHolder
from core.cases.queries import find_duplicates
from core.cases.registry import UnknownKind
from core.cases.services import move
from core.notices.models import Message
from core.offices.enums import OfficeKind
from core.offices.models import Office
from tests.core.cases.conftest import NOW, make_case, new_key


def opened(case: Case) -> CaseEvent:
    return CaseEvent.objects.of(case).get(kind=EventKind.OPENED)


class TestOpenCase:
    def test_goes_to_the_office_that_the_kind_names(self, centre, other_centre, citizen):
        case = make_case(citizen, words="문턱이 높습니다.")

        assert (case.office_id, case.state, case.applicant) == (centre.pk, "received", "김시민")
        assert opened(case).party == Party.CITIZEN
        assert opened(case).words.text == "문턱이 높습니다."

    def test_is_opened_by_a_helper_for_whom_they_help(self, centre, citizen, helper):
        assert opened(make_case(citizen, actor=helper)).party == Party.HELPER

    def test_is_opened_at_the_counter_for_somebody_without_an_account(self, worker):
        case = make_case(None, actor=worker, applicant="박종이")

        assert (case.person_id, case.applicant, opened(case).party) == (
            None,
            "박종이",
            Party.WORKER,
        )

    def test_is_opened_by_the_portal_itself(self, centre, citizen):
        assert opened(make_case(citizen, actor=SYSTEM)).party == Party.SYSTEM

    def test_is_not_opened_for_strangers(self, centre, citizen, stranger):
        with pytest.raises(CaseRefused):
            make_case(citizen, actor=stranger)
        with pytest.raises(CaseRefused):
            make_case(None, actor=stranger, applicant="누구")
        with pytest.raises(CaseRefused):
            make_case(None, actor=PaperHolder(1), applicant="누구")
        assert not Case.objects.exists()

    def test_happens_once_for_each_key(self, centre, citizen):
        key = uuid.uuid4()

        assert make_case(citizen, key=key) == make_case(citizen, key=key)
        assert Case.objects.count() == CaseEvent.objects.count() == 1

    def test_shows_nobody_elses_case_for_a_key(self, centre, citizen, stranger):
        key = uuid.uuid4()
        make_case(citizen, key=key)

        with pytest.raises(CaseHidden):
            make_case(stranger, key=key)

    def test_is_refused_where_no_office_is_responsible(self, db, citizen):
        with pytest.raises(CaseRefused, match="맡을 기관이 없습니다"):
            make_case(citizen)

    def test_knows_no_kind_that_nobody_declares(self, centre, citizen):
        with pytest.raises(UnknownKind):
            make_case(citizen, kind="welfare.nothing")

    def test_cuts_what_is_too_long(self, centre, citizen):
        case = make_case(citizen, subject="가" * 300, applicant="나" * 300)

        assert (len(case.subject), len(case.applicant)) == (120, 60)


class TestDuplicates:
    def test_are_found_by_person_and_kind(self, case, citizen, stranger):
        again, other = make_case(citizen), make_case(citizen, kind="welfare.one-only")
        make_case(stranger)

        found = find_duplicates("welfare.home-help", citizen.pk, but=case.pk)
        assert list(found) == [again]
        assert list(find_duplicates("welfare.one-only", citizen.pk)) == [other]

    def test_are_none_of_nobody(self, worker):
        make_case(None, actor=worker)

        assert not find_duplicates("welfare.home-help", None).exists()

    def test_are_refused_where_the_kind_says_so(self, centre, citizen, stranger):
        first = make_case(citizen, kind="welfare.one-only")
        with pytest.raises(CaseRefused, match="이미"):
            make_case(citizen, kind="welfare.one-only")
        make_case(stranger, kind="welfare.one-only")

        move(case_id=first.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)
        assert make_case(citizen, kind="welfare.one-only") != first

    def test_are_refused_by_opening_again_too(self, centre, citizen, manager):
        first = make_case(citizen, kind="welfare.one-only")
        move(case_id=first.pk, name="begin", actor=manager, key=new_key(), now=NOW)
        move(case_id=first.pk, name="approve", actor=manager, key=new_key(), now=NOW)
        second = make_case(citizen, kind="welfare.one-only")
        again_told = {"case_id": first.pk, "name": "reopen", "actor": manager, "words": "이의"}
        with pytest.raises(CaseRefused, match="이미"):
            move(**again_told, key=new_key(), now=NOW)

        move(case_id=second.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)
        move(**again_told, key=new_key(), now=NOW)
        first.refresh_from_db()
        assert first.is_open


class TestOffice:
    def test_must_be_of_a_kind_that_may_have_it(self, centre, citizen):
        partner = Office.objects.create(kind=OfficeKind.PARTNER, name="이웃돕기")

        with pytest.raises(CaseRefused, match="맡지 않습니다"):
            make_case(citizen, kind="welfare.at-centres", office_id=partner.pk)
        assert not Case.objects.exists()

    def test_may_be_named_by_the_area(self, centre, other_centre, citizen):
        assert make_case(citizen, office_id=other_centre.pk).office == other_centre
        assert Office.objects.count() == 2


class TestWhoOpens:
    def test_is_staff_of_that_office_alone(self, centre, other_centre, worker, outsider):
        with pytest.raises(CaseRefused):
            make_case(None, actor=outsider, office_id=centre.pk)
        case = make_case(None, actor=outsider, office_id=other_centre.pk)

        assert opened(case).office_id == other_centre.pk

    def test_who_helps_and_works_elsewhere_is_a_helper(self, centre, citizen, delegation, outsider):
        Delegation.objects.filter(pk=delegation.pk).update(helper=outsider)
        helper = User.objects.get(pk=outsider.pk)
        event = opened(make_case(citizen, actor=helper))

        assert (event.party, event.office_id) == (Party.HELPER, None)
        assert DelegationEvent.objects.filter(step=DelegationStep.ACTED).count() == 1

    def test_of_staff_and_helpers_is_told_to_the_person_themselves(
        self, centre, citizen, delegation, helper, worker
    ):
        Delegation.objects.filter(pk=delegation.pk).update(messages_to=MessagesTo.HELPER)
        for actor in (helper, worker, citizen, SYSTEM):
            make_case(citizen, actor=actor)
        make_case(None, actor=worker)

        told = Message.objects.filter(notice=RequestOpened.slug)
        assert list(told.values_list("person", "about")) == [(citizen.pk, None)] * 2


@pytest.mark.parametrize("told", ["words", "subject", "applicant"])
def test_resident_numbers_are_kept_nowhere(centre, citizen, told):
    with pytest.raises(CaseRefused, match="주민등록번호"):
        make_case(citizen, **{told: "５６０３０２ － １２３４５６７"})

    assert not Case.objects.exists()
