"""Asking one's centre for a benefit opens one request for it, which goes on to an answer."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.cases.services import move
from tests.accounts.factories import SAJIK, make_centre
from tests.welfare.benefit_factories import make_benefit
from welfare.models import BenefitApplication

pytestmark = pytest.mark.django_db
PAGE = "/welfare/benefits/gov24-000000000001/"
ASK = f"{PAGE}ask/"


@pytest.fixture
def office():
    return make_centre(SAJIK).office


@pytest.fixture
def worker(office):
    person = User.objects.create_user("worker@portal.example", "pw", name="박담당")
    Membership.objects.create(
        person=person, office=office, role=Role.WORKER, starts_date="2020-01-01"
    )
    return person


def asked(client, office, **told):
    return client.post(ASK, {"text": "", "office": office.pk, "key": uuid.uuid4()} | told)


class TestAsking:
    def test_is_one_click_from_the_benefit(self, client):
        make_benefit()
        page = BeautifulSoup(client.get(PAGE).content, "html.parser")
        assert page.select_one(f'a[href="{ASK}"]').text.strip() == "동주민센터에 신청하기"

    def test_opens_one_request_for_the_benefit(self, client, resident, office):
        make_benefit()
        client.force_login(resident)
        key = uuid.uuid4()
        answers = [asked(client, office, key=key) for _ in range(2)]

        case = Case.objects.get()
        assert {answer["Location"] for answer in answers} == {f"/my/requests/{case.pk}/"}
        assert (case.office, case.person, case.subject) == (office, resident, "청년 월세 지원")
        told = BenefitApplication.objects.get()
        assert (told.case, told.benefit_id) == (case, "gov24-000000000001")
        assert "청년 월세 지원" in client.get(f"/my/requests/{case.pk}/").text

    def test_takes_the_same_benefit_once_and_others_beside_it(self, client, resident, office):
        make_benefit()
        make_benefit("000000000002", 서비스명="난방비 지원")
        client.force_login(resident)
        asked(client, office)
        again = asked(client, office)
        other = ASK.replace("0001/", "0002/")
        client.post(other, {"text": "", "office": office.pk, "key": uuid.uuid4()})

        assert "이미 신청해서 처리되고 있습니다" in again.text
        names = BenefitApplication.objects.order_by("benefit_name")
        assert [one.benefit_name for one in names] == ["난방비 지원", "청년 월세 지원"]
        assert Case.objects.count() == 2

    def test_may_be_asked_for_again_after_the_end(self, client, resident, office, worker):
        make_benefit()
        client.force_login(resident)
        asked(client, office)
        decided(worker, "refuse")
        assert asked(client, office).status_code == 302
        assert BenefitApplication.objects.count() == 2

    def test_is_not_for_a_benefit_that_is_gone(self, client, resident, office):
        make_benefit(is_retired=True)
        client.force_login(resident)
        assert asked(client, office).status_code == 404
        assert not Case.objects.exists()
        assert ASK not in client.get(PAGE).text

    def test_asks_for_sign_in(self, client):
        make_benefit()
        assert client.get(ASK)["Location"].startswith("/accounts/login/")


def decided(worker, name, words="소득이 기준보다 많습니다."):
    case = Case.objects.get()
    now = timezone.now()
    move(case_id=case.pk, name=name, actor=worker, key=str(uuid.uuid4()), now=now, words=words)
    return Case.objects.get()


class TestOutcome:
    def test_a_refusal_says_why_and_can_be_opened_again(self, client, resident, office, worker):
        make_benefit()
        client.force_login(resident)
        asked(client, office)
        case = decided(worker, "refuse")
        page = client.get(f"/my/requests/{case.pk}/").text

        assert (case.state, case.is_open) == ("refused", False)
        assert "소득이 기준보다 많습니다." in page
        assert "다시 봐 달라고 하기" in page
        assert decided(resident, "reopen", "일을 그만두었습니다.").state == "checking"

    @pytest.mark.parametrize("name", ["reopen", "object", "resume"])
    def test_is_not_opened_again_beside_a_new_one(self, client, resident, office, worker, name):
        make_benefit()
        client.force_login(resident)
        asked(client, office)
        first = decided(worker, "refuse")
        asked(client, office)
        anew = Case.objects.latest("pk")
        told = {"actor": worker if name == "resume" else resident, "now": timezone.now()}
        again = {"case_id": first.pk, "name": name, "words": "사정이 다릅니다.", **told}

        with pytest.raises(CaseRefused, match=f"#{anew.pk}"):
            move(key=str(uuid.uuid4()), **again)
        told["actor"] = resident
        move(case_id=anew.pk, name="withdraw", key=str(uuid.uuid4()), **told)
        move(key=str(uuid.uuid4()), **again)
        assert Case.objects.get(pk=first.pk).is_open

    def test_nothing_is_granted_or_refused_without_words(self, client, resident, office, worker):
        make_benefit()
        client.force_login(resident)
        asked(client, office)
        for name in ("grant", "refuse"):
            with pytest.raises(CaseRefused):
                decided(worker, name, "")
        assert decided(worker, "grant", "다음 달 20일부터 통장으로 받습니다.").state == "granted"

    def test_nobody_decides_on_their_own(self, client, resident, office, worker):
        make_benefit()
        client.force_login(worker)
        asked(client, office)
        with pytest.raises(CaseRefused):
            decided(worker, "grant", "받습니다.")
