"""At the counter, in a browser: a household by keyboard, and nothing left behind at the end."""

import pytest
from django.conf import settings

from core.web.kept import kept
from tests.accounts.factories import make_centre, make_worker
from tests.e2e.judge import faults_of_the_desk
from tests.e2e.look import NARROW, WIDE, Look
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.test_views_check import SENIORS
from welfare.models import CounterTalk
from welfare.queries.rulebook import shelf

pytestmark = pytest.mark.django_db(transaction=True)

BEGIN = "/admin/welfare/countertalk/begin/"
BIRTH = "1956-03-02"
STORED = """
async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, document.cookie,
    (await indexedDB.databases()).map(one => one.name),
    await Promise.all((await caches.keys()).map(async name =>
        (await (await caches.open(name)).keys()).map(one => one.url))),
])
"""


@pytest.fixture
def at_the_counter(look_at, signed_in_as):
    """Open a talk as a worker of a centre, in a browser."""
    shelf.forget()
    kept.clear()
    make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
    worker = make_worker(make_centre().office)
    page = look_at(BEGIN, Look(WIDE), cookies=signed_in_as(worker))
    page.wait_for_function("document.activeElement.name === 'consent'")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/talk/")
    return page


def judge_household(page):
    page.wait_for_function("document.activeElement.name === 'member-0-birth_date'")
    page.keyboard.type("19560302")
    page.keyboard.press("Enter")
    page.get_by_text("받을 가능성이 높음 1").wait_for()


class TestCounter:
    def test_is_worked_by_keyboard_on_one_screen(self, at_the_counter):
        page, talk = at_the_counter, at_the_counter.url
        judge_household(page)
        assert page.url == talk
        assert page.get_by_role("link", name="어르신 교통비", exact=True).is_visible()
        assert page.evaluate("document.activeElement.id") == "found"
        assert page.locator("[name=member-0-birth_date]").input_value() in (BIRTH, "19560302")

    def test_has_no_fault_at_either_width(self, at_the_counter):
        page, faults = at_the_counter, []
        judge_household(page)
        page.get_by_role("button", name="종이 만들기").click()
        page.locator(".desk-slip").wait_for()
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 900})
            faults += [f"{width} px: {fault}" for fault in faults_of_the_desk(page)]
        assert not faults, "\n".join(faults)

    def test_puts_what_is_wrong_beside_its_field_and_goes_there(self, at_the_counter):
        page = at_the_counter
        page.locator("[name=member-0-birth_date]").fill("내일")
        page.keyboard.press("Enter")
        page.get_by_text("연도, 월, 일을 숫자로 적어 주세요").wait_for()
        assert page.evaluate("document.activeElement.name") == "member-0-birth_date"
        assert page.locator("[name=member-0-birth_date]").input_value() == "내일"

    def test_leaves_nothing_on_screen_in_storage_in_cache_or_behind_the_back_button(
        self, at_the_counter, live_server
    ):
        page, talk = at_the_counter, at_the_counter.url
        judge_household(page)
        page.locator("[name=keep]").check()
        page.get_by_role("button", name="종이 만들기").click()
        code = page.locator(".desk-code").inner_text()
        page.get_by_role("button", name="상담 끝내기").first.click()
        page.wait_for_url(f"**{BEGIN}")
        assert CounterTalk.objects.get().finished_at is not None

        for _ in range(3):  # whatever the browser still has of it
            seen = page.content()
            assert code not in seen
            assert "어르신 교통비" not in seen
            assert BIRTH not in seen
            assert "19560302" not in seen
            page.go_back()
            page.wait_for_load_state("networkidle")
        page.goto(talk)
        assert page.url.endswith(BEGIN)
        stored = page.evaluate(STORED)
        assert "1956" not in stored
        assert code not in stored
        names = {one["name"] for one in page.context.cookies()}
        assert settings.SESSION_COOKIE_NAME in names

    def test_says_so_where_the_connection_is_gone_and_keeps_what_was_typed(self, at_the_counter):
        page = at_the_counter
        page.route(
            "**/talk/",
            lambda route: (
                route.fulfill(status=503, body="")
                if route.request.method == "POST"
                else route.continue_()
            ),
        )
        page.locator("[name=member-0-birth_date]").fill(BIRTH)
        page.keyboard.press("Enter")
        page.get_by_text("적은 것은 그대로 있습니다").wait_for()
        assert page.locator("[name=member-0-birth_date]").input_value() == BIRTH
