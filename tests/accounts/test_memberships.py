"""A role holds from its first day to its last, and what it allows ends with it."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.offices.people import is_person

DAY = datetime.timedelta(days=1)


@pytest.fixture
def centre(db):
    return Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")


def again(person):
    """Answer the same person as the next request would load them."""
    return User.objects.get(pk=person.pk)


def join(person, office, role=Role.WORKER, **dates):
    starts = dates.pop("starts_date", timezone.localdate())
    return Membership.objects.create(
        person=person, office=office, role=role, starts_date=starts, **dates
    )


class TestMembership:
    def test_opens_an_office_from_its_first_day(self, centre, resident):
        membership = join(resident, centre, starts_date=timezone.localdate() + DAY)
        assert again(resident).office_ids == frozenset()

        membership.starts_date = timezone.localdate()
        membership.save()
        assert again(resident).office_ids == {centre.pk}

    def test_ends_with_its_last_day(self, centre, resident):
        membership = join(resident, centre, starts_date=timezone.localdate() - 9 * DAY)
        membership.ends_date = timezone.localdate()
        membership.save()
        assert again(resident).works_at_the_desk

        membership.ends_date = timezone.localdate() - DAY
        membership.save()
        assert again(resident).office_ids == frozenset()
        assert not again(resident).works_at_the_desk

    def test_ends_where_the_office_closes(self, centre, resident):
        join(resident, centre)
        centre.closes_date = timezone.localdate()
        centre.save()

        assert again(resident).office_ids == frozenset()

    def test_opens_nothing_to_an_account_that_is_switched_off(self, centre, resident):
        join(resident, centre, Role.MANAGER)
        User.objects.filter(pk=resident.pk).update(is_active=False)

        assert again(resident).managed_office_ids == frozenset()
        assert not again(resident).reads_about_people

    def test_of_a_worker_manages_nothing(self, centre, resident):
        join(resident, centre)

        assert again(resident).managed_office_ids == frozenset()

    @pytest.mark.parametrize(
        ("role", "works_on_cases", "at_the_desk"),
        [
            (Role.WORKER, True, True),
            (Role.MANAGER, True, True),
            (Role.PARTNER, True, True),
            (Role.OFFICIAL, False, True),
            (Role.ORGANISER, False, True),
            (Role.VOLUNTEER, False, False),
        ],
    )
    def test_gives_what_its_role_gives(self, centre, resident, role, works_on_cases, at_the_desk):
        join(resident, centre, role)

        assert bool(again(resident).office_ids) is works_on_cases
        assert again(resident).reads_about_people is works_on_cases
        assert again(resident).works_at_the_desk is at_the_desk

    def test_is_asked_for_once_a_request(self, centre, resident, django_assert_num_queries):
        join(resident, centre)
        person = again(resident)

        with django_assert_num_queries(1):
            assert person.office_ids
            assert person.works_at_the_desk
            assert not person.managed_office_ids

    def test_is_held_once(self, centre, resident):
        join(resident, centre)

        with pytest.raises(IntegrityError), transaction.atomic():
            join(resident, centre)

    def test_does_not_end_before_it_starts(self, centre, resident):
        with pytest.raises(IntegrityError), transaction.atomic():
            join(resident, centre, ends_date=timezone.localdate() - DAY)


class TestPerson:
    def test_is_somebody_signed_in(self, resident):
        assert is_person(resident)
        assert not is_person(None)

    def test_is_not_the_anonymous_visitor(self):
        assert not is_person(AnonymousUser())
