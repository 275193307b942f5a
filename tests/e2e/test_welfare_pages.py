"""Every kind of page of welfare, in every look and in both languages; and what the errors say."""

import pytest
from django.conf import settings

from tests.e2e.look import NARROW, WIDE, Look
from tests.welfare import samples
from tests.welfare.factories import make_many, make_run

LIST = "/welfare/facilities/"
LANGUAGES = ("", "/en")


@pytest.fixture
def portal(live_server) -> None:
    """A directory with two pages, in which one facility is known well, one little, one is gone."""
    samples.facility()
    samples.bare_facility()
    samples.retired_facility()
    samples.protected_kind()
    make_many(22, kind="노인복지관", district="도봉구")
    make_run()


PAGES = {
    "list": "",
    "list with filters": "?q=노인&district=강남구&family=노인여가복지시설&accessible=1&open_at=now",
    "second page of the list": "?page=2",
    "empty list": "?q=없는시설이름&district=종로구",
    "page that is not there": "?page=99",
    "refused list": "?district=nowhere&radius=far&near=1,2&open_at=soon&page=x",
    "list by nearness": "?near=37.5172,127.0473&radius=5000",
    "list near a dong": "?place=역삼동&radius=5000",
    "list of a protected kind": f"?kind={samples.SHELTER}",
    "facility": "A1/?near=37.5172,127.0473",
    "facility of which little is known": "A2/",
    "retired facility": "A3/",
    "sheet": "A1/sheet/",
    "large sheet": "A1/sheet/?size=large",
    "kind": "kinds/노인복지관/",
    "protected kind": f"kinds/{samples.SHELTER}/",
    "report": "A1/report/",
    "thanks": "A1/report/thanks/",
}


@pytest.mark.usefixtures("portal")
class TestEveryLook:
    @pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
    def test_is_accessible(self, assert_accessible_in_every_look, path):
        for language in LANGUAGES:
            assert_accessible_in_every_look(f"{language}{LIST}{path}", unfold)

    def test_of_a_report_with_errors_too(self, assert_accessible_in_every_look):
        def send_nothing(page):
            page.locator("main form button[type=submit]").click()
            page.wait_for_selector(".errors")

        for language in LANGUAGES:
            assert_accessible_in_every_look(f"{language}{LIST}A1/report/", send_nothing)


def unfold(page):
    page.evaluate("document.querySelectorAll('main details:not(.map)').forEach(d => d.open = true)")


class TestApiDocs:
    def test_are_accessible(self, assert_accessible_in_every_look):
        for language in LANGUAGES:
            assert_accessible_in_every_look(f"{language}/api/v1/docs/", unfold)


@pytest.mark.urls("tests.core.web.probes")
class TestErrors:
    @pytest.mark.parametrize("path", ["/welfare/facilities/none/", "/broken/"])
    def test_are_accessible(self, assert_accessible_in_every_look, path):
        for language in LANGUAGES:
            assert_accessible_in_every_look(language + path)

    def test_tell_that_the_database_is_away(self, look_at, assert_accessible):
        for look in (Look(NARROW, size=200), Look(WIDE, contrast="high")):
            page = look_at("/no-database/", look)
            assert page.get_by_role("heading", level=1).text_content() == "지금은 점검하고 있습니다"
            assert_accessible(page)


class TestRefusals:
    def test_tell_who_may_not(self, look_at, assert_accessible, signed_in):
        for look in (Look(NARROW, size=200), Look(WIDE, contrast="high")):
            page = look_at("/admin/welfare/facility/", look, cookies=signed_in)
            assert page.get_by_role("heading", level=1).text_content() == "볼 수 없는 쪽입니다"
            assert_accessible(page)

    @pytest.mark.usefixtures("portal")
    def test_tell_what_an_expired_form_is(self, look_at, assert_accessible):
        for look in (Look(NARROW, size=200), Look(WIDE, contrast="high")):
            page = look_at(f"{LIST}A1/report/", look)
            page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
            page.get_by_role("button", name="보내기").click()
            heading = page.get_by_role("heading", name="화면이 오래되어 보내지 못했습니다")
            heading.wait_for()
            assert_accessible(page)
