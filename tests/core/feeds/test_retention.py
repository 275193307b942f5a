"""What is kept of runs, rejects and history, and what is not."""

import datetime

import pytest

from core.feeds.enums import ChangeOrigin, RunStatus
from core.feeds.models import FeedReject, FeedRun, FieldChange
from core.feeds.retention import CHANGES_KEPT, REJECTS_KEPT, RUNS_KEPT, forget_old_runs
from tests.core.feeds.pretend import NOW

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def make_run(age: datetime.timedelta, feed: str = "welfare.pretend") -> FeedRun:
    run = FeedRun.objects.create(feed=feed, status=RunStatus.COMPLETED, started_at=NOW - age)
    FeedReject.objects.create(run=run, field="NAME", reason="이름이 비어 있습니다.", row={})
    return run


def ages(rows, moment):
    return {(NOW - getattr(row, moment)).days for row in rows}


class TestForgetOldRuns:
    def test_deletes_what_is_older_than_it_is_kept(self):
        for age in (DAY, REJECTS_KEPT - DAY, REJECTS_KEPT + DAY, RUNS_KEPT - DAY, RUNS_KEPT + DAY):
            make_run(age)

        assert forget_old_runs(now=NOW) == 3 + 1

        assert ages(FeedRun.objects.all(), "started_at") == {1, 89, 91, RUNS_KEPT.days - 1}
        assert {(NOW - one.run.started_at).days for one in FeedReject.objects.all()} == {1, 89}

    def test_leaves_the_newest_run_of_each_feed_and_its_rejects(self):
        make_run(RUNS_KEPT + DAY)
        make_run(DAY, feed="welfare.other")

        assert forget_old_runs(now=NOW) == 0
        assert FeedReject.objects.count() == 2

    def test_deletes_old_history(self):
        for age in (CHANGES_KEPT - DAY, CHANGES_KEPT + DAY):
            FieldChange.objects.create(
                kind="x", key="1", field="name", origin=ChangeOrigin.FEED, changed_at=NOW - age
            )

        assert forget_old_runs(now=NOW) == 1
        assert FieldChange.objects.count() == 1
