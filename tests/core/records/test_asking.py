"""Statements written once: the same rows as the ORM's own, and told to whoever keeps the log."""

import datetime
from collections import Counter

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import Membership, User
from core.offices.models import Office
from core.prepared import Asked
from core.records.asking import AskedAbout, ObjectsAskedAbout
from core.records.enums import Door
from core.records.reading import Reading, ReasonNeeded, recording

pytestmark = pytest.mark.django_db


def right(codename: str) -> Permission:
    return Permission.objects.get(codename=codename)


class TestAsked:
    def test_puts_each_value_where_it_belongs(self):
        for number in range(1, 5):
            Office.objects.create(
                kind="CENTRE", name=f"{number}동", opens_date=datetime.date(2020, 1, number)
            )
        asked = Asked(
            lambda day, name: (
                Office.objects.filter(opens_date__gte=day, kind="CENTRE")
                .exclude(name=name)
                .order_by("name")
                .values_list("name", "opens_date")
            ),
            datetime.date.min,
            "-",
        )
        third = datetime.date(2020, 1, 3)

        assert asked(third, "4동") == [("3동", third)]
        assert asked(third, "") == [("3동", third), ("4동", datetime.date(2020, 1, 4))]

    def test_asks_nothing_where_nothing_can_be_found(self):
        asked = Asked(lambda: Office.objects.filter(pk__in=[]).values_list("pk"))

        with CaptureQueriesContext(connection) as captured:
            assert asked() == []
        assert len(captured) == 0


class TestAskedAbout:
    def test_notes_as_the_orm_does(self, resident, stranger):
        asked = AskedAbout(
            lambda name: User.objects.filter(name=name).order_by("pk").values_list("email"), "-"
        )
        noted = []
        for ask in (
            lambda: asked(resident.name),
            lambda: list(User.objects.filter(name=resident.name).values_list("email")),
        ):
            reading = Reading(Door.PAGE)
            with recording(reading):
                assert ask() == [(resident.email,)]
            noted.append(reading.by_person())

        assert noted[0] == noted[1] == {resident.pk: Counter({"accounts.User": 1})}

    def test_refuses_whoever_has_not_said_why(self, resident):
        asked = AskedAbout(lambda pk: User.objects.filter(pk=pk).values_list("email"), -1)

        with recording(Reading(Door.ADMIN, wants_reason=True)), pytest.raises(ReasonNeeded):
            asked(resident.pk)

    def test_tells_nobody_where_nobody_looks(self, resident):
        asked = AskedAbout(lambda pk: User.objects.filter(pk=pk).values_list("email"), -1)

        assert asked(resident.pk) == [(resident.email,)]


class TestObjectsAskedAbout:
    def test_are_those_of_the_orm_with_what_is_joined(self, resident, django_assert_num_queries):
        office = Office.objects.create(
            kind="CENTRE", name="사직동", opens_date=datetime.date(2020, 1, 1)
        )
        Membership.objects.create(
            person=resident, office=office, role=Role.WORKER, starts_date=datetime.date(2026, 1, 1)
        )
        rows = Membership.objects.select_related("office", "person").order_by("pk")
        asked = ObjectsAskedAbout(lambda pk: rows.filter(person=pk), -1)
        alike = rows.get(person=resident)

        with django_assert_num_queries(1):
            (found,) = asked(resident.pk)
            assert found == alike
            assert found.office.name == "사직동"
            assert found.person == resident
        for field in Membership._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(alike, field.attname)
        assert not found._state.adding
        assert asked(-5) == []

    def test_note_as_the_orm_does(self, resident):
        asked = ObjectsAskedAbout(lambda pk: User.objects.filter(pk=pk), -1)
        noted = []
        for ask in (
            lambda: asked(resident.pk),
            lambda: list(User.objects.filter(name=resident.name)),
        ):
            reading = Reading(Door.PAGE)
            with recording(reading):
                assert ask() == [resident]
            noted.append(reading.by_person())

        assert noted[0] == noted[1] == {resident.pk: Counter({"accounts.User": 1})}


class TestWhoSignedIn:
    def test_is_loaded_like_everybody_else(self, resident):
        alike = User.objects.filter(pk=resident.pk).first()
        loaded = User.objects.get(pk=resident.pk)

        fields = [field.attname for field in User._meta.concrete_fields]
        assert [getattr(loaded, one) for one in fields] == [getattr(alike, one) for one in fields]
        assert not loaded._state.adding
        assert loaded._state.db == "default"
        for nobody in (0, -1, 10**9, 10**30):
            with pytest.raises(User.DoesNotExist):
                User.objects.get(pk=nobody)

    def test_is_none_of_whom_a_relation_leaves_out(self, resident):
        group = Group.objects.create(name="모둠")

        with pytest.raises(User.DoesNotExist):
            group.user_set.get(pk=resident.pk)

    def test_may_do_what_is_theirs_and_their_groups(self, resident, django_assert_num_queries):
        resident.user_permissions.add(right("view_facilityreport"))
        group = Group.objects.create(name="모둠")
        group.permissions.add(right("view_feedrun"))
        resident.groups.add(group)
        person = User.objects.get(pk=resident.pk)
        assert not person.is_held_back  # asks for the roles

        with django_assert_num_queries(1):
            told = [
                person.has_perm(f"{name}")
                for name in (
                    "welfare.view_facilityreport",
                    "feeds.view_feedrun",
                    "feeds.add_feedrun",
                )
            ]
        assert told == [True, True, False]
        assert person.has_module_perms("feeds")
        assert person.get_all_permissions() == {"welfare.view_facilityreport", "feeds.view_feedrun"}

    def test_may_do_nothing_once_shut_out(self, resident):
        resident.user_permissions.add(right("view_feedrun"))
        resident.is_active = False
        resident.save()

        assert not User.objects.get(pk=resident.pk).has_perm("feeds.view_feedrun")
