"""Who signs in: one person, one address, written in small letters."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError

from accounts.models import User


class TestUser:
    def test_is_known_by_an_address_in_small_letters(self, db):
        user = User.objects.create_user(" Kim@Example.COM ", "pw")

        assert user.email == "kim@example.com"
        assert str(user) == "k***@example.com"
        assert User.objects.get_by_natural_key("KIM@example.com ") == user

    def test_cannot_be_two_by_the_size_of_letters(self, resident):
        with pytest.raises(IntegrityError, match="accounts_user_email_is_lower_case"):
            User.objects.filter(pk=resident.pk).update(email="Resident@example.com")

    def test_cannot_be_two_with_one_address(self, resident):
        with pytest.raises(IntegrityError, match="unique"):
            User.objects.create_user("RESIDENT@example.com", "pw")

    def test_is_cleaned_before_it_is_judged(self, db):
        user = User(email="Lee@Example.com", password="x")

        user.full_clean()

        assert user.email == "lee@example.com"

    def test_holds_no_readable_password(self, resident):
        assert resident.password != "pw"
        assert resident.check_password("pw")
        assert not User.objects.create_user("nobody@example.com").has_usable_password()

    def test_is_no_staff_unless_made_so(self, resident, officer):
        superuser = User.objects.create_superuser("root@example.com", "pw")

        assert (resident.is_staff, officer.is_staff, superuser.is_staff) == (False, True, True)
        assert (officer.is_superuser, superuser.is_superuser) == (False, True)


class TestSignIn:
    url = "/accounts/login/"

    def test_takes_the_address_however_it_is_written(self, client, resident):
        EmailAddress.objects.create(
            user=resident, email=resident.email, verified=True, primary=True
        )

        client.post(self.url, {"login": "Resident@Example.com", "password": "pw"})

        assert client.session["_auth_user_id"] == str(resident.pk)

    def test_refuses_a_wrong_password(self, client, resident):
        answer = client.post(self.url, {"login": resident.email, "password": "wrong"})

        assert "_auth_user_id" not in client.session
        assert answer.status_code == 200

    def test_waits_until_the_address_is_confirmed(self, client, resident):
        answer = client.post(self.url, {"login": resident.email, "password": "pw"})

        assert "_auth_user_id" not in client.session
        assert answer.url == "/accounts/confirm-email/"

    def test_is_asked_for_where_nothing_is_marked_public(self, client, db):
        answer = client.get("/accounts/email/")

        assert answer.url == "/accounts/login/?next=/accounts/email/"
