"""What is due goes out once: in batches, again after a fault, given up where nothing helps."""

import datetime
import uuid
from email import message_from_bytes, policy

import pytest
from django.utils import translation

from accounts.models import User
from core.notices import rules
from core.notices.channels.contract import Undelivered
from core.notices.enums import Channel, DeliveryState, Mode
from core.notices.models import Bounce, Delivery, Message, Preference, Reader
from core.notices.services import delivering, tell, tell_many
from core.notices.services.claiming import LEASE, begin, claim
from core.notices.services.delivering import deliver_due
from core.notices.stopping import read_token
from tests.core.notices.pretend import Answered, Broken, Opened, at

pytestmark = pytest.mark.django_db


def answer(person, *, cause="a:1", now=None, **more):
    tell(
        notice=Answered, person=person, facts={"number": 1}, cause=cause, now=now or at(10), **more
    )


def news(person, *, cause="n:1", name="가온 교실", now=None):
    tell(notice=Opened, person=person, facts={"name": name}, cause=cause, now=now or at(10))


def letters(outbox):
    found = sorted(outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]


def deliver(now=None, channel="EMAIL", **more):
    return deliver_due(now=now or at(10), channel=channel, **more)


class FailingSender:
    """Refuses every parcel, or takes it and then dies."""

    def __init__(self, fault):
        self.fault, self.seen = fault, []

    def send(self, parcel, addresses):
        self.seen.append(parcel)
        raise self.fault


@pytest.fixture
def failing(monkeypatch):
    def fail_with(fault):
        sender = FailingSender(fault)
        monkeypatch.setattr(delivering, "sender_of", lambda _: sender)
        return sender

    return fail_with


class TestLetter:
    def test_says_what_why_where_and_how_to_stop(self, resident, outbox):
        answer(resident, url="/my/requests/1/")

        assert deliver().sent == 1

        (letter,) = letters(outbox)
        text = letter.get_content()
        assert letter["To"] == "resident@example.com"
        assert letter["Subject"].strip() == "[서울 시민 서비스 포털] 답이 왔습니다"
        assert "물어보신 것에 답을 드렸습니다." in text
        assert "물어보신 일의 답입니다." in text
        assert "http://127.0.0.1:8000/my/requests/1/" in text
        assert "http://127.0.0.1:8000/my/notices/settings/" in text
        assert letter["List-Unsubscribe"].strip(" <>") in text
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert Delivery.objects.get().state == DeliveryState.SENT

    def test_has_a_stop_link_that_names_nobody(self, resident, outbox):
        answer(resident)
        deliver()

        token = letters(outbox)[0]["List-Unsubscribe"].strip(" <>/").rpartition("/")[2]

        assert read_token(token).person_id == resident.pk
        assert str(resident.pk).encode() not in token.encode() or len(token) > 30
        assert "pretend" not in token

    def test_comes_in_the_language_that_was_chosen(self, resident, outbox):
        Reader.objects.create(person=resident, language="en")
        answer(resident)

        deliver()

        (letter,) = letters(outbox)
        assert letter["Content-Language"] == "en"
        assert "http://127.0.0.1:8000/en/my/notices/" in letter.get_content()
        assert translation.get_language() == "ko"

    def test_to_a_helper_says_whose_matter_it_is(self, resident, stranger, outbox, settings):
        settings.NOTICE_STANDS_IN = "tests.core.notices.pretend.anybody_stands_in"
        answer(stranger)
        Message.objects.update(about=resident)

        deliver()

        assert "김주민 님의 일입니다." in letters(outbox)[0].get_content()


