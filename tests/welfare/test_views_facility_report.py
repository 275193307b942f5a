"""Anybody may say what is wrong, without being known; robots may not, and nothing typed is lost."""

import datetime

import pytest
import redis
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.test import Client

from core.web import spam
from tests.welfare.factories import make_facility, make_shelter
from welfare.models import FacilityReport
from welfare.services import report_facility

pytestmark = pytest.mark.django_db

VIEWS = "welfare.views.facility_reports"
URL = "/welfare/facilities/A1/report/"


@pytest.fixture
def facility():
    return make_facility("A1")


@pytest.fixture
def written(monkeypatch):
    """Answer what a person sends who took a minute to write it."""
    token = signing.dumps("", salt=spam.SALT)
    monkeypatch.setattr(spam, "LEAST_SECONDS", -1)
    return {"topic": "PHONE", "proposed": "02-555-5555", "message": "", "shown_at": token}


def said(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [line.text.strip() for line in page.select(".errors li")]


class TestReport:
    def test_reaches_the_staff(self, client, facility, written):
        response = client.post(URL, written)

        report = FacilityReport.objects.waiting().get()
        assert (report.facility, report.topic, report.proposed) == (
            facility,
            "PHONE",
            "02-555-5555",
        )
        assert response.status_code == 303
        thanks = client.get(response["Location"])
        assert "알려 주셔서 고맙습니다" in thanks.content.decode()

    def test_says_beforehand_that_there_will_be_an_answer(self, client, facility):
        page = BeautifulSoup(client.get(URL).content, "html.parser")

        assert "직원의 답을 볼 수 있는 주소" in page.main.text

    def test_needs_no_words_where_it_closed(self, client, facility, written):
        client.post(URL, written | {"topic": "CLOSED", "proposed": ""})

        assert FacilityReport.objects.get().topic == "CLOSED"

    def test_keeps_all_that_was_typed_where_something_is_missing(self, client, facility, written):
        del written["topic"]
        response = client.post(URL, written | {"message": "번호가 바뀌었어요"})

        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 200
        assert page.select_one("[name=proposed]")["value"] == "02-555-5555"
        assert page.select_one("[name=message]").text.strip() == "번호가 바뀌었어요"
        assert said(response) == ["무엇이 다른가요?: 무엇이 다른지 하나를 골라 주세요."]
        summary = page.select_one(".errors")
        assert summary.has_attr("autofocus")
        assert page.select_one(summary.a["href"])
        assert not FacilityReport.objects.exists()

    def test_asks_what_is_right(self, client, facility, written):
        response = client.post(URL, written | {"proposed": " "})

        assert said(response) == ["올바른 내용: 올바른 내용을 적거나, 아래에 설명을 적어 주세요."]

    @pytest.mark.parametrize(
        "wrong", [{"topic": "x"}, {"proposed": "가" * 301}, {"message": "가" * 1001}]
    )
    def test_refuses_what_it_cannot_keep(self, client, facility, written, wrong):
        assert said(client.post(URL, written | wrong))
        assert not FacilityReport.objects.exists()

    def test_is_personal_to_nobody_and_kept_by_nobody(self, client, facility):
        response = client.get(URL)

        assert "no-store" in response["Cache-Control"]
        names = {
            i["name"] for i in BeautifulSoup(response.content, "html.parser").select("main [name]")
        }
        assert names == {
            "csrfmiddlewaretoken",
            "topic",
            "proposed",
            "message",
            "shown_at",
            "homepage",
        }
        assert {field.name for field in FacilityReport._meta.get_fields()} == {
            "id", "facility", "topic", "proposed", "message", "created_at", "status", "answer",
            "answered_at", "answered_by", "receipt",
        }  # fmt: skip

    def test_speaks_english(self, client, facility, written):
        response = client.post(f"/en{URL}", written | {"proposed": ""})

        assert "Correct information" in said(response)[0]


class TestRobots:
    def test_that_fill_in_the_trap_hear_that_all_went_well(self, client, facility, written):
        response = client.post(URL, written | {"homepage": "https://spam.example"})

        assert response.status_code == 303
        assert not FacilityReport.objects.exists()

    def test_that_are_faster_than_people_are_asked_again(self, client, facility):
        page = BeautifulSoup(client.get(URL).content, "html.parser")
        sent = {"topic": "CLOSED", "shown_at": page.select_one("[name=shown_at]")["value"]}

        response = client.post(URL, sent)

        assert said(response) == ["너무 빨리 보냈습니다. 잠시 뒤에 한 번 더 보내 주세요."]
        assert not FacilityReport.objects.exists()

    @pytest.mark.parametrize("token", ["", "made-up", "x" * 5000])
    def test_that_invent_a_time_are_asked_again_with_a_right_one(
        self, client, facility, written, token
    ):
        response = client.post(URL, written | {"shown_at": token})

        assert said(response) == ["양식을 다시 확인했습니다. 한 번 더 보내 주세요."]
        renewed = BeautifulSoup(response.content, "html.parser").select_one("[name=shown_at]")[
            "value"
        ]
        client.post(URL, written | {"shown_at": renewed})
        assert FacilityReport.objects.count() == 1

    def test_form_left_open_for_a_day_can_be_sent_once_more(
        self, client, facility, written, monkeypatch
    ):
        monkeypatch.setattr(spam, "MOST_SECONDS", -1)

        assert said(client.post(URL, written)) == [
            "쓰기 시작한 지 오래되었습니다. 한 번 더 보내 주세요."
        ]

    def test_without_a_token_of_the_page_are_refused(self, facility, written):
        client = Client(enforce_csrf_checks=True)

        assert client.post(URL, written).status_code == 403


class TestLimits:
    def test_hold_for_one_address(self, client, facility, written, monkeypatch):
        monkeypatch.setattr(f"{VIEWS}.REPORTS_BY_ADDRESS", 2)
        sent = [client.post(URL, written | {"proposed": f"02-555-000{n}"}) for n in range(3)]

        assert [response.status_code for response in sent] == [303, 303, 429]
        assert said(sent[2]) == [
            "이 인터넷 주소에서 오늘 받을 수 있는 2건이 찼습니다. 여럿이 함께 쓰는 곳이면"
            " 다른 사람이 보낸 것도 셉니다. 적은 것은 보내지지 않았습니다."
            " 내일 다시 보내거나 120에 전화해 알려 주세요."
        ]
        other = client.post(URL, written | {"proposed": "다른 사람"}, REMOTE_ADDR="203.0.113.9")
        assert other.status_code == 303

    def test_hold_for_one_facility(self, client, facility, written, monkeypatch):
        monkeypatch.setattr(f"{VIEWS}.REPORTS_ON_FACILITY", 1)

        client.post(URL, written)
        again = client.post(URL, written | {"proposed": "또"}, REMOTE_ADDR="203.0.113.9")

        assert again.status_code == 429
        assert "이 시설에 대해 오늘 이미 많은 분이" in said(again)[0]
        assert "120에 전화해" in said(again)[0]

    def test_let_a_community_centre_tell_a_day_of_mistakes(
        self, client, facility, written, monkeypatch
    ):
        monkeypatch.setattr(f"{VIEWS}.REPORTS_ON_FACILITY", 1000)
        sent = [client.post(URL, written | {"proposed": f"02-555-{n:04}"}) for n in range(40)]

        assert {response.status_code for response in sent} == {303}

    def test_keep_no_address(self, client, facility, written):
        held = redis.Redis.from_url(settings.REDIS_URL)
        client.post(URL, written, REMOTE_ADDR="203.0.113.77")

        kept = [(key, held.get(key)) for key in held.keys()]
        assert kept
        assert not [one for one in kept if b"203.0.113.77" in b"".join(map(bytes, one))]
        assert all(held.ttl(key) > 0 for key, _ in kept if b"limit" in key)

    def test_let_all_pass_without_redis(self, client, facility, written, monkeypatch):
        def away(*args, **kwargs):
            raise ConnectionError

        monkeypatch.setattr(cache, "add", away)

        assert client.post(URL, written).status_code == 303


class TestReportFacility:
    def test_said_twice_while_it_waits_stays_one(self, facility):
        now = datetime.datetime(2026, 8, 20, tzinfo=datetime.UTC)
        told = {"facility": facility, "topic": "NAME", "proposed": "나", "message": ""}

        first, second = (report_facility(**told, now=now) for _ in range(2))

        assert first == second
        assert FacilityReport.objects.get().created_at == now


class TestProtected:
    def test_cannot_be_reported_on(self, client, written):
        make_shelter("K1")

        assert client.post("/welfare/facilities/K1/report/", written).status_code == 404
