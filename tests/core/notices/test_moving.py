"""Whoever chooses another way is told by it, also of what waited at that moment."""

import datetime

import pytest

from core.notices.enums import DeliveryState, Mode
from core.notices.models import Delivery
from core.notices.services import tell
from core.notices.services.choosing import STOPPED, choose
from core.notices.services.claiming import begin, claim, still_wanted
from core.notices.services.delivering import deliver_due
from core.notices.services.moving import MOVED
from tests.core.notices.pretend import ANSWERS, NEWS, Answered, Opened, at

pytestmark = pytest.mark.django_db
QUEUED, SUPPRESSED = DeliveryState.QUEUED, DeliveryState.SUPPRESSED


@pytest.fixture(autouse=True)
def two_ways(monkeypatch):
    ways = ("EMAIL", "PUSH", "ALIMTALK")
    monkeypatch.setattr("core.notices.services.choosing.offered_channels", lambda: ways)


def news(person, cause="n:1", mode=Mode.AT_ONCE):
    tell(notice=Opened, person=person, facts={"name": cause}, cause=cause, now=at(9), mode=mode)


def turn_to(person, *channels, purpose=NEWS, mode=Mode.DAILY):
    choose(person_id=person.pk, purpose=purpose, mode=mode, channels=channels, now=at(10))


def ends(channel):
    rows = Delivery.objects.filter(channel=channel).order_by("pk")
    return list(rows.values_list("state", "error"))


class TestWhatWaits:
    def test_moves_to_the_way_chosen_now(self, resident, outbox):
        news(resident)
        (before,) = Delivery.objects.all()

        turn_to(resident, "PUSH")

        moved = Delivery.objects.get(channel="PUSH")
        assert ends("EMAIL") == [(SUPPRESSED, MOVED)]
        assert (moved.state, moved.message_id) == (QUEUED, before.message_id)
        assert (moved.mode, moved.due_at, moved.is_urgent) == ("AT_ONCE", before.due_at, False)
        assert [one.lead.pk for one in claim(channel="PUSH", now=at(10), limit=5)] == [moved.pk]
        assert deliver_due(now=at(10), channel="EMAIL").sent == 0

    def test_of_a_digest_moves_with_all_of_it(self, resident, outbox):
        news(resident, "n:1", Mode.DAILY)
        news(resident, "n:2", Mode.DAILY)

        turn_to(resident, "PUSH")

        morning = at(9) + datetime.timedelta(days=1)
        (claimed,) = claim(channel="PUSH", now=morning, limit=5)
        assert len(claimed.messages) == 2
        assert claim(channel="EMAIL", now=morning, limit=5) == []

    def test_comes_back_with_its_person_and_goes_out_once(self, resident, outbox):
        news(resident)

        turn_to(resident, "PUSH")
        turn_to(resident, "EMAIL")

        assert ends("PUSH") == [(SUPPRESSED, MOVED)]
        assert deliver_due(now=at(10), channel="EMAIL").sent == 1
        assert deliver_due(now=at(11), channel="EMAIL").sent == 0

    def test_goes_by_a_second_way_as_well(self, resident, outbox):
        news(resident)

        turn_to(resident, "EMAIL", "PUSH")

        assert (ends("EMAIL"), ends("PUSH")) == ([(QUEUED, "")], [(QUEUED, "")])

    def test_is_left_where_a_worker_holds_it(self, resident, outbox):
        news(resident)
        (held,) = claim(channel="EMAIL", now=at(10), limit=1)

        turn_to(resident, "PUSH")

        assert begin(held, at(10))
        assert not still_wanted(held, at(10)).messages
        assert ends("PUSH") == [(QUEUED, "")]

    def test_stays_in_the_inbox_where_it_cannot_go_by_the_new_way(self, resident, outbox):
        news(resident)

        turn_to(resident, "ALIMTALK")

        assert (ends("EMAIL"), ends("ALIMTALK")) == ([(SUPPRESSED, MOVED)], [])


class TestOthers:
    def test_stay(self, resident, stranger, outbox):
        news(stranger)
        tell(notice=Answered, person=resident, facts={"number": 1}, cause="a", now=at(9))
        before = Delivery.objects.count()

        turn_to(resident, "PUSH")

        assert Delivery.objects.waiting().count() == before

    def test_of_what_was_sent_stay(self, resident, outbox):
        news(resident)
        deliver_due(now=at(9), channel="EMAIL")

        turn_to(resident, "PUSH")

        assert (ends("EMAIL"), ends("PUSH")) == ([(DeliveryState.SENT, "")], [])

    def test_that_were_stopped_stay_stopped(self, resident, outbox):
        tell(notice=Answered, person=resident, facts={"number": 1}, cause="a", now=at(9))
        turn_to(resident, purpose=ANSWERS, mode=Mode.AT_ONCE)

        turn_to(resident, "PUSH", purpose=ANSWERS, mode=Mode.AT_ONCE)

        assert (ends("EMAIL"), ends("PUSH")) == ([(SUPPRESSED, STOPPED)], [])
