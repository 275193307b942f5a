"""Sample records show every page at work, are made once, and never of a shelter."""

import pytest
from django.http import QueryDict

from core.feeds.models import FieldChange, Override
from tests.welfare.factories import NOW, make_many, make_shelter
from welfare.models import FacilityReport
from welfare.queries import facility_page, read_filters
from welfare.services.samples import make_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(officer):
    make_many(30)
    make_shelter("K0001")
    assert "30곳" in make_samples(actor=officer, now=NOW)


def found(query: str) -> int:
    return facility_page(read_filters(QueryDict(query), now=NOW), on=NOW.date()).count


class TestSamples:
    def test_give_the_filters_something_to_find(self, made):
        assert 0 < found("open_at=2026-08-20T14:00") < 30
        assert 0 < found("accessible=1") < 30
        assert FacilityReport.objects.waiting().count() == 3

    def test_are_made_once(self, made, officer):
        before = Override.objects.count(), FieldChange.objects.count()

        assert make_samples(actor=officer, now=NOW) == ""
        assert (Override.objects.count(), FieldChange.objects.count()) == before
        assert FacilityReport.objects.count() == 3

    def test_are_never_of_a_shelter(self, made):
        assert not Override.objects.filter(key="K0001").exists()

    def test_are_nothing_where_there_are_no_facilities(self, officer):
        assert make_samples(actor=officer, now=NOW) == ""
        assert not Override.objects.exists()
