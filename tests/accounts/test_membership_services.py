"""Managers decide in their own office; nobody promotes themselves; one stays in charge."""

import datetime

import pytest

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.queries import offices_without_manager
from accounts.services import (
    LeavesNobodyInCharge,
    MembershipRefused,
    end_membership,
)
from accounts.services.memberships import KIND, add_membership
from core.feeds.models import FieldChange
from core.offices.enums import OfficeKind
from core.offices.models import Office
from tests.accounts.factories import (
    LONG_AGO,
    SANGGYE,
    TODAY,
    again,
    join,
    make_centre,
    make_manager,
    make_office,
    make_person,
    make_worker,
)
from tests.sign_in import sign_in

NOW = datetime.datetime(2026, 11, 27, 3, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def office(db):
    return make_centre().office


@pytest.fixture
def manager(office):
    return make_manager(office)


@pytest.fixture
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: TODAY)


def add(actor, person, office, role=Role.WORKER, **dates):
    return add_membership(
        actor=actor, person=person, office=office, role=role, starts_date=TODAY, now=NOW, **dates
    )


def end(actor, membership, **more):
    end_membership(actor=actor, membership=membership, now=NOW, **more)


class TestAddMembership:
    def test_is_for_the_manager_of_the_office(self, office, manager, resident):
        made = add(manager, resident, office)

        assert Membership.objects.get(pk=made.pk).person == resident
        told = FieldChange.objects.get(kind=KIND, key=str(made.pk))
        assert (told.field, told.new, told.changed_by) == ("role", Role.WORKER, manager)

    def test_is_refused_to_everybody_else(self, office, resident, stranger, officer):
        elsewhere = make_manager(make_centre(SANGGYE).office)
        worker = make_worker(office)

        for actor in (stranger, officer, elsewhere, worker):
            with pytest.raises(MembershipRefused):
                add(actor, resident, office)
        assert not FieldChange.objects.exists()

    @pytest.mark.parametrize("role", [Role.MANAGER, Role.WORKER])
    def test_is_refused_for_oneself(self, office, manager, role):
        with pytest.raises(MembershipRefused, match="자기 자신"):
            add(manager, manager, office, role)

    def test_is_refused_for_oneself_whoever_one_is(self, office, admin_user):
        with pytest.raises(MembershipRefused, match="자기 자신"):
            add(admin_user, admin_user, office, Role.MANAGER)

    def test_gives_only_the_roles_of_the_office(self, office, manager, resident, admin_user):
        with pytest.raises(MembershipRefused, match="시 공무원 역할이 없습니다"):
            add(manager, resident, office, Role.OFFICIAL)

        department = make_office(OfficeKind.DEPARTMENT)
        assert add(admin_user, resident, department, Role.OFFICIAL).pk

    def test_lets_a_desk_of_the_city_have_clerks_who_are_no_managers(self, admin_user, resident):
        desk = make_office(OfficeKind.DEPARTMENT)
        add(admin_user, resident, desk, Role.WORKER)

        clerk = again(resident)
        assert (clerk.office_ids, clerk.managed_office_ids) == ({desk.pk}, frozenset())

    def test_is_held_once(self, office, manager, resident):
        add(manager, resident, office)

        with pytest.raises(MembershipRefused, match="이미 맡고"):
            add(manager, resident, office)


