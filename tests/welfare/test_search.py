"""A sync's facilities are found at once, and what must not be found is not."""

import datetime

import pytest

from core.feeds.enums import RunStatus
from core.sandbox.upstreams import serve
from core.search.models import SearchEntry
from core.search.queries import search
from core.web.revision import current_revision
from tests.welfare.test_sync_faults import sync
from welfare.models import Facility
from welfare.search import KIND, follow_publication, stale_facilities

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def synced():
    with serve(rows=600) as base_url:
        before = current_revision()
        assert sync("welfare.seoul_facilities", base_url).status == RunStatus.COMPLETED
        assert current_revision() > before
        yield base_url


class TestFacilitiesInSearch:
    def test_are_found_once_the_sync_is_through(self, synced):
        facility = Facility.objects.listed().order_by("code").first()
        answer = search(facility.name, kind=KIND)
        assert facility.code in answer.keys
        assert SearchEntry.objects.filter(kind=KIND).count() == Facility.objects.listed().count()
        assert stale_facilities() == []

    def test_leave_with_their_row(self, synced):
        gone = Facility.objects.listed().order_by("code").first()
        Facility.objects.filter(pk=gone.pk).update(
            status="RETIRED", published_at=gone.published_at + datetime.timedelta(days=1)
        )
        follow_publication(gone.published_at + datetime.timedelta(days=1))
        assert not SearchEntry.objects.filter(kind=KIND, key=gone.code).exists()

    def test_never_hold_a_shelter(self, synced):
        hidden = list(Facility.objects.filter(is_protected=True).values_list("code", flat=True))
        assert hidden
        assert not SearchEntry.objects.filter(kind=KIND, key__in=hidden).exists()
