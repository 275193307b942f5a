"""Whoever looks for people at a desk leaves no name in an address, and finds them all the same."""

from urllib.parse import unquote_plus

import pytest
from bs4 import BeautifulSoup

from accounts.models import User
from core.records.encryption import keyring
from tests.core.desk.test_list_pages import CASES
from tests.welfare.households.people import family
from tests.welfare.households.test_admin import LIST, named, signed_in

pytestmark = pytest.mark.django_db
SIGNS, USERS = "/admin/welfare/hardshiphousehold/", "/admin/accounts/user/"


def search(client, address, words, **along):
    """Send the words as the page's own form does; answer where it leads, and the page there."""
    form = BeautifulSoup(client.get(address, along).content, "html.parser").select_one(
        "form#changelist-search"
    )
    assert form["method"] == "post"
    assert form["action"] == "?"  # none of what stands in the address of the search before
    hidden = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    told = client.post(address, {**hidden, "q": words})
    assert told.status_code == 302
    return unquote_plus(told.headers["Location"]), client.get(told.headers["Location"])


@pytest.mark.parametrize("address", [LIST, SIGNS, CASES])
def test_no_address_names_whom_a_worker_looks_for(worker, address):
    family(worker, "홍길동")
    where, found = search(signed_in(worker), address, "홍길동 1956-03-02")

    assert where.startswith(f"{address}?q=")
    assert "홍길동" not in where
    assert "1956" not in where
    box = BeautifulSoup(found.content, "html.parser").select_one("input[name=q]")
    assert box["value"] == "홍길동 1956-03-02"
    links = BeautifulSoup(found.content, "html.parser").select("main a[href]")
    assert not any("홍길동" in unquote_plus(one["href"]) for one in links)


def test_no_address_names_whom_somebody_looks_for_among_users(admin_client, say_why):
    say_why(admin_client)
    User.objects.create_user("hong@example.com", "pw", name="홍길동")
    where, found = search(admin_client, USERS, "홍길동")

    assert "홍길동" not in where
    assert "hong@example.com" in found.content.decode()


def test_who_was_looked_for_is_found_and_filters_stay(worker):
    household, _ = family(worker, "홍길동")
    family(worker, "김철수")
    born = household.members.get().birth_date
    where, found = search(signed_in(worker), LIST, f"홍길동 {born}", care="nobody")
    assert "care=nobody" in where

    where, found = search(signed_in(worker), LIST, f"홍길동 {born}")
    assert [one for one in named(found) if "홍길동" in one]
    assert not [one for one in named(found) if "김철수" in one]


def test_an_empty_search_is_the_whole_list(worker):
    where, _found = search(signed_in(worker), LIST, " ")
    assert "q=" not in where


def test_opens_no_other_sealed_text_and_nobody_elses_words(worker, outsider):
    where, _found = search(signed_in(worker), LIST, "김노을 1956-03-02")
    assert "김노을" in signed_in(worker).get(where).content.decode()
    assert "김노을" not in signed_in(outsider).get(where).content.decode()
    page = signed_in(worker).get(LIST, {"q": keyring().seal("남모르는글")}).content.decode()
    assert "남모르는글" not in page