class TestEndMembership:
    def test_with_a_last_day(self, office, manager, resident):
        membership = join(resident, office)

        end(manager, membership, last_day=TODAY + 3 * DAY)

        held = Membership.objects
        assert held.current_on(TODAY + 3 * DAY).filter(pk=membership.pk).exists()
        assert not held.current_on(TODAY + 4 * DAY).filter(pk=membership.pk).exists()

    @pytest.mark.usefixtures("_today")
    def test_at_once_ends_what_it_opened_at_the_next_request(self, office, manager, resident):
        membership = join(resident, office)
        assert again(resident).office_ids == {office.pk}

        end(manager, membership)

        assert again(resident).office_ids == frozenset()
        membership.refresh_from_db()
        assert (membership.ends_date, membership.ended_at) == (TODAY, NOW)

    def test_at_once_also_of_what_began_today_or_has_not_begun(self, office, manager):
        for starts in (TODAY, TODAY + 5 * DAY):
            membership = join(make_person(), office, starts_date=starts)
            end(manager, membership)

            current = Membership.objects.filter(pk=membership.pk)
            assert not current.current_on(TODAY).exists()
            assert not current.current_on(TODAY + 5 * DAY).exists()

    def test_is_refused_to_everybody_else(self, office, resident, stranger, officer):
        membership = join(resident, office)
        elsewhere = make_manager(make_centre(SANGGYE).office)

        for actor in (stranger, officer, elsewhere, make_worker(office), again(resident)):
            with pytest.raises(MembershipRefused):
                end(actor, membership)
        membership.refresh_from_db()
        assert membership.ends_date is None

    def test_is_refused_twice(self, office, manager, resident):
        membership = join(resident, office)
        end(manager, membership)

        with pytest.raises(MembershipRefused, match="이미 끝난"):
            end(manager, membership, last_day=TODAY + DAY)

    def test_of_the_last_manager_is_noticed(self, office, manager):
        membership = manager.memberships.get()

        for last_day in (None, TODAY + DAY):
            with pytest.raises(LeavesNobodyInCharge):
                end(manager, membership, last_day=last_day)

        end(manager, membership, is_known_to_leave_nobody=True)
        assert again(manager).managed_office_ids == frozenset()

    @pytest.mark.parametrize("other", ["leaves first", "is switched off", "begins too late"])
    def test_of_the_last_manager_looks_at_who_is_left(self, office, manager, other):
        second = make_person()
        starts = TODAY + 9 * DAY if other == "begins too late" else LONG_AGO
        ends = TODAY if other == "leaves first" else None
        join(second, office, Role.MANAGER, starts_date=starts, ends_date=ends)
        if other == "is switched off":
            User.objects.filter(pk=second.pk).update(is_active=False)

        with pytest.raises(LeavesNobodyInCharge):
            end(manager, manager.memberships.get(), last_day=TODAY + DAY)

    def test_of_one_of_two_managers_is_their_own_affair(self, office, manager):
        make_manager(office)

        end(manager, manager.memberships.get())


class TestOfficesWithoutManager:
    def test_are_told_before_it_is_so(self, office, manager):
        assert not offices_without_manager(on=TODAY).exists()

        last = manager.memberships.get()
        end(manager, last, last_day=TODAY + DAY, is_known_to_leave_nobody=True)
        assert offices_without_manager(on=TODAY).get() == office

    def test_are_not_those_where_nobody_works(self, db):
        make_office()

        assert not offices_without_manager(on=TODAY).exists()

    def test_wait_in_the_admins_worklist(self, client, office, admin_user):
        make_worker(office)
        sign_in(client, admin_user)

        assert "책임자 없는 기관" in client.get("/admin/").content.decode()
        page = client.get("/admin/offices/office/?manager=none").content.decode()
        assert Office.objects.get().name in page


class TestVisibleTo:
    def test_is_ones_own_offices(self, office, manager, stranger, officer):
        here = join(make_person(), office)
        there = join(make_person(), make_centre(SANGGYE).office)

        seen = {
            name: set(Membership.objects.visible_to(person))
            for name, person in {
                "manager": manager, "worker": make_worker(office),
                "admin": make_person(is_superuser=True),
                "stranger": stranger, "officer": officer, "nobody": None,
            }.items()
        }  # fmt: skip
        assert here in seen["manager"]
        assert here in seen["worker"]
        assert there not in seen["manager"] | seen["worker"]
        assert {here, there} <= seen["admin"]
        assert seen["stranger"] == seen["officer"] == seen["nobody"] == set()

    def test_is_nothing_to_a_volunteer(self, office):
        assert not Membership.objects.visible_to(make_worker(office, Role.VOLUNTEER)).exists()
