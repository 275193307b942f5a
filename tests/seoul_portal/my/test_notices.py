"""A person's messages, how they come, and the link that stops them."""

import hashlib
import hmac
import json
import time

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from accounts.enums import Role
from core.notices import registry
from core.notices.channels import sealing
from core.notices.enums import Channel, DeliveryState, Mode
from core.notices.models import Bounce, Delivery, Message, Preference, PushSubscription, Reader
from core.notices.notices import PhoneAdded
from core.notices.services import tell
from core.notices.stopping import ALL, Stop, read_token, short_token_of, token_of
from core.notices.topics import ACCOUNT_SECURITY, OWN_REQUESTS
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.records.models import Access
from core.sandbox.upstreams import serve
from tests.accounts.factories import join
from tests.core.notices import pretend
from tests.core.notices.conftest import _pretend_messages, every_channel  # noqa: F401
from tests.core.notices.pretend import Answered, Opened, at
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db
SECRET = "signs-reports-of-bounces"


def news(person, cause="n:1", **more):
    tell(notice=Opened, person=person, facts={"name": "가온 교실"}, cause=cause, now=at(10), **more)


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


@pytest.fixture
def mine(client, resident):
    client.force_login(resident)
    return client


class TestList:
    url = "/my/notices/"

    def test_shows_what_was_told_newest_first(self, mine, resident):
        news(resident)
        tell(notice=PhoneAdded, person=resident, facts={"ending": "5678"}, cause="p", now=at(11))

        page = soup(mine.get(self.url))

        titles = [title.text for title in page.select("main .card__title")]
        assert titles == ["휴대전화 번호를 등록했습니다", "가온 교실 문을 열었습니다"]
        assert "받은 알림이 2건 있습니다." in page.text
        assert page.text.count("안 읽음") == 2

    def test_speaks_english(self, mine, resident):
        tell(notice=PhoneAdded, person=resident, facts={"ending": "5678"}, cause="p", now=at(11))

        assert "A mobile number was added" in soup(mine.get("/en/my/notices/")).text

    def test_shows_nothing_to_a_stranger(self, client, resident, stranger):
        news(resident)
        client.force_login(stranger)

        page = soup(client.get(self.url))

        assert "받은 알림이 없습니다" in page.text
        assert "가온" not in page.text

    def test_asks_as_often_for_many_as_for_few(
        self, mine, resident, stranger, assert_flat, settings
    ):
        settings.NOTICE_STANDS_IN = "tests.core.notices.pretend.anybody_stands_in"

        def add(number):
            news(resident, cause=f"n:{number}")
            Message.objects.filter(cause=f"n:{number}").update(about=stranger)

        assert assert_flat(lambda: mine.get(self.url), add=add) <= 8

    def test_has_twenty_a_page(self, mine, resident):
        for number in range(21):
            news(resident, cause=f"n:{number}")

        assert len(soup(mine.get(self.url)).select("main .card")) == 20
        assert len(soup(mine.get(f"{self.url}?page=2")).select("main .card")) == 1
        assert mine.get(f"{self.url}?page=3").status_code == 404
        assert mine.get(f"{self.url}?page=x").status_code == 404

    def test_still_shows_a_message_that_no_app_knows(self, mine, resident):
        news(resident)
        Message.objects.update(notice="pretend.forgotten")

        assert "지난 알림" in soup(mine.get(self.url)).text

    def test_changes_nothing_by_looking(self, mine, resident):
        news(resident)
        mine.get(self.url)

        assert Message.objects.unread().count() == 1

    def test_marks_what_it_showed_and_nothing_newer(self, mine, resident):
        news(resident)
        shown = soup(mine.get(self.url)).select_one("input[name=until]")["value"]
        news(resident, cause="n:2")

        mine.post(self.url, {"until": shown})

        assert list(Message.objects.unread().values_list("cause", flat=True)) == ["n:2"]
        assert mine.post(self.url, {"until": "9" * 40}).status_code == 303

    def test_opens_what_a_message_is_about(self, mine, resident):
        news(resident, url="/welfare/facilities/")
        number = Message.objects.get().pk

        assert mine.post(f"/en/my/notices/{number}/open/")["Location"] == "/en/welfare/facilities/"
        assert Message.objects.unread().count() == 0
        assert mine.get(f"/my/notices/{number}/open/").status_code == 405

    def test_opens_nothing_for_a_stranger(self, client, resident, stranger):
        news(resident)
        client.force_login(stranger)

        assert client.post(f"/my/notices/{Message.objects.get().pk}/open/").status_code == 404
        assert Message.objects.unread().count() == 1

    def test_tells_of_an_address_that_bounced_and_forgives_it(self, mine, resident):
        Bounce.objects.create(
            person=resident,
            kind=Channel.EMAIL,
            address=resident.email,
            reason="x",
            bounced_at=at(9),
        )
        assert "되돌아왔습니다" in soup(mine.get(self.url)).text

        mine.post("/my/notices/settings/again/", {"kind": "EMAIL"})

        assert not Bounce.objects.exists()
        assert mine.post("/my/notices/settings/again/", {"kind": "OTHER"}).status_code == 400


