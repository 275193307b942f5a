"""Letters that come back: read, marked for their people, and nothing more is sent there."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from core.notices.enums import Channel, DeliveryState
from core.notices.models import Bounce, Delivery, Message
from core.notices.services import tell
from core.notices.services.bouncing import (
    Returned,
    forgive_address,
    note_dead_address,
    read_report,
    take_bounces,
)
from core.notices.services.delivering import deliver_due
from tests.core.notices.pretend import Answered, at

REPORT = """\
From: MAILER-DAEMON@mx.example
To: no-reply@portal.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user {address}

--b
Content-Type: text/rfc822-headers

Message-ID: <{parcel}@127.0.0.1>
To: {address}

--b--
"""


def report(*, address="Resident@example.com", action="failed", status="5.1.1", parcel="0" * 32):
    told = {"address": address, "action": action, "status": status, "parcel": parcel}
    return REPORT.format(**told).encode()


class TestReport:
    def test_names_the_address_and_the_letter(self):
        (one,) = read_report(report(parcel="ab" * 16))

        assert one.address == "Resident@example.com"
        assert one.parcel.hex == "ab" * 16
        assert "5.1.1" in one.reason
        assert "Resident" not in one.reason

    @pytest.mark.parametrize(
        "raw",
        [
            report(action="delayed", status="4.4.1"),
            report(status="4.2.2"),
            report(address=""),
            b"Subject: I am on holiday\n\nBack on Monday.",
            b"",
            b"\xff\xfe\x00",
            REPORT.partition("--b\nContent-Type: message")[0].encode(),
        ],
    )
    def test_of_anything_else_says_nothing(self, raw):
        assert read_report(raw) == []

    def test_may_be_of_a_letter_that_is_not_ours(self):
        assert read_report(report(parcel="somebody-elses"))[0].parcel is None


@pytest.mark.django_db
class TestBounce:
    def test_stops_e_mail_and_keeps_the_inbox(self, resident, stranger, outbox):
        tell(notice=Answered, person=resident, facts={"number": 1}, cause="a", now=at(10))
        deliver_due(now=at(10), channel="EMAIL")
        parcel = Delivery.objects.get().parcel

        new = take_bounces(returned=read_report(report(parcel=parcel.hex)), now=at(11))
        tell(notice=Answered, person=resident, facts={"number": 1}, cause="b", now=at(12))
        tell(notice=Answered, person=stranger, facts={"number": 1}, cause="b", now=at(12))
        sent = deliver_due(now=at(12), channel="EMAIL").sent

        assert new == sent == 1
        states = Delivery.objects.filter(person=resident).order_by("pk")
        assert list(states.values_list("state", flat=True)) == [
            DeliveryState.BOUNCED,
            DeliveryState.SUPPRESSED,
        ]
        assert Message.objects.visible_to(resident.pk, on=at(10).date()).count() == 2

    def test_is_noted_once(self, resident):
        returned = [Returned("resident@example.com", "x")] * 2

        assert take_bounces(returned=returned, now=at(9)) == 1
        assert take_bounces(returned=returned, now=at(10)) == 0

    def test_of_an_address_that_nobody_has_marks_nobody(self, resident):
        assert take_bounces(returned=[Returned("other@example.com", "x")], now=at(9)) == 0
        assert not Bounce.objects.exists()

    def test_leaves_other_peoples_deliveries_alone(self, resident, stranger, outbox):
        tell(notice=Answered, person=stranger, facts={"number": 1}, cause="a", now=at(10))
        deliver_due(now=at(10), channel="EMAIL")
        parcel = Delivery.objects.get().parcel

        take_bounces(returned=[Returned("resident@example.com", "x", parcel)], now=at(11))

        assert Delivery.objects.get().state == DeliveryState.SENT

    def test_is_forgiven_by_its_person(self, resident, stranger):
        take_bounces(returned=[Returned("resident@example.com", "x")], now=at(9))

        assert forgive_address(person_id=stranger.pk, kind=Channel.EMAIL) == 0
        assert forgive_address(person_id=resident.pk, kind=Channel.EMAIL) == 1
        assert not Bounce.objects.exists()

    def test_of_alimtalk_holds_for_the_same_telephone(self, resident):
        note_dead_address(
            person_id=resident.pk, channel="ALIMTALK", address="01012345678", reason="x", now=at(9)
        )

        assert Bounce.objects.get().kind == Channel.SMS


@pytest.mark.django_db
class TestCommand:
    def test_reads_files(self, resident, tmp_path, capsys):
        for number in range(2):
            (tmp_path / f"{number}.eml").write_bytes(report())

        call_command("bounces", *(str(path) for path in sorted(tmp_path.glob("*.eml"))))

        assert "2 returned, 1 addresses newly marked" in capsys.readouterr().out

    def test_reads_standard_input(self, resident, monkeypatch):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(report())))

        call_command("bounces", verbosity=0)

        assert Bounce.objects.get().person == resident
