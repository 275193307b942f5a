"""What takes two: a household that another centre takes, and two that turn out to be one."""

import datetime
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.accounts.factories import make_centre, make_manager, make_person, make_worker
from tests.welfare.hardship.people import bring, row
from tests.welfare.households.people import (
    ADDRESS,
    NOW,
    TODAY,
    added,
    agreed,
    at_once,
    click,
    family,
    opened,
)
from tests.welfare.households.test_admin import signed_in
from tests.welfare.test_publication_locks import wait_for_a_waiter
from welfare.enums import CareAnswer, CareConsentTopic, CareDeed, CareRelation
from welfare.models import (
    CareConsent,
    CareHandOver,
    CareHousehold,
    CareMember,
    CareMerge,
    CarePlanStep,
    CareStep,
    HardshipHousehold,
)
from welfare.queries import care_duplicates
from welfare.queries.care_duplicates import outlook_of, possible_duplicates
from welfare.services import care_records
from welfare.services.care_consents import ConsentEnded, end_consent, take_back_consent
from welfare.services.care_forgetting import forget_households
from welfare.services.care_handing import (
    decline_household,
    offer_household,
    take_household,
    withdraw_offer,
)
from welfare.services.care_log import HouseholdRefused
from welfare.services.care_merging import agree_to_merge, decline_merge, propose_merge
from welfare.services.hardship_lock import wait_for_list
from welfare.services.hardship_matching import follow_caseload
from welfare.services.households import close_household

pytestmark = pytest.mark.django_db(transaction=True)


def offered(household, worker, to):
    offer_household(household=household, to=to, reason="상계1동으로 이사", click=click(worker))
    return CareHandOver.objects.waiting().get(household=household)


def proposed(kept, gone, actor):
    return propose_merge(kept=kept, gone=gone, reason="한 집입니다.", click=click(actor))


