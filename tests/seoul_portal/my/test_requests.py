"""A citizen asks, is asked, answers and withdraws; the desk works on it; strangers see nothing."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.enums import Role
from core.cases.models import Case
from core.cases.services import move_case
from core.records.models import Access
from tests.core.cases.factories import make_case, make_office, make_staff
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db
COUNSEL, LIST, DESK = "/welfare/counsel/", "/my/requests/", "/admin/cases/case/"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def case(resident, office):
    return make_case(resident, office, now=timezone.now(), text="난방비가 걱정입니다")


@pytest.fixture
def worker(office):
    return make_staff(office)


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


class TestCounsel:
    def test_opens_a_request_with_the_chosen_centre(self, client, resident, office):
        client.force_login(resident)
        told = {"text": "난방비", "office": office.pk, "key": "k"}
        answers = [client.post(COUNSEL, told) for _ in range(2)]

        case = Case.objects.get()
        assert {answer["Location"] for answer in answers} == {f"/my/requests/{case.number}/"}
        assert case.events.get().text == "난방비"

    def test_says_what_is_missing_and_loses_nothing(self, client, resident):
        client.force_login(resident)
        page = page_of(client.post(COUNSEL, {"text": "난방비가 걱정", "office": "", "key": "k"}))

        assert "사는 동" in page.select_one(".errors").text
        assert page.textarea.text.strip() == "난방비가 걱정"
        assert not Case.objects.exists()

    def test_asks_for_sign_in(self, client):
        assert client.get(COUNSEL)["Location"].startswith("/accounts/login/")


class TestMyRequests:
    def test_tell_the_state_in_plain_words(self, client, resident, case):
        client.force_login(resident)
        page = page_of(client.get(LIST))

        assert "접수했습니다" in page.main.text
        assert "연락드립니다" in page.main.text

    def test_take_an_answer_once(self, client, resident, case, worker):
        now = timezone.now()
        move_case(case=case, move="ask", actor=worker, now=now, key="a", text="언제가 좋으세요?")
        client.force_login(resident)
        url = f"{LIST}{case.number}/"
        assert "언제가 좋으세요?" in client.get(url).text
        for _ in range(2):
            assert client.post(url, {"text": "화요일", "key": "mine"}).status_code == 302

        case.refresh_from_db()
        assert case.state == "working"
        assert case.events.filter(step="ANSWERED").count() == 1

    def test_show_no_note_among_colleagues(self, client, resident, case, worker):
        sign_in(client, worker)
        told = {"deed": "note", "text": "우리끼리", "key": "n", "to": "colleagues"}
        client.post(f"{DESK}{case.pk}/change/", told)
        client.force_login(resident)

        assert case.events.filter(step="NOTED").exists()
        assert "우리끼리" not in client.get(f"{LIST}{case.number}/").text

    def test_can_be_withdrawn_and_then_take_no_answer(self, client, resident, case):
        client.force_login(resident)
        client.post(f"{LIST}{case.number}/withdraw/", {"key": "w"})
        client.post(f"{LIST}{case.number}/", {"text": "아직", "key": "x"})

        case.refresh_from_db()
        assert case.state == "withdrawn"
        assert not case.events.filter(step="ANSWERED").exists()

    def test_are_nobody_elses(self, client, stranger, case):
        client.force_login(stranger)

        assert client.get(f"{LIST}{case.number}/").status_code == 404
        assert client.post(f"{LIST}{case.number}/withdraw/", {"key": "w"}).status_code == 404
        assert case.number not in client.get(LIST).text

    def test_ask_as_often_for_many_as_for_few(self, client, resident, office, assert_flat):
        client.force_login(resident)

        def add(number):
            Case.objects.filter(person=resident).update(
                closed_at=timezone.now(), due_date=None, state="withdrawn"
            )
            make_case(resident, office)

        assert assert_flat(lambda: client.get(LIST), add=add) <= 7


class TestDesk:
    def test_shows_the_whole_case_and_leaves_why(self, client, resident, case, worker):
        sign_in(client, worker)
        page = page_of(client.get(f"{DESK}{case.pk}/change/"))

        assert "난방비가 걱정입니다" in page.text
        assert {one["value"] for one in page.select("button[name=move]")} == {
            "begin", "ask", "finish"
        }  # fmt: skip
        looked = Access.objects.filter(person=resident)
        assert {one.reason for one in looked} == {f"신청 {case.number}"}
        assert case.events.filter(step="VIEWED").count() == 1

    def test_moves_it_once(self, client, case, worker):
        sign_in(client, worker)
        for _ in range(2):
            client.post(f"{DESK}{case.pk}/change/", {"deed": "move", "move": "begin", "key": "k"})

        case.refresh_from_db()
        assert case.state == "working"
        assert case.events.filter(step="MOVED").count() == 1

    def test_hands_it_over_and_closes_the_door(self, client, case, worker):
        there = make_office("나래동주민센터")
        sign_in(client, worker)
        told = {"deed": "hand_over", "office": there.pk, "text": "이사하셨습니다", "key": "h"}
        client.post(f"{DESK}{case.pk}/change/", told)

        assert client.get(f"{DESK}{case.pk}/change/").status_code == 404

    def test_lets_a_manager_assign(self, client, case, worker, office):
        sign_in(client, make_staff(office, Role.MANAGER, "정책임"))
        told = {"deed": "assign", "assignee": worker.pk, "key": "a"}
        client.post(f"{DESK}{case.pk}/change/", told)

        case.refresh_from_db()
        assert case.assignee == worker

    @pytest.mark.parametrize("deed", ["move", "note", "assign", "hand_over"])
    def test_is_closed_to_the_worker_of_another_centre(self, client, case, deed):
        outsider = make_staff(make_office("나래동주민센터"))
        sign_in(client, outsider)
        told = {"deed": deed, "move": "begin", "text": "글", "key": "k", "office": 1}

        assert client.get(f"{DESK}{case.pk}/change/").status_code == 404
        assert client.post(f"{DESK}{case.pk}/change/", told).status_code == 404
        assert case.number not in client.get(DESK).text
        assert case.events.count() == 1

    def test_lists_what_waits(self, client, case, worker):
        sign_in(client, worker)

        for name, is_there in {"unassigned": True, "office": True, "mine": False}.items():
            assert (case.number in client.get(f"{DESK}?list={name}").text) is is_there
        assert "맡은 사람 없는 신청" in client.get("/admin/").text

    def test_asks_as_often_for_many_as_for_few(self, client, worker, office, assert_flat):
        sign_in(client, worker)

        def add(number):
            make_case(None, office, actor=worker)

        assert assert_flat(lambda: client.get(f"{DESK}?list=office"), add=add) <= 14
