"""A run that publishes and a correction that is being made wait for each other, and both end."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from core.feeds.enums import RunStatus
from tests.welfare.test_shelters import seoul, seoul_row
from welfare.models import SeoulFacility
from welfare.services import hold_publication

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def sync_elsewhere():
    try:
        return seoul(seoul_row(INMT_GRDN_CNT="12"))
    finally:
        connection.close()


def wait_for_a_waiter():
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the run never waited for the publication under way")


class TestARunThatMeetsAPublication:
    def test_waits_before_it_locks_a_row_that_the_other_may_want(self):
        seoul(seoul_row())
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                hold_publication()
                elsewhere = pool.submit(sync_elsewhere)
                wait_for_a_waiter()
                SeoulFacility.objects.filter(pk="W0001").update(content_hash=0)
            assert elsewhere.result(30).status == RunStatus.COMPLETED
        assert SeoulFacility.objects.get(pk="W0001").capacity == 12
