"""A visit at home is planned at the counter, made or missed, and never against somebody's will."""

import uuid

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.cases.errors import CaseRefused
from core.cases.models import CaseWords
from core.cases.services import move, open_case
from core.offices.enums import OfficeKind
from core.offices.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(db):
    office = Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")
    person = User.objects.create_user("worker@portal.example", "pw", name="박담당")
    Membership.objects.create(
        person=person, office=office, role=Role.WORKER, starts_date="2020-01-01"
    )
    return person


@pytest.fixture
def visit(worker, resident):
    return open_case(
        kind="welfare.home_visit",
        person=resident,
        applicant=resident.name,
        actor=worker,
        office_id=next(iter(worker.office_ids)),
        words="전기 요금이 석 달 밀렸습니다.",
        key=uuid.uuid4(),
        now=timezone.now(),
    )


def moved(case, name, actor, words=""):
    told = {"actor": actor, "key": str(uuid.uuid4()), "now": timezone.now(), "words": words}
    move(case_id=case.pk, name=name, **told)
    case.refresh_from_db()
    return case.state


class TestHomeVisit:
    def test_is_made_after_one_that_was_missed(self, visit, worker):
        assert moved(visit, "miss", worker, "문을 열지 않았습니다.") == "not_met"
        assert visit.due_date is not None
        assert moved(visit, "plan_again", worker) == "planned"
        assert moved(visit, "visit", worker, "난방이 되지 않습니다.") == "visited"
        assert not visit.is_open

    def test_does_not_tell_what_was_seen(self, visit, worker, resident, client):
        moved(visit, "visit", worker, "난방이 되지 않습니다.")
        assert [one.is_told for one in CaseWords.objects.order_by("pk")] == [True, False]
        client.force_login(resident)
        page = client.get(f"/my/requests/{visit.pk}/").text
        assert "찾아뵈었습니다." in page
        assert "난방이 되지 않습니다." not in page

    def test_is_not_made_where_the_person_wants_none(self, visit, worker, resident):
        assert moved(visit, "decline", resident) == "cancelled"
        with pytest.raises(CaseRefused):
            moved(visit, "visit", worker, "다녀왔습니다.")

    @pytest.mark.parametrize("name", ["miss", "visit", "cancel"])
    def test_says_what_came_of_it(self, visit, worker, name):
        with pytest.raises(CaseRefused):
            moved(visit, name, worker)