def done_behind_the_list(do, household):
    """Answer what came of it while somebody wrote the list of signs, and was free to need the row.

    What brings signs in needs the household; held by who waits for the list, both would for ever.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            wait_for_list()
            done = pool.submit(lambda: at_once(do))
            wait_for_a_waiter()
            CareHousehold.objects.select_for_update(nowait=True).get(pk=household.pk)
        return done.result(30)


class TestHandingOver:
    def test_the_old_centre_loses_sight_when_the_other_takes_it(
        self, worker, outsider, other_centre
    ):
        household, (head,) = family(worker, "홍길동")
        care_records.plan_step(
            household=household,
            member_id=head.pk,
            words="전화하기",
            due=TODAY,
            responsible_id=worker.pk,
            click=click(worker),
        )
        offer = offered(household, worker, other_centre)
        assert CareHousehold.objects.visible_to(worker).exists()
        assert not CareHousehold.objects.visible_to(outsider).exists()
        page = click(outsider)
        take_household(hand_over=offer, click=page)
        take_household(hand_over=offer, click=page)
        assert not CareHousehold.objects.visible_to(worker).exists()
        assert CareHousehold.objects.visible_to(outsider).get() == household
        assert CarePlanStep.objects.get().responsible is None
        (line,) = CareStep.objects.filter(deed=CareDeed.HANDED_OVER)
        assert (line.by, line.centre) == (outsider, other_centre)
        with pytest.raises(HouseholdRefused):
            added(household, worker, "홍길순")
        added(household, outsider, "홍길순")

    def test_only_who_runs_the_other_centre_answers(self, worker, outsider, other_centre):
        offer = offered(family(worker, "홍길동")[0], worker, other_centre)
        for actor in (worker, make_worker(other_centre), make_manager(worker.duties[0].office)):
            with pytest.raises(HouseholdRefused, match="책임자만"):
                take_household(hand_over=offer, click=click(actor))
        assert CareHandOver.objects.waiting().count() == 1

    def test_is_declined_with_a_reason_or_taken_back(self, worker, outsider, other_centre):
        household, _ = family(worker, "홍길동")
        offer = offered(household, worker, other_centre)
        with pytest.raises(HouseholdRefused, match="받지 않는 까닭"):
            decline_household(hand_over=offer, reason=" ", click=click(outsider))
        decline_household(hand_over=offer, reason="우리 동이 아닙니다.", click=click(outsider))
        offer = offered(household, worker, other_centre)
        with pytest.raises(HouseholdRefused, match="답을 기다리는"):
            offered(household, worker, other_centre)
        withdraw_offer(household=household, click=click(worker))
        with pytest.raises(HouseholdRefused, match="이미 답이"):
            take_household(hand_over=offer, click=click(outsider))
        assert CareHousehold.objects.get().centre_id != other_centre.pk

    def test_nothing_is_given_to_who_cannot_take_it(self, worker):
        household, _ = family(worker, "홍길동")
        empty = make_centre("1111054000").office
        for to in (empty, household.centre):
            with pytest.raises(HouseholdRefused):
                offered(household, worker, to)

    def test_waits_for_the_list_of_signs_before_it_holds_the_household(
        self, worker, outsider, other_centre
    ):
        household, _ = family(worker, "홍길동")
        offer = offered(household, worker, other_centre)
        (taken,) = done_behind_the_list(
            lambda: take_household(hand_over=offer, click=click(outsider)), household
        )
        assert taken.answer == CareAnswer.AGREED

    def test_taken_and_taken_back_at_once_is_one_of_both(self, worker, outsider, other_centre):
        household, _ = family(worker, "홍길동")
        offer = offered(household, worker, other_centre)
        answers = at_once(
            lambda: take_household(hand_over=offer, click=click(outsider)),
            lambda: withdraw_offer(household=household, click=click(worker)),
        )
        assert [isinstance(one, HouseholdRefused) for one in answers].count(True) == 1

    def test_the_database_lets_no_household_go_by_itself(self, worker, other_centre):
        household, _ = family(worker, "홍길동")
        with pytest.raises(IntegrityError, match="has not taken it"):
            CareHousehold.objects.filter(pk=household.pk).update(centre=other_centre)


class TestFindingDuplicates:
    def test_same_address_and_family_name(self, worker, outsider):
        one, _ = family(worker, "홍길동")
        other, _ = family(worker, "홍길순", address=f"  {ADDRESS.replace(' ', '  ')}")
        family(worker, "김이웃")
        family(worker, "홍멀리", address="다른 곳 1")
        family(outsider, "홍남의")
        (pair,) = possible_duplicates(worker)
        assert (pair.kept, pair.gone, pair.names) == (one, other, ("홍길동", "홍길순"))
        assert possible_duplicates(outsider) == []
        proposed(one, other, worker)
        assert possible_duplicates(worker) == []

    def test_is_not_hidden_by_addresses_that_neighbours_share(self, worker, monkeypatch):
        monkeypatch.setattr(care_duplicates, "AT_ONCE", 2)
        for number in range(3):
            for name in ("김이웃", "박이웃"):
                family(worker, f"{name}{number}", address=f"서울특별시 종로구 사직로 {number + 2}")
        one, _ = family(worker, "홍길동")
        other, _ = family(worker, "홍길순")
        (pair,) = possible_duplicates(worker)
        assert (pair.kept, pair.gone) == (one, other)
        family(worker, "홍길자")
        monkeypatch.setattr(care_duplicates, "MOST", 2)
        assert len(possible_duplicates(worker)) == 2


class TestMerging:
    def test_a_second_person_agrees_and_all_goes_over(self, worker, colleague):
        kept, (head,) = family(worker, "홍길동")
        gone, (other, child) = family(worker, "홍길순", "홍새봄")
        agreed(gone, child, actor=worker)
        before = CareStep.objects.filter(household=gone).count()
        merge = proposed(kept, gone, worker)
        outlook = outlook_of(kept, gone)
        assert outlook.comes == [
            ("홍길순", "본인", "그 밖의 동거인"),
            ("홍새봄", "자녀", "자녀"),
        ]
        assert dict(outlook.records)["동의"] == 1
        with pytest.raises(HouseholdRefused, match="동료가 동의"):
            agree_to_merge(merge=merge, click=click(worker))
        agree_to_merge(merge=merge, click=click(colleague))
        gone.refresh_from_db()
        assert (gone.closed_on, gone.merged_into) == (TODAY, kept)
        stays = CareMember.objects.filter(household=kept).order_by("pk")
        assert [(one.pk, one.relation) for one in stays] == [
            (head.pk, CareRelation.SELF),
            (other.pk, CareRelation.OTHER),
            (child.pk, CareRelation.CHILD),
        ]
        assert CareConsent.objects.get().household == kept
        assert CareStep.objects.filter(household=gone).count() == before + 2
        assert CareStep.objects.of(kept).filter(household=gone).exists()

    def test_agreed_by_two_at_once_it_is_merged_once(self, worker, colleague, centre):
        third = make_worker(centre, name="최셋째")
        kept, gone = family(worker, "홍길동")[0], family(worker, "홍길순")[0]
        merge = proposed(kept, gone, worker)
        answers = at_once(
            *(
                lambda who=who: agree_to_merge(merge=merge, click=click(who))
                for who in (colleague, third)
            )
        )
        assert [one.answer for one in answers] == [CareAnswer.AGREED] * 2
        assert CareStep.objects.filter(deed=CareDeed.MERGED).count() == 2
        assert CareMember.objects.filter(household=kept).count() == 2

    def test_agreed_and_declined_at_once_is_one_of_both(self, worker, colleague):
        kept, gone = family(worker, "홍길동")[0], family(worker, "홍길순")[0]
        merge = proposed(kept, gone, worker)
        answers = at_once(
            lambda: agree_to_merge(merge=merge, click=click(colleague)),
            lambda: decline_merge(merge=merge, reason="두 집입니다.", click=click(worker)),
        )
        assert [isinstance(one, HouseholdRefused) for one in answers].count(True) == 1

    def test_proposed_crosswise_at_once_it_waits_once(self, worker, colleague):
        one, other = family(worker, "홍길동")[0], family(worker, "홍길순")[0]
        answers = at_once(
            lambda: proposed(one, other, worker), lambda: proposed(other, one, colleague)
        )
        assert [isinstance(a, HouseholdRefused) for a in answers].count(True) == 1
        assert CareMerge.objects.waiting().count() == 1

    def test_a_merge_of_a_merge_keeps_the_whole_log(self, worker, colleague):
        first, second, third = (family(worker, name)[0] for name in ("홍하나", "홍두리", "홍서이"))
        for kept, gone in ((second, first), (third, second)):
            agree_to_merge(merge=proposed(kept, gone, worker), click=click(colleague))
        assert set(CareStep.objects.of(third).values_list("household", flat=True)) == {
            first.pk,
            second.pk,
            third.pk,
        }

    def test_households_of_two_centres_are_handed_over_first(self, worker, outsider):
        kept, gone = family(worker, "홍길동")[0], family(outsider, "홍길순")[0]
        with pytest.raises(HouseholdRefused, match="우리 동주민센터"):
            proposed(kept, gone, worker)

    def test_why_it_is_none_is_not_in_what_the_heads_read(self, worker, colleague):
        kept, gone = family(worker, "홍길동")[0], family(worker, "홍길순")[0]
        merge = proposed(kept, gone, worker)
        decline_merge(merge=merge, reason="가정폭력으로 나뉜 집", click=click(colleague))
        lines = CareStep.objects.filter(deed=CareDeed.MERGE_ENDED).order_by("household")
        assert [one.words for one in lines] == [f"#{gone.pk}", f"#{kept.pk}"]
        merge.refresh_from_db()
        assert merge.ended_because == "가정폭력으로 나뉜 집"
        page = signed_in(worker).get(f"/admin/welfare/carehousehold/merges/{merge.pk}/")
        assert "합치지 않는 까닭: 가정폭력으로 나뉜 집" in page.text

    def test_waits_for_the_list_of_signs_before_it_holds_a_household(self, worker, colleague):
        kept, gone = family(worker, "홍길동")[0], family(worker, "홍길순")[0]
        merge = proposed(kept, gone, worker)
        (met,) = done_behind_the_list(
            lambda: agree_to_merge(merge=merge, click=click(colleague)), kept
        )
        assert met.answer == CareAnswer.AGREED

    def test_a_consent_is_taken_back_on_either_side_of_it(self, worker, colleague):
        person = make_person("홍길순")
        kept = family(worker, "홍길동")[0]
        gone, (head, child) = family(worker, "홍길순", "홍새봄", person=person)
        for member in (head, child):
            agreed(gone, member, CareConsentTopic.SHARE, actor=worker)
        merge = proposed(kept, gone, worker)
        own, other = CareConsent.objects.order_by("pk")
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                agree_to_merge(merge=merge, click=click(colleague))
                back = pool.submit(
                    lambda: at_once(
                        lambda: take_back_consent(consent_id=own.pk, click=click(person))
                    )
                )
                wait_for_a_waiter("transactionid")
            assert [one.household for one in back.result(30)] == [kept]
        # The page of the household that went into the other was open all the while.
        end_consent(household=gone, consent_id=other.pk, click=click(worker))
        assert not CareConsent.objects.valid().exists()
        with pytest.raises(ConsentEnded, match="이미 거둔"):
            end_consent(household=gone, consent_id=other.pk, click=click(worker))

    def test_signs_of_hardship_go_over_as_well(self, worker, colleague, outsider, centre):
        manager = make_manager(centre)
        kept, gone = family(worker, "홍길동")[0], family(worker, "홍길순")[0]
        born = "1956-03-02"
        bring(manager, row("홍길동", born=born), row("홍길순", born=born, kind="GAS"))
        follow_caseload(now=timezone.now())
        agree_to_merge(merge=proposed(kept, gone, worker), click=click(colleague))
        (held,) = HardshipHousehold.objects.listed()
        assert held.care == kept
        assert held.signs.count() == 2

    def test_the_database_lets_nobody_merge_alone(self, worker):
        kept, gone = family(worker, "홍길동")[0], family(worker, "홍길순")[0]
        merge = proposed(kept, gone, worker)
        with pytest.raises(IntegrityError, match="agreed_by_another"), transaction.atomic():
            CareMerge.objects.filter(pk=merge.pk).update(
                answer=CareAnswer.AGREED, answered_by=worker, answered_at=NOW
            )
        with pytest.raises(IntegrityError, match="no second person"):
            CareHousehold.objects.filter(pk=gone.pk).update(closed_on=TODAY, merged_into=kept)


class TestTheLog:
    @pytest.mark.parametrize("change", ["words = 'x'", "at = now()", "by_id = 0"])
    def test_no_line_is_changed(self, worker, change):
        family(worker, "홍길동")
        with pytest.raises(Exception, match="is refused|permission denied"), transaction.atomic():
            connection.cursor().execute(f"UPDATE welfare_carestep SET {change}")

    def test_lines_go_with_their_household_alone(self, worker):
        household, _ = family(worker, "홍길동")
        with pytest.raises(Exception, match="go with their household"):
            CareStep.objects.all().delete()
        close_household(household=household, words="이사", click=click(worker))
        assert forget_households(now=NOW) == 0
        assert forget_households(now=NOW + datetime.timedelta(days=5 * 365 + 2)) == 1
        assert not CareStep.objects.exists()

    def test_lines_of_one_that_went_into_another_stay_while_that_one_is_cared_for(
        self, worker, colleague
    ):
        kept, gone = family(worker, "홍길동")[0], family(worker, "홍길순")[0]
        agree_to_merge(merge=proposed(kept, gone, worker), click=click(colleague))
        later = NOW + datetime.timedelta(days=5 * 365 + 2)
        assert forget_households(now=later) == 0
        assert CareStep.objects.filter(household=gone).exists()
        ending = click(worker, now=later)
        close_household(household=kept, words="이사", click=ending)
        assert forget_households(now=later + datetime.timedelta(days=5 * 365 + 2)) == 2

    def test_a_key_is_of_one_page(self, worker):
        household = opened(worker)
        key = uuid.uuid4()
        close_household(household=household, words="잘못 열었음", click=click(worker, key=key))
        close_household(household=household, words="잘못 열었음", click=click(worker, key=key))
        assert CareStep.objects.filter(key=key).count() == 1
