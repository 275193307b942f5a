"""People are found again after keys were changed: marks are made anew with what is sealed."""

import io
import os
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command

from core.records import remarking
from core.records.marks import mark, marks
from tests.accounts.factories import make_manager
from tests.welfare.hardship.people import bring, household_of, row
from tests.welfare.households.people import ADDRESS, BORN, added, family, opened
from welfare.models import CareHousehold, CareMember, HardshipHousehold, HardshipSign
from welfare.queries.households import address_mark_of, households_by_mark, mark_of, marks_of
from welfare.services.care_log import HouseholdRefused

pytestmark = pytest.mark.django_db(transaction=True)
NEW = {"next": os.urandom(32)}


def found(name="홍길동"):
    return households_by_mark([mark_of(name=name, birth_date=BORN)])


def rotate():
    said = io.StringIO()
    call_command("rotate_keys", stdout=said)
    return said.getvalue()


class TestMark:
    def test_blanks_make_no_difference_and_nothing_has_none(self):
        assert mark("a", "홍 길동", BORN) == mark("a", " 홍길동", BORN)
        assert mark("a", "홍길동") != mark("b", "홍길동")
        assert mark("a", "", " ") == ""

    def test_hangs_on_no_secret_of_the_sessions(self, settings):
        before = mark("a", "홍길동")
        settings.SECRET_KEY = "another" * 10
        assert mark("a", "홍길동") == before

    def test_each_key_makes_its_own_and_the_newest_is_first(self, settings):
        old = mark("a", "홍길동")
        settings.FIELD_KEYS = NEW | settings.FIELD_KEYS
        assert marks("a", "홍길동") == [mark("a", "홍길동"), old]
        assert mark("a", "홍길동") != old


class TestRotation:
    def test_makes_every_mark_anew_and_everybody_is_found(self, worker, centre, settings):
        household, _ = family(worker, "홍길동")
        bring(make_manager(centre), row("홍길동"), row("김남음"))
        before = dict(settings.FIELD_KEYS)
        settings.FIELD_KEYS = NEW | before
        assert found() == {}

        assert "Marks of welfare.people: 5 made anew" in rotate()

        settings.FIELD_KEYS = NEW
        assert list(found().values()) == [household]
        assert household_of("김남음").name == "김남음"
        assert HardshipSign.objects.filter(mark=mark_of(name="홍길동", birth_date=BORN)).exists()
        assert CareHousehold.objects.get().address_mark == address_mark_of(ADDRESS)
        assert "Marks of welfare.people: 0 made anew" in rotate()

    def test_goes_on_where_it_was_killed(self, worker, settings, monkeypatch):
        for number in range(5):
            family(worker, f"홍길{number}", address="")
        settings.FIELD_KEYS = NEW | settings.FIELD_KEYS
        (people,) = [one for one in remarking.mark_groups() if one.name == "welfare.people"]
        replaced, calls = remarking._replace, []

        def killed(group, changed):
            calls.append(changed)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return replaced(group, changed)

        monkeypatch.setattr(remarking, "_replace", killed)
        with pytest.raises(KeyboardInterrupt):
            remarking.remark(people, batch=2)
        monkeypatch.setattr(remarking, "_replace", replaced)
        assert remarking.remark(people, batch=2) == 3

    def test_meanwhile_nobody_comes_twice(self, worker, settings):
        added(opened(worker), worker)
        settings.FIELD_KEYS = NEW | settings.FIELD_KEYS
        with pytest.raises(HouseholdRefused, match="이미 다른 가구"):
            added(opened(worker), worker)
        assert len(marks_of(name="홍길동", birth_date=BORN)) == 2
        assert CareMember.objects.count() == 1

    def test_meanwhile_the_same_sign_is_brought_in_once(self, centre, settings):
        manager = make_manager(centre)
        bring(manager, row("김남음"))
        settings.FIELD_KEYS = NEW | settings.FIELD_KEYS
        assert bring(manager, row("김남음")).known == 1
        assert HardshipHousehold.objects.count() == 1
        rotate()
        assert household_of("김남음").signs.count() == 1

    def test_marks_of_before_are_made_anew_by_the_migration(self, worker, centre):
        family(worker, "홍길동")
        bring(make_manager(centre), row("홍길동"))
        old = "0" * 64
        for model in (CareMember, HardshipHousehold, HardshipSign):
            model.objects.update(mark=old)
        name = "welfare.migrations.0029_what_is_done_for_households_is_kept"
        import_module(name).make_marks_anew(apps, None)
        made = mark_of(name="홍길동", birth_date=BORN)
        assert HardshipSign.objects.get().mark == made
        assert CareMember.objects.get().mark == made
