"""Whoever works on a request reads what its person needs, as long as the person agrees."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import FactGroup
from accounts.services import withdraw_purpose
from core.cases.services import open_case
from core.records.models import Access
from tests.accounts.factories import make_centre, make_worker
from tests.accounts.test_profile import tell
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

NEEDS = {"needs": ["SIGN_LANGUAGE", "LARGE_PRINT"], "note": "초인종이 안 들립니다"}
WORDS = "수어 통역이 필요합니다, 큰 글씨가 필요합니다"


@pytest.fixture
def office():
    return make_centre().office


@pytest.fixture
def case(resident, office):
    return open_case(
        kind="welfare.counsel",
        person=resident,
        applicant=resident.name,
        actor=resident,
        office_id=office.pk,
        words="상담하고 싶습니다.",
        key=uuid.uuid4(),
        now=timezone.now(),
    )


@pytest.fixture
def page(office, case):
    client = Client()
    sign_in(client, make_worker(office))
    return lambda: client.get(f"/admin/cases/case/{case.pk}/change/").text


class TestNeeds:
    def test_stand_on_the_page_of_whoever_works_on_it(self, resident, page):
        tell(resident, FactGroup.ACCESS, NEEDS, "accounts.access")
        contact = {"channel": "PHONE", "languages": ["vi"]}
        tell(resident, FactGroup.CONTACT, contact, "accounts.contact")
        shown = page()
        assert WORDS in shown
        assert "초인종이 안 들립니다" in shown
        assert "Tiếng Việt" in shown

    def test_are_gone_once_the_person_withdraws(self, resident, page):
        tell(resident, FactGroup.ACCESS, NEEDS, "accounts.access")
        assert WORDS in page()
        withdraw_purpose(person=resident, purpose="accounts.access", now=timezone.now())
        assert WORDS not in page()

    def test_that_nobody_told_leave_no_line(self, page):
        assert "필요한 도움" not in page()

    def test_are_no_part_of_what_citizens_and_helpers_read(self, client, resident, case):
        tell(resident, FactGroup.ACCESS, NEEDS, "accounts.access")
        client.force_login(resident, "django.contrib.auth.backends.ModelBackend")
        assert WORDS not in client.get(f"/my/requests/{case.pk}/").text

    def test_that_are_read_are_told_to_the_person(self, resident, page):
        tell(resident, FactGroup.ACCESS, NEEDS, "accounts.access")
        page()
        read = Access.objects.filter(person=resident.pk)
        assert read.filter(holdings__contains=["accounts.FactSheet"]).exists()
