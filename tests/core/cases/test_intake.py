"""What is taken in at the counter lies in the clerk's own office, once, and has its slip."""

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.cases.codes import case_with_code, cleaned_code
from core.cases.enums import EventKind, Party
from core.cases.models import Case, CaseEvent, CaseWords
from core.offices.enums import OfficeKind
from core.offices.models import Office
from tests.core.cases.conftest import member, new_key
from tests.core.cases.test_admin import LIST, at_the_desk, page_of, soup

INTAKE = f"{LIST}intake/"


def told(**more):
    return {"kind": "welfare.home-help", "applicant": "박종이", "key": new_key(), **more}


class TestIntake:
    def test_leads_from_the_list_to_the_case(self, worker):
        client = at_the_desk(worker)
        assert soup(client.get(LIST)).select(f"a[href='{INTAKE}']")
        key = soup(client.get(INTAKE)).select_one("[name=key]")["value"]
        answers = [client.post(INTAKE, told(key=key, words="문턱이 높습니다.")) for _ in range(2)]

        case = Case.objects.get()
        assert {answer["Location"] for answer in answers} == {page_of(case)}
        assert (case.person, case.applicant, case.office_id) == (None, "박종이", case.office_id)
        assert case.office_id in worker.office_ids
        opened = CaseEvent.objects.of(case).get()
        assert (opened.kind, opened.party, opened.actor) == (
            EventKind.OPENED, Party.WORKER, worker,
        )  # fmt: skip
        assert CaseWords.objects.get().text == "문턱이 높습니다."
        assert "박종이" in client.get(page_of(case)).text

    def test_needs_no_words_and_prints_its_slip(self, worker):
        page = at_the_desk(worker).post(INTAKE, told(slip="1"))

        code = soup(page).select_one(".desk-code").text
        case = Case.objects.get()
        assert case_with_code(cleaned_code(code), now=timezone.now()) == case
        assert not CaseWords.objects.exists()
        assert "신청한 사람: 박종이" in page.text

    @pytest.mark.parametrize("wrong", [{"applicant": " "}, {"kind": "no.such"}, {"key": "x"}])
    def test_says_what_is_missing_and_opens_nothing(self, worker, wrong):
        assert at_the_desk(worker).post(INTAKE, told(**wrong)).status_code == 200

        assert not Case.objects.exists()

    def test_asks_in_which_of_several_offices(self, centre, other_centre, worker, outsider):
        client = at_the_desk(worker)
        client.post(INTAKE, told(office=other_centre.pk))
        assert Case.objects.get().office == centre  # of one office nothing is asked

        Membership.objects.create(
            person=worker, office=other_centre, role=Role.WORKER, starts_date="2020-01-01"
        )
        client = at_the_desk(User.objects.get(pk=worker.pk))
        assert len(soup(client.get(INTAKE)).select("select[name=office] option")) == 2
        client.post(INTAKE, told(office=other_centre.pk))
        assert Case.objects.filter(office=other_centre).count() == 1

    def test_offers_what_ones_office_may_have_alone(self, centre, worker):
        partner = Office.objects.create(kind=OfficeKind.PARTNER, name="이웃돕기")
        clerk = member(partner, Role.PARTNER, "박협력")

        def offered(person):
            page = soup(at_the_desk(person).get(INTAKE))
            return [one["value"] for one in page.select("[name=kind] option")]

        assert "welfare.at-centres" in offered(worker)
        assert "welfare.at-centres" not in offered(clerk)
        assert "welfare.home-help" in offered(clerk)

    def test_takes_no_foreign_office(self, centre, other_centre, worker, manager, citizen):
        third = type(centre).objects.create(kind=centre.kind, name="다온동주민센터")
        Membership.objects.create(
            person=worker, office=other_centre, role=Role.WORKER, starts_date="2020-01-01"
        )
        client = at_the_desk(User.objects.get(pk=worker.pk))
        client.post(INTAKE, told(office=third.pk))

        assert not Case.objects.exists()

    @pytest.mark.parametrize("who", ["stranger", "citizen", "officer", "admin_user"])
    def test_is_for_whoever_works_in_an_office(self, request, centre, who):
        client = at_the_desk(request.getfixturevalue(who))

        assert client.post(INTAKE, told()).status_code in (302, 403)
        assert not Case.objects.exists()


class TestHistory:
    def test_is_the_cases_page(self, case, worker, outsider):
        path = f"{LIST}{case.pk}/history/"

        assert at_the_desk(worker).get(path)["Location"] == page_of(case)
        assert at_the_desk(outsider).get(path).status_code == 404
