"""What changed where stays as it was written; only time, and what it points at, may go."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.feeds.enums import ChangeOrigin, RunStatus
from core.feeds.models import FeedRun, FieldChange
from tests.core.feeds.pretend import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(officer):
    run = FeedRun.objects.create(feed="welfare.pretend", status=RunStatus.COMPLETED, started_at=NOW)
    return FieldChange.objects.create(
        kind="x",
        key="1",
        field="name",
        origin=ChangeOrigin.FEED,
        changed_at=timezone.now(),
        run=run,
        changed_by=officer,
    )


def settle():
    connection.check_constraints()


class TestHistory:
    def test_stays_as_it_was_written(self, change):
        for to in ({"new": "다른 값"}, {"reason": "다른 이유"}, {"changed_at": NOW}):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                FieldChange.objects.update(**to)

    def test_is_given_to_nobody_else(self, change, resident):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            FieldChange.objects.update(changed_by=resident)

    def test_keeps_who_and_what_caused_it_as_long_as_they_are_here(self, change):
        def lose(**to):
            with transaction.atomic():
                FieldChange.objects.update(**to)
                settle()

        for to in ({"changed_by": None}, {"run": None}):
            with pytest.raises(DatabaseError, match="still here"):
                lose(**to)

    def test_outlives_its_run_and_who_wrote_it(self, change, officer):
        change.run.delete()
        officer.delete()
        settle()

        left = FieldChange.objects.get()
        assert (left.run, left.changed_by) == (None, None)

    def test_goes_after_five_years_and_not_before(self, change):
        def lose():
            with transaction.atomic():
                FieldChange.objects.all().delete()
                settle()

        with pytest.raises(DatabaseError, match="append-only"):
            lose()
        old = FieldChange.objects.create(
            kind="x",
            key="2",
            field="name",
            origin=ChangeOrigin.STAFF,
            changed_at=timezone.now() - datetime.timedelta(days=5 * 365 + 1),
        )

        assert FieldChange.objects.filter(pk=old.pk).delete()[0] == 1
        settle()
        assert FieldChange.objects.count() == 1
