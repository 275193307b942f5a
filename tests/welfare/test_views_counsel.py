"""Asking one's centre for a talk opens a request, once, where the person chose or lives."""

import uuid

import pytest
from bs4 import BeautifulSoup

from core.cases.models import Case, CaseWords
from core.offices.enums import OfficeKind
from core.offices.models import Office

pytestmark = pytest.mark.django_db
COUNSEL = "/welfare/counsel/"


@pytest.fixture
def office():
    return Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")


class TestCounsel:
    def test_opens_a_request_with_the_chosen_centre(self, client, resident, office):
        client.force_login(resident)
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4()}
        answers = [client.post(COUNSEL, told) for _ in range(2)]

        case = Case.objects.get()
        assert {answer["Location"] for answer in answers} == {f"/my/requests/{case.pk}/"}
        assert (case.office, case.applicant) == (office, "김주민")
        assert CaseWords.objects.get().text == "난방비"
        assert "난방비" in client.get(f"/my/requests/{case.pk}/").text

    def test_says_what_is_missing_and_loses_nothing(self, client, resident):
        client.force_login(resident)
        told = {"text": "난방비가 걱정", "office": "", "key": uuid.uuid4()}
        page = BeautifulSoup(client.post(COUNSEL, told).content, "html.parser")

        assert "사는 동" in page.select_one("main").text
        assert page.textarea.text.strip() == "난방비가 걱정"
        assert not Case.objects.exists()

    def test_takes_no_second_while_the_first_is_open(self, client, resident, office):
        client.force_login(resident)
        for _ in range(2):
            told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4()}
            page = client.post(COUNSEL, told)

        assert "이미 처리되고 있습니다" in page.text
        assert Case.objects.count() == 1

    def test_asks_for_sign_in(self, client):
        assert client.get(COUNSEL)["Location"].startswith("/accounts/login/")
