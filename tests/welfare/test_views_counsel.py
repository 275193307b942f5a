"""Asking one's centre for a talk opens a request, once, where the person chose or lives."""

import datetime
import uuid

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.enums import MessagesTo
from accounts.models import Delegation, User
from core.cases.models import Case, CaseWords
from core.notices.models import Message
from core.offices.enums import OfficeKind
from core.offices.models import Office

pytestmark = pytest.mark.django_db
COUNSEL = "/welfare/counsel/"


def case_page(case):
    return f"/my/requests/{case.pk}/"


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


@pytest.fixture
def helper(resident):
    person = User.objects.create_user("helper@portal.example", "pw", name="이도움")
    Delegation.objects.create(
        person=resident,
        helper=person,
        label="조카",
        purposes=["welfare"],
        messages_to=MessagesTo.PERSON,
        ends_date=datetime.date(2999, 1, 1),
        named_at=timezone.now(),
        accepted_at=timezone.now(),
        code_salt="salt",
        code_mark="mark",
        code_expires_at=timezone.now(),
    )
    return person


class TestCounselForSomebodyElse:
    def test_is_asked_only_of_whoever_helps_somebody(self, client, resident, helper, office):
        client.force_login(resident)
        assert "누구의 신청인가요" not in client.get(COUNSEL).text

        client.force_login(helper)
        page = BeautifulSoup(client.get(COUNSEL).content, "html.parser")
        shown = [one["value"] for one in page.select("input[name=whose]")]
        assert shown == ["me", str(resident.pk)]
        assert "김주민" in page.select_one("main").text

    def test_opens_theirs_and_tells_them(self, client, resident, helper, office):
        client.force_login(helper)
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4(), "whose": resident.pk}
        assert client.post(COUNSEL, told).status_code == 302

        case = Case.objects.get()
        assert (case.person, case.applicant) == (resident, "김주민")
        assert Message.objects.get().person == resident
        assert "김주민 님의 신청" in client.get("/my/requests/").text

    def test_never_shows_the_whole_address_of_who_told_no_name(
        self, client, resident, helper, office
    ):
        User.objects.filter(pk=resident.pk).update(name="")
        client.force_login(helper)
        asked = client.get(COUNSEL).text
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4(), "whose": resident.pk}
        client.post(COUNSEL, told)
        case = Case.objects.get()
        pages = [asked, client.get("/my/requests/").text, client.get(case_page(case)).text]

        assert case.applicant == ""
        assert all("re***@example.com" in page for page in pages)
        assert not any(resident.email in page for page in pages)

    def test_may_be_ones_own_all_the_same(self, client, resident, helper, office):
        client.force_login(helper)
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4(), "whose": "me"}
        client.post(COUNSEL, told)

        assert Case.objects.get().person == helper
        assert not Message.objects.exists()

    def test_is_of_nobody_who_did_not_ask_for_help(self, client, officer, helper, office):
        client.force_login(helper)
        told = {"text": "난방비", "office": office.pk, "key": uuid.uuid4(), "whose": officer.pk}
        assert client.post(COUNSEL, told).status_code == 200

        assert not Case.objects.exists()
