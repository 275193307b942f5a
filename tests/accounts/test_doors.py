"""No door tells who has an account, by words, letters or the work that it does."""

import re
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "정말-긴-비밀번호-2026"
NOBODY = "nobody@example.com"


@pytest.fixture
def member(resident) -> User:
    resident.emailaddress_set.create(email=resident.email, verified=True, primary=True)
    return resident


def words(answer):
    """Answer what is read on a page, without what differs at each asking."""
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


class TestName:
    def test_is_asked_with_why_and_needs_no_answer(self, client, db):
        page = BeautifulSoup(client.get("/accounts/signup/").content, "html.parser")

        field = page.select_one("input[name=name]")
        assert not field.has_attr("required")
        assert "접수증에 적습니다" in page.main.text
        for number, name in enumerate(("", "  김  새벽 ")):
            told = {"email": f"new{number}@example.com", "name": name}
            client.post("/accounts/signup/", told | DOORS["sign-up"][1])
        assert dict(User.objects.values_list("email", "name")) == {
            "new0@example.com": "", "new1@example.com": "김 새벽",
        }  # fmt: skip

    def test_of_somebody_with_an_account_is_not_changed_by_who_signs_up_again(self, client, member):
        told = {"email": member.email, "name": "딴 이름"} | DOORS["sign-up"][1]
        client.post("/accounts/signup/", told)

        member.refresh_from_db()
        assert member.name == "김주민"


DOORS = {
    "sign-up": ("/accounts/signup/", {"password1": PASSWORD, "password2": PASSWORD}),
    "reset": ("/accounts/password/reset/", {}),
    "code": ("/accounts/login/code/", {}),
}


class TestAskedForAnAddress:
    @pytest.mark.parametrize("start", ["", "/en"])
    @pytest.mark.parametrize("door", DOORS)
    def test_say_and_do_the_same_whether_it_has_an_account(self, member, mailoutbox, door, start):
        path, data = DOORS[door]
        told = []
        for address in (member.email, NOBODY):
            answer = Client().post(f"{start}{path}", {"email": address, **data}, follow=True)
            told.append((answer.redirect_chain, words(answer).replace(address, "")))

        assert told[0] == told[1]
        assert [letter.to for letter in mailoutbox] == [[member.email], [NOBODY]]

    def test_work_as_hard_at_sign_up_for_an_address_that_has_one(self, member):
        path, data = DOORS["sign-up"]
        counted = []
        for address in (member.email, NOBODY):
            with patch(
                "django.contrib.auth.base_user.make_password", side_effect=make_password
            ) as hashing:
                Client().post(path, {"email": address, **data})
            counted.append(hashing.call_count)

        assert counted[0] == counted[1] >= 1

    def test_work_as_hard_at_sign_in(self, member):
        counted = []
        for address in (member.email, NOBODY):
            with patch(
                "django.contrib.auth.hashers.MD5PasswordHasher.encode", return_value="md5$a$b"
            ) as hashing:
                Client().post("/accounts/login/", {"login": address, "password": "wrong"})
            counted.append(hashing.call_count)

        assert counted[0] == counted[1] >= 1

    def test_take_no_code_for_an_address_without_account(self, client):
        client.post("/accounts/login/code/", {"email": NOBODY})

        for guess in ("", "0000-0000", "12345678"):
            client.post("/accounts/login/code/confirm/", {"code": guess})
        assert client.get("/my/").status_code == 302


class TestCodeByLetter:
    def ask(self, client, address, path="/accounts/login/code/", **data):
        return client.post(path, {"email": address, **data})

    def code(self, letter):
        return re.search(r"^\d{4}-\d{4}$", letter.body, re.M)[0]

    def test_signs_in_with_blanks_or_without(self, client, member, mailoutbox):
        self.ask(client, member.email)
        code = self.code(mailoutbox[0])
        answer = client.post("/accounts/login/code/confirm/", {"code": code.replace("-", " ")})

        assert answer.url == "/my/"
        assert client.get("/my/").status_code == 200

    def test_is_asked_for_from_the_sign_in_form(self, client, member, mailoutbox):
        page = BeautifulSoup(client.get("/accounts/login/?next=/my/").content, "html.parser")
        button = page.select_one("button[formaction='/accounts/login/code/']")
        client.post(button["formaction"], {"login": member.email, "password": "", "next": "/my/"})

        assert len(mailoutbox) == 1

    def test_ends_after_three_guesses(self, client, member, mailoutbox):
        self.ask(client, member.email)
        for _ in range(3):
            client.post("/accounts/login/code/confirm/", {"code": "0000-0000"})
        client.post("/accounts/login/code/confirm/", {"code": self.code(mailoutbox[0])})

        assert client.get("/my/").status_code == 302

    def test_comes_again_when_asked(self, client, member, mailoutbox):
        self.ask(client, member.email)
        client.post("/accounts/login/code/confirm/", {"action": "resend"})

        assert self.code(mailoutbox[0]) != self.code(mailoutbox[1])

    def test_comes_so_often_and_no_oftener(self, client, member, mailoutbox):
        for _ in range(5):
            self.ask(client, member.email)
            client.post("/accounts/logout/")

        assert len(mailoutbox) == 3

    @pytest.mark.parametrize("start", ["", "/en"])
    def test_letter_warns_of_fraud(self, client, member, mailoutbox, start):
        self.ask(client, member.email, path=f"{start}/accounts/login/code/")

        assert ("fraud" if start else "거짓입니다") in mailoutbox[0].body
        assert bool(re.search("[가-힣]", mailoutbox[0].body)) is not bool(start)


class TestPasskeyDoor:
    def test_offers_a_question_that_names_nobody(self, client, member):
        told = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
        asked = told.json()["request_options"]["publicKey"]

        assert asked["userVerification"] == "required"
        assert not asked.get("allowCredentials")

    @pytest.mark.parametrize(
        "sent",
        [
            "",
            "{}",
            '{"id": "x"}',
            "[1]",
            "3",
            '{"id": "x", "rawId": "x", "response": {}}',
            "no json",
            '{"response": null}',
        ],
    )
    def test_refuses_what_is_no_answer(self, client, member, sent):
        client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
        answer = client.post("/accounts/2fa/webauthn/login/", {"credential": sent})

        assert answer.status_code == 302
        assert client.get("/my/").status_code == 302


class TestTooManyTries:
    def test_are_counted_where_no_address_is_told(self, client, member):
        for number in range(12):
            answer = client.post(
                "/accounts/login/",
                {"login": f"a{number}@example.com", "password": "wrong"},
                REMOTE_ADDR="",
            )

        assert "여러 번 실패했습니다" in words(answer)
