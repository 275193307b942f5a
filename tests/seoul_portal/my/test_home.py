"""`/my/` leads to all that is a person's own."""

import pytest
from bs4 import BeautifulSoup

from accounts.enums import ROLES_IN, Role
from core.offices.enums import OfficeKind
from tests.accounts.factories import make_office, make_worker
from tests.sign_in import sign_in

OFFICE_OF = {
    Role.WORKER: OfficeKind.CENTRE,
    Role.MANAGER: OfficeKind.CENTRE,
    Role.OFFICIAL: OfficeKind.DEPARTMENT,
    Role.PARTNER: OfficeKind.PARTNER,
    Role.ORGANISER: OfficeKind.ORGANISER,
    Role.VOLUNTEER: OfficeKind.PARTNER,
}


class TestMyHome:
    def test_asks_for_sign_in_and_leads_back(self, client):
        assert client.get("/my/")["Location"] == "/accounts/login/?next=/my/"

    def test_leads_to_pages_that_open(self, client, resident):
        client.force_login(resident)
        page = BeautifulSoup(client.get("/my/").content, "html.parser")
        ways = [link["href"] for link in page.select("main a")]

        assert len(ways) >= 2
        assert {client.get(way).status_code for way in ways} == {200}

    def test_is_kept_by_nobody(self, client, resident):
        client.force_login(resident)

        assert client.get("/my/")["Cache-Control"] == "private, no-store"


class TestRoles:
    @pytest.mark.parametrize("role", [Role.WORKER, Role.PARTNER, Role.OFFICIAL])
    def test_lead_to_the_desk_by_one_link(self, client, db, role):
        sign_in(client, make_worker(make_office(OFFICE_OF[role]), role=role))
        page = BeautifulSoup(client.get("/my/").content, "html.parser")

        assert len(page.select("main a[href='/admin/']")) == 1

    @pytest.mark.parametrize("role", list(Role))
    @pytest.mark.parametrize("start", ["", "/en"])
    def test_say_what_can_be_done_now_and_lead_there(self, client, db, role, start):
        assert role in ROLES_IN[OFFICE_OF[role]]
        office = make_office(OFFICE_OF[role])
        office.phone = "02-123-4567"
        office.save()
        sign_in(client, make_worker(office, role))
        page = BeautifulSoup(client.get(f"{start}/my/").content, "html.parser")
        told = page.select_one("[aria-labelledby=duties]")

        assert office.name in told.h3.text
        assert told.select_one(".phone")["href"] == "tel:+8221234567"
        ways = [link["href"] for link in told.select("a.text-link")]
        assert bool(ways) is (role != Role.VOLUNTEER)
        assert {client.get(way).status_code for way in ways} <= {200}

    def test_of_an_organiser_promise_nothing_that_is_not_there(self, client, db):
        office = make_office(OfficeKind.ORGANISER)
        sign_in(client, make_worker(office, Role.ORGANISER))

        assert "행사를 올리는 화면은 아직 없습니다" in client.get("/my/").text
        desk = BeautifulSoup(client.get("/admin/").content, "html.parser")
        (seen,) = desk.select("[aria-labelledby=to-see] a")
        assert client.get(seen["href"]).status_code == 200

    def test_are_told_to_nobody_without_one(self, client, resident):
        client.force_login(resident)

        assert "맡은 역할" not in client.get("/my/").text

    def test_lead_staff_without_the_second_factor_to_it(self, client, db):
        person = make_worker(make_office())
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        page = BeautifulSoup(client.get("/my/").content, "html.parser")
        way = page.select_one("[aria-labelledby=duties] a.text-link")["href"]

        assert "/accounts/second-factor/" in client.get(way, follow=True).redirect_chain[-1][0]


class TestRefusal:
    def test_leads_to_ones_own_things_and_to_english_that_is_there(self, client, resident):
        client.force_login(resident)
        answer = client.get("/admin/", follow=True)
        page = BeautifulSoup(answer.content, "html.parser")

        assert answer.status_code == 403
        assert page.select_one("[hreflang=en].tool")["href"] == "/en/"
        ways = [link["href"] for link in page.select("main a")]
        assert ways[:2] == ["/", "/my/"]

    def test_stays_in_english(self, client, resident):
        client.force_login(resident)
        answer = client.get("/en/my/requests/1/files/1/")
        page = BeautifulSoup(answer.content, "html.parser")

        assert page.select_one("[hreflang=ko].tool")["href"] == "/my/requests/1/files/1/"


def test_what_is_of_use_on_a_day_stands_above_what_keeps_the_account(client, resident):
    client.force_login(resident)

    page = BeautifulSoup(client.get("/my/").content, "html.parser")

    first = [link["href"] for link in page.select("main > ul.grid a, main .grid a")]
    account = [link["href"] for link in page.select("[aria-labelledby=account] a")]
    assert first[0] == "/my/requests/"
    assert "/accounts/password/change/" in account
    assert first[-len(account) :] == account
