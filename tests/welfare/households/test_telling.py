"""Who hears of a hand-over: who runs the other centre, who worked on it, who lives there."""

import pytest

from core.notices.composing import compose
from core.notices.models import Message
from tests.accounts.factories import make_manager, make_person, make_worker
from tests.welfare.households.people import DAY, TODAY, added, agreed, click, family
from tests.welfare.households.test_admin import LIST, named, page, signed_in
from welfare.models import CareConsent, CareHandOver, CarePlanStep
from welfare.queries import worklists
from welfare.services import care_records
from welfare.services.care_consents import take_back_consent
from welfare.services.care_handing import decline_household, offer_household, take_household
from welfare.services.care_log import HouseholdRefused
from welfare.services.households import end_membership

pytestmark = pytest.mark.django_db


def told(notice):
    rows = Message.objects.filter(notice=f"welfare.{notice}")
    return {one.person_id: one for one in rows.order_by("pk")}


@pytest.fixture
def person():
    return make_person("홍길동")


@pytest.fixture
def home(worker, colleague, person):
    household, (head,) = family(worker, "홍길동", person=person)
    care_records.plan_step(
        household=household,
        member_id=head.pk,
        words="전화하기",
        due=TODAY,
        responsible_id=colleague.pk,
        click=click(worker),
    )
    return household, head


def offered(household, worker, to):
    offer_household(household=household, to=to, reason="이사", click=click(worker))
    return CareHandOver.objects.waiting().get()


class TestHandOver:
    def test_who_runs_the_other_centre_hears_of_the_offer(
        self, home, worker, outsider, other_centre, centre
    ):
        make_worker(other_centre)
        make_manager(centre)
        offered(home[0], worker, other_centre)
        heard = told("household-comes")
        assert set(heard) == {outsider.pk}
        message = heard[outsider.pk]
        assert message.facts == {"centre": str(centre)}
        assert message.url == "/admin/welfare/carehousehold/coming/"
        letter = compose([message], language="ko")
        assert str(centre) in letter.subject
        assert "홍길동" not in letter.body

    def test_who_asked_and_who_saw_to_it_hear_of_the_answer(
        self, home, worker, colleague, outsider, other_centre
    ):
        household, head = home
        take_household(hand_over=offered(household, worker, other_centre), click=click(outsider))
        heard = told("household-taken")
        assert set(heard) == {worker.pk, colleague.pk}
        assert not any(one.url for one in heard.values())  # they do not see it any more
        assert set(told("centre-changed")) == {head.person_id}
        assert not told("household-stays")

    def test_those_who_live_there_hear_which_centre_is_theirs_once_it_is(
        self, home, worker, outsider, other_centre, person
    ):
        household, _ = home
        gone = make_person("홍떠남")
        left = added(household, worker, "홍떠남", birth_date=TODAY, on=TODAY, person=gone)
        end_membership(member=left, on=TODAY, click=click(worker))
        offer = offered(household, worker, other_centre)
        assert not told("centre-changed")
        used = click(outsider)
        for _twice in range(2):
            take_household(hand_over=offer, click=used)
        message = told("centre-changed")[person.pk]
        assert Message.objects.filter(notice="welfare.centre-changed").count() == 1
        assert str(other_centre) in compose([message], language="ko").body
        assert message.url == "/welfare/care/"
        shown = page(signed_in(person).get(message.url))
        assert str(other_centre) in shown.text

    def test_a_refusal_is_told_to_who_asked(self, home, worker, outsider, other_centre):
        household, _ = home
        offer = offered(household, worker, other_centre)
        decline_household(hand_over=offer, reason="우리 동이 아님", click=click(outsider))
        heard = told("household-stays")
        assert set(heard) == {worker.pk}
        assert heard[worker.pk].url == f"{LIST}{household.pk}/change/"
        assert "우리 동이 아님" not in compose([heard[worker.pk]], language="ko").body
        assert not told("centre-changed")


class TestPlanOfNobody:
    def test_waits_for_somebody_here_and_then_for_that_person(
        self, home, worker, colleague, outsider, other_centre
    ):
        household, _ = home
        assert worklists.care_mine(colleague) == 1
        take_household(hand_over=offered(household, worker, other_centre), click=click(outsider))
        assert [worklists.care_mine(colleague), worklists.care_nobodys(outsider)] == [0, 1]
        client = signed_in(outsider)
        assert named(client.get(LIST, {"care": "nobody"})) == ["홍길동"]
        newcomer = make_worker(other_centre, name="새담당")
        step = CarePlanStep.objects.get()
        with pytest.raises(HouseholdRefused, match="우리 동주민센터 직원"):
            care_records.give_step(
                household=household, step_id=step.pk, responsible_id=worker.pk,
                click=click(outsider),
            )  # fmt: skip
        care_records.give_step(
            household=household, step_id=step.pk, responsible_id=newcomer.pk, click=click(outsider)
        )
        assert [worklists.care_mine(newcomer), worklists.care_nobodys(outsider)] == [1, 0]
        assert named(signed_in(newcomer).get(LIST, {"care": "mine"})) == ["홍길동"]
        assert named(client.get(LIST, {"care": "mine"})) == []

    def test_is_also_what_somebody_saw_to_who_works_here_no_more(
        self, home, worker, colleague, person, centre
    ):
        """It stood on nobody's list, and whoever had left heard what became of it."""
        household, head = home
        manager = make_manager(centre)
        agreed(household, head, actor=worker)
        assert worklists.care_nobodys(worker) == 0

        colleague.memberships.update(ends_date=DAY)

        assert worklists.care_nobodys(worker) == 1
        assert named(signed_in(worker).get(LIST, {"care": "nobody"})) == ["홍길동"]
        take_back_consent(consent_id=CareConsent.objects.get().pk, click=click(person))
        assert set(told("consent-taken-back")) == {manager.pk}

    def test_a_household_without_a_plan_is_nobodys_no_more_than_before(self, worker):
        household, (head,) = family(worker, "김없음")
        agreed(household, head, actor=worker)
        assert [worklists.care_mine(worker), worklists.care_nobodys(worker)] == [0, 0]
