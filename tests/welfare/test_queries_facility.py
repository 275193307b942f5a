"""A list of facilities keeps what its filters say, counts it once, and asks little."""

import datetime
from functools import partial

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from core.search import queries as search_queries
from core.search.services import refresh_vocabulary
from core.web.kept import kept
from core.web.revision import raise_revision
from tests.welfare.factories import (
    NOW,
    OFFICE_HOURS,
    correct,
    make_facility,
    make_many,
    note_exception,
    publish,
)
from welfare.queries import (
    FacilityFilters,
    FiltersRefused,
    directory,
    facility_page,
    read_filters,
)

pytestmark = pytest.mark.django_db

CITY_HALL = "37.5663,126.9779"
THURSDAY_NOON = datetime.datetime.fromisoformat("2026-08-20T12:00+09:00")


def read(query: str) -> FacilityFilters:
    return read_filters(QueryDict(query), now=NOW)


def found(query: str = "") -> list[str]:
    page = facility_page(read(query), on=NOW.date())
    assert page.count == len(page.rows)
    return [row.code for row in page.rows]


def errors(query: str) -> dict[str, str]:
    with pytest.raises(FiltersRefused) as refused:
        read(query)
    return refused.value.errors


class TestFilters:
    def test_keep_the_district(self):
        make_facility("A1", district="강남구")
        make_facility("A2", district="종로구")

        for query in ("district=강남구", "district=1168000000", "district=Gangnam-gu"):
            assert found(query) == ["A1"]

    def test_keep_the_kind_or_the_family(self):
        make_facility("A1", kind="노인복지관")
        make_facility("A2", kind="노인교실", name="나")
        make_facility("A3", kind="어린이집", name="다")

        assert found("kind=노인교실") == ["A2"]
        assert found("family=노인여가복지시설") == ["A1", "A2"]

    def test_keep_what_is_open_at_a_moment(self):
        make_facility("A1", corrections={"weekly_hours": OFFICE_HOURS})
        make_facility("A2")

        assert found("open_at=2026-08-20T10:00") == ["A1"]
        assert found("open_at=2026-08-20T10:00+09:00") == ["A1"]
        assert found("open_at=now") == ["A1"]
        assert found("open_at=2026-08-20T20:00") == []

    def test_keep_what_is_known_to_be_accessible(self):
        make_facility("A1", corrections={"is_accessible": True})
        make_facility("A2", corrections={"is_accessible": False})
        make_facility("A3")

        assert found("accessible=1") == ["A1"]
        assert len(found("accessible=false")) == 3

    def test_keep_the_words(self):
        make_facility("A1", name="가온노인복지관")
        make_facility("A2", name="무지개어린이집", kind="어린이집")

        assert found("q=무지개") == ["A2"]

    def test_keep_parts_of_words_initials_and_what_was_meant(self):
        make_facility("A1", name="가온노인종합복지관")
        make_facility("A2", name="무지개어린이집", kind="어린이집")
        refresh_vocabulary()

        for query in ("q=노인복지관", "q=ㄱㅇㄴㅇㅈㅎㅂㅈㄱ", "q=가온 복지관"):
            assert found(query) == ["A1"]
        meant = facility_page(read("q=무지게어린이집"), on=NOW.date())
        assert [row.code for row in meant.rows] == ["A2"]
        assert meant.searched_for == "무지개어린이집"

    def test_put_the_best_match_first_unless_asked_otherwise(self):
        make_facility("A1", name="가나다 노인교실", kind="노인교실", address="서울 강남구 햇살로 1")
        make_facility("A2", name="햇살어린이집", kind="어린이집")

        assert found("q=햇살") == ["A2", "A1"]
        assert found("q=햇살&sort=name") == ["A1", "A2"]

    def test_ask_the_index_itself_beyond_the_best_thousand(self, monkeypatch):
        make_many(5)
        monkeypatch.setattr(
            "welfare.queries.wording.begin_matching",
            partial(search_queries.begin_matching, limit=2),
        )

        assert len(found("q=시설")) == 5
        assert len(found("q=시설&family=노인여가복지시설")) == 5

    @pytest.mark.parametrize("precision", ["EXACT", "DONG"])
    def test_know_the_streets_of_the_facilities_themselves(self, precision):
        there = {"district": "중구", "precision": precision, "lat": 37.5664, "lon": 126.9779}
        make_facility("A1", address="서울특별시 중구 세종대로 110 (태평로1가)", **there)
        make_facility("A2", district="강남구")

        for place in ("서울특별시 중구 세종대로 110", "중구 세종대로 112", "세종대로 110"):
            filters = read(f"place={place}")
            assert filters.near == (37.5664, 126.9779)
            assert found(f"place={place}&radius=500") == ["A1"]

    def test_find_a_street_in_the_index(self):
        make_facility("A1", address="서울특별시 중구 세종대로 110")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT FROM welfare_facility WHERE lat IS NOT NULL"
                " AND (address LIKE '서울특별시 중구 세종대로 %%' OR address LIKE '서울 %%')",
                [],
            )
            plan = "\n".join(line for (line,) in cursor)

        assert "welfare_facility_address" in plan
        assert "~>=~" in plan or ">=" in plan

    def test_keep_what_is_within_the_radius_nearest_first(self):
        make_facility("FAR", name="가", lat=37.5700, lon=126.9779)
        make_facility("NEAR", name="나", lat=37.5665, lon=126.9779)
        make_facility("AWAY", name="다", lat=37.6500, lon=127.0500)

        assert found(f"near={CITY_HALL}") == ["NEAR", "FAR", "AWAY"]
        assert found(f"near={CITY_HALL}&radius=1000") == ["NEAR", "FAR"]
        assert found(f"near={CITY_HALL}&radius=1000&sort=name") == ["FAR", "NEAR"]

    def test_tell_the_distance_where_near_was_asked(self):
        make_facility("A1", lat=37.5663, lon=126.9779)

        near = facility_page(read(f"near={CITY_HALL}"), on=NOW.date()).rows[0]
        plain = facility_page(read(""), on=NOW.date()).rows[0]

        assert near.distance_m == pytest.approx(0, abs=1)
        assert plain.distance_m is None

    def test_are_near_a_dong_or_a_district_by_name(self):
        make_facility("A1", district="강남구")
        make_facility("A2", district="노원구")

        assert found("place=역삼동") == ["A1", "A2"]
        assert found("place=노원구 상계1동") == ["A2", "A1"]
        assert found("place=노원") == ["A2", "A1"]

    def test_never_show_what_is_protected_or_retired(self):
        make_facility("A1", name="서울정****", is_protected=True)
        make_facility("A2", retired_at=NOW)

        assert found() == []
        assert directory().count() == 0


