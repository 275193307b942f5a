"""A sync of benefits killed at any moment: no list half taken, no detail lost, no benefit twice."""

import random
import time

import pytest
from django.db import connection

from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from core.sandbox.upstreams import serve
from tests.guards import seeds
from tests.guards.roles import as_superuser
from tests.welfare.benefit_syncs import sync_benefits
from tests.welfare.test_sync_killed import kill, ready_to_sync
from welfare.models import Benefit, BenefitSource, BokjiroLocal, BokjiroLocalDetail, Gov24Service

pytestmark = pytest.mark.django_db(transaction=True)

FEEDS = ("welfare.gov24", "welfare.bokjiro_local")
ROWS = 2_200
KILLS = 5
TABLES = (Gov24Service, BokjiroLocal, BokjiroLocalDetail, BenefitSource, Benefit)


def forget_everything() -> None:
    tables = ", ".join(
        (*(table._meta.db_table for table in TABLES), "welfare_gov24detail",
         "welfare_gov24conditions", "feeds_feedrun", "feeds_feedreject"),
    )  # fmt: skip
    with as_superuser(), seeds.open_to_truncate(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def state() -> frozenset[tuple[object, ...]]:
    return frozenset(
        Benefit.objects.values_list("code", "status", "card", "content", "closes_date")
    )


class TestKilledAtAnyMoment:
    def test_goes_on_where_it_stopped(self):
        chance = random.Random(2026)
        with serve(rows=ROWS) as upstreams, ready_to_sync() as ready:
            sync = ("sync", *FEEDS, "--upstreams", upstreams)
            began = time.monotonic()
            ready.begin(*sync)
            assert ready.wait() == 0
            whole_run, whole = time.monotonic() - began, state()
            struck = set()
            for turn in range(KILLS):
                forget_everything()
                pid = ready.begin(*sync)
                time.sleep(chance.uniform(0.05, 0.95) * whole_run)
                kill(pid, ready)
                held = {table.__name__: table.objects.count() for table in TABLES}
                # A list is there as a whole or not at all; details come run by run.
                assert held["Gov24Service"] in (0, ROWS), turn
                assert held["BokjiroLocal"] in (0, ROWS), turn
                assert held["BokjiroLocalDetail"] in (0, 2_000, ROWS), turn
                assert held["Benefit"] == held["BenefitSource"], turn
                struck.add(tuple(held.values()))

                asked = sum("detailed" in path for path in upstreams.requests)
                runs = sync_benefits(upstreams, *FEEDS)
                again = sum("detailed" in path for path in upstreams.requests) - asked
                assert {run.status for run in runs} == {RunStatus.COMPLETED}
                assert again <= ROWS - held["BokjiroLocalDetail"], turn
                assert state() == whole, turn
        assert len(struck) > 1, "every kill struck at the same stage"
        assert not FeedRun.objects.running().exists()
