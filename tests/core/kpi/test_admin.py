"""Officials see every indicator against its target; administrators set targets, and say why."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.areas import declared_indicators
from core.feeds.models import FieldChange
from core.kpi.models import Target
from core.offices.enums import OfficeKind
from tests.accounts.factories import make_centre, make_office, make_worker
from tests.core.kpi.samples import HIDDEN, SHOWN, dashboard, target
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

BOARD = "/admin/kpi/target/board/"
LIST = "/admin/kpi/target/"


@pytest.fixture
def official():
    client = Client()
    sign_in(client, make_worker(make_office(OfficeKind.DEPARTMENT), role=Role.OFFICIAL))
    return client


@pytest.fixture
def boss(client, say_why):
    person = User.objects.create_superuser("boss@example.com", "pw", name="최고운")
    sign_in(client, person)
    say_why(client)
    return person


def text(answer):
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


def asked(**told):
    by_date = timezone.localdate() + datetime.timedelta(days=30)
    return {"indicator": SHOWN, "value": "424", "by_date": by_date, "reason": "방침"} | told


class TestBoard:
    def test_tells_officials_of_every_indicator(self, official):
        dashboard()
        said = text(official.get(BOARD))
        for one in declared_indicators().values():
            assert str(one.title) in said
        assert "77건" in said
        assert "(시민에게 보이지 않음)" in said
        assert "오래됨." in said
        assert "2 가운데" not in said
        assert "424 가운데 2" in said

    def test_asks_as_often_for_many_readings_as_for_none(self, official, assert_flat):
        assert_flat(lambda: official.get(BOARD), add=lambda number: target(days=number + 1))

    def test_is_shut_to_staff_of_a_centre(self, client):
        sign_in(client, make_worker(make_centre().office))
        assert client.get(BOARD).status_code == 403
        assert client.get(f"{BOARD}{SHOWN}/").status_code == 403


class TestIndicatorPage:
    def test_tells_what_citizens_are_not_told(self, official):
        dashboard()
        said = text(official.get(f"{BOARD}{SHOWN}/"))
        assert "종로구 사직동 12건" in said
        assert "노원구 감춤" in said
        assert "시장 방침 제12호" in said
        assert "직원만 봅니다." in text(official.get(f"{BOARD}{HIDDEN}/"))

    def test_draws_what_it_says_with_the_table_beside(self, official):
        dashboard()
        page = BeautifulSoup(official.get(f"{BOARD}{SHOWN}/").content, "html.parser")
        over_time, *parts = page.select("figure.chart")
        titles = [one.figcaption.text for one in (over_time, *parts)]
        assert titles[0].startswith("받게 된 급여: 100건 (")
        assert "에는 65건)" in titles[0]
        assert "받게 된 급여, 자치구: 가장 많은 것은 종로구, 12건" in titles
        assert all(one.select_one("table tbody tr") for one in (over_time, *parts))
        assert "목표 150건" in over_time.svg.text
        assert str(timezone.localdate().year) in over_time.select_one("p").text

    def test_may_be_taken_along(self, official):
        dashboard()
        told = official.get(f"{BOARD}{SHOWN}/?format=csv").getvalue().decode("utf-8-sig")
        assert "dong,1111053000,12.00" in told
        assert official.get(f"{BOARD}{SHOWN}/?format=xlsx").status_code == 200

    def test_of_nothing_is_not_there(self, official):
        assert official.get(f"{BOARD}nothing/").status_code == 404

    def test_is_reached_from_the_page_of_take_up(self, official):
        page = official.get("/admin/welfare/benefit/take-up/")
        soup = BeautifulSoup(page.content, "html.parser")
        links = {link["href"] for link in soup.select("a[href]")}
        assert {BOARD, f"{BOARD}centres-in-service/", f"{BOARD}{SHOWN}/"} <= links
        assert all(
            official.get(link).status_code == 200 for link in links if link.startswith(BOARD)
        )


class TestTargets:
    def test_are_set_with_a_reason(self, client, boss):
        client.post(f"{LIST}add/", asked())
        assert Target.objects.get().value == 424
        answer = client.post(f"{LIST}add/", asked(reason="", by_date="2030-01-01"))
        assert answer.status_code == 200
        assert Target.objects.count() == 1

    def test_of_an_unknown_indicator_are_refused(self, client, boss):
        client.post(f"{LIST}add/", asked(indicator="nothing"))
        assert not Target.objects.exists()

    def test_are_changed_with_a_reason_of_their_own_and_a_history(self, client, boss):
        one = target(days=30, reason="방침")
        address = f"{LIST}{one.pk}/change/"
        answer = client.post(address, asked(value="400"))
        assert "왜 바꾸는지" in text(answer)
        client.post(address, asked(value="400", reason="예산이 줄어 낮춤"))
        one.refresh_from_db()
        assert (one.value, one.reason) == (400, "예산이 줄어 낮춤")
        kept = FieldChange.objects.filter(kind="kpi.target", key=str(one.pk))
        assert {change.field for change in kept} == {"value", "reason"}
        assert "예산이 줄어 낮춤" in text(client.get(f"{LIST}{one.pk}/history/"))

    def test_that_are_taken_away_leave_a_history(self, client, boss):
        one = target()
        client.post(f"{LIST}{one.pk}/delete/", {"post": "yes"})
        assert not Target.objects.exists()
        assert FieldChange.objects.filter(kind="kpi.target", field="value").exists()

    def test_are_not_for_officials_to_set(self, official):
        assert official.get(LIST).status_code == 403
        assert official.post(f"{LIST}add/", asked()).status_code == 403
