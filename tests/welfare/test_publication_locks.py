"""A run that publishes and a correction that is being made wait for each other, and both end."""

import dataclasses
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from core.feeds.enums import RunStatus
from core.search.models import SearchEntry
from core.search.services import refresh_search
from tests.welfare.factories import NOW, make_facility
from tests.welfare.test_shelters import hide, seoul, seoul_row
from welfare.models import SeoulFacility
from welfare.search import FacilitySearch
from welfare.services import hold_publication

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = %s AND NOT granted"


def sync_elsewhere():
    try:
        return seoul(seoul_row(INMT_GRDN_CNT="12"))
    finally:
        connection.close()


def wait_for_a_waiter(locktype="advisory"):
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [locktype])
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody ever waited for what is under way")


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


def hide_elsewhere():
    try:
        hide()
    finally:
        connection.close()


class TestAnIndexThatIsBeingWritten:
    def test_is_waited_for_by_whoever_hides_what_stands_in_it(self):
        make_facility("W0001")
        SearchEntry.objects.all().delete()
        with ThreadPoolExecutor(1) as pool:

            def hold_and_be_met():
                FacilitySearch.hold()
                hiding.append(pool.submit(hide_elsewhere))
                wait_for_a_waiter()

            hiding = []
            met = dataclasses.replace(FacilitySearch, hold=hold_and_be_met)
            assert refresh_search(met, now=NOW).inserted == 1
            hiding[0].result(30)
        assert not SearchEntry.objects.exists()
