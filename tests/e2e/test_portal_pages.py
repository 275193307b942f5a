"""The portal's own pages in a browser, with something to show: home, landing pages, statement."""

import pytest

from tests.core.kpi.samples import SHOWN, dashboard
from tests.e2e.look import NARROW, Look
from tests.welfare import samples
from tests.welfare.factories import make_run

LANGUAGES = ("", "/en")
PAGES = ("/", "/welfare/", "/accessibility/", "/kpi/", f"/kpi/{SHOWN}/")


@pytest.fixture
def portal(transactional_db):
    samples.facility()
    samples.protected_kind()
    make_run()
    dashboard()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_in_every_look(portal, assert_accessible_in_every_look, path, language):
    assert_accessible_in_every_look(f"{language}{path}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_receipt_is_accessible(portal, look_at, assert_accessible, language):
    for sample in (samples.report, samples.answered_report):
        for look in (Look(NARROW), Look(size=200)):
            address = f"{language}/welfare/reports/{sample()['receipt']}/"
            assert_accessible(look_at(address, look))


class TestLanding:
    def test_opens_its_kinds_without_a_script(self, portal, look_at):
        page = look_at("/welfare/", Look(NARROW, script=False))
        page.get_by_text("노인여가복지시설 (1)").click()
        page.get_by_role("link", name="노인복지관 1").last.click()

        assert "/welfare/facilities/?kind=" in page.url
        assert page.get_by_role("link", name="가온노인복지관", exact=True).is_visible()

    def test_searches_in_the_area(self, portal, look_at):
        page = look_at("/welfare/", Look(script=False))
        form = page.get_by_role("main").locator("form")
        form.locator("[name=q]").fill("가온")
        form.get_by_role("button").click()

        assert "area=welfare" in page.url
        assert page.get_by_role("link", name="가온노인복지관", exact=True).is_visible()
