"""Going on with the screener from paper: eight digits open what was kept, and nothing else does."""

import datetime
import time

import pytest
from django.core.cache import cache
from django.utils import timezone

from core.web.spam import within_limit
from tests.accessibility.judge import faults_of
from tests.accounts.factories import SAJIK, make_centre
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.test_views_check import SENIORS, URL, Visitor
from welfare.models import SavedScreening
from welfare.queries.rulebook import shelf
from welfare.services.saved_screenings import (
    KEPT_FOR,
    forget_outdated_screenings,
    open_screening,
)
from welfare.tasks import forget_screenings
from welfare.views.check_resuming import TRIES_AN_HOUR, WRONG_AN_HOUR

pytestmark = pytest.mark.django_db

RESUME = f"{URL}resume/"
BIRTH = "1956-03-02"


@pytest.fixture(autouse=True)
def _fresh():
    shelf.forget()
    cache.clear()


@pytest.fixture
def visitor(client):
    client.handler.enforce_csrf_checks = True
    return Visitor(client)


@pytest.fixture
def saved(visitor):
    """Answer the digits of a visitor who told their birthday, and kept what followed."""
    make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
    visitor.start().answer(BIRTH).press("do", "save")
    return visitor.page.select_one(".code-on-paper").get_text(strip=True).replace("-", "")


def send(visitor, code, do="resume", **told):
    return visitor.see(visitor.client.post(URL, {"code": code, "do": do} | told))


def guess_often():
    for _ in range(WRONG_AN_HOUR):
        within_limit("check-wrong", "anybody", limit=WRONG_AN_HOUR)


class TestSaving:
    def test_shows_digits_with_their_day_and_a_code_to_scan(self, visitor, saved):
        until = timezone.localdate() + KEPT_FOR
        assert len(saved) == 8
        assert saved.isdecimal()
        assert f"{until.year}년 {until.month}월 {until.day}일까지" in visitor.text
        assert visitor.page.select_one(".qr svg") is not None

    def test_keeps_nothing_that_can_be_read_without_the_digits(self, visitor, saved):
        row = SavedScreening.objects.get()
        held = f"{row.code_hash} {row.sealed} {row.kept_until} {row}"
        assert saved not in held
        assert BIRTH not in held
        assert "members" not in held

    def test_puts_the_digits_into_no_address_and_no_answer_that_is_kept(self, visitor, saved):
        assert visitor.response.headers["Cache-Control"].count("no-store")
        assert saved not in visitor.response.request["PATH_INFO"]
        links = [one.get("href", "") for one in visitor.page.select("a")]
        assert not [one for one in links if saved in one]

    def test_leads_back_to_the_results(self, visitor, saved):
        visitor.press("do", "results")
        assert "어르신 교통비" in visitor.text

    def test_ends_for_an_hour_after_many(self, visitor, saved, monkeypatch):
        monkeypatch.setattr("welfare.views.check_resuming.SAVES_AN_HOUR", 1)
        visitor.press("do", "results").press("do", "save")
        assert "여러 번 저장했습니다" in visitor.text
        assert "어르신 교통비" in visitor.text
        assert SavedScreening.objects.count() == 1


