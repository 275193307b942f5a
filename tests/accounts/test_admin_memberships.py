"""Memberships at the desk: a manager's own office, by whole addresses, with its history."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from tests.accounts.factories import (
    SANGGYE,
    again,
    join,
    make_centre,
    make_manager,
    make_person,
    make_worker,
)
from tests.sign_in import sign_in

URL = "/admin/accounts/membership/"


@pytest.fixture
def office(db):
    return make_centre().office


@pytest.fixture
def elsewhere(db):
    return make_centre(SANGGYE).office


@pytest.fixture
def manager(office, client):
    person = make_manager(office)
    sign_in(client, person)
    return person


def text(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


class TestList:
    def test_shows_a_manager_their_own_office(self, client, manager, office, elsewhere):
        join(make_person("안사람"), office)
        join(make_person("밖사람"), elsewhere)

        told = text(client.get(URL))

        assert "안사람" in told
        assert "밖사람" not in told

    def test_asks_as_often_for_many(self, client, manager, office, assert_flat):
        pages = assert_flat(lambda: client.get(URL), add=lambda number: join(make_person(), office))

        assert pages <= 9

    @pytest.mark.parametrize("state", ["now", "soon", "over"])
    def test_is_filtered_by_state(self, client, manager, office, state):
        today = timezone.localdate()
        day = timezone.timedelta(days=1)
        join(make_person("지금사람"), office)
        join(make_person("곧끝사람"), office, ends_date=today + day)
        join(make_person("끝난사람"), office, ends_date=today - day)

        told = text(client.get(f"{URL}?state={state}"))

        shown = {name for name in ("지금사람", "곧끝사람", "끝난사람") if name in told}
        assert shown == {
            "now": {"지금사람", "곧끝사람"}, "soon": {"곧끝사람"}, "over": {"끝난사람"},
        }[state]  # fmt: skip

    @pytest.mark.parametrize("role", [Role.VOLUNTEER, None])
    def test_is_closed_to_who_works_on_no_requests(self, client, office, role, stranger):
        sign_in(client, make_worker(office, role) if role else stranger)

        assert client.get(URL).status_code in (302, 403)

    def test_is_empty_of_other_offices_for_staff_without_one(self, client, office, officer):
        join(make_person("안사람"), office)
        sign_in(client, officer)

        assert client.get(URL).status_code == 403


class TestJoining:
    def test_leads_to_the_invitation(self, client, manager):
        answer = client.get(f"{URL}add/")

        assert (answer.status_code, answer["Location"]) == (302, "/admin/accounts/invitation/add/")

    def test_is_refused_to_a_worker(self, client, office):
        sign_in(client, make_worker(office))

        assert client.get(f"{URL}add/").status_code == 403


class TestLeaving:
    def url(self, membership):
        return f"{URL}{membership.pk}/change/"

    def test_at_once(self, client, manager, office, resident):
        membership = join(resident, office)

        answer = client.post(self.url(membership), {"ends_date": "", "at_once": "on"})

        assert answer.status_code == 302, answer.context["errors"]
        assert again(resident).office_ids == frozenset()
        told = text(client.get(self.url(membership)))
        assert "바로 끝냄" in told
        assert manager.name in told

    def test_needs_a_day(self, client, manager, office, resident):
        membership = join(resident, office)

        for data, said in (
            ({"ends_date": ""}, "마지막 날을 적거나"),
            ({"ends_date": "2020-05-05"}, "지난 날로는"),
        ):
            assert said in text(client.post(self.url(membership), data))
        membership.refresh_from_db()
        assert membership.ends_date is None

    def test_of_the_last_manager_has_to_be_said_aloud(self, client, manager):
        url = self.url(manager.memberships.get())

        assert "마지막 책임자" in text(client.post(url, {"ends_date": "", "at_once": "on"}))
        assert again(manager).managed_office_ids

        client.post(url, {"ends_date": "", "at_once": "on", "is_known": "on"})
        assert not again(manager).managed_office_ids
        # … and with it the door closes at once.
        assert client.get(URL).status_code in (302, 403)

    def test_leads_to_no_page_that_is_closed(self, client, manager, office, resident):
        page = BeautifulSoup(client.get(self.url(join(resident, office))).content, "html.parser")
        ways = {link["href"] for link in page.select("a[href^='/admin/']")}

        assert {client.get(way).status_code for way in ways} <= {200, 302}
        assert not page.select("[name=is_known]")

    def test_changes_nothing_else(self, client, manager, office, elsewhere, resident):
        membership = join(resident, office)

        client.post(
            self.url(membership),
            {"ends_date": "2030-01-01", "role": Role.MANAGER, "office": elsewhere.pk},
        )

        membership.refresh_from_db()
        assert (membership.role, membership.office) == (Role.WORKER, office)
        assert str(membership.ends_date) == "2030-01-01"

    @pytest.mark.parametrize("who", ["worker", "manager of another", "stranger", "officer"])
    def test_is_refused(self, client, office, elsewhere, who):
        membership = join(make_person(), office)
        sign_in(
            client,
            {
                "worker": lambda: make_worker(office),
                "manager of another": lambda: make_manager(elsewhere),
                "stranger": make_person,
                "officer": lambda: make_person(is_staff=True),
            }[who](),
        )

        answer = client.post(self.url(membership), {"ends_date": "", "at_once": "on"})

        assert answer.status_code in (302, 403)
        membership.refresh_from_db()
        assert membership.ends_date is None

    def test_leaves_the_row_for_good(self, client, manager, office, resident):
        membership = join(resident, office)

        assert client.post(f"{URL}{membership.pk}/delete/", {"post": "yes"}).status_code == 403
        assert Membership.objects.filter(pk=membership.pk).exists()
