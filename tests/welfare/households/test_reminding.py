"""Who agreed hears a month before something ends that they receive, once, and nobody else does."""

import datetime
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from accounts.services.profile import withdraw_purpose
from core.cases.models import Case
from core.notices.enums import DeliveryState
from core.notices.models import Delivery, Message
from core.records.enums import Channel
from core.records.services import give_consent
from tests.accounts.factories import make_person
from tests.welfare.households.people import DAY, TODAY, agreed, click, family
from tests.welfare.households.test_admin import of, page, signed_in
from welfare.enums import CareBenefitState, CareConsentTopic
from welfare.models import CareBenefit, CareConsent
from welfare.models.application import APPLICATION, GRANTED, PARTLY, REFUSED
from welfare.services import care_records
from welfare.services.care_consents import end_consent, take_back_consent
from welfare.services.care_log import HouseholdRefused
from welfare.services.care_reminding import remind_of_ends
from welfare.services.households import end_membership

pytestmark = pytest.mark.django_db
CARE = "/welfare/care/"
NOW = timezone.make_aware(datetime.datetime(2026, 11, 20, 5))
LAST = TODAY + datetime.timedelta(days=30)


@pytest.fixture
def person():
    return make_person("홍길동")


@pytest.fixture
def home(worker, person):
    household, (head,) = family(worker, "홍길동", person=person)
    return household, head


def receives(home, worker, *, until=LAST, state=CareBenefitState.RECEIVED, name="활동지원"):
    household, head = home
    care_records.note_benefit(
        household=household, member_id=head.pk, benefit=None, name=name, state=state, on=DAY,
        lasts_until=until, click=click(worker),
    )  # fmt: skip
    return CareBenefit.objects.latest("pk")


def agree(home, worker):
    household, head = home
    agreed(household, head, CareConsentTopic.REMIND, actor=worker)
    return CareConsent.objects.valid().get(topic=CareConsentTopic.REMIND)


def told():
    return Message.objects.filter(notice="welfare.benefit-ends")


def remind(on=TODAY):
    return remind_of_ends(on=on, now=NOW)


def test_who_lets_nothing_be_watched_any_more_is_reminded_all_the_same(home, worker, person):
    """Two consents, each for its own: to take one back takes back nothing of the other."""
    receives(home, worker)
    agree(home, worker)
    remind()
    give_consent(person=person, purpose="welfare.alerts", channel=Channel.WEB, now=NOW)
    withdraw_purpose(person=person, purpose="welfare.alerts", now=NOW)
    assert Delivery.objects.get(person=person).state == DeliveryState.QUEUED


class TestReminding:
    def test_goes_on_where_a_row_cannot_be_opened(self, home, worker, person):
        receives(home, worker)
        agree(home, worker)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE welfare_carebenefit SET name = 'gone.x'")
            cursor.execute("UPDATE welfare_caremember SET name = 'gone.x'")
        assert remind() == 1

    def test_tells_once_of_each_last_day_and_names_nothing(self, home, worker, person):
        row = receives(home, worker)
        agree(home, worker)
        assert [remind(), remind()] == [1, 0]
        (message,) = told()
        assert (message.person, message.facts, message.url) == (person, {}, CARE)

        household, _head = home
        care_records.set_last_day(
            household=household, row_id=row.pk, lasts_until=TODAY, click=click(worker)
        )
        assert [remind(), remind()] == [1, 0]
        assert told().count() == 2

    @pytest.mark.parametrize(("state", "number"), [(GRANTED, 1), (PARTLY, 1), (REFUSED, 0)])
    def test_tells_of_what_a_request_gave_be_it_in_part(self, home, worker, state, number):
        row = receives(home, worker)
        case = Case.objects.create(
            kind=APPLICATION, state=state, office=home[0].centre, opened_at=NOW
        )
        CareBenefit.objects.filter(pk=row.pk).update(
            case=case, state=CareBenefitState.APPLIED, applied_date=DAY
        )
        agree(home, worker)

        assert remind() == number

    def test_tells_nobody_who_did_not_agree(self, home, worker):
        receives(home, worker)
        household, head = home
        for topic in CareConsentTopic:
            if topic is not CareConsentTopic.REMIND:
                agreed(household, head, topic, actor=worker)

        assert remind() == 0

    @pytest.mark.parametrize(
        ("until", "state"),
        [
            (LAST + datetime.timedelta(days=1), CareBenefitState.RECEIVED),
            (TODAY - datetime.timedelta(days=1), CareBenefitState.RECEIVED),
            (None, CareBenefitState.RECEIVED),
            (LAST, CareBenefitState.ENDED),
            (LAST, CareBenefitState.REFUSED),
            (LAST, CareBenefitState.APPLIED),
        ],
    )
    def test_tells_nothing_of_what_does_not_end_within_a_month(self, home, worker, until, state):
        receives(home, worker, until=until, state=state)
        agree(home, worker)

        assert remind() == 0

    def test_tells_nobody_who_moved_on_or_has_no_account(self, home, worker):
        household, head = home
        receives(home, worker)
        agree(home, worker)
        end_membership(member=head, on=TODAY, click=click(worker))
        other, (nobody,) = family(worker, "남남남", address="")
        receives((other, nobody), worker)
        agreed(other, nobody, CareConsentTopic.REMIND, actor=worker)

        assert remind() == 0


class TestTakingBack:
    @pytest.mark.parametrize("by", ["person", "staff"])
    def test_takes_a_message_that_waits_out_of_the_queue(self, home, worker, person, by):
        receives(home, worker)
        consent = agree(home, worker)
        remind()
        assert Delivery.objects.filter(state=DeliveryState.QUEUED).exists()
        if by == "person":
            take_back_consent(consent_id=consent.pk, click=click(person))
        else:
            end_consent(household=home[0], consent_id=consent.pk, click=click(worker))

        waiting = Delivery.objects.filter(
            state=DeliveryState.QUEUED, message__notice="welfare.benefit-ends"
        )
        assert not waiting.exists()
        assert remind() == 0

    def test_of_something_else_leaves_it(self, home, worker, person):
        receives(home, worker)
        agree(home, worker)
        household, head = home
        agreed(household, head, CareConsentTopic.VISIT, actor=worker)
        remind()
        visit = CareConsent.objects.get(topic=CareConsentTopic.VISIT)
        take_back_consent(consent_id=visit.pk, click=click(person))

        assert Delivery.objects.filter(
            state=DeliveryState.QUEUED, message__notice="welfare.benefit-ends"
        ).exists()


class TestLastDay:
    def test_is_not_before_the_first(self, home, worker):
        with pytest.raises(HouseholdRefused):
            receives(home, worker, until=DAY - datetime.timedelta(days=1))

    def test_is_told_at_the_desk_and_read_by_the_person(self, home, worker, person):
        row = receives(home, worker, until=None)
        agree(home, worker)
        household, _head = home
        last = timezone.localdate() + datetime.timedelta(days=10)
        client = signed_in(worker)
        sent = {"deed": "last-day", "row": row.pk, "key": str(uuid.uuid4()),
                "lasts_until": last.isoformat()}  # fmt: skip
        assert client.post(of(household), sent).status_code == 302
        assert f"{last.isoformat()}까지" in page(client.get(of(household))).text

        own = signed_in(person)
        shown = page(own.get(CARE))
        assert "곧 끝나는 급여" in shown.text
        assert "활동지원" in shown.text
        take_back_consent(consent_id=CareConsent.objects.get().pk, click=click(person))
        assert "활동지원" not in page(own.get(CARE)).text
