"""Requests in a browser: the citizen's pages in every look, the desk's without serious faults."""

import datetime
import os
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.cases import registry
from core.cases.models import Case
from core.cases.services import issue_code, move
from tests.core.cases import kinds, requests
from tests.e2e.look import NARROW, WIDE, Look
from tests.e2e.test_admin_pages import serious_faults

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = os.environ.get("SCREENS")


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    kinds.declare(monkeypatch)
    yield
    registry.declared_kinds.cache_clear()


@pytest.fixture
def asked(resident) -> Case:
    return Case.objects.get(pk=requests.asked_request()["number"])


@pytest.fixture
def manager(asked) -> User:
    person = User.objects.create_user("manager@portal.example", "pw", name="정책임", is_staff=True)
    Membership.objects.create(
        person=person,
        office=asked.office,
        role=Role.MANAGER,
        starts_date=datetime.date(2020, 1, 1),
    )
    return person


def photographed(page, name):
    """Keep a picture of the page where SCREENS names a folder, for whoever looks at them."""
    if SCREENS:
        page.screenshot(path=Path(SCREENS) / f"{name}.png", full_page=True)


class TestCitizen:
    def test_list_is_accessible(self, assert_accessible_in_every_look, asked, signed_in):
        requests.new_request()
        requests.closed_request()
        assert_accessible_in_every_look("/my/requests/", cookies=signed_in)

    def test_request_is_accessible(self, assert_accessible_in_every_look, asked, signed_in):
        def open_all(page):
            while (closed := page.locator("main details:not([open]) > summary")).count():
                closed.first.click()

        assert_accessible_in_every_look(
            f"/my/requests/{asked.pk}/", after=open_all, cookies=signed_in
        )

    @pytest.mark.parametrize("script", [True, False])
    def test_answers_with_a_file(self, look_at, asked, signed_in, tmp_path, script):
        picture = tmp_path / "집.jpg"
        picture.write_bytes(requests.photograph())
        page = look_at(f"/my/requests/{asked.pk}/", Look(NARROW, script=script), cookies=signed_in)
        photographed(page, f"request-{script}")
        page.get_by_label("답", exact=True).fill("둘입니다.")
        page.locator("#id_file").set_input_files(picture)
        page.get_by_role("button", name="답 보내기").click()

        assert "답을 보냈습니다." in page.inner_text("body")
        assert Case.objects.get(pk=asked.pk).state == "in_review"

    def test_follows_a_slip(self, look_at, assert_accessible, asked, manager):
        code = issue_code(case_id=asked.pk, actor=manager, key="slip", now=timezone.now())
        for look in (Look(NARROW), Look(WIDE)):
            page = look_at("/requests/track/", look)
            assert_accessible(page, look)
            page.get_by_label("접수 번호").fill(code)
            page.get_by_role("button", name="확인하기").click()
            photographed(page, f"tracked-{look.width}")
            assert_accessible(page, look)
            assert code not in page.url
            assert "집수리 신청" in page.inner_text("h1")


class TestDesk:
    def test_has_no_serious_fault(self, look_at, signed_in_as, asked, manager):
        number = requests.new_request()["number"]
        late = timezone.localdate() - datetime.timedelta(days=1)
        Case.objects.filter(pk=number).update(due_date=late)
        cookies = signed_in_as(manager)
        for look in (Look(NARROW), Look(WIDE)):
            page = look_at(f"/admin/cases/case/{number}/change/", look, cookies=cookies)
            page.wait_for_load_state("networkidle")
            photographed(page, f"desk-page-{look.width}")
            assert not serious_faults(page), look

    def test_list_has_no_serious_fault(self, browser, live_server, signed_in_as, asked, manager):
        requests.new_request()
        cookies = signed_in_as(manager)
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in cookies.items()
            ]
        )
        page = context.new_page()
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto("/admin/cases/case/")
            page.wait_for_load_state("networkidle")
            photographed(page, f"desk-list-{width}")
            assert not serious_faults(page), width
        context.close()

    def test_is_worked_by_keyboard(self, look_at, signed_in_as, manager):
        number = requests.new_request()["number"]
        path = f"/admin/cases/case/{number}/change/"
        page = look_at(path, Look(WIDE), cookies=signed_in_as(manager))
        page.wait_for_load_state("networkidle")
        page.locator("[accesskey='1']").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert "처리했습니다." in page.inner_text("body")
        assert Case.objects.get(pk=number).state == "in_review"

    def test_prints_a_slip(self, look_at, signed_in_as, asked, manager):
        path = f"/admin/cases/case/{asked.pk}/change/"
        page = look_at(path, Look(WIDE), cookies=signed_in_as(manager))
        page.locator("summary", has_text="접수증").click()
        page.get_by_role("button", name="접수증 인쇄").click()
        photographed(page, "slip")

        assert page.locator(".desk-code").is_visible()
        assert page.locator(".desk-qr svg").bounding_box()["width"] > 100
        assert not serious_faults(page)


def test_a_case_that_moved_says_so(look_at, signed_in, asked, manager):
    """What was sent too late is refused with a sentence, and nothing is lost."""
    page = look_at(f"/my/requests/{asked.pk}/", Look(WIDE), cookies=signed_in)
    page.get_by_label("답", exact=True).fill("늦은 답")
    person = asked.person
    move(case_id=asked.pk, name="withdraw", actor=person, key="x", now=timezone.now())
    page.get_by_role("button", name="답 보내기").click()

    assert "지금은 할 수 없습니다" in page.inner_text("main")
