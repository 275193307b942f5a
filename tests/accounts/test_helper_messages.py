"""What a helper was to be told of somebody ends with what they were given, whoever ends it."""

import datetime
from email import message_from_bytes, policy

import pytest

from accounts.enums import MessagesTo
from accounts.services import accept_delegation, end_delegation, name_helper
from accounts.services.delegation import end_for_erasure
from core.cases.notices import RequestAsks, RequestMoved
from core.notices.enums import DeliveryState, Mode
from core.notices.models import Delivery, Message
from core.notices.rules import SEOUL
from core.notices.services import delivering, tell
from core.notices.services.claiming import claim
from core.notices.services.delivering import deliver_due
from core.notices.services.taking_back import ENDED
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db
KIND = "welfare.counsel"


def at(hour, *, day=4):
    return datetime.datetime(2026, 3, day, hour, tzinfo=SEOUL)


MORNING = at(8, day=5)


@pytest.fixture
def outbox(tmp_path, settings):
    settings.EMAIL_BACKEND = "core.web.outbox.Outbox"
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    return tmp_path / "outbox"


@pytest.fixture
def helper():
    return make_person("오도움")


@pytest.fixture
def other():
    return make_person("박이웃")


def helping(person, helper, *, purposes=("welfare",), ends=datetime.date(2027, 3, 1), now=None):
    named = name_helper(
        person=person, label="큰딸", purposes=purposes, ends_date=ends,
        messages_to=MessagesTo.HELPER, now=now or at(9),
    )  # fmt: skip
    return accept_delegation(helper=helper, delegation=named, now=now or at(9))


def told(person, *, cause="c:1", notice=RequestMoved, now=None, matter=KIND):
    facts = {"kind": KIND, "state": "received"}
    tell(
        notice=notice, person=person, facts=facts, cause=cause, matter=matter, now=now or at(10),
        url="/my/requests/1/",
    )  # fmt: skip


def letters(outbox):
    return [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(outbox.glob("*.eml"))
    ]


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def inbox(person, *, day=4):
    return Message.objects.visible_to(person.pk, on=datetime.date(2026, 3, day))


class TestEndedByThePerson:
    def test_takes_back_a_digest_that_was_queued(self, resident, helper, outbox):
        held = helping(resident, helper)
        told(resident)
        assert Delivery.objects.get().person == helper

        end_delegation(actor=resident, delegation=held, now=at(11))

        assert states() == [DeliveryState.SUPPRESSED]
        assert Delivery.objects.get().error == ENDED
        assert deliver_due(now=MORNING, channel="EMAIL").claimed == 0
        assert not outbox.exists()

    def test_leaves_what_is_about_others_in_the_same_digest(self, resident, helper, other, outbox):
        held = helping(resident, helper)
        helping(other, helper)
        told(resident)
        told(other)
        told(helper, cause="own")

        end_delegation(actor=resident, delegation=held, now=at(11))
        assert deliver_due(now=MORNING, channel="EMAIL").sent == 1

        (letter,) = letters(outbox)
        text = letter.get_content()
        assert "박이웃 님의 일입니다." in text
        assert "김주민" not in text
        assert "새 알림 2건" in letter["Subject"]

    def test_hides_it_from_the_inbox_and_opens_it_no_more(self, resident, helper, client):
        held = helping(resident, helper)
        told(resident)
        told(helper, cause="own")
        assert inbox(helper).count() == 2

        end_delegation(actor=helper, delegation=held, now=at(11))

        assert [one.cause for one in inbox(helper)] == ["own"]
        hidden = Message.objects.get(cause="c:1")
        client.force_login(helper)
        assert "김주민" not in client.get("/my/notices/").content.decode()
        assert client.post(f"/my/notices/{hidden.pk}/open/").status_code == 404

    def test_shows_a_later_helper_nothing_of_before(self, resident, helper):
        end_delegation(actor=resident, delegation=(held := helping(resident, helper)), now=at(11))
        assert held.pk
        told(resident)
        Message.objects.update(person=helper, about=resident, matter=KIND)

        helping(resident, helper, now=at(12))

        assert not inbox(helper).exists()

    def test_leaves_what_another_delegation_is_for(self, resident, helper):
        held = helping(resident, helper)
        helping(resident, helper, purposes=("culture",))
        told(resident)
        told(resident, cause="c:2", matter="culture.booking")

        end_delegation(actor=resident, delegation=held, now=at(11))

        assert [one.cause for one in inbox(helper)] == ["c:2"]
        assert states() == [DeliveryState.SUPPRESSED, DeliveryState.QUEUED]


