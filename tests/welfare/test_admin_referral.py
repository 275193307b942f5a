"""Somebody is sent to a facility of the directory, from the counter or from a request of theirs."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from core.cases.enums import EventKind
from core.cases.models import Case, CaseEvent
from core.cases.services import open_case
from core.records.models import Access
from tests.accounts.factories import make_centre, make_person, make_worker
from tests.core.cases.conftest import new_key
from tests.sign_in import sign_in
from tests.welfare.factories import make_shelter
from tests.welfare.samples import facility as make_known
from welfare.models import Facility, Referral

pytestmark = pytest.mark.django_db

FIND = "/admin/welfare/facility/referrals/"


@pytest.fixture
def centre():
    return make_centre().office


@pytest.fixture
def worker(centre):
    return make_worker(centre)


@pytest.fixture
def desk(worker):
    client = Client()
    sign_in(client, worker)
    return client


@pytest.fixture
def facility():
    return Facility.objects.get(pk=make_known()["code"])


@pytest.fixture
def resident():
    return make_person("박시민")


@pytest.fixture
def counsel(centre, worker, resident):
    """Answer what a resident with an account asked for before."""
    return open_case(
        kind="welfare.counsel",
        person=resident,
        applicant=resident.name,
        actor=worker,
        words="점심이 걱정입니다.",
        office_id=centre.pk,
        key=new_key(),
        now=timezone.now(),
    )


def page_for(facility, of=None):
    more = f"?of={of.pk}" if of else ""
    return f"/admin/welfare/facility/{facility.pk}/referral/{more}"


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def sent(desk, page, **more):
    key = soup(desk.get(page)).select_one("[name=key]")["value"]
    return desk.post(page, {"key": key, "words": "점심을 알아봅니다.", **more})


class TestReferral:
    def test_names_its_facility_to_staff_with_where_and_how_to_reach_it(self, desk, facility):
        answer = sent(desk, page_for(facility), applicant="박종이")

        case = Case.objects.get()
        assert (case.kind, case.subject, case.person) == ("welfare.referral", facility.name, None)
        assert Referral.objects.get(case=case).facility == facility
        page = desk.get(answer.headers["Location"]).text
        assert f'href="{facility.get_absolute_url()}"' in page
        assert facility.address in page

    def test_of_who_asked_before_is_theirs_and_both_lead_to_each_other(
        self, desk, facility, counsel, resident, client
    ):
        offered = desk.get(f"/admin/cases/case/{counsel.pk}/change/")
        assert soup(offered).select(f"a[href='/admin/cases/case/intake/?of={counsel.pk}']")
        ways = soup(desk.get(f"/admin/cases/case/intake/?of={counsel.pk}"))
        assert ways.select(f"a[href='{FIND}?of={counsel.pk}']")
        found = soup(desk.get(FIND, {"q": facility.name, "of": counsel.pk}))
        assert found.select(f"a[href='{page_for(facility, counsel)}']")
        assert not soup(desk.get(page_for(facility, counsel))).select("[name=applicant]")

        sent(desk, page_for(facility, counsel))
        sent(desk, page_for(facility, counsel))

        referrals = Case.objects.of_kind("welfare.referral")
        assert {(one.person_id, one.applicant) for one in referrals} == {(resident.pk, "박시민")}
        tied = CaseEvent.objects.filter(kind=EventKind.LINKED, case=counsel)
        assert {one.to_case_id for one in tied} == {one.pk for one in referrals}
        client.force_login(resident)
        own = client.get(f"/my/requests/{referrals.first().pk}/")
        assert facility.address in own.text
        assert "tel:" in own.text

    def test_is_recorded_as_a_look_at_the_person(self, desk, facility, counsel, resident):
        desk.get(page_for(facility, counsel))
        looked = Access.objects.of(resident.pk).filter(reason__contains=f"#{counsel.pk}")
        assert looked.exists()

    @pytest.mark.parametrize("of", ["0", "x", "9" * 30, "٣"])
    def test_of_nothing_known_is_not_found(self, desk, facility, of):
        assert desk.get(f"{page_for(facility)}?of={of}").status_code == 404
        assert desk.get(f"/admin/cases/case/intake/?of={of}").status_code == 404

    def test_of_another_centres_request_is_not_found(self, facility, counsel):
        stranger = Client()
        sign_in(stranger, make_worker(make_centre("1135063000").office, name="먼 일꾼"))
        assert stranger.get(page_for(facility, counsel)).status_code == 404
        assert stranger.get(f"{FIND}?of={counsel.pk}").status_code == 404

    def test_never_leads_to_a_shelter(self, desk):
        shelter = make_shelter()
        assert desk.get(page_for(shelter)).status_code == 404
        assert page_for(shelter) not in desk.get(FIND, {"q": "꿈자"}).text

    def test_is_found_by_words_in_as_many_questions_for_one_as_for_none(self, desk, facility):
        assert soup(desk.get(FIND, {"q": facility.name})).select(f"a[href='{page_for(facility)}']")
        assert "찾은 것이 없습니다" in desk.get(FIND, {"q": "없는말없는말"}).text
