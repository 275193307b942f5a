"""Each channel speaks its provider's language, and gives nobody the same thing twice."""

import base64
import json
import smtplib
import uuid

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.notices.channels import offered_channels, sealing
from core.notices.channels.contract import Browser, Letter, Parcel, Undelivered
from core.notices.channels.email import EmailSender
from core.notices.channels.nhn import Account, AlimTalkSender, SmsSender
from core.notices.channels.push import PushSender, is_known_host
from core.sandbox.upstreams import serve
from tests.core.notices.pretend import at

# The example of RFC 8291, appendix A.
EXAMPLE = {
    "text": b"When I grow up, I want to be a watermelon",
    "own": "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
    "their_point": (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    ),
    "their_key": "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
    "salt": "DGv6ra1nlYgDCS1FRnbzlw",
    "secret": "BTBZMqHH6r4Tts7J_aSIgg",
    "sealed": (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
        "lcy4a-fN"
    ),
}


def letter(**changes):
    told = {
        "language": "ko", "subject": "답이 왔습니다", "body": "본문", "short": "짧은 말",
        "link": "https://portal.example/my/", "stop": "https://portal.example/stop/",
    }  # fmt: skip
    return Letter(**told | changes)


def parcel(*, was_tried=False, key=None, **changes):
    return Parcel(
        key=key or uuid.uuid4(), letter=letter(**changes), due_at=at(10), now=at(10, 1),
        was_tried=was_tried,
    )  # fmt: skip


@pytest.fixture
def upstreams():
    with serve(rows=1, slow_seconds=0.3) as base_url:
        yield base_url


@pytest.fixture
def hasty():
    with httpx.Client(timeout=0.2) as client:
        yield client


@pytest.fixture
def sms(upstreams, hasty):
    return SmsSender(Account(f"{upstreams}/nhn", "k", "s"), sender="0200000000", client=hasty)


@pytest.fixture
def alimtalk(upstreams, hasty):
    return AlimTalkSender(Account(f"{upstreams}/nhn", "k", "s"), sender="sender", client=hasty)


class TestOffered:
    def test_are_those_with_keys(self, settings, every_channel):
        assert offered_channels() == ("EMAIL", "SMS", "ALIMTALK", "PUSH")
        settings.SMS_KEY = settings.PUSH_KEY = settings.ALIMTALK_SENDER = ""
        assert offered_channels() == ("EMAIL",)


class TestSms:
    def test_is_short_up_to_90_bytes_and_long_beyond(self, sms, upstreams):
        sms.send(parcel(short="가" * 45), ["01012345678"])
        sms.send(parcel(short="가" * 45 + "!", subject="가" * 30), ["01012345678"])

        short, long = upstreams.taken_by("nhn")
        assert (short["kind"], short["text"]) == ("sms", "가" * 45)
        assert (long["kind"], long["text"]) == ("mms", "가" * 45 + "!")
        assert long["title"] == "가" * 20

    def test_holds_no_letter_that_carriers_refuse(self, sms, upstreams):
        sms.send(parcel(short="반갑습니다 🙂"), ["01012345678"])

        assert upstreams.taken_by("nhn")[0]["text"] == "반갑습니다 ?"

    def test_says_its_secret_where_nobody_logs_it(self, sms, upstreams):
        sms.send(parcel(), ["01012345678"])

        assert upstreams.requests == ["/nhn/sms/v3.0/appKeys/k/sender/sms"]

    def test_of_a_number_that_is_none_is_final(self, sms):
        with pytest.raises(Undelivered) as refused:
            sms.send(parcel(), ["01000009999"])

        assert refused.value.is_final
        assert refused.value.dead == ("01000009999",)

    @pytest.mark.parametrize("fault", ["http500", "http429"])
    def test_not_taken_is_for_another_time(self, sms, upstreams, fault):
        upstreams.break_with(fault, times=1)

        with pytest.raises(Undelivered) as refused:
            sms.send(parcel(), ["01012345678"])

        assert not refused.value.is_final
        assert not upstreams.taken_by("nhn")

    @pytest.mark.parametrize("fault", ["lost_answer", "slow"])
    def test_taken_without_our_knowing_is_not_sent_again(self, sms, upstreams, fault):
        upstreams.break_with(fault, times=1)
        key = uuid.uuid4()
        with pytest.raises(Undelivered):
            sms.send(parcel(key=key), ["01012345678"])

        sms.send(parcel(key=key, was_tried=True), ["01012345678"])
        sms.send(parcel(was_tried=True), ["01012345678"])  # another one, of which nothing is known

        assert len(upstreams.taken_by("nhn")) == 2

    def test_refused_for_our_own_fault_names_no_number(self, upstreams):
        sender = SmsSender(Account(f"{upstreams}/nhn", "k", ""), sender="0200000000")

        with pytest.raises(Undelivered) as refused:
            sender.send(parcel(), ["01012345678"])

        assert not refused.value.is_final
        assert "0101234" not in str(refused.value)

    @pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b"{}"])
    def test_survives_answers_that_are_none(self, body):
        client = httpx.Client(
            transport=httpx.MockTransport(lambda _: httpx.Response(200, content=body))
        )
        sender = SmsSender(Account("http://x.example", "k", "s"), sender="02", client=client)

        with pytest.raises(Undelivered):
            sender.send(parcel(), ["01012345678"])


