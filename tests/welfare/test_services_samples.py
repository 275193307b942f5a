"""Sample records show every page at work, are made once, and never of a shelter."""

import pytest
from django.http import QueryDict

from accounts.models import User
from core.feeds.models import FieldChange, Override
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.factories import NOW, make_many, make_shelter
from tests.welfare.rulebook.people import make_benefits
from tests.welfare.rulebook.test_rule_publication import make_officer
from welfare.models import FacilityReport, PlainText
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

    def test_publish_plain_words_by_two_people(self, client):
        benefit = make_benefit()
        pension = make_benefits("basic-pension")["basic-pension"]
        writer = make_officer("writer", "change_plaintext")
        assert "쉬운 말" not in make_samples(actor=writer, now=NOW)  # there is no second person
        admin = User.objects.create_superuser("admin@seoul.example", "pw", name="박", joined_at=NOW)

        assert make_samples(actor=writer, now=NOW) == "쉬운 말 안내 2건"
        assert make_samples(actor=writer, now=NOW) == ""

        shown = PlainText.objects.in_force().filter(made_by=writer, reviewed_by=admin)
        assert {one.benefit_code for one in shown.order_by("pk")} == {benefit.pk, pension.pk}
        page = client.get(pension.get_absolute_url()).content.decode()
        assert "예시 글입니다. 실제 안내가 아닙니다." in page
        assert "65세부터 다달이 받는 돈입니다." in page

    def test_are_nothing_where_there_are_no_facilities(self, officer):
        assert make_samples(actor=officer, now=NOW) == ""
        assert not Override.objects.exists()
