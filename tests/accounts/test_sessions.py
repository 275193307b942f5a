"""The list of one's sessions: devices in words, no addresses, and each can be ended."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.tasks import forget_ended_sessions
from core.web.devices import device_of

pytestmark = pytest.mark.django_db
LIST = "/accounts/sessions/"
GALAXY = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/25.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0"


@pytest.fixture
def signed_in(resident, stranger):
    for person in (resident, stranger):
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)

    def sign_in(agent=DESK, person=resident, **meta):
        client = Client(headers={"user-agent": agent}, **meta)
        client.post("/accounts/login/", {"login": person.email, "password": "pw"})
        return client

    return sign_in


def devices(client):
    page = BeautifulSoup(client.get(LIST).content, "html.parser")
    return [title.text for title in page.select("main .card__title")]


class TestList:
    def test_tells_each_device_in_words(self, signed_in):
        signed_in(GALAXY)

        assert devices(signed_in()) == ["휴대전화 (삼성 인터넷)", "컴퓨터 (엣지)"]

    def test_holds_neither_where_nor_the_whole_mark(self, signed_in, resident):
        signed_in(GALAXY, REMOTE_ADDR="203.0.113.77")
        (kept,) = UserSession.objects.all()

        assert kept.ip.startswith("fd00:")
        assert kept.user_agent == "PHONE SAMSUNG"

    @pytest.mark.parametrize("told", ["", "unix:", "no address", "203.0.113.7%eth0"])
    def test_stands_wherever_somebody_comes_from(self, signed_in, told):
        assert len(devices(signed_in(REMOTE_ADDR=told))) == 1

    def test_shows_nothing_of_others(self, signed_in, stranger):
        signed_in(GALAXY)

        assert devices(signed_in(person=stranger)) == ["컴퓨터 (엣지)"]


class TestEnding:
    def test_ends_one(self, signed_in):
        there, here = signed_in(GALAXY), signed_in()
        session = UserSession.objects.get(user_agent__startswith="PHONE")
        here.post(f"{LIST}{session.pk}/end/")

        assert there.get("/my/").status_code == 302
        assert here.get("/my/").status_code == 200
        assert devices(here) == ["컴퓨터 (엣지)"]

    def test_ends_all_others(self, signed_in):
        there, here = signed_in(GALAXY), signed_in()
        here.post(LIST)

        assert there.get("/my/").status_code == 302
        assert here.get("/my/").status_code == 200

    def test_ends_nobody_elses(self, signed_in, stranger):
        there = signed_in(GALAXY)
        session = UserSession.objects.get()
        signed_in(person=stranger).post(f"{LIST}{session.pk}/end/")

        assert there.get("/my/").status_code == 200

    def test_is_no_matter_of_a_link(self, signed_in):
        here = signed_in()

        assert here.get(f"{LIST}{UserSession.objects.get().pk}/end/").status_code == 405


class TestForgetting:
    def test_takes_what_is_over_and_leaves_the_rest(self, signed_in):
        signed_in(GALAXY)
        over = Session.objects.get()
        over.expire_date = timezone.now() - datetime.timedelta(seconds=1)
        over.save()
        here = signed_in()

        assert forget_ended_sessions() == 1
        assert here.get("/my/").status_code == 200
        assert UserSession.objects.count() == 1


class TestDevices:
    @pytest.mark.parametrize(
        ("agent", "told"),
        [
            (GALAXY, "휴대전화 (삼성 인터넷)"),
            (DESK, "컴퓨터 (엣지)"),
            ("Mozilla/5.0 (iPad; CPU OS 18_0) Version/18.0 Safari/605.1", "태블릿 (사파리)"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) KAKAOTALK 10.8", "휴대전화 (카카오톡)"),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko Firefox/133.0",
                "컴퓨터 (파이어폭스)",
            ),
            ("curl/8.5", "알 수 없는 기기"),
            ("", "알 수 없는 기기"),
        ],
    )
    def test_are_told_by_what_the_browser_says(self, agent, told):
        device = device_of(agent)

        assert device.words == told
        assert device_of(device.value) == device
