"""The publishers' real rows through the whole way: received, accounted for, joined, published."""

import pytest
from django.core.management import call_command
from django.db.models import Q

from core.feeds.enums import RunStatus
from core.feeds.models import FeedReject, FeedRun
from core.sandbox.upstreams import serve
from tests.shared_data import SHARED_DATA, needs_shared_data
from welfare.models import CentralFacility, Facility, SeoulFacility

pytestmark = [pytest.mark.django_db(transaction=True), needs_shared_data]

FEEDS = ("welfare.seoul_facilities", "welfare.central_facilities")
SEOUL_ROWS, CENTRAL_ROWS, JOINED = 3_091, 26_747, 2_280


@pytest.fixture
def runs():
    with serve(data=SHARED_DATA) as base_url:
        call_command("sync", *FEEDS, "--upstreams", str(base_url), "--json")
        call_command("sync", *FEEDS, "--upstreams", str(base_url), "--json")
    return list(FeedRun.objects.order_by("pk"))


class TestRealRows:
    def test_are_all_accounted_for_and_written_once(self, runs):
        assert [run.status for run in runs] == [RunStatus.COMPLETED] * 4
        first, central, again, central_again = runs
        assert (first.received, first.inserted, first.rejected) == (SEOUL_ROWS, SEOUL_ROWS, 0)
        assert (central.received, central.inserted, central.rejected) == (
            CENTRAL_ROWS,
            CENTRAL_ROWS - 1,
            1,
        )
        assert (again.unchanged, again.inserted, again.updated) == (SEOUL_ROWS, 0, 0)
        assert central_again.unchanged == CENTRAL_ROWS - 1
        assert set(FeedReject.objects.values_list("source_key", "field")) == {("00000", "fcltCd")}

        assert SeoulFacility.objects.count() == SEOUL_ROWS
        assert Facility.objects.count() == SEOUL_ROWS
        joined = Facility.objects.filter(source="SEOUL+CENTRAL")
        assert joined.count() == JOINED
        with_address = CentralFacility.objects.filter(
            pk__in=joined.filter(is_protected=False).values("code"), address__isnull=False
        )
        told = dict(with_address.values_list("source_key", "address"))
        published = Facility.objects.filter(code__in=told).values_list("code", "address")
        others = {code: address for code, address in published if address != told[code]}
        # Two in a hundred of the ministry's are broken off ("노해로"); there the city's stands.
        assert 40 <= len(others) <= 70
        assert others["A6066"] == "서울특별시 강북구 노해로 69 (수유동)"
        assert others["A1165"] == "서울특별시 강남구 삼성로 628 (삼성동)"

    def test_of_shelters_are_stored_without_a_place(self, runs):
        hidden = Facility.objects.filter(is_protected=True)
        assert {"K0276", "K0345", "K0612", "W2700", "W2393"} <= set(
            hidden.values_list("code", flat=True)
        )
        known = Q(address__isnull=False) | Q(phone__isnull=False) | Q(lat__isnull=False)
        assert not hidden.filter(known).exists()
        for table in (SeoulFacility, CentralFacility):
            kept = table.objects.filter(pk__in=hidden.values("code"))
            assert kept.exists()
            assert not kept.filter(known).exists()

    def test_outside_seoul_keep_their_jurisdiction_and_have_no_district(self, runs):
        outside = Facility.objects.filter(address__startswith="경기")
        assert outside.count() > 20
        assert not outside.exclude(district_code=None).exists()
        assert not outside.filter(jurisdiction_code=None).exists()
