"""What a signed-in person's own pages leave behind: nothing, in no cache."""

import pytest

from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

OWN = (
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/logout/",
    "/en/accounts/email/",
    "/admin/",
)


@pytest.mark.parametrize("path", OWN)
def test_own_pages_are_kept_by_nobody(client, admin_user, path):
    sign_in(client, admin_user)
    answer = client.get(path)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", OWN)
def test_neither_is_the_way_to_the_sign_in(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]
