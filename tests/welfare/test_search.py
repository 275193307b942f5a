"""A sync's facilities are found at once, and what must not be found is not."""

import datetime

import pytest
from django.db import connection

from core.feeds.enums import RunStatus
from core.sandbox.upstreams import serve
from core.search.models import SearchEntry
from core.search.queries import search, suggest
from core.search.services import refresh_search, refresh_vocabulary
from core.web.revision import current_revision
from tests.guards.roles import run_as_owner
from tests.welfare.factories import NOW, make_facility
from tests.welfare.test_sync_faults import sync
from welfare.models import Facility
from welfare.search import (
    KIND,
    POINT_INDEXES,
    FacilitySearch,
    follow_publication,
    stale_facilities,
)
from welfare.services import correct_facility, publish_facility_keys

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

    def test_are_looked_at_once_by_both_feeds(self, synced):
        assert sync("welfare.central_facilities", synced).status == RunStatus.COMPLETED
        assert stale_facilities() == []

    def test_never_hold_a_shelter(self, synced):
        hidden = list(Facility.objects.filter(is_protected=True).values_list("code", flat=True))
        assert hidden
        assert not SearchEntry.objects.filter(kind=KIND, key__in=hidden).exists()


class TestManyAtOnce:
    def test_stand_in_the_index_beside_their_neighbours_and_kin(self):
        seniors, food = "노인복지관", "푸드뱅크"
        for code, district, kind in (
            ("A1", "종로구", food),
            ("A2", "강남구", seniors),
            ("A3", "종로구", seniors),
            ("A4", "강남구", food),
            ("A5", "종로구", food),
            ("A6", "강남구", seniors),
        ):
            make_facility(code, district=district, kind=kind)
        SearchEntry.objects.all().delete()

        refresh_search(FacilitySearch, now=NOW)

        assert list(SearchEntry.objects.order_by("pk").values_list("key", flat=True)) == [
            "A3", "A1", "A5", "A2", "A6", "A4",
        ]  # fmt: skip

    def test_have_the_indexes_of_points_built_anew(self, monkeypatch):
        monkeypatch.setattr("welfare.search.MOST_KEYS", 500)
        # As a rebuild leaves it that was killed.
        run_as_owner("CREATE INDEX search_entry_point_ccnew ON search_searchentry (id)")
        before = _files()

        with serve(rows=600) as base_url:
            assert sync("welfare.seoul_facilities", base_url).status == RunStatus.COMPLETED

        after = _files()
        assert set(after) == set(before) == set(POINT_INDEXES)
        for name in POINT_INDEXES:
            assert after[name] != before[name], name
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'search%_ccnew'")
            assert cursor.fetchone() == (0,)
        nearest = search("복지", near=(37.5663, 126.9779))
        assert nearest.distances == tuple(sorted(nearest.distances)) != ()

    def test_are_many_only_where_they_are_new(self, monkeypatch):
        monkeypatch.setattr("welfare.search.MOST_KEYS", 1)
        make_facility("A1")
        follow_publication(NOW)
        before = _files()

        publish_facility_keys(codes=["A1"], now=NOW + datetime.timedelta(minutes=1))
        follow_publication(NOW + datetime.timedelta(minutes=2))

        assert _files() == before


def _files() -> dict[str, int]:
    """Answer which file each valid index of points is kept in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, pg_relation_filenode(c.oid) FROM pg_class c"
            " JOIN pg_index i ON i.indexrelid = c.oid AND i.indisvalid WHERE c.relname = ANY(%s)",
            [list(POINT_INDEXES)],
        )
        return dict(cursor.fetchall())


class TestAnAccessibleFacility:
    @pytest.mark.parametrize(
        "text",
        ["무장애", "배리어프리", "베리어프리", "barrier free", "강남 무장애", "무장애 노인복지관"],
    )
    def test_is_found_as_such(self, text):
        make_facility("A0001", corrections={"is_accessible": True})
        make_facility("A0002", corrections={"is_accessible": False})
        make_facility("A0003", name="장애인의집")
        refresh_vocabulary()

        assert search(text).keys == ("A0001",)


class TestACorrectedFacility:
    def test_is_stale_also_where_the_index_was_written_later(self):
        make_facility("A0001")
        refresh_search(FacilitySearch, now=NOW + datetime.timedelta(hours=1))
        assert stale_facilities() == []

        late = NOW + datetime.timedelta(minutes=1)
        publish_facility_keys(codes=["A0001"], now=late)
        assert stale_facilities() == ["A0001"]

        follow_publication(late)
        assert stale_facilities() == []

    def test_is_suggested_by_its_new_name_and_no_more_by_the_old(self, officer):
        facility = make_facility("A0001", name="해맑은마당")
        refresh_vocabulary()
        correct_facility(
            facility=facility, field="name", value="반딧불마당", reason="현판", actor=officer,
            now=NOW + datetime.timedelta(minutes=1),
        )  # fmt: skip

        assert "반딧불마당" in {suggestion.text for suggestion in suggest("반딧")}
        assert suggest("해맑") == ()
