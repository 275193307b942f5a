"""A sync killed at any moment leaves the tables as before or as after, and the next heals."""

import os
import random
import signal
import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from core.areas import declared_feeds
from core.feeds.engine import run_feed
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from core.feeds.protocol import Connection
from core.sandbox.upstreams import BaseUrl, serve
from tests.ready_process import ReadyProcess
from welfare.models import Facility, SeoulFacility

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 600
KILLS = 20
FEED = "welfare.seoul_facilities"


@pytest.fixture
def ready() -> Iterator[ReadyProcess]:
    """Where syncs of this test's database begin, to be killed."""
    with ready_to_sync() as process:
        yield process


def ready_to_sync() -> ReadyProcess:
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    named = {"DATABASE_URL": url, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "seoul_portal.settings"}
    return ReadyProcess(os.environ | named)


def kill(pid: int, ready: ReadyProcess) -> None:
    os.kill(pid, signal.SIGKILL)
    assert ready.wait() in (0, -signal.SIGKILL)
    wait_until_the_lock_is_free()


def sync_here(upstreams: str) -> FeedRun:
    feed = declared_feeds()[FEED]
    return run_feed(
        declaration=feed,
        upstream=Connection(base_url=f"{upstreams}/{feed.gateway}", key="key"),
        clock=timezone.now,
    )


def state() -> tuple[frozenset[tuple[object, ...]], frozenset[tuple[object, ...]]]:
    """Answer what the source table and the published table say, without moments."""
    sources = SeoulFacility.objects.filter(retired_at=None).values_list(
        "source_key", "content_hash"
    )
    published = Facility.objects.filter(status="LISTED").values_list("code", "card")
    return frozenset(sources), frozenset(published)


def wait_until_the_lock_is_free() -> None:
    """A killed client's session ends once the server notices; only then may another run."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the killed run's database session did not end")


@pytest.fixture(scope="module")
def two_worlds():
    """The same facilities at two times: many names and addresses differ between the seeds."""
    with serve(rows=ROWS, seed=1) as first, serve(rows=ROWS, seed=2) as second:
        yield first, second


def begin(ready: ReadyProcess, upstreams: BaseUrl) -> int:
    return ready.begin("sync", FEED, "--upstreams", upstreams)


def measure(ready: ReadyProcess, upstreams: BaseUrl) -> float:
    began = time.monotonic()
    begin(ready, upstreams)
    assert ready.wait() == 0
    return time.monotonic() - began


class TestKilledAtAnyMoment:
    def test_loses_and_doubles_nothing(self, two_worlds, ready):
        chance = random.Random(2026)
        worlds = []
        for upstreams in two_worlds:
            assert sync_here(upstreams).status == RunStatus.COMPLETED
            worlds.append(state())
        # The first of all is slow: what it reads and plans, the others find done.
        first = measure(ready, two_worlds[0])
        assert state() == worlds[0]
        whole_run = min(first, measure(ready, two_worlds[1]))
        assert state() == worlds[1]

        ends = {"before": 0, "after": 0}
        for turn in range(KILLS):
            towards = turn % 2
            before, after = worlds[1 - towards], worlds[towards]
            pid = begin(ready, two_worlds[towards])
            time.sleep(chance.uniform(0, 1.1) * whole_run)
            kill(pid, ready)
            now = state()
            assert now in (before, after), f"kill {turn}: neither as before nor as after"
            ends["before" if now == before else "after"] += 1
            healed = sync_here(two_worlds[towards])
            assert healed.status == RunStatus.COMPLETED
            assert state() == after
        assert sum(ends.values()) == KILLS
        assert ends["before"], "no kill struck before the end: the moments were too late"
        assert not FeedRun.objects.running().exists()
