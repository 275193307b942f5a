"""A list of facilities keeps what its filters say, counts it once, and asks little."""

import datetime

import pytest
from django.http import QueryDict

from tests.welfare.factories import (
    NOW,
)
from welfare.queries import (
    FacilityFilters,
    FiltersRefused,
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
