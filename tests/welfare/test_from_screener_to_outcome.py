"""One request from the screener's answer to what came of it, as each of the four sees it."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from core.cases.models import Case
from core.cases.services import assign, hand_over, move, open_case
from core.offices.enums import OfficeKind
from tests.accounts.factories import make_centre, make_manager, make_office, make_worker
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.test_views_check import SENIORS, Visitor
from welfare.models import BenefitOutcome
from welfare.queries import take_up
from welfare.queries.rulebook import shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


def at_the_desk(person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def moved(case, name, actor, words=""):
    now = timezone.now()
    move(case_id=case.pk, name=name, actor=actor, key=str(uuid.uuid4()), now=now, words=words)


class TestOneRequest:
    def test_goes_from_the_screener_to_an_outcome_before_all_of_them(self, client, resident):
        office = make_centre().office
        worker, manager = make_worker(office), make_manager(office)
        facility = make_office(OfficeKind.PARTNER, "다솜복지관")
        partner = make_worker(facility, role=Role.PARTNER, name="한협력")
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)

        # The citizen finds it, and asks for it.
        visitor = Visitor(client).start().answer("1956-03-02")
        (link,) = visitor.page.select("main article a[href*='/welfare/benefits/']")
        client.force_login(resident, "django.contrib.auth.backends.ModelBackend")
        ask = f"{link['href']}ask/"
        assert f'href="{ask}"' in client.get(link["href"]).text
        client.post(ask, {"text": "", "office": office.pk, "key": uuid.uuid4()})
        case = Case.objects.get()

        # The manager hands it out, the worker asks, the citizen answers, the worker decides.
        page = f"/admin/cases/case/{case.pk}/change/"
        assert "어르신 교통비" in at_the_desk(manager).get(page).text
        assign(
            case_id=case.pk,
            assignee=worker,
            assignee_name=worker.name,
            actor=manager,
            key=str(uuid.uuid4()),
            now=timezone.now(),
        )
        moved(case, "ask", worker, "통장 사본이 있으세요?")
        assert "통장 사본이 있으세요?" in client.get(f"/my/requests/{case.pk}/").text
        moved(case, "answer", resident, "네, 있습니다.")
        assert "네, 있습니다." in at_the_desk(worker).get(page).text
        moved(case, "grant", worker, "12월부터 매달 25일에 받습니다.")
        mine = client.get(f"/my/requests/{case.pk}/").text
        assert "급여를 받게 되었습니다." in mine
        assert "12월부터 매달 25일에 받습니다." in mine

        # A facility is asked as well, and sees that alone.
        referral = open_case(
            kind="welfare.referral",
            person=resident,
            applicant=resident.name,
            actor=worker,
            office_id=office.pk,
            words="점심을 함께할 곳을 알아봅니다.",
            key=uuid.uuid4(),
            now=timezone.now(),
        )
        hand_over(
            case_id=referral.pk,
            office=facility,
            actor=worker,
            key=str(uuid.uuid4()),
            now=timezone.now(),
            reason="이용할 수 있는지 답해 주세요.",
        )
        desk = at_the_desk(partner)
        assert desk.get(f"/admin/cases/case/{referral.pk}/change/").status_code == 200
        assert desk.get(page).status_code == 404
        moved(referral, "accept", partner, "월요일 10시, 1층")
        moved(referral, "attend", partner)
        assert "월요일 10시, 1층" in client.get(f"/my/requests/{referral.pk}/").text

        # Officials see that it was decided, and of so few not whose it could be.
        assert take_up.decisions(now=timezone.now()).number is None  # one of one is no figure
        (told,) = take_up.programmes(now=timezone.now())
        assert (told.name, told.granted) == ("어르신 교통비", None)
        assert not BenefitOutcome.objects.exists()