class TestBadInput:
    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ("district=부산", "district"),
            ("kind=없는것", "kind"),
            ("family=없는것", "family"),
            ("kind=어린이집&family=노인여가복지시설", "kind"),
            ("near=여기", "near"),
            ("near=91,200", "near"),
            ("near=nan,127", "near"),
            ("place=어디도아닌곳", "place"),
            ("place=신사동", "place"),
            ("radius=500", "radius"),
            (f"near={CITY_HALL}&radius=5", "radius"),
            (f"near={CITY_HALL}&radius=5e3", "radius"),
            ("sort=distance", "sort"),
            ("sort=relevance", "sort"),
            ("sort=random", "sort"),
            ("open_at=tomorrow", "open_at"),
            ("open_at=0001-01-01T00:00%2B23:59", "open_at"),
            ("accessible=maybe", "accessible"),
            ("page=0", "page"),
            ("page=501", "page"),
            ("page=²", "page"),
            ("page_size=101", "page_size"),
            ("q=" + "가" * 101, "q"),
            ("q=%00", "q"),
            ("distrct=강남구", "distrct"),
        ],
    )
    def test_is_named(self, query, name):
        told = errors(query)

        assert list(told) == [name]
        assert told[name]

    def test_is_named_all_at_once(self):
        assert set(errors("page=x&district=부산&q=" + "가" * 200)) == {"page", "district", "q"}

    def test_does_not_include_what_a_form_leaves_empty(self):
        assert read("q=&district=&open_at=&near=&page=") == FacilityFilters()

    def test_takes_a_typed_time_before_the_box_for_now(self):
        assert read("open_at=now&open_at=2026-08-20T12:00").open_at == THURSDAY_NOON