class TestAlimTalk:
    FILLED = {"template": "pretend_answered", "variables": {"number": "1", "link": "https://x"}}

    def test_sends_a_template_and_what_fills_it(self, alimtalk, upstreams):
        alimtalk.send(parcel(**self.FILLED), ["01012345678"])

        (taken,) = upstreams.taken_by("nhn")
        assert taken["template"] == "pretend_answered"
        assert taken["variables"] == self.FILLED["variables"]

    def test_is_refused_a_second_time_by_its_key(self, alimtalk, upstreams):
        key = uuid.uuid4()

        alimtalk.send(parcel(key=key, **self.FILLED), ["01012345678"])
        alimtalk.send(parcel(key=key, **self.FILLED), ["01012345678"])

        assert len(upstreams.taken_by("nhn")) == 1

    def test_taken_without_our_knowing_is_not_sent_again(self, alimtalk, upstreams):
        upstreams.break_with("lost_answer", times=1)
        key = uuid.uuid4()
        with pytest.raises(Undelivered):
            alimtalk.send(parcel(key=key, **self.FILLED), ["01012345678"])

        alimtalk.send(parcel(key=key, was_tried=True, **self.FILLED), ["01012345678"])

        assert len(upstreams.taken_by("nhn")) == 1
        assert upstreams.requests[-1].startswith("/nhn/alimtalk/v2.3/appkeys/k/messages?")

    def test_of_a_number_that_is_none_is_final(self, alimtalk):
        with pytest.raises(Undelivered) as refused:
            alimtalk.send(parcel(**self.FILLED), ["01000009999"])

        assert refused.value.is_final


class TestEmail:
    @pytest.mark.parametrize(
        ("fault", "is_final"),
        [
            (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no such user")}), True),
            (smtplib.SMTPRecipientsRefused({"a@b.example": (451, b"later")}), False),
            (smtplib.SMTPServerDisconnected("gone"), False),
            (ConnectionRefusedError(), False),
        ],
    )
    def test_tells_what_will_never_work_from_what_may(self, monkeypatch, fault, is_final):
        def refuse(*_):
            raise fault

        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)

        with pytest.raises(Undelivered) as refused:
            EmailSender().send(parcel(), ["a@b.example"])

        assert refused.value.is_final is is_final
        assert "a@b.example" not in str(refused.value)
        assert refused.value.dead == (("a@b.example",) if is_final else ())


