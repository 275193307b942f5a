"""Nobody sees or decides what concerns the household in which they live."""

import uuid

import pytest
from django.utils import timezone

from core.cases.models import Case
from core.cases.permissions import can_be_assigned, can_work_on_case
from tests.accounts.factories import again, make_person
from tests.welfare.hardship import people
from tests.welfare.hardship.people import bring, do, household_of, row
from tests.welfare.hardship.test_admin import LIST, named, signed_in
from welfare.models import CareCase
from welfare.services.hardship import HardshipRefused
from welfare.services.home_visits import open_home_visit

pytestmark = pytest.mark.django_db


class TestSigns:
    def is_shut(self, person, household):
        assert named(signed_in(person).get(LIST)) == ["남의집"]
        assert signed_in(person).get(f"{LIST}{household.pk}/change/").status_code == 404
        exported = signed_in(person).get(f"{LIST}export/csv/")
        told = b"".join(exported.streaming_content).decode()
        assert "남의집" in told
        assert "홍길동" not in told
        with pytest.raises(HardshipRefused, match="함께 사는 가구"):
            do(person, household)
        assert not household.steps.exists()

    def test_is_not_there_where_it_is_in_care(self, manager, worker, centre):
        member = people.take_into_caseload(centre, "홍길동")
        people.take_into_caseload(centre, "한동거", person=worker, household=member.household)
        bring(manager, row("홍길동", kind="GAS"), row("남의집"))

        self.is_shut(again(worker), household_of("홍길동"))
        assert "홍길동" in named(signed_in(manager).get(LIST))

    def test_is_not_there_where_another_centre_cares_for_it(self, manager, worker, other_centre):
        member = people.take_into_caseload(other_centre, "한동거", person=worker)
        bring(manager, row("홍길동", kind="GAS"), row("남의집"))
        household = household_of("홍길동")
        people.take_into_caseload(other_centre, "홍길동", household=member.household)
        assert household.care is None

        self.is_shut(again(worker), household)


def visit(worker, person):
    (office,) = worker.office_ids
    return open_home_visit(
        person=person,
        applicant=person.name,
        actor=worker,
        office_id=office,
        key=uuid.uuid4(),
        now=timezone.now(),
    )


class TestRequests:
    def test_are_decided_by_others(self, manager, worker, centre, resident):
        member = people.take_into_caseload(centre, "홍길동", person=resident)
        people.take_into_caseload(centre, "한동거", person=worker, household=member.household)
        theirs, tied, other = (
            visit(manager, one) for one in (resident, make_person("이웃"), make_person("남남"))
        )
        CareCase.objects.create(household=member.household, case=tied, member=member)
        mine = again(worker)

        assert set(Case.objects.worked_on_by(mine)) == {other}
        assert set(Case.objects.worked_on_by(again(manager))) == {theirs, tied, other}
        for case in (theirs, tied):
            assert not can_work_on_case(mine, case)
            assert not can_be_assigned(mine, case)
            assert signed_in(mine).get(f"/admin/cases/case/{case.pk}/change/").status_code == 404
