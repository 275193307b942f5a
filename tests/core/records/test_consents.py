"""A consent is given to certain words, counts until it is withdrawn, and leaves a receipt."""

import datetime
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from accounts.models import User
from core.records import consents, purposes
from core.records.consents import (
    consented_purposes,
    has_consent,
    people_who_consent,
    receipts,
)
from core.records.declaration import Purpose
from core.records.enums import Channel
from core.records.models import Consent, ConsentText
from core.records.purposes import UnknownPurpose, declared_purposes
from core.records.services import TextChanged, give_consent, withdraw_consent

DAY = datetime.timedelta(days=1)


def purpose(slug="eligibility", **fields):
    told = {
        "facts": "household",
        "title": "받을 수 있는 복지 찾기",
        "text": "가구원과 나이를 복지 조건과 견주는 데 씁니다.",
        "stops": "새 복지를 찾아 알려 드리지 못합니다.",
    }
    return Purpose(slug=slug, **told | fields)


@pytest.fixture
def declare(monkeypatch):
    def declared(*given):
        by_slug = {one.slug: one for one in given}
        monkeypatch.setattr(purposes, "declared_purposes", lambda: by_slug)
        monkeypatch.setattr(consents, "declared_purposes", lambda: by_slug)

    declared(purpose(), purpose("news"))
    return declared


def give(person, slug="eligibility", *, now, channel=Channel.WEB):
    return give_consent(person=person, purpose=slug, channel=channel, now=now)


class TestConsent:
    def test_counts_from_then_on_for_this_person_and_purpose_alone(
        self, declare, resident, stranger, now
    ):
        assert not has_consent(resident, "eligibility")

        give(resident, now=now)

        assert has_consent(resident, "eligibility")
        assert not has_consent(resident, "news")
        assert not has_consent(stranger, "eligibility")
        assert consented_purposes(resident) == {"eligibility"}
        assert consented_purposes(stranger) == frozenset()

    def test_ends_at_once_when_it_is_withdrawn(self, declare, resident, now):
        give(resident, now=now)

        assert withdraw_consent(person=resident, purpose="eligibility", now=now + DAY)

        assert not has_consent(resident, "eligibility")
        assert not withdraw_consent(person=resident, purpose="eligibility", now=now + DAY)
        assert Consent.objects.get().withdrawn_at == now + DAY

    def test_of_somebody_else_is_not_withdrawn(self, declare, resident, stranger, now):
        give(resident, now=now)

        assert not withdraw_consent(person=stranger, purpose="eligibility", now=now)
        assert has_consent(resident, "eligibility")

    def test_said_twice_is_one(self, declare, resident, now):
        first, second = (give(resident, now=now + DAY * n) for n in (0, 1))

        assert first == second
        assert Consent.objects.get().given_at == now

    def test_given_again_after_a_withdrawal_is_another(self, declare, resident, now):
        give(resident, now=now)
        withdraw_consent(person=resident, purpose="eligibility", now=now)
        give(resident, now=now + DAY, channel=Channel.COUNTER)

        assert [one.channel for one in receipts(resident)] == [Channel.COUNTER, Channel.WEB]

    def test_is_no_permission_for_a_purpose_that_nobody_declares(self, declare, resident, now):
        for ask in (
            lambda: has_consent(resident, "eligibilty"),
            lambda: people_who_consent("eligibilty"),
            lambda: give(resident, "eligibilty", now=now),
        ):
            with pytest.raises(UnknownPurpose):
                ask()

    def test_is_asked_for_in_one_query(self, declare, resident, now, django_assert_num_queries):
        give(resident, now=now)

        with django_assert_num_queries(1):
            has_consent(resident, "eligibility")
        with django_assert_num_queries(1):
            consented_purposes(resident)

    def test_chooses_people_within_a_query(
        self, declare, resident, stranger, now, django_assert_num_queries
    ):
        give(resident, now=now)

        with django_assert_num_queries(1):
            chosen = list(User.objects.filter(pk__in=people_who_consent("eligibility")))
        assert chosen == [resident]

    def test_cannot_stand_twice_in_the_table(self, declare, resident, now):
        give(resident, now=now)

        with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
            Consent.objects.create(
                person=resident, purpose="eligibility", text_version=1, given_at=now
            )

    def test_cannot_end_before_it_began(self, declare, resident, now):
        give(resident, now=now)

        with pytest.raises(IntegrityError, match="withdrawn_after"), transaction.atomic():
            withdraw_consent(person=resident, purpose="eligibility", now=now - DAY)


class TestNewWords:
    def test_need_a_new_version(self, declare, resident, now):
        give(resident, now=now)
        declare(purpose(text="다른 데에도 씁니다."))

        with pytest.raises(TextChanged):
            give(resident, now=now)

    def test_leave_older_consents_valid_unless_they_say_otherwise(self, declare, resident, now):
        give(resident, now=now)
        declare(purpose(version=2, text="더 쉬운 말."))
        assert has_consent(resident, "eligibility")
        assert consented_purposes(resident) == {"eligibility"}

        declare(purpose(version=2, oldest_valid=2, text="더 쉬운 말."))
        assert not has_consent(resident, "eligibility")
        assert consented_purposes(resident) == frozenset()

    def test_take_the_place_of_the_older_when_agreed_to(self, declare, resident, now):
        give(resident, now=now)
        declare(purpose(version=2, oldest_valid=2, text="더 쉬운 말."))

        give(resident, now=now + DAY)

        assert has_consent(resident, "eligibility")
        assert [one.text_version for one in Consent.objects.current()] == [2]

    def test_of_another_language_are_the_same_words(self, declare, resident, now):
        with translation.override("en"):
            give(resident, now=now)

        assert ConsentText.objects.get().title == "받을 수 있는 복지 찾기"


class TestReceipts:
    def test_tell_the_words_of_that_day(self, declare, resident, now):
        give(resident, now=now)
        withdraw_consent(person=resident, purpose="eligibility", now=now + DAY)
        declare(purpose(version=2, text="나중의 말."))

        (receipt,) = receipts(resident)

        assert receipt.text == "가구원과 나이를 복지 조건과 견주는 데 씁니다."
        assert (receipt.version, receipt.channel) == (1, Channel.WEB)
        assert (receipt.given_at, receipt.withdrawn_at) == (now, now + DAY)

    def test_are_a_persons_own(self, declare, resident, stranger, now):
        give(resident, now=now)

        assert receipts(stranger) == []


class TestPurposes:
    def test_are_found_in_the_apps(self):
        assert isinstance(declared_purposes(), dict)

    @pytest.mark.parametrize(
        "given",
        [
            (purpose(), purpose()),
            (purpose(oldest_valid=2),),
        ],
    )
    def test_that_contradict_are_refused(self, monkeypatch, given):
        module = type("module", (), {"PURPOSES": given})
        monkeypatch.setattr(purposes, "find_spec", lambda name: name == "accounts.purposes" or None)
        monkeypatch.setattr(purposes, "import_module", lambda name: module)

        with pytest.raises(ImproperlyConfigured):
            declared_purposes.__wrapped__()


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_make_one_consent(self, declare, now):
        person = User.objects.create_user("twice@example.com", "pw")
        start, failures = threading.Barrier(2), []

        def say():
            start.wait()
            try:
                give(person, now=now)
            except Exception as fault:
                failures.append(fault)
            finally:
                connection.close()

        threads = [threading.Thread(target=say) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert failures == []
        assert Consent.objects.count() == 1
