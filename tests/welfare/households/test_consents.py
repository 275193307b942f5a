"""Consents end whenever somebody takes them back: by staff, by the person, also after the care."""

import datetime
import uuid

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from core.notices.enums import DeliveryState
from core.notices.models import Delivery, Message
from core.notices.services import Letter, tell_each
from tests.accounts.factories import make_manager, make_person
from tests.welfare.factories import make_facility
from tests.welfare.households.people import NOW, TODAY, added, agreed, click, family, opened
from tests.welfare.households.test_admin import of, page, signed_in
from welfare.cases import why_untold
from welfare.enums import CareConsentTopic, CareDeed, CareRelation
from welfare.models import CareConsent, CareStep
from welfare.notices import BenefitEnds
from welfare.services import care_records
from welfare.services.care_cases import plan_home_visit, refer_member
from welfare.services.care_consents import end_consent, take_back_consent
from welfare.services.care_log import HouseholdRefused
from welfare.services.households import close_household, end_membership, move_member

pytestmark = pytest.mark.django_db
CARE = "/welfare/care/"


@pytest.fixture
def person():
    return make_person("홍길동")


@pytest.fixture
def home(worker, person):
    household, (head,) = family(worker, "홍길동", person=person)
    agreed(household, head, CareConsentTopic.SHARE, actor=worker)
    agreed(household, head, CareConsentTopic.VISIT, actor=worker)
    return household, head


def sent(consent):
    return {"consent": consent.pk, "key": str(uuid.uuid4())}


class TestByStaff:
    def test_end_where_the_care_has_ended(self, home, worker, outsider):
        household, _ = home
        close_household(household=household, words="이사", click=click(worker))
        client = signed_in(worker)
        shown = page(client.get(of(household)))
        assert len(shown.select("input[name=deed][value=end-consent]")) == 2
        assert len(shown.select("input[name=deed]")) == 2
        consent = CareConsent.objects.order_by("pk")[0]
        told = {"deed": "end-consent", "row": consent.pk, "key": str(uuid.uuid4())}
        assert client.post(of(household), told).status_code == 302
        consent.refresh_from_db()
        assert consent.until is not None
        assert signed_in(outsider).post(of(household), told).status_code == 404
        again = client.post(of(household), {**told, "deed": "end-need"})
        assert again.status_code == 403


class TestByThePerson:
    def test_is_taken_back_though_the_clock_was_set_back(self, home, person):
        consent = CareConsent.objects.get(topic=CareConsentTopic.SHARE)
        early = click(person, now=NOW - datetime.timedelta(days=1))
        take_back_consent(consent_id=consent.pk, click=early)
        consent.refresh_from_db()
        assert consent.until == consent.since == TODAY

    def test_says_which_centre_it_is_and_takes_a_consent_back(self, home, worker, person):
        household, head = home
        client = signed_in(person)
        shown = page(client.get(CARE))
        assert "사직동주민센터에서 우리 가구를 맡고 있습니다" in shown.text
        assert len(shown.select("input[name=consent]")) == 2
        consent = CareConsent.objects.get(topic=CareConsentTopic.SHARE)
        told = sent(consent)
        for _twice in range(2):
            assert client.post(CARE, told).url == CARE
        consent.refresh_from_db()
        assert consent.until == timezone.localdate()
        line = CareStep.objects.get(deed=CareDeed.CONSENT_ENDED)
        assert (line.by, line.member, line.centre) == (person, head, household.centre)
        assert "거둔 동의" in page(client.get(CARE)).text
        assert "거둔 동의 1건" in page(signed_in(worker).get(of(household))).text

    @pytest.mark.parametrize("left", ["closed", "gone"])
    def test_also_after_the_care(self, home, worker, person, left):
        household, head = home
        if left == "closed":
            close_household(household=household, words="이사", click=click(worker))
        else:
            end_membership(member=head, on=TODAY, click=click(worker))
        client = signed_in(person)
        assert "맡은 동주민센터가 없습니다" in page(client.get(CARE)).text
        for consent in CareConsent.objects.all():
            client.post(CARE, sent(consent))
        assert not CareConsent.objects.valid().exists()

    def test_is_ones_own_alone(self, home, worker):
        consent = CareConsent.objects.order_by("pk")[0]
        other = make_person("남남남")
        for who in (other, worker):
            signed_in(who).post(CARE, sent(consent))
            with pytest.raises(HouseholdRefused):
                take_back_consent(consent_id=consent.pk, click=click(who))
        for wrong in ({}, {"consent": "9" * 40, "key": str(uuid.uuid4())}, {"consent": "x"}):
            assert signed_in(other).post(CARE, wrong).url == CARE
        assert CareConsent.objects.valid().count() == 2
        assert signed_in(other).get(CARE).status_code == 200

    def test_who_sees_to_it_is_told_else_who_runs_the_centre(self, home, worker, person, centre):
        household, head = home
        manager, client = make_manager(centre), signed_in(person)
        first, second = CareConsent.objects.order_by("pk")
        client.post(CARE, sent(first))
        told = Message.objects.filter(notice="welfare.consent-taken-back")
        assert set(told.values_list("person", flat=True)) == {manager.pk}
        care_records.plan_step(
            household=household, member_id=head.pk, words="전화", due=TODAY,
            responsible_id=worker.pk, click=click(worker),
        )  # fmt: skip
        client.post(CARE, sent(second))
        assert set(told.values_list("person", flat=True)) == {manager.pk, worker.pk}
        assert {one.facts["number"] for one in told} == {household.pk}

    def test_what_is_held_leads_there(self, home, person):
        shown = BeautifulSoup(signed_in(person).get("/my/data/").content, "html.parser")
        assert len(shown.select(f'a[href="{CARE}"]')) == 1

    def test_a_visitor_signs_in_first(self, client):
        assert "/accounts/login/" in client.get(CARE).url


