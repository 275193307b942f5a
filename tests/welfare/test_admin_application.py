"""A benefit asked for at the counter: found by words, taken in with its benefit, and its slip."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from core.cases.models import Case, CaseWords
from core.cases.services import move
from tests.accounts.factories import make_centre, make_worker
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from welfare.enums import BenefitStatus
from welfare.models import BenefitApplication
from welfare.queries.take_up import programmes

pytestmark = pytest.mark.django_db

FIND = "/admin/welfare/benefit/applications/"
INTAKE = "/admin/cases/case/intake/"


@pytest.fixture
def worker():
    return make_worker(make_centre().office)


@pytest.fixture
def desk(worker):
    client = Client()
    sign_in(client, worker)
    return client


@pytest.fixture
def benefit():
    return make_benefit(서비스명="어르신 교통비")


def page_for(benefit):
    return f"/admin/welfare/benefit/{benefit.code}/application/"


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def told(page, **more):
    key = soup(page).select_one("[name=key]")["value"]
    return {"key": key, "applicant": "박종이", "words": "버스를 자주 탑니다.", **more}


class TestApplicationAtTheCounter:
    def test_is_found_from_the_intake_by_words(self, desk, benefit):
        assert soup(desk.get(INTAKE)).select(f"a[href='{FIND}']")
        offered = [one["value"] for one in soup(desk.get(INTAKE)).select("[name=kind] option")]
        assert "welfare.counsel" in offered
        assert "welfare.benefit_application" not in offered  # without a benefit it says nothing

        back = soup(desk.get(FIND)).select("header a[href^='/admin/']")
        assert back
        assert all(desk.get(one["href"]).status_code == 200 for one in back)

        found = soup(desk.get(FIND, {"q": "교통비"}))
        assert [one["href"] for one in found.select("#found + ul a")] == [page_for(benefit)]
        assert "찾은 것이 없습니다" in desk.get(FIND, {"q": "없는말없는말"}).text
        assert soup(desk.get(FIND)).select("#found") == []

    def test_opens_one_request_with_its_benefit(self, desk, worker, benefit):
        sent = told(desk.get(page_for(benefit)))
        answers = [desk.post(page_for(benefit), sent) for _ in range(2)]

        case = Case.objects.get()
        assert {one.headers["Location"] for one in answers} == {
            f"/admin/cases/case/{case.pk}/change/"
        }
        assert (case.person, case.applicant, case.subject) == (None, "박종이", "어르신 교통비")
        assert case.office_id in worker.office_ids
        assert BenefitApplication.objects.get().benefit == benefit
        assert CaseWords.objects.get().text == "버스를 자주 탑니다."

    def test_prints_its_slip(self, desk, benefit):
        page = desk.post(page_for(benefit), told(desk.get(page_for(benefit)), slip="1"))
        assert soup(page).select_one(".desk-code").text

    def test_counts_among_the_figures_once_decided(self, desk, worker, benefit):
        for number in range(12):
            sent = told(desk.get(page_for(benefit)), applicant=f"견본 {number}")
            desk.post(page_for(benefit), sent)
        now = timezone.now()
        for case in Case.objects.all():
            move(
                case_id=case.pk,
                name="grant",
                actor=worker,
                key="sample",
                now=now,
                words="받습니다.",
            )
        # In tens, so that no other figure gives a small one away.
        assert [(one.name, one.granted) for one in programmes(now=now)] == [("어르신 교통비", 10)]

    def test_asks_for_the_name_and_keeps_what_was_typed(self, desk, benefit):
        page = desk.post(page_for(benefit), told(desk.get(page_for(benefit)), applicant=""))
        assert page.status_code == 200
        assert "버스를 자주 탑니다." in page.text
        assert soup(page).select(".desk-error[role=alert]")
        assert not Case.objects.exists()

    def test_takes_in_nothing_that_is_listed_no_more_or_unknown(self, desk, benefit):
        type(benefit).objects.filter(pk=benefit.pk).update(status=BenefitStatus.RETIRED)
        assert desk.get(page_for(benefit)).status_code == 404
        assert desk.get("/admin/welfare/benefit/x%00y/application/").status_code == 404

    def test_is_no_door_for_whoever_works_on_nothing(self, benefit, resident, client):
        sign_in(client, resident)
        assert client.get(FIND).status_code in (302, 403)
        assert client.get(page_for(benefit)).status_code in (302, 403)

    def test_asks_as_much_for_two_benefits_as_for_twenty(self, desk, django_assert_max_num_queries):
        for number in range(2):
            make_benefit(f"00000000010{number}", 서비스명=f"어르신 난방비 {number}")
        with django_assert_max_num_queries(40) as few:
            assert desk.get(FIND, {"q": "난방비"}).text.count("/application/") == 2
        for number in range(18):
            make_benefit(f"0000000002{number:02}", 서비스명=f"어르신 난방비 더 {number}")
        with django_assert_max_num_queries(len(few)):
            assert desk.get(FIND, {"q": "난방비"}).text.count("/application/") == 20
