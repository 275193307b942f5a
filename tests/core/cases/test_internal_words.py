"""What the city's staff write among themselves is not for a partner who was handed the case."""

import pytest
from django.utils import timezone

from accounts.enums import Role
from core.cases.files import prepare
from core.cases.models import Attachment, Case
from core.cases.permissions import can_read_attachment, can_work_on_case
from core.cases.queries import files_of
from core.cases.services import attach, hand_over, note, write_to_citizen
from core.offices.enums import OfficeKind
from core.offices.models import Office
from tests.core.cases.conftest import member, new_key
from tests.core.cases.samples import document
from tests.core.cases.test_admin import at_the_desk, page_of, soup

pytestmark = pytest.mark.usefixtures("folder")
SECRET = "알코올 의존, 시설에는 말하지 말 것"


def told(case, actor) -> dict:
    return {"case_id": case.pk, "actor": actor, "key": new_key(), "now": timezone.now()}


def attached(case, actor, filename, *, is_told) -> Attachment:
    file = prepare(document())
    return attach(file=file, filename=filename, is_told=is_told, **told(case, actor))


def handed(case, actor, office) -> Case:
    hand_over(office=office, reason="받을 수 있는지 답해 주세요.", **told(case, actor))
    return Case.objects.get(pk=case.pk)


def fetched(person, *files) -> list[int]:
    client = at_the_desk(person)
    answers = [client.get(f"/admin/cases/case/{one.case_id}/files/{one.pk}/") for one in files]
    for answer in answers:
        answer.getvalue()  # read to its end, the file is closed
    return [answer.status_code for answer in answers]


def log_shown(person, case) -> str:
    return soup(at_the_desk(person).get(page_of(case))).select_one(".desk-log").text


@pytest.fixture(params=[(OfficeKind.PARTNER, Role.PARTNER), (OfficeKind.ORGANISER, Role.MANAGER)])
def partner(request, centre):
    kind, role = request.param
    return member(Office.objects.create(kind=kind, name="다솜복지관"), role, "한협력")


@pytest.fixture
def papers(case, worker):
    note(text=SECRET, **told(case, worker))
    write_to_citizen(text="곧 연락드립니다.", **told(case, worker))
    return [
        attached(case, worker, name, is_told=is_told)
        for name, is_told in (("income.pdf", False), ("leaflet.pdf", True))
    ]


class TestPartner:
    def test_reads_what_is_told_and_why_it_was_handed_over(self, case, worker, partner, papers):
        case = handed(case, worker, Office.objects.get(pk__in=partner.office_ids))
        page = at_the_desk(partner).get(page_of(case)).text

        assert SECRET not in page
        assert "income.pdf" not in page
        assert "다른 기관의 직원끼리 남긴 글입니다" in page
        for words in ("곧 연락드립니다", "문턱이 높습니다", "leaflet.pdf", "받을 수 있는지 답해"):
            assert words in page

    def test_takes_no_file_along_that_is_for_other_staff(self, case, worker, partner, papers):
        case = handed(case, worker, Office.objects.get(pk__in=partner.office_ids))

        assert fetched(partner, *papers) == [404, 200]
        assert not can_read_attachment(partner, Attachment.objects.get(pk=papers[0].pk))

    def test_reads_what_its_own_people_wrote(self, case, worker, partner):
        case = handed(case, worker, Office.objects.get(pk__in=partner.office_ids))
        note(text="월요일에 전화함", **told(case, partner))
        own = attached(case, partner, "ours.pdf", is_told=False)

        assert "월요일에 전화함" in log_shown(partner, case)
        assert fetched(partner, own) == [200]


def test_another_office_of_the_city_reads_all(case, worker, outsider, other_centre, papers):
    case = handed(case, worker, other_centre)

    assert SECRET in log_shown(outsider, case)
    assert fetched(outsider, *papers) == [200, 200]


def test_a_superuser_reads_all_wherever_it_lies(case, worker, partner, admin_user, papers):
    case = handed(case, worker, Office.objects.get(pk__in=partner.office_ids))

    assert SECRET in log_shown(admin_user, case)


def test_files_are_asked_for_once(case, worker, papers, django_assert_num_queries):
    case = Case.objects.select_related("office").get(pk=case.pk)
    assert can_work_on_case(worker, case)
    with django_assert_num_queries(1):
        files = files_of(case)
        assert len(files) == len(papers)
        assert all(can_read_attachment(worker, one) for one in files)