class TestAnotherStay:
    """What somebody took back is theirs, and not of the household in which they said it."""

    def taken_back(self, household, member, topic, actor):
        consent = CareConsent.objects.valid().get(member=member, topic=topic)
        end_consent(household=household, consent_id=consent.pk, click=click(actor))

    def again(self, how, household, head, worker, person):
        """Let somebody move, or be taken in anew: each stay is a row of its own."""
        other = opened(worker)
        if how == "moved":
            told = {"relation": CareRelation.SELF, "on": TODAY, "click": click(worker)}
            return other, move_member(member=head, household=other, **told)
        end_membership(member=head, on=TODAY, click=click(worker))
        person = person if how == "of the same account" else None
        name = "홍길똥" if person else "홍길동"
        return other, added(other, worker, name, person=person)

    @pytest.mark.parametrize("how", ["moved", "of the same name", "of the same account"])
    def test_no_visit_is_planned_against_one_that_was_taken_back(self, home, worker, person, how):
        household, head = home
        self.taken_back(household, head, CareConsentTopic.VISIT, worker)
        other, member = self.again(how, household, head, worker, person)
        told = {"household": other, "member_id": member.pk, "words": "안부"}

        with pytest.raises(HouseholdRefused, match="거두신"):
            plan_home_visit(click=click(worker), **told)
        agreed(other, member, CareConsentTopic.VISIT, actor=worker)
        assert plan_home_visit(click=click(worker), **told).case.kind == "welfare.home_visit"

    def test_what_was_said_later_counts_for_an_earlier_referral(self, home, worker, person):
        household, head = home
        told = {"facility": make_facility(), "words": "돌봄", "click": click(worker)}
        case = refer_member(household=household, member_id=head.pk, **told).case
        other, member = self.again("moved", household, head, worker, person)
        agreed(other, member, CareConsentTopic.SHARE, actor=worker)
        assert why_untold(case) == ""
        self.taken_back(other, member, CareConsentTopic.SHARE, worker)

        assert "동의를 받아" in why_untold(case)

    def test_a_reminder_is_not_sent_for_one_of_an_earlier_stay(self, home, worker, person):
        household, head = home
        agreed(household, head, CareConsentTopic.REMIND, actor=worker)
        other, member = self.again("moved", household, head, worker, person)
        agreed(other, member, CareConsentTopic.REMIND, actor=worker)
        tell_each(notice=BenefitEnds, letters=[Letter(person.pk, {}, "one", CARE)], now=NOW)
        assert Delivery.objects.filter(state=DeliveryState.QUEUED).exists()
        self.taken_back(other, member, CareConsentTopic.REMIND, worker)

        assert not Delivery.objects.filter(state=DeliveryState.QUEUED).exists()
