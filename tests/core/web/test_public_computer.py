"""A session on a computer that many use: nothing stays, and five idle minutes end it."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.web.public_computer import MARK

pytestmark = pytest.mark.django_db
CHOICE = {"public-computer-asked": "1", "public-computer": "1"}


@pytest.fixture
def sign_in(client, resident):
    resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)

    def sign_in(**more):
        return client.post("/accounts/login/", {"login": resident.email, "password": "pw", **more})

    return sign_in


def seconds_left() -> float:
    return (Session.objects.get().expire_date - timezone.now()).total_seconds()


def pass_time(seconds: int) -> None:
    """Move the one session's end, which is the clock that the server holds."""
    session = Session.objects.get()
    session.expire_date -= datetime.timedelta(seconds=seconds)
    session.save()


class TestChoice:
    def test_ends_after_five_minutes_without_a_request(self, client, sign_in):
        sign_in(**CHOICE)
        assert 295 < seconds_left() <= 300
        pass_time(299)
        assert client.get("/my/").status_code == 200
        assert seconds_left() > 295

        pass_time(301)
        assert client.get("/my/").status_code == 303
        assert client.get("/my/").status_code == 302

    def test_is_not_made_for_anybody(self, client, sign_in):
        sign_in(**{"public-computer-asked": "1"})

        assert seconds_left() > 24 * 3600
        assert MARK not in client.cookies
        assert "여럿이 쓰는 컴퓨터로" not in client.get("/my/").text

    def test_is_stronger_than_to_be_remembered(self, client, sign_in):
        cookies = sign_in(remember="on", **CHOICE).cookies

        assert cookies["sessionid"]["max-age"] == cookies["sessionid"]["expires"] == ""
        assert cookies[MARK]["max-age"] == cookies["signed-in"]["max-age"] == ""
        assert seconds_left() <= 300

    def test_holds_for_a_code_by_letter_too(self, client, resident, sign_in, mailoutbox):
        client.post("/accounts/login/code/", {"email": resident.email, **CHOICE})
        code = next(line for line in mailoutbox[0].body.splitlines() if line[:4].isdecimal())
        client.post("/accounts/login/code/confirm/", {"code": code})

        assert client.get("/my/").status_code == 200
        assert seconds_left() <= 300

    def test_can_be_taken_back_before_the_sign_in(self, client, sign_in):
        sign_in(**CHOICE, password="wrong")
        assert BeautifulSoup(client.get("/accounts/login/").content, "html.parser").select_one(
            "#public-computer[checked]"
        )
        sign_in(**{"public-computer-asked": "1"})

        assert MARK not in client.cookies


class TestEnd:
    def test_is_told_on_each_own_page_with_a_way_to_put_it_off(self, client, sign_in):
        sign_in(**CHOICE)
        page = BeautifulSoup(client.get("/en/my/").content, "html.parser")
        form = page.select_one("form[action='/en/accounts/stay/']")

        assert page.select_one("noscript meta")["content"] == "300;url=/en/accounts/ended/"
        pass_time(200)
        answer = client.post(form["action"], {"next": form.select_one("[name=next]")["value"]})
        assert answer.url == "/en/my/"
        assert seconds_left() > 295

    def test_is_not_put_off_by_asking_when_it_comes(self, client, sign_in):
        sign_in(**CHOICE)
        pass_time(200)
        told = client.get("/accounts/stay/").json()

        assert seconds_left() < 101
        assert told["seconds"] <= 300
        assert 'role="alertdialog"' in told["warning"]

    @pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example/"])
    def test_leads_nobody_elsewhere(self, client, sign_in, goal):
        sign_in(**CHOICE)

        assert client.post("/accounts/stay/", {"next": goal}).url == "/"

    def test_is_put_off_by_no_other_site(self, client, sign_in):
        sign_in(**CHOICE)
        pass_time(200)

        assert (
            client.post("/accounts/stay/", headers={"sec-fetch-site": "cross-site"}).status_code
            == 403
        )

    def test_is_explained_and_clears_the_browser(self, client, sign_in):
        sign_in(**CHOICE)
        pass_time(301)
        answer = client.post("/accounts/email/", {"action_add": "1", "email": "b@example.com"})

        assert answer.url == "/accounts/ended/"
        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert not answer.cookies[MARK].value
        assert "5분 동안 쓰지 않아" in client.get("/accounts/ended/").text

    def test_by_signing_out_clears_the_browser(self, client, sign_in):
        sign_in(**CHOICE)

        assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"cache", "storage"'

    def test_of_an_ordinary_session_leaves_the_browser_alone(self, client, sign_in):
        sign_in()

        assert "Clear-Site-Data" not in client.post("/accounts/logout/").headers


class TestPages:
    def test_are_kept_by_nobody(self, client, sign_in):
        sign_in(**CHOICE)

        for path in ("/my/", "/accounts/email/", "/accounts/stay/"):
            assert "no-store" in client.get(path)["Cache-Control"], path

    def test_that_are_public_look_up_no_session(self, client, sign_in, django_assert_num_queries):
        sign_in(**CHOICE)
        client.get("/")

        with django_assert_num_queries(0):
            page = client.get("/")
        assert "여럿이 쓰는 컴퓨터로" not in page.text
