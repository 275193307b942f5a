"""The screener and what follows from it, in every look and in both languages, judged by axe."""

import pytest

from core.web.kept import kept
from tests.accounts.factories import make_centre
from tests.e2e.look import NARROW, WIDE, Look
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.test_views_check import SENIORS
from welfare.queries.rulebook import shelf

pytestmark = pytest.mark.django_db(transaction=True)

CHECK, BIRTH = "/welfare/check/", "1956-03-02"
LANGUAGES = ("", "/en")
STILL = {
    "start": CHECK,
    "resume": f"{CHECK}resume/",
    "urgent": "/welfare/urgent/",
    "life events": "/welfare/life-events/",
    "life event": "/welfare/life-events/birth/",
    "timeline without answers": "/welfare/timeline/",
}


@pytest.fixture(autouse=True)
def _catalogue(live_server):
    shelf.forget()
    kept.clear()
    make_centre()
    make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
    make_benefit("000000000002", 서비스명="장애인 이동 지원", conditions={"JA0328": "Y"})


def press(page, action):
    page.locator(f"main button[name=do][value='{action}']").first.click()


def begin(page):
    """Begin, and say who lives there: one's spouse and a child."""
    press(page, "next")
    page.locator("[name=partner]").select_option("1")
    page.locator("[name=child]").select_option("1")
    press(page, "answer")


def answer_age(page):
    begin(page)
    for field in page.locator("[name^=birth_date][inputmode]").all():
        field.fill(BIRTH)
    press(page, "answer")


def see_results(page):
    answer_age(page)
    press(page, "results")


def ask_wrongly(page):
    begin(page)
    press(page, "answer")


def save(page):
    see_results(page)
    press(page, "save")


def print_all(page):
    see_results(page)
    press(page, "print")
    page.locator("main form:has([name=large]) button").click()


def see_life(page):
    see_results(page)
    page.locator("main button[formaction*=timeline]").click()


def ask_lists(page):
    answer_age(page)
    assert page.locator("button[value=none]").is_visible()


STATES = {
    "who lives there": lambda page: press(page, "next"),
    "question of several": begin,
    "lists of several": ask_lists,
    "refused answer": ask_wrongly,
    "results": see_results,
    "saved": save,
    "large print": print_all,
    "timeline": see_life,
}


class TestEveryLook:
    @pytest.mark.parametrize("path", STILL.values(), ids=STILL)
    def test_of_a_still_page_is_accessible(self, assert_accessible_in_every_look, path):
        for language in LANGUAGES:
            assert_accessible_in_every_look(f"{language}{path}")

    @pytest.mark.parametrize("after", STATES.values(), ids=STATES)
    def test_of_a_step_is_accessible(self, assert_accessible_in_every_look, after):
        for language in LANGUAGES:
            assert_accessible_in_every_look(f"{language}{CHECK}", after)


class TestWithoutScript:
    def test_leads_to_results_and_their_reasons(self, look_at):
        page = look_at(CHECK, Look(NARROW, script=False))
        answer_age(page)
        press(page, "none")
        assert page.get_by_role("heading", name="받을 만한 복지").is_visible()
        assert page.get_by_role("link", name="어르신 교통비").first.is_visible()


class TestGoingOnLater:
    def test_takes_the_digits_out_of_the_address_and_brings_the_answers_back(self, look_at):
        page = look_at(CHECK, Look(WIDE))
        save(page)
        code = page.locator(".code-on-paper").inner_text().replace("-", "").strip()
        page.goto("about:blank")
        page = look_at(f"{CHECK}resume/#{code}", Look(NARROW))
        field = page.locator("[name=code]")
        assert field.input_value() == code
        assert code not in page.url
        press(page, "resume")
        assert page.get_by_role("link", name="어르신 교통비").first.is_visible()
        assert "달라진 것이 없습니다." in page.locator("main").inner_text()
        stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert BIRTH not in stored
        assert code not in stored