class TestDigest:
    def test_is_one_letter_a_person_and_day(self, resident, stranger, outbox):
        for number in range(3):
            news(resident, cause=f"n:{number}", name=f"교실 {number}")
        news(stranger)
        assert deliver(at(20)).claimed == 0

        assert deliver(at(8, day=5)).sent == 2

        texts = {letter["To"]: letter for letter in letters(outbox)}
        digest = texts["resident@example.com"]
        assert digest["Subject"].strip() == "[서울 시민 서비스 포털] 새 알림 3건"
        assert all(f"교실 {number} 문을 열었습니다" in digest.get_content() for number in range(3))
        assert "교실 0" not in texts["stranger@example.com"].get_content()
        assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}

    def test_by_the_week_waits_for_monday(self, resident, outbox):
        Preference.objects.create(
            person=resident, purpose=Opened.purpose.slug, mode=Mode.WEEKLY,
            channels=["EMAIL"], chosen_at=at(9),
        )  # fmt: skip
        news(resident, cause="n:1")
        news(resident, cause="n:2", now=at(10, day=6))

        assert deliver(at(8, day=8)).claimed == 0
        assert deliver(at(8, day=9)).sent == 1
        assert len(letters(outbox)) == 1

    def test_loses_nothing_that_comes_late(self, resident, outbox):
        news(resident, cause="n:1")
        deliver(at(8, day=5))
        news(resident, cause="n:2")  # committed after its digest had left

        assert deliver(at(8, 1, day=5)).sent == 1
        assert len(letters(outbox)) == 2

    def test_stays_the_same_parcel_when_it_is_tried_again(self, resident, outbox, failing):
        news(resident, cause="n:1")
        news(resident, cause="n:2")
        sender = failing(Undelivered("지금은 안 됩니다."))
        deliver(at(8, day=5))
        news(resident, cause="n:3", now=at(10))

        deliver(at(8, 30, day=5))

        first, *others = sender.seen
        again = [parcel for parcel in others if parcel.key == first.key]
        assert len(again) == 1
        assert again[0].letter.body == first.letter.body
        assert again[0].was_tried

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, resident, outbox, django_assert_num_queries
    ):
        def fill(start, number):
            people = [
                User.objects.create_user(f"d{start}-{one}@example.com") for one in range(number)
            ]
            for one in range(3):
                tell_many(
                    notice=Opened, people=[person.pk for person in people],
                    facts={"name": "가"}, cause=f"n:{one}", now=at(10),
                )  # fmt: skip

        fill(1, 2)
        with django_assert_num_queries(10 + 3 * 2):
            deliver(at(8, day=5))
        fill(2, 12)
        with django_assert_num_queries(
            10 + 3 * 12
        ):  # each parcel is begun, judged and noted by itself
            deliver(at(8, 5, day=5))


class TestClaim:
    def test_is_one_workers_until_its_lease_is_over(self, resident):
        answer(resident)

        assert len(claim(channel="EMAIL", now=at(10), limit=5)) == 1
        assert not claim(channel="EMAIL", now=at(10), limit=5)

    def test_is_given_to_another_when_its_lease_is_over(self, resident, outbox):
        answer(resident)
        (first,) = claim(channel="EMAIL", now=at(10), limit=5)
        (second,) = claim(channel="EMAIL", now=at(10, 6), limit=5)

        assert not begin(first, at(10, 6))
        assert begin(second, at(10, 6))
        assert first.key == second.key
        assert Delivery.objects.get().attempts == 1

    def test_takes_the_longest_due_first_and_no_more_than_asked(self, resident):
        for number in range(4):
            answer(resident, cause=f"a:{number}", now=at(10, 10 - number))

        claims = claim(channel="EMAIL", now=at(11), limit=2)

        assert [one.messages[0].cause for one in claims] == ["a:3", "a:2"]

    def test_leaves_the_night_in_peace(self, resident):
        answer(resident, now=at(20, 59))
        tell(notice=Broken, person=resident, facts={}, cause="b", now=at(20, 59))

        claims = claim(channel="EMAIL", now=at(21, 30), limit=5)

        assert [one.messages[0].notice for one in claims] == [Broken.slug]


