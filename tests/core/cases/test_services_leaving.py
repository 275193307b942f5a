"""Work comes back from who left, and finds another office where nobody works any more."""

import dataclasses
import datetime

import pytest

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.services import end_membership
from core.areas import PolicyArea
from core.cases import registry
from core.cases.enums import EventKind, Party
from core.cases.models import Case, CaseEvent
from core.cases.services import assign, hand_on_stranded, release_those_who_left
from core.notices.models import Message
from core.offices.enums import OfficeKind
from core.offices.models import Office
from tests.core.cases import kinds
from tests.core.cases.conftest import NOW, TODAY, again, make_case, member, new_key
from tests.sign_in import sign_in

DAY = datetime.timedelta(days=1)


def given(case, worker, manager):
    assign(
        case_id=case.pk,
        assignee=worker,
        assignee_name=worker.name,
        actor=manager,
        key=new_key(),
        now=NOW,
    )


def desks_first(office_id, *, on):
    """Every department that is open: the kind's stand-ins in these tests."""
    desks = Office.objects.open_on(on).of_kind(OfficeKind.DEPARTMENT).order_by("pk")
    return list(desks.values_list("pk", flat=True))


@pytest.fixture
def with_stand_ins(monkeypatch):
    kind = dataclasses.replace(kinds.HOME_HELP, stand_ins=f"{__name__}.desks_first")
    area = PolicyArea(slug="welfare", title="복지", path="welfare", case_kinds=(kind,))
    monkeypatch.setattr(registry, "policy_areas", lambda: (area,))
    registry.declared_kinds.cache_clear()


@pytest.fixture
def desk(centre):
    office = Office.objects.create(kind=OfficeKind.DEPARTMENT, name="복지상담과")
    member(office, Role.MANAGER, "차과장")
    return office


class TestWhoLeaves:
    def test_at_once_keeps_nothing(self, case, centre, worker, manager, citizen):
        ended = make_case(citizen)
        for one in (case, ended):
            given(one, worker, manager)
        Case.objects.filter(pk=ended.pk).update(closed_at=NOW, due_date=None)

        end_membership(actor=manager, membership=worker.memberships.get(), now=NOW)

        assert (again(case).assignee, again(case).assignee_name) == (None, "")
        assert again(ended).assignee == worker
        line = CaseEvent.objects.of(case).get(kind=EventKind.RELEASED)
        assert (line.party, line.to_person_id, line.is_told) == (Party.SYSTEM, worker.pk, False)

    def test_keeps_what_another_role_lets_them_work_on(self, case, centre, worker, manager):
        given(case, worker, manager)
        second = Membership.objects.create(
            person=worker, office=centre, role=Role.MANAGER, starts_date=TODAY
        )

        end_membership(actor=manager, membership=second, now=NOW)

        assert again(case).assignee == worker

    def test_with_a_last_day_keeps_it_until_then(self, case, centre, worker, manager):
        given(case, worker, manager)
        worker.memberships.update(ends_date=TODAY)

        assert release_those_who_left(now=NOW) == 0
        assert release_those_who_left(now=NOW + DAY) == 1
        assert again(case).assignee is None
        assert release_those_who_left(now=NOW + 2 * DAY) == 0

    def test_whose_account_is_switched_off_keeps_nothing(self, case, worker, manager):
        given(case, worker, manager)
        User.objects.filter(pk=worker.pk).update(is_active=False)

        assert release_those_who_left(now=NOW) == 1

    def test_may_come_back_and_leave_again(self, case, centre, worker, manager):
        for day in (0, 5):
            worker.memberships.update(ends_date=None)
            given(case, User.objects.get(pk=worker.pk), manager)
            worker.memberships.update(ends_date=TODAY - DAY)
            assert release_those_who_left(now=NOW + day * DAY) == 1

        assert CaseEvent.objects.of(case).filter(kind=EventKind.RELEASED).count() == 2


@pytest.mark.usefixtures("with_stand_ins")
class TestStranded:
    def test_goes_to_who_stands_in(self, case, centre, worker, desk, citizen):
        worker.memberships.update(ends_date=TODAY)

        assert hand_on_stranded(now=NOW) == 0
        assert hand_on_stranded(now=NOW + DAY) == 1
        assert again(case).office == desk
        line = CaseEvent.objects.of(case).get(kind=EventKind.HANDED_OVER)
        assert (line.party, line.to_office, line.is_told) == (Party.SYSTEM, desk, True)
        assert Message.objects.filter(person=citizen, notice="cases.handed-over").exists()
        assert hand_on_stranded(now=NOW + 2 * DAY) == 0

    def test_of_an_office_that_closed_goes_too(self, case, centre, worker, manager, desk):
        given(case, worker, manager)
        Office.objects.filter(pk=centre.pk).update(closes_date=TODAY)

        assert hand_on_stranded(now=NOW) == 1
        assert (again(case).office, again(case).assignee) == (desk, None)

    def test_waits_where_nobody_stands_in(self, case, centre):
        assert hand_on_stranded(now=NOW) == 0
        assert again(case).office == centre

    def test_leaves_what_has_ended(self, case, centre, desk):
        Case.objects.filter(pk=case.pk).update(closed_at=NOW, due_date=None)

        assert hand_on_stranded(now=NOW) == 0


@pytest.mark.usefixtures("with_stand_ins")
class TestClosingAnOffice:
    @pytest.fixture
    def close(self, client, centre, admin_user, say_why):
        sign_in(client, admin_user)
        say_why(client)

        def close():
            told = {
                "name": centre.name,
                "name_en": "",
                "phone": "",
                "stands_in_for": "",
                "opens_date": "2000-01-01",
                "closes_date": "2999-01-01",
            }
            return client.post(f"/admin/offices/office/{centre.pk}/change/", told)

        return close

    def test_is_refused_where_its_requests_would_lie_unread(self, close, case, centre, worker):
        assert "1건을 이어받을 기관이 없습니다" in close().text
        centre.refresh_from_db()
        assert centre.closes_date is None

    def test_is_done_where_somebody_goes_on(self, close, case, centre, worker, desk):
        assert close().status_code == 302
        centre.refresh_from_db()
        assert centre.closes_date == datetime.date(2999, 1, 1)

    def test_is_done_where_nothing_is_open(self, close, case, centre, worker):
        Case.objects.filter(pk=case.pk).update(closed_at=NOW, due_date=None)

        assert close().status_code == 302