class TestCounting:
    def test_plain_lists_are_counted_from_the_directory(self, django_assert_num_queries):
        make_many(3)
        directory().count()

        with django_assert_num_queries(1):
            assert facility_page(read("district=강남구"), on=NOW.date()).count == 3

    def test_figures_follow_the_data(self):
        make_many(2)
        assert directory().count(district="1168000000") == 2

        make_facility("A1")

        assert directory().count(district="1168000000") == 3

    def test_a_count_is_kept_until_the_data_changes(self):
        make_many(2)
        filters = read("q=시설")
        facility_page(filters, on=NOW.date())

        with CaptureQueriesContext(connection) as again:
            facility_page(filters, on=NOW.date())
        raise_revision()
        with CaptureQueriesContext(connection) as changed:
            facility_page(filters, on=NOW.date())

        assert (len(again), len(changed)) == (1, 2)

    def test_another_process_finds_what_this_one_worked_out(self, django_assert_num_queries):
        make_many(2)
        directory().count()
        kept.clear()

        with django_assert_num_queries(0):
            assert directory().count() == 2

    def test_what_was_typed_is_told_to_no_other_process(self, redis_holds):
        make_many(2)
        directory().count()
        before = {*redis_holds()}

        for query in ("q=김주민 주소", "q=시설&accessible=1", "near=37.5,127&radius=500"):
            facility_page(read(query), on=NOW.date())

        assert {*redis_holds()} == before

    def test_stops_at_the_cap(self, monkeypatch):
        make_many(3)
        monkeypatch.setattr("core.web.pagination.COUNT_CAP", 2)

        for query in ("", "near=37.5,127"):
            page = facility_page(read(query), on=NOW.date())
            assert (page.count, page.count_capped) == (2, True)


class TestPages:
    def test_are_cut_where_asked(self):
        make_many(25)

        second = facility_page(read("page=2"), on=NOW.date())
        third = facility_page(read("page=3&page_size=10"), on=NOW.date())

        assert [len(second.rows), len(third.rows)] == [5, 5]
        assert second.rows[0].code == "M0020"
        assert second.count == 25

    @pytest.mark.parametrize(
        "query", ["", "q=시설&accessible=1", f"near={CITY_HALL}", "open_at=now"]
    )
    def test_ask_three_times_at_most_however_many_rows(self, query):
        asked = []
        for number in (2, 20):
            make_many_more = [f"{number}-{one}" for one in range(number)]
            for code in make_many_more:
                make_facility(code, name=f"시설 {code}", corrections={"weekly_hours": OFFICE_HOURS})
            raise_revision()
            with CaptureQueriesContext(connection) as captured:
                facility_page(read(query), on=NOW.date())
            asked.append(len(captured))

        assert asked[0] == asked[1] <= 3

    def test_know_the_days_that_differ(self):
        make_facility("A1", corrections={"weekly_hours": OFFICE_HOURS})
        note_exception("A1", NOW.date())

        schedule = facility_page(read(""), on=NOW.date()).rows[0].schedule()

        assert schedule is not None
        assert not schedule.is_open(THURSDAY_NOON)
        assert schedule.is_open(THURSDAY_NOON + datetime.timedelta(days=1))
        assert found("open_at=2026-08-20T12:00") == []

    def test_show_the_correction(self):
        make_facility("A1")
        correct("A1", name="고친 이름")
        publish("A1")

        assert facility_page(read(""), on=NOW.date()).rows[0].name == "고친 이름"