class TestFailure:
    def test_is_tried_again_later_and_later(self, resident, failing):
        answer(resident)
        sender = failing(Undelivered("발송 업체가 쉽니다."))
        now, tries = at(9, day=5), []
        for _ in range(12):
            deliver(now)
            row = Delivery.objects.get()
            tries.append(row.try_at)
            now = max(row.try_at, now + datetime.timedelta(minutes=1))

        row = Delivery.objects.get()
        assert row.state == DeliveryState.GIVEN_UP
        assert row.error == "발송 업체가 쉽니다."
        assert len(sender.seen) == rules.MOST_ATTEMPTS
        assert len({parcel.key for parcel in sender.seen}) == 1
        assert Delivery.objects.given_up().count() == 1

    def test_does_not_hold_up_others(self, resident, stranger, outbox, monkeypatch):
        answer(resident)
        answer(stranger, cause="a:2")
        real = delivering.compose

        def compose(messages, *, language):
            if messages[0].cause == "a:1":
                raise RuntimeError("broken")
            return real(messages, language=language)

        monkeypatch.setattr(delivering, "compose", compose)

        assert deliver().sent == 1
        assert Delivery.objects.get(person=resident).error == delivering.OWN_FAULT

    def test_for_good_is_not_tried_again(self, resident, failing):
        answer(resident)
        failing(Undelivered("그런 주소는 없습니다.", is_final=True, dead=["resident@example.com"]))

        deliver()

        assert Delivery.objects.get().state == DeliveryState.BOUNCED
        assert Bounce.objects.get().person == resident

    def test_of_a_message_that_no_app_knows_any_more_is_final(self, resident, outbox):
        answer(resident)
        Message.objects.update(notice="pretend.forgotten")

        deliver()

        assert Delivery.objects.get().state == DeliveryState.FAILED

    def test_that_kills_the_worker_each_time_ends(self, resident, outbox):
        answer(resident)
        now = at(10)
        for _ in range(rules.MOST_ATTEMPTS):
            begin(*claim(channel="EMAIL", now=now, limit=1), now)
            now += LEASE + datetime.timedelta(seconds=1)

        deliver(now)

        row = Delivery.objects.get()
        assert (row.state, row.error) == (DeliveryState.GIVEN_UP, delivering.BROKE_OFF)
        assert not letters(outbox)


class TestSuppression:
    def test_of_an_address_that_bounced(self, resident, outbox):
        Bounce.objects.create(
            person=resident,
            kind=Channel.EMAIL,
            address=resident.email,
            reason="x",
            bounced_at=at(9),
        )
        answer(resident)

        deliver()

        assert Delivery.objects.get().state == DeliveryState.SUPPRESSED
        assert Message.objects.visible_to(resident.pk, on=at(10).date()).count() == 1
        assert not letters(outbox)

    def test_ends_with_a_new_address(self, resident, outbox):
        Bounce.objects.create(
            person=resident, kind=Channel.EMAIL, address="old@example.com", reason="x",
            bounced_at=at(9),
        )  # fmt: skip
        answer(resident)

        assert deliver().sent == 1

    def test_of_somebody_who_left_after_it_was_queued(self, resident, outbox):
        answer(resident)
        User.objects.filter(pk=resident.pk).update(is_active=False)

        deliver()

        assert Delivery.objects.get().state == DeliveryState.SUPPRESSED


class TestOnce:
    def test_writes_no_letter_twice_where_a_worker_died_before_noting_it(self, resident, outbox):
        answer(resident)
        deliver()
        Delivery.objects.update(state=DeliveryState.QUEUED, sent_at=None)

        deliver(at(10, 1))

        assert len(letters(outbox)) == 1
        assert not list(outbox.glob(".*.draft"))

    def test_notes_nothing_for_a_parcel_that_another_worker_has_sent(self, resident, failing):
        answer(resident)
        (held,) = claim(channel="EMAIL", now=at(10), limit=1)
        Delivery.objects.update(state=DeliveryState.SENT, sent_at=at(10))

        delivering._fail(held, "너무 늦었습니다.", at(10, 6), is_final=False)

        assert Delivery.objects.get().state == DeliveryState.SENT

    def test_knows_each_parcel_by_a_number_of_its_own(self, resident, stranger):
        answer(resident)
        answer(stranger)

        parcels = set(Delivery.objects.values_list("parcel", flat=True))

        assert len(parcels) == 2
        assert all(isinstance(parcel, uuid.UUID) for parcel in parcels)
