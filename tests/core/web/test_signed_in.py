"""Signed in, public pages say so; they stay the same for everybody, and look up no session."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session

from core.web.signed_in import MARK
from tests.sign_in import sign_in as sign_in_with_both

pytestmark = pytest.mark.django_db

PUBLIC = ("/", "/en/", "/welfare/facilities/", "/nowhere/")


def sign_in(client, person, **more):
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    data = {"login": person.email, "password": "pw", **more}
    response = client.post("/accounts/login/", data)
    assert response.status_code == 302
    return response


def sheet(client):
    return client.get("/preferences.css").content.decode()


class TestPublicPages:
    @pytest.mark.parametrize("path", PUBLIC)
    def test_hold_both_ways_the_members_hidden_until_the_sheet_shows_them(self, client, path):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        start = "/en" if path.startswith("/en/") else ""

        guests = [link["href"] for link in page.select(".for-guests:not([hidden])")]
        members = [link["href"] for link in page.select(".for-members[hidden]")]
        assert guests == [f"{start}/accounts/login/"]
        assert members == [f"{start}/my/", f"{start}/accounts/logout/"]
        assert not page.select(".for-members:not([hidden])")

    def test_are_the_same_and_look_up_nobody(self, client, resident, django_assert_num_queries):
        before = client.get("/")["ETag"]
        sign_in(client, resident)

        with django_assert_num_queries(0):
            assert client.get("/")["ETag"] == before
            assert ".for-members" in sheet(client)

    def test_show_the_guests_ways_without_the_mark(self, client):
        assert "for-guests" not in sheet(client)


class TestMark:
    def test_says_nothing_about_who(self, client, resident):
        cookie = sign_in(client, resident).cookies[MARK]

        assert cookie.value == "1"
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_lasts_as_long_as_the_session(self, client, resident):
        passing = sign_in(client, resident).cookies
        assert passing[MARK]["max-age"] == passing[settings.SESSION_COOKIE_NAME]["max-age"] == ""

    def test_lasts_longer_where_the_sign_in_is_to_be_remembered(self, client, resident):
        kept = sign_in(client, resident, remember="on").cookies

        assert kept[MARK]["max-age"] == kept[settings.SESSION_COOKIE_NAME]["max-age"] > 24 * 3600

    def test_goes_with_the_sign_out(self, client, resident):
        sign_in(client, resident)
        client.post("/accounts/logout/")

        assert not client.cookies[MARK].value
        assert "for-guests" not in sheet(client)

    def test_follows_the_session_by_every_way_in_and_out(self, client, admin_user):
        sign_in_with_both(client, admin_user)
        client.get("/admin/")
        assert client.cookies[MARK].value == "1"

        client.post("/admin/logout/")
        assert not client.cookies[MARK].value

    @pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/logout/"])
    def test_leads_to_the_sign_in_once_the_session_has_ended_and_goes(self, client, resident, path):
        sign_in(client, resident)
        Session.objects.all().delete()

        answer = client.get(path)

        assert answer["Location"].startswith("/accounts/login/")
        assert not client.cookies[MARK].value


class TestOwnPages:
    def test_know_and_show_one_way_only(self, client, resident):
        page = BeautifulSoup(client.get("/accounts/login/").content, "html.parser")
        assert [link.text for link in page.select(".for-guests, .for-members")] == ["로그인"]

        sign_in(client, resident)
        page = BeautifulSoup(client.get("/accounts/email/").content, "html.parser")
        shown = page.select(".for-guests, .for-members")
        assert [link.text for link in shown] == ["내 서비스", "로그아웃"]
        assert not any(link.has_attr("hidden") for link in shown)