class TestEndedOtherwise:
    def test_by_its_last_day_it_is_not_sent_any_more(self, resident, helper, outbox):
        helping(resident, helper, ends=datetime.date(2026, 3, 4))
        told(resident)
        assert inbox(helper).exists()

        assert deliver_due(now=MORNING, channel="EMAIL").sent == 0

        assert not outbox.exists()
        assert states() == [DeliveryState.SUPPRESSED]
        assert not inbox(helper, day=5).exists()

    def test_by_the_erasure_of_the_helper(self, resident, helper):
        helping(resident, helper)
        told(resident)

        assert end_for_erasure(rows=helper.helps.order_by("pk"), now=at(11)) == 1

        assert states() == [DeliveryState.SUPPRESSED]

    def test_while_the_helper_is_switched_off(self, resident, helper, outbox):
        helping(resident, helper)
        told(resident)
        type(helper).objects.filter(pk=helper.pk).update(is_active=False)

        assert deliver_due(now=MORNING, channel="EMAIL").sent == 0
        assert not outbox.exists()


class TestRunningDelivery:
    """A worker holds the parcel at the moment at which the person ends it."""

    def test_sends_nothing_that_was_taken_back_meanwhile(
        self, resident, helper, outbox, monkeypatch
    ):
        held = helping(resident, helper)
        told(resident)
        told(resident, cause="c:2", notice=RequestAsks)
        real = delivering.begin

        def begin_late(claimed, now):
            end_delegation(actor=resident, delegation=held, now=now)
            assert states() == [DeliveryState.QUEUED] * 2  # the worker's to judge
            return real(claimed, now)

        monkeypatch.setattr(delivering, "begin", begin_late)
        assert deliver_due(now=MORNING, channel="EMAIL").sent == 0

        assert not outbox.exists()
        assert states() == [DeliveryState.SUPPRESSED] * 2

    def test_leaves_out_what_leads_the_parcel_and_sends_the_rest(
        self, resident, helper, outbox, monkeypatch
    ):
        held = helping(resident, helper)
        told(resident)
        told(helper, cause="own")
        real = delivering.begin

        def begin_late(claimed, now):
            end_delegation(actor=resident, delegation=held, now=now)
            return real(claimed, now)

        monkeypatch.setattr(delivering, "begin", begin_late)
        assert deliver_due(now=MORNING, channel="EMAIL").sent == 1

        assert "김주민" not in letters(outbox)[0].get_content()
        assert states() == [DeliveryState.SUPPRESSED, DeliveryState.SENT]

    def test_that_was_killed_leaves_nothing_to_the_next_worker(self, resident, helper, outbox):
        held = helping(resident, helper)
        told(resident)
        claim(channel="EMAIL", now=MORNING, limit=5)

        end_delegation(actor=resident, delegation=held, now=at(9, day=5))
        assert deliver_due(now=at(10, day=5), channel="EMAIL").sent == 0

        assert not outbox.exists()
        assert states() == [DeliveryState.SUPPRESSED]


class TestTriedDigest:
    def test_gives_the_lead_to_what_is_left(self, resident, helper, outbox, monkeypatch):
        held = helping(resident, helper)
        told(resident)
        told(helper, cause="own")
        (claimed,) = claim(channel="EMAIL", now=MORNING, limit=5)
        Delivery.objects.filter(pk=claimed.lead.pk).update(leased_until=None, attempts=1)

        end_delegation(actor=resident, delegation=held, now=at(9, day=5))
        assert deliver_due(now=at(9, day=5), channel="EMAIL").sent == 1

        assert states() == [DeliveryState.SUPPRESSED, DeliveryState.SENT]
        assert Delivery.objects.get(state=DeliveryState.SENT).attempts == 2
        assert Delivery.objects.get(state=DeliveryState.SENT).mode == Mode.DAILY