class TestResuming:
    def test_goes_on_where_it_ended(self, visitor, saved):
        send(visitor, f"{saved[:4]}-{saved[4:]}")
        assert visitor.heading == "받을 만한 복지"
        assert "어르신 교통비" in visitor.text
        assert "달라진 것이 없습니다." in visitor.text
        visitor.press("do", "change=birth_date:me")
        assert visitor.page.select_one("input[name=birth_date-me]")["value"] == BIRTH

    def test_tells_what_has_changed_since(self, visitor, saved):
        make_benefit("000000000777", 서비스명="어르신 안경", conditions=SENIORS)
        shelf.forget()
        send(visitor, saved)
        assert "새로 받을 만한 것 1가지" in visitor.text
        assert "어르신 안경" in visitor.text

    def test_goes_on_comparing_without_what_was_put_away(self, visitor, saved):
        for number, name in (("000000000777", "어르신 안경"), ("000000000778", "어르신 틀니")):
            make_benefit(number, 서비스명=name, conditions=SENIORS)
        shelf.forget()
        send(visitor, saved).press("mark", "has=gov24-000000000777")
        assert "새로 받을 만한 것 1가지" in visitor.text
        assert [one.get_text() for one in visitor.page.select("main h3 + ul > li > a")] == [
            "어르신 틀니"
        ]
        visitor.press("verdict", "NO")
        assert "새로 받을 만한 것 1가지" in visitor.text

    def test_says_of_unknown_digits_that_nothing_is_kept(self, visitor, saved):
        wrong = f"{(int(saved) + 1) % 10**8:08}"
        send(visitor, wrong)
        assert visitor.response.status_code == 404
        assert "이 번호로 저장한 답이 없습니다" in visitor.text
        assert visitor.page.select_one("input[name=code]")["value"] == wrong

    @pytest.mark.parametrize("typed", ["", "1234", "abcdefgh", "1" * 500, "12\x0034"])
    def test_names_what_would_be_right(self, visitor, typed):
        send(visitor, typed)
        assert visitor.response.status_code == 400
        assert visitor.page.select_one("[aria-invalid=true]")["name"] == "code"

    def test_takes_few_guesses_from_one_address(self, visitor, saved):
        for number in range(TRIES_AN_HOUR):
            send(visitor, f"{number:08}")
        send(visitor, saved)
        assert visitor.response.status_code == 429
        assert "어르신 교통비" not in visitor.text

    @pytest.mark.parametrize("kept_for", [datetime.timedelta(0), KEPT_FOR])
    def test_asks_for_a_day_as_well_after_many_wrong_ones_of_others(self, visitor, saved, kept_for):
        guess_often()
        send(visitor, saved)
        assert visitor.response.status_code == 400
        assert "어르신 교통비" not in visitor.text
        assert visitor.page.select_one("[aria-invalid=true]")["name"] == "day"
        assert visitor.page.select_one("input[name=code]")["value"] == saved

        day = timezone.localdate() + kept_for
        send(visitor, saved, day=f"{day:%Y%m%d}")
        assert "어르신 교통비" in visitor.text

    def test_says_the_same_then_of_wrong_digits_and_of_a_wrong_day(self, visitor, saved):
        guess_often()
        day = timezone.localdate()
        wrong = f"{(int(saved) + 1) % 10**8:08}"
        said = []
        for code, told in ((saved, day - datetime.timedelta(days=1)), (wrong, day)):
            send(visitor, code, day=told.isoformat())
            said.append((visitor.response.status_code, visitor.page.select_one(".errors")))
        assert said[0][0] == said[1][0] == 404
        assert str(said[0][1]) == str(said[1][1])
        assert "번호나 날짜가 맞지 않습니다" in visitor.text

    def test_can_still_be_deleted_then(self, visitor, saved):
        guess_often()
        send(visitor, saved, do="forget")
        assert not SavedScreening.objects.exists()

    def test_counts_a_home_of_ipv6_as_one_address_and_its_site_as_well(
        self, visitor, saved, monkeypatch
    ):
        def ask(address):
            told = {"code": "00000000", "do": "resume"}
            return visitor.client.post(URL, told, REMOTE_ADDR=address).status_code

        monkeypatch.setattr("welfare.views.check_resuming.OF_A_SITE", 5)
        monkeypatch.setattr("welfare.views.check_resuming.TRIES_AN_HOUR", 3)
        assert [ask(f"2001:db8:1:1::{one}") for one in range(1, 5)] == [404, 404, 404, 429]
        assert [ask(f"2001:db8:1:{one}::1") for one in range(2, 5)] == [404, 404, 429]
        assert ask("2001:db8:2:1::1") == 404

    def test_works_after_the_secret_was_changed(self, visitor, saved, settings):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another" * 10
        assert open_screening(code=saved, on=timezone.localdate()) is not None

    def test_needs_the_portal_secret_as_well(self, visitor, saved, settings):
        settings.SECRET_KEY = "another" * 10
        assert open_screening(code=saved, on=timezone.localdate()) is None

    def test_makes_each_guess_dear(self, visitor, saved):
        began = time.process_time()
        open_screening(code=saved, on=timezone.localdate())
        assert time.process_time() - began > 0.005

    @pytest.mark.parametrize("language", ["", "/en"])
    def test_is_asked_on_an_accessible_page(self, client, language):
        page = client.get(f"{language}{RESUME}")
        assert page.headers["Cache-Control"].startswith("public")
        assert faults_of(page.content.decode(), language.strip("/") or "ko") == []


class TestForgetting:
    def test_is_done_at_once(self, visitor, saved):
        visitor.press("do", "forget")
        assert visitor.heading == "보관한 답을 지웠습니다"
        assert not SavedScreening.objects.exists()
        send(visitor, saved)
        assert visitor.response.status_code == 404

    def test_is_done_when_its_time_is_over(self, visitor, saved):
        last = timezone.localdate() + KEPT_FOR
        assert open_screening(code=saved, on=last) is not None
        assert open_screening(code=saved, on=last + datetime.timedelta(days=1)) is None
        assert forget_outdated_screenings(on=last) == 0
        assert forget_outdated_screenings(on=last + datetime.timedelta(days=1)) == 1

    def test_is_done_each_night(self, visitor, saved):
        SavedScreening.objects.update(kept_until=timezone.localdate() - datetime.timedelta(days=1))
        assert forget_screenings() == 1


class TestCentre:
    def test_is_told_of_the_dong_one_chooses(self, visitor):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        centre = make_centre()
        visitor.start().answer(BIRTH)
        assert "사는 동을 고르면" in visitor.text
        visitor.see(
            visitor.client.post(URL, {"state": visitor.state, "do": "results", "dong": SAJIK})
        )
        assert centre.office.name in visitor.text
        assert visitor.page.select_one("select[name=dong] option[selected]")["value"] == SAJIK
        visitor.press("open", "ANSWER")
        assert centre.office.name in visitor.text

    def test_is_none_for_what_is_no_dong(self, visitor):
        make_benefit(conditions=SENIORS)
        visitor.start().answer(BIRTH)
        sent = {"state": visitor.state, "do": "results", "dong": "1111111111"}
        visitor.see(visitor.client.post(URL, sent))
        assert visitor.response.status_code == 200
        assert "사는 동을 고르면" in visitor.text
