"""How long a decision takes is told of ten and more alone, by the same words everywhere."""

import datetime

import pytest
from django.utils import timezone

from core.cases.models import Case
from core.web.revision import raise_revision
from tests.accounts.factories import make_centre
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.test_admin_take_up import decided
from welfare.queries.decision_days import decision_days, takes_sentence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    raise_revision()


class TestDecisionDays:
    # What is closed today counts from tomorrow on: a day's figures do not move.
    ON = timezone.localdate() + datetime.timedelta(days=1)

    def test_are_those_of_half_of_ten_and_more(self):
        centre = make_centre().office
        often, seldom = make_benefit("000000000001"), make_benefit("000000000002")
        decided(often, centre, days=9, number=6)
        decided(often, centre, days=30, number=4)
        decided(seldom, centre, number=9)

        assert decision_days(self.ON) == {often.code: 9}
        assert "절반은 9일 안에" in takes_sentence(often.code, self.ON)
        assert takes_sentence(seldom.code, self.ON) == ""

    def test_begin_and_end_at_midnight_of_seoul(self):
        """What is decided at half past eight in the morning is not of the day before."""
        centre, benefit = make_centre().office, make_benefit()
        decided(benefit, centre, days=9, number=10)
        on = datetime.date(2026, 6, 15)
        morning = timezone.make_aware(datetime.datetime(2026, 6, 15, 8, 30))
        Case.objects.update(opened_at=morning - datetime.timedelta(days=9), closed_at=morning)
        assert decision_days(on) == {}
        assert decision_days(on + datetime.timedelta(days=1)) == {benefit.code: 9}

    def test_cost_one_statement_however_many_are_asked_of(self, django_assert_num_queries):
        make_benefit()
        decision_days(self.ON)
        with django_assert_num_queries(0):
            for number in range(20):
                takes_sentence(str(number), self.ON)

    def test_stand_on_the_page_of_the_benefit(self, client):
        benefit = make_benefit()
        text = client.get(benefit.get_absolute_url()).content.decode()

        assert "걸리는 기간" in text
        assert "아직 알 수 없습니다." in text
        assert "담당 기관에 확인" in text