class TestSettings:
    url = "/my/notices/settings/"

    def answers(self, **changes):
        told = {"language": "ko"}
        for purpose in registry.declared_purposes().values():
            name = purpose.slug.replace(".", "_")
            told[f"{name}-mode"] = str(purpose.mode)
            told[f"{name}-channels"] = ["EMAIL"]
        return told | changes

    def test_keeps_what_is_chosen(self, mine, resident):
        changes = {"language": "en", "pretend_news-mode": "WEEKLY", "pretend_news-channels": []}

        assert mine.post(self.url, self.answers(**changes)).status_code == 302 + 1

        kept = Preference.objects.get(person=resident, purpose="pretend.news")
        assert (kept.mode, kept.channels) == (Mode.WEEKLY, [])
        assert Reader.objects.get().language == "en"

    def test_shows_what_was_chosen(self, mine, resident):
        mine.post(self.url, self.answers(**{"pretend_news-mode": "WEEKLY"}))

        page = soup(mine.get(self.url))

        chosen = page.select_one("input[name=pretend_news-mode][checked]")
        assert chosen["value"] == "WEEKLY"

    def test_offers_no_stop_for_what_is_compulsory(self, mine):
        page = soup(mine.get(self.url))

        modes = [one["value"] for one in page.select("input[name=pretend_answers-mode]")]
        assert modes == ["AT_ONCE", "DAILY", "WEEKLY"]
        assert not page.select("input[name=account-security-mode]")
        assert mine.post(self.url, self.answers(**{"pretend_answers-mode": "STOPPED"})).status_code
        assert not Preference.objects.exists()

    def test_offers_no_choice_of_what_one_never_gets(self, mine, client, resident):
        assert "우리 기관의 일" not in soup(mine.get(self.url)).text

        office = Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")
        join(resident, office, Role.MANAGER)
        sign_in(client, resident)
        assert "우리 기관의 일" in soup(client.get(self.url)).text

    def test_hides_channels_that_are_not_set_up(self, mine, settings):
        page = soup(mine.get(self.url))

        assert {one["value"] for one in page.select("input[type=checkbox]")} == {"EMAIL"}
        assert "휴대전화" not in page.select_one("main").text
        assert "브라우저 알림" not in page.select_one("main").text

    def test_keeps_what_was_chosen_of_a_channel_that_is_away(self, mine, resident):
        Preference.objects.create(
            person=resident, purpose="pretend.news", mode="DAILY", channels=["SMS"], chosen_at=at(9)
        )

        mine.post(self.url, self.answers())

        assert Preference.objects.get(purpose="pretend.news").channels == ["EMAIL", "SMS"]

    def test_leaves_what_is_urgent_its_own_channel(self, mine, resident):
        mine.post(self.url, self.answers(**{"account-security-channels": []}))

        assert Preference.objects.get(purpose="account-security").channels == ["EMAIL"]
        assert "다음 방법은 끌 수 없습니다: 이메일" in soup(mine.get(self.url)).text

    def test_stopping_takes_back_what_waits(self, mine, resident):
        news(resident)

        mine.post(self.url, self.answers(**{"pretend_news-mode": "STOPPED"}))

        assert Delivery.objects.get().state == DeliveryState.SUPPRESSED

    def test_asks_as_often_however_many_purposes(self, mine, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            mine.get(self.url)


class TestPhone:
    url = "/my/notices/settings/phone/"

    @pytest.fixture
    def upstreams(self, settings, every_channel):  # noqa: F811
        with serve(rows=1) as base_url:
            settings.SMS_URL = f"{base_url}/nhn"
            yield base_url

    def ask(self, client, phone="010-1234-5678"):
        return client.post(self.url, {"step": "phone", "phone": phone})

    def code_in(self, upstreams):
        return upstreams.taken_by("nhn")[-1]["text"].rpartition(" ")[2]

    def test_is_added_once_its_code_was_typed(self, mine, resident, upstreams):
        assert self.ask(mine).status_code == 303
        assert "인증번호 적기" in soup(mine.get(self.url)).text

        answer = mine.post(self.url, {"step": "code", "code": self.code_in(upstreams)})

        assert answer["Location"] == "/my/notices/settings/"
        assert Reader.objects.get(person=resident).phone == "01012345678"
        assert Message.objects.get().facts == {"ending": "5678"}

    def test_is_not_added_by_guessing(self, mine, upstreams):
        self.ask(mine)
        right = self.code_in(upstreams)
        for _ in range(5):
            page = mine.post(self.url, {"step": "code", "code": "abc"})
            assert "인증번호가 맞지 않거나" in soup(page).text

        mine.post(self.url, {"step": "code", "code": right})

        assert Reader.objects.get().phone == ""

    def test_is_asked_for_only_so_often_a_day(self, mine, upstreams):
        answers = [self.ask(mine) for _ in range(6)]

        assert [answer.status_code for answer in answers] == [303] * 5 + [200]
        assert len(upstreams.taken_by("nhn")) == 5

    @pytest.mark.parametrize("phone", ["02-120", "1234", "010-1234-567890", "+1 555", ""])
    def test_must_be_a_mobile_number(self, mine, upstreams, phone):
        assert self.ask(mine, phone).status_code == 200
        assert not upstreams.taken_by("nhn")

    def test_that_does_not_exist_is_said_so(self, mine, upstreams):
        assert "보내지 못했습니다" in soup(self.ask(mine, "010-0000-9999")).text
        assert not Reader.objects.exists()

    def test_can_be_removed(self, mine, resident, upstreams):
        Reader.objects.create(person=resident, phone="01012345678")

        mine.post(self.url, {"step": "forget"})

        assert Reader.objects.get().phone == ""

    def test_says_so_where_no_text_can_be_sent(self, mine):
        assert "지금은 문자를 보낼 수 없어" in soup(mine.get(self.url)).text


class TestBrowser:
    url = "/my/notices/settings/browser/"
    POINT = (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    )

    def told(self, **changes):
        told = {
            "endpoint": "https://fcm.googleapis.com/fcm/send/x", "key": self.POINT,
            "secret": "BTBZMqHH6r4Tts7J_aSIgg",
        }  # fmt: skip
        return told | changes

    def test_is_added_for_who_is_signed_in(self, mine, resident, stranger, every_channel):  # noqa: F811
        mine.post(self.url, self.told())
        assert PushSubscription.objects.get().person == resident
        assert "알림을 띄우는 브라우저가 1개" in soup(mine.get("/my/notices/settings/")).text

        mine.force_login(stranger)
        mine.post(self.url, self.told())
        assert PushSubscription.objects.get().person == stranger

    @pytest.mark.parametrize(
        "wrong",
        [
            {"endpoint": "https://10.0.0.1/"},
            {"endpoint": "https://["},
            {"endpoint": "https://fcm.googleapis.com/\x00"},
            {"key": "x"},
            {"secret": "!" * 41},
        ],
    )
    def test_of_no_known_kind_is_refused(self, mine, every_channel, wrong):  # noqa: F811
        assert mine.post(self.url, self.told(**wrong)).status_code == 400
        assert not PushSubscription.objects.exists()

    def test_is_refused_where_nothing_is_set_up(self, mine):
        assert mine.post(self.url, self.told()).status_code == 400

    def test_is_given_up(self, mine, every_channel):  # noqa: F811
        mine.post(self.url, self.told())
        mine.post(self.url, {"step": "forget"})

        assert not PushSubscription.objects.exists()

    def test_page_tells_the_key(self, mine, settings, every_channel):  # noqa: F811
        page = soup(mine.get("/my/notices/settings/"))

        key = page.select_one("[data-push-key]")["data-push-key"]
        assert key == sealing.public_key_of(settings.PUSH_KEY)


class TestStop:
    def url(self, person, purpose=Opened.purpose.slug):
        return f"/notices/stop/{token_of(Stop(person.pk, purpose))}/"

    def test_shows_first_and_stops_by_a_press(self, client, resident):
        news(resident)
        page = soup(client.get(self.url(resident)))
        assert "새 소식" in page.text
        assert not Preference.objects.exists()

        done = client.post(self.url(resident), {"step": "stop"})

        assert "이제 보내지 않습니다" in soup(done).text
        assert Preference.objects.get(person=resident).mode == Mode.STOPPED
        assert Delivery.objects.get().state == DeliveryState.SUPPRESSED
        assert "sessionid" not in client.cookies

    def test_works_by_one_click_of_a_mail_service(self, resident):
        client = Client(enforce_csrf_checks=True)

        answer = client.post(self.url(resident), {"List-Unsubscribe": "One-Click"})

        assert (answer.status_code, answer.content) == (200, b"")
        assert Preference.objects.get().mode == Mode.STOPPED

    def test_can_be_undone(self, client, resident):
        client.post(self.url(resident), {"step": "stop"})
        assert "다시 받기" in soup(client.get(self.url(resident))).text

        client.post(self.url(resident), {"step": "start"})

        assert not Preference.objects.exists()

    def test_of_a_digest_stops_all_that_can_be(self, client, resident):
        client.post(self.url(resident, ALL))

        stopped = set(Preference.objects.values_list("purpose", flat=True))
        assert stopped == {"pretend.news", "pretend.answers", OWN_REQUESTS.slug}

    def test_of_a_request_stops_all_but_the_inbox(self, client, resident):
        told = {"notice": Answered, "person": resident, "facts": {"number": 1}, "now": at(10)}
        tell(cause="1", **told)
        url = self.url(resident, "pretend.answers")
        assert "직접 물어보셨기 때문입니다." in soup(client.get(url)).text

        done = client.post(url, {"step": "stop"})
        tell(cause="2", **told)

        assert "이제 보내지 않습니다" in soup(done).text
        assert Message.objects.count() == 2
        states = set(Delivery.objects.values_list("message__cause", "state"))
        assert states == {("1", DeliveryState.SUPPRESSED)}

        client.post(url, {"step": "start"})
        tell(cause="3", **told)
        assert Delivery.objects.filter(message__cause="3", state=DeliveryState.QUEUED).exists()

    def test_of_a_telephone_is_short_and_does_the_same(self, client, resident):
        token = short_token_of(Stop(resident.pk, Opened.purpose.slug))
        client.post(f"/s/{token}/", {"step": "stop"})

        assert len(token) == 22
        assert Preference.objects.get(person=resident).mode == Mode.STOPPED
        wrong = ("B" if token[0] == "A" else "A") + token[1:]
        assert client.get(f"/s/{wrong}/").status_code == 404

    def test_of_a_telephone_works_after_the_secret_has_changed(self, resident, settings):
        token = short_token_of(Stop(resident.pk, ALL))
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another-secret" * 5

        assert read_token(token) == Stop(resident.pk, ALL)
        settings.SECRET_KEY_FALLBACKS = []
        assert read_token(token) is None

    def test_of_a_digest_lists_what_its_person_gets(self, client, resident):
        page = soup(client.get(self.url(resident, ALL)))

        stops, stays = (one.get_text(" ", strip=True) for one in page.select("main ul"))
        assert "새 소식" in stops
        assert "우리 기관의 일" not in page.text
        assert "내가 신청한 일" in stops
        assert "‘받은 알림’에는 늘 남습니다." in stops
        assert "계정과 연락처" in stays
        assert "새 소식" not in stays
        assert not Access.objects.exists()

    def test_of_a_digest_lists_a_managers_work_to_managers(self, client, resident):
        office = Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")
        join(resident, office, Role.MANAGER)

        assert "우리 기관의 일" in soup(client.get(self.url(resident, ALL))).text
        client.post(self.url(resident, ALL))

        stopped = set(Preference.objects.values_list("purpose", flat=True))
        work = {"office-work", "welfare.household-work"}
        assert stopped == {"pretend.news", "pretend.answers", OWN_REQUESTS.slug, *work}

    def test_of_one_letter_works_also_for_who_gets_no_more(self, client, resident):
        client.post(self.url(resident, "office-work"))

        assert Preference.objects.get().purpose == "office-work"

    def test_says_why_something_cannot_be_stopped(self, client, resident):
        page = client.post(self.url(resident, ACCOUNT_SECURITY.slug))

        assert "끌 수 없습니다" in soup(page).text
        assert not Preference.objects.exists()

    def test_stops_for_its_person_alone(self, client, resident, stranger):
        client.force_login(stranger)
        client.post(self.url(resident))

        assert Preference.objects.get().person == resident

    def test_works_for_years_and_after_the_secret_has_changed(self, resident, settings):
        token = token_of(Stop(resident.pk, "pretend.news"))
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another-secret" * 5

        assert read_token(token) == Stop(resident.pk, "pretend.news")
        settings.SECRET_KEY_FALLBACKS = []
        assert read_token(token) is None

    @pytest.mark.parametrize("token", ["x", "A" * 60, "A" * 500, "가나다", "%20"])
    def test_is_not_guessed(self, client, token):
        assert client.get(f"/notices/stop/{token}/").status_code == 404

    def test_of_somebody_who_left_harms_nobody(self, client, resident):
        url = self.url(resident)
        resident.delete()

        assert client.get(url).status_code == 200
        assert client.post(url).status_code == 200


class TestBounceDoor:
    url = "/notices/bounces/"
    BODY = json.dumps({"bounces": [{"address": "resident@example.com", "reason": "gone"}]})

    def send(self, client, *, body=None, at_seconds=None, key=SECRET):
        body = (self.BODY if body is None else body).encode()
        moment = str(int(time.time()) if at_seconds is None else at_seconds)
        mark = hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        return client.post(
            self.url, body, content_type="application/json",
            headers={"X-Timestamp": moment, "X-Signature": mark},
        )  # fmt: skip

    def test_is_not_there_without_a_key(self, client):
        assert self.send(client).status_code == 404

    def test_takes_a_signed_report(self, resident, settings):
        settings.BOUNCE_KEY = SECRET

        assert self.send(Client(enforce_csrf_checks=True)).status_code == 204
        assert Bounce.objects.get().person == resident

    def test_refuses_others_and_what_is_old(self, client, resident, settings):
        settings.BOUNCE_KEY = SECRET

        assert self.send(client, key="other").status_code == 403
        assert self.send(client, at_seconds=int(time.time()) - 600).status_code == 403
        assert self.send(client, at_seconds="9" * 5_000).status_code == 403
        assert client.post(self.url).status_code == 403
        assert not Bounce.objects.exists()

    @pytest.mark.parametrize("body", ["[]", "{}", '{"bounces": [1]}', '{"bounces": 3}'])
    def test_refuses_what_is_no_report(self, client, settings, body):
        settings.BOUNCE_KEY = SECRET

        assert self.send(client, body=body).status_code == 400


def test_no_page_sends_a_letter(mine, resident):
    mine.get("/my/notices/")

    assert not mail.outbox
    assert pretend.NOTICES
