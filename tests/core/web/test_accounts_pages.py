"""Sign-up, sign-in and a lost password, from form to letter and back."""

import re

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model

pytestmark = pytest.mark.django_db

PASSWORD = "정말-긴-비밀번호-2026"


def sign_up(client, **changed):
    data = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD, **changed}
    return client.post("/accounts/signup/", data, follow=True)


class TestSignUp:
    def test_ends_with_the_link_in_the_letter(self, client, mailoutbox):
        page = sign_up(client)
        assert "이메일을 확인해 주세요" in page.content.decode()

        link = re.search(r"https?://\S+(/accounts/confirm-email/\S+)", mailoutbox[0].body)
        client.post(link[1])
        answer = client.post("/accounts/login/", {"login": "new@example.com", "password": PASSWORD})

        assert answer.status_code == 302
        assert get_user_model().objects.get().email == "new@example.com"

    def test_says_what_is_wrong_beside_the_field_and_above(self, client):
        page = BeautifulSoup(sign_up(client, password2="다름").content, "html.parser")

        assert page.select_one(".errors a")["href"] == "#id_password2"
        assert page.select_one("#id_password2")["aria-invalid"] == "true"

    def test_does_not_tell_who_is_signed_up(self, client, resident, mailoutbox):
        assert "이메일을 확인해 주세요" in sign_up(client, email=resident.email).content.decode()
        assert mailoutbox[0].to == [resident.email]


class TestSignIn:
    def test_says_no_in_words(self, client, resident):
        answer = client.post("/accounts/login/", {"login": resident.email, "password": "wrong"})
        page = BeautifulSoup(answer.content, "html.parser")

        assert page.select_one(".errors[role=alert] li").text.strip()
        assert len(page.select("h1")) == 1

    def test_is_asked_for_where_a_page_is_ones_own_and_leads_back(self, client, resident):
        asked = client.get("/accounts/email/")

        assert asked["Location"] == "/accounts/login/?next=/accounts/email/"

    def test_is_remembered_in_a_cookie_that_no_script_reads(self, client, resident):
        EmailAddress.objects.create(user=resident, email=resident.email, verified=True)
        client.post("/accounts/login/", {"login": resident.email, "password": "pw"})

        assert client.cookies["sessionid"]["httponly"]

    def test_is_not_closed_to_all_by_the_failures_of_others_behind_the_same_proxy(
        self, client, resident, settings
    ):
        settings.PROXIES = 1
        EmailAddress.objects.create(user=resident, email=resident.email, verified=True)

        def sign_in(address, login, password):
            forwarded = {"x-forwarded-for": address}
            data = {"login": login, "password": password}
            return client.post("/accounts/login/", data, headers=forwarded)

        for number in range(12):
            sign_in(f"203.0.113.{number}", f"nobody{number}@example.com", "wrong")

        assert sign_in("198.51.100.7", resident.email, "pw").status_code == 302

    @pytest.mark.parametrize("told", [None, "", "203.0.113.9", "no address", "2001:db8::1, ::1"])
    def test_stands_where_fewer_proxies_passed_it_on_than_there_are(
        self, client, resident, settings, told
    ):
        settings.PROXIES = 2
        EmailAddress.objects.create(user=resident, email=resident.email, verified=True)
        headers = {} if told is None else {"x-forwarded-for": told}
        asked = {"login": resident.email, "password": "pw"}

        assert client.post("/accounts/login/", asked, headers=headers).status_code == 302


class TestLostPassword:
    def test_is_chosen_anew_by_letter(self, client, resident, mailoutbox):
        answer = client.post("/accounts/password/reset/", {"email": resident.email}, follow=True)
        assert "편지를 보냈습니다" in answer.content.decode()

        link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mailoutbox[0].body)
        form = client.get(link[1], follow=True)
        client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

        resident.refresh_from_db()
        assert resident.check_password(PASSWORD)

    def test_offers_a_new_letter_where_the_link_is_spent(self, client):
        page = client.get("/accounts/password/reset/key/1-abc/").content.decode()

        assert "/accounts/password/reset/" in page
        assert "쓸 수 없는 주소입니다" in page


class TestTooManyTries:
    @pytest.mark.parametrize(
        ("path", "language", "title"),
        [
            ("/accounts/login/", "ko", "너무 자주 요청했습니다"),
            ("/en/accounts/login/", "en", "Too many requests"),
        ],
    )
    def test_are_told_in_the_frame_with_the_time_to_wait(
        self, client, settings, path, language, title
    ):
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
        for _ in range(2):
            answer = client.post(path, {"login": "a@example.com", "password": "wrong"})
        page = BeautifulSoup(answer.content, "html.parser")

        assert answer.status_code == 429
        assert answer["Retry-After"] == "60"
        assert answer["Cache-Control"] == "no-store"
        assert page.html["lang"] == language
        assert page.h1.text == title
        assert page.select_one("header")


class TestOwnPages:
    @pytest.fixture
    def member(self, client, resident):
        resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)
        client.post("/accounts/login/", {"login": resident.email, "password": "pw"})
        return client

    def test_tell_each_address_with_what_is_known_of_it(self, member):
        page = BeautifulSoup(member.get("/accounts/email/").content, "html.parser")

        (label,) = page.select("main label.choice")
        assert [part.text for part in label.select("span span")] == [
            "resident@example.com",
            "대표 주소",
            "확인함",
        ]

    def test_change_addresses(self, member, resident):
        url = "/accounts/email/"
        member.post(url, {"action_add": "1", "email": "other@example.com"})
        assert resident.emailaddress_set.count() == 2

        member.post(url, {"action_remove": "1", "email": "other@example.com"})
        assert resident.emailaddress_set.count() == 1

    @pytest.mark.parametrize(
        "path", ["email", "password/change", "2fa", "logout", "2fa/totp/activate"]
    )
    def test_say_one_word_for_one_thing(self, member, path):
        korean = member.get(f"/accounts/{path}/", follow=True).content.decode()
        english = member.get(f"/en/accounts/{path}/", follow=True).content.decode()

        assert not re.search("패스워드|암호", korean)
        assert not re.search(r"[Ee]-mail|[Tt]wo-[Ff]actor", english)