class TestSealing:
    def test_is_that_of_the_standard(self):
        sealed = sealing.seal(
            EXAMPLE["text"],
            key=EXAMPLE["their_point"],
            secret=EXAMPLE["secret"],
            own_key=sealing.key_of(EXAMPLE["own"]),
            salt=sealing.unb64(EXAMPLE["salt"]),
        )

        assert sealing.b64(sealed) == EXAMPLE["sealed"]

    def test_differs_at_every_message(self):
        told = {"key": EXAMPLE["their_point"], "secret": EXAMPLE["secret"]}

        assert sealing.seal(b"a", **told) != sealing.seal(b"a", **told)

    def test_signs_who_sends(self):
        said = sealing.sign(
            EXAMPLE["own"], audience="https://push.example", contact="mailto:a@b.example", expires=9
        )

        token = said.removeprefix("vapid t=").partition(",")[0]
        signed, _, mark = token.rpartition(".")
        numbers = [int.from_bytes(sealing.unb64(mark)[part : part + 32], "big") for part in (0, 32)]
        sealing.key_of(EXAMPLE["own"]).public_key().verify(
            encode_dss_signature(*numbers), signed.encode(), ec.ECDSA(hashes.SHA256())
        )
        claims = json.loads(sealing.unb64(signed.partition(".")[2]))
        assert claims == {"aud": "https://push.example", "exp": 9, "sub": "mailto:a@b.example"}
        assert said.endswith(f"k={sealing.public_key_of(EXAMPLE['own'])}")


def opened(sealed):
    """Read as the browser of the standard's example would."""
    salt, point, text = sealed[:16], sealed[21:86], sealed[86:]
    key = sealing.key_of(EXAMPLE["their_key"])
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(sealing.CURVE, point)

    def derive(material, salt, info, length):
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)

    own = sealing.point_of(key.public_key())
    info = b"WebPush: info\x00" + own + point
    material = derive(key.exchange(ec.ECDH(), theirs), sealing.unb64(EXAMPLE["secret"]), info, 32)
    content = derive(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = derive(material, salt, b"Content-Encoding: nonce\x00", 12)
    return json.loads(AESGCM(content).decrypt(nonce, text, None).rstrip(b"\x02"))


class TestPush:
    def browser(self, upstreams, name="one"):
        return Browser(f"{upstreams}/push/{name}", EXAMPLE["their_point"], EXAMPLE["secret"])

    def sender(self, upstreams):
        return PushSender(
            private_key=EXAMPLE["own"], hosts=(str(upstreams),), contact="mailto:a@b.example"
        )

    def test_can_be_read_by_the_browser_alone(self, upstreams):
        sent = parcel()
        self.sender(upstreams).send(sent, [self.browser(upstreams)])

        (taken,) = upstreams.taken_by("push")
        assert opened(taken["sealed"]) == {
            "title": "답이 왔습니다", "body": "짧은 말", "url": "https://portal.example/my/",
            "stop": "https://portal.example/stop/", "stopWords": "그만 받기",
            "tag": sent.key.hex, "lang": "ko",
        }  # fmt: skip
        assert taken["topic"] == sent.key.hex

    def test_takes_the_place_of_itself(self, upstreams):
        sent = parcel()
        for _ in range(2):
            self.sender(upstreams).send(sent, [self.browser(upstreams)])

        assert len(upstreams.taken_by("push")) == 1

    def test_tells_which_browsers_are_gone(self, upstreams):
        both = [self.browser(upstreams), self.browser(upstreams, "gone-1")]

        assert self.sender(upstreams).send(parcel(), both) == (both[1].endpoint,)
        with pytest.raises(Undelivered) as refused:
            self.sender(upstreams).send(parcel(), both[1:])
        assert refused.value.is_final

    def test_waits_for_a_service_that_is_busy(self, upstreams):
        upstreams.break_with("http429", times=1)

        with pytest.raises(Undelivered) as refused:
            self.sender(upstreams).send(parcel(), [self.browser(upstreams)])

        assert not refused.value.is_final

    @pytest.mark.parametrize(
        ("endpoint", "is_known"),
        [
            ("https://fcm.googleapis.com/fcm/send/x", True),
            ("https://web.push.apple.com/x", True),
            ("https://push.apple.com.evil.example/x", False),
            ("https://evilpush.apple.com/x", False),
            ("http://fcm.googleapis.com/x", False),
            ("https://127.0.0.1/x", False),
            ("https://fcm.googleapis.com@10.0.0.1/x", False),
            ("", False),
        ],
    )
    def test_goes_to_known_services_only(self, endpoint, is_known):
        assert is_known_host(endpoint, ("fcm.googleapis.com", ".push.apple.com")) is is_known

    def test_says_its_key_in_the_form_browsers_take(self):
        raw = base64.urlsafe_b64decode(sealing.public_key_of(EXAMPLE["own"]) + "=")

        assert len(raw) == 65
        assert raw[0] == 4
