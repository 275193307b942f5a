"""What is taken back goes out by no attempt, whoever holds it; what is on its way cannot be."""

import datetime
from email import message_from_bytes, policy

import pytest

from core.notices.channels.contract import Undelivered
from core.notices.enums import DeliveryState, Mode
from core.notices.models import Delivery, Message, TakenBack
from core.notices.services import delivering, tell
from core.notices.services.choosing import STOPPED, choose, start_again
from core.notices.services.claiming import LEASE, begin, claim, still_wanted
from core.notices.services.delivering import PERHAPS_GONE, deliver_due
from core.notices.services.retrying import try_again
from core.notices.services.taking_back import take_out
from tests.core.notices.pretend import ANSWERS, NEWS, Answered, Opened, at

pytestmark = pytest.mark.django_db

LATER = at(10) + LEASE + datetime.timedelta(seconds=1)


def news(person, cause="n:1", now=None, mode=Mode.AT_ONCE):
    facts = {"name": cause}
    tell(notice=Opened, person=person, facts=facts, cause=cause, now=now or at(9), mode=mode)


def stop(person):
    choose(person_id=person.pk, purpose=NEWS, mode=Mode.STOPPED, channels=["EMAIL"], now=at(10))


def deliver(now):
    return deliver_due(now=now, channel="EMAIL").sent


def letters(outbox):
    found = sorted(outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]


def ends():
    return list(Delivery.objects.order_by("pk").values_list("state", "error"))


class Interrupting:
    """A channel during whose work something else happens; it takes the letter, or fails."""

    def __init__(self, meanwhile, fault=None):
        self.meanwhile, self.fault, self.letters = meanwhile, fault, []

    def send(self, parcel, addresses):
        self.letters.append(parcel.letter)
        self.meanwhile()
        if self.fault:
            raise self.fault
        return ()


class TestOfWhatNobodyHolds:
    def test_takes_it_out_at_once(self, resident, outbox):
        news(resident)

        stop(resident)

        assert ends() == [(DeliveryState.SUPPRESSED, STOPPED)]
        assert deliver(at(10)) == 0

    def test_of_what_stays_in_the_inbox_alone_takes_it_out_too(self, resident, outbox):
        tell(notice=Answered, person=resident, facts={"number": 1}, cause="a", now=at(9))

        choose(person_id=resident.pk, purpose=ANSWERS, mode=Mode.AT_ONCE, channels=[], now=at(9))

        assert ends() == [(DeliveryState.SUPPRESSED, STOPPED)]
        assert Message.objects.visible_to(resident.pk, on=at(9).date()).count() == 1

    def test_stays_taken_back_when_messages_begin_again(self, resident, outbox):
        news(resident)
        claim(channel="EMAIL", now=at(10), limit=1)
        stop(resident)

        start_again(person_id=resident.pk, named=NEWS.slug, now=at(10))

        assert deliver(LATER) == 0


class TestOfWhatAWorkerHolds:
    def test_is_left_out_by_the_worker_right_before_it_sends(self, resident, outbox):
        news(resident)
        (held,) = claim(channel="EMAIL", now=at(10), limit=1)

        stop(resident)

        assert begin(held, at(10))
        assert not still_wanted(held, at(10)).messages

    def test_that_has_died_never_goes_out(self, resident, outbox):
        news(resident)
        claim(channel="EMAIL", now=at(10), limit=1)
        stop(resident)
        assert ends() == [(DeliveryState.QUEUED, "")]

        assert deliver(LATER) == 0

        assert ends() == [(DeliveryState.SUPPRESSED, f"{STOPPED} {PERHAPS_GONE}")]
        assert not letters(outbox)

    def test_leaves_the_rest_of_a_digest(self, resident, outbox):
        for cause in ("n:1", "n:2", "n:3"):
            news(resident, cause, mode=Mode.DAILY)
        morning = at(8, day=5)
        claim(channel="EMAIL", now=morning, limit=1)
        first = Delivery.objects.order_by("pk").first()
        take_out(Delivery.objects.filter(pk=first.pk), why=STOPPED)

        assert deliver(morning + LEASE + datetime.timedelta(seconds=1)) == 1

        (letter,) = letters(outbox)
        assert "n:2" in letter.get_content()
        assert "n:1" not in letter.get_content()
        assert [state for state, _ in ends()] == ["SUPPRESSED", "SENT", "SENT"]

    def test_that_is_on_its_way_counts_as_sent_and_keeps_the_mark(self, resident, monkeypatch):
        news(resident)
        sender = Interrupting(lambda: stop(resident))
        monkeypatch.setattr(delivering, "sender_of", lambda _: sender)

        assert deliver(at(10)) == 1

        assert ends() == [(DeliveryState.SENT, "")]
        assert TakenBack.objects.get().why == STOPPED

    def test_that_failed_on_its_way_is_not_tried_again(self, resident, monkeypatch, outbox):
        news(resident)
        sender = Interrupting(lambda: stop(resident), Undelivered("지금은 안 됩니다."))
        monkeypatch.setattr(delivering, "sender_of", lambda _: sender)
        deliver(at(10))
        assert ends() == [(DeliveryState.QUEUED, "지금은 안 됩니다.")]

        assert deliver(at(11)) == 0

        assert len(sender.letters) == 1
        assert ends() == [(DeliveryState.SUPPRESSED, STOPPED)]


class TestOfWhatWasGivenUp:
    @pytest.fixture
    def given_up(self, resident, monkeypatch):
        for cause in ("n:1", "n:2"):
            news(resident, cause, mode=Mode.DAILY)
        broken = Interrupting(lambda: None, Undelivered("영영 안 됩니다.", is_final=True))
        with monkeypatch.context() as patched:
            patched.setattr(delivering, "sender_of", lambda _: broken)
            deliver(at(8, day=5))
        rows = list(Delivery.objects.order_by("pk"))
        assert {row.state for row in rows} == {DeliveryState.FAILED}
        return rows

    def test_is_not_sent_when_staff_try_again(self, resident, given_up, outbox):
        stop(resident)

        assert try_again(deliveries=given_up, now=at(9, day=5)) == 0

        assert deliver(at(9, day=5)) == 0
        assert not Delivery.objects.given_up().exists()

    def test_lets_the_rest_be_sent(self, given_up, outbox):
        lead = next(row for row in given_up if row.is_lead)
        take_out(Delivery.objects.filter(pk=lead.pk), why=STOPPED)

        assert try_again(deliveries=given_up, now=at(9, day=5)) == 1

        assert deliver(at(9, day=5)) == 1
        assert sorted(state for state, _ in ends()) == ["SENT", "SUPPRESSED"]


class TestOthers:
    def test_keep_what_is_theirs(self, resident, stranger, outbox):
        news(resident)
        news(stranger)
        tell(notice=Answered, person=resident, facts={"number": 1}, cause="a", now=at(9))

        stop(resident)

        assert deliver(at(10)) == 2
        assert {letter["To"] for letter in letters(outbox)} == {resident.email, stranger.email}
