"""Where indicators stand: newest figure, target in force, freshness, and the line ahead."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from core.areas import declared_indicators
from core.kpi import wording
from core.kpi.models import Reading
from core.kpi.queries import parts_on, standing_of, standings, targets_in_force
from tests.core.kpi.samples import A_WEEK, HIDDEN, SHOWN, dashboard, reading, target

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def stands(slug):
    return standing_of(declared_indicators()[slug], today=TODAY)


@pytest.mark.parametrize(
    ("part", "said"), [(410, "424 가운데 410"), (424, "424 가운데 424"), (426, "424보다 2 많음")]
)
def test_no_more_are_said_to_be_of_a_whole_than_it_has(part, said):
    found = Reading(value=part, numerator=part, denominator=424)

    assert wording.share_words(found, declared_indicators()[SHOWN]) == said


class TestStandings:
    def test_are_of_public_indicators_alone_where_citizens_look(self):
        every = [one.indicator.slug for one in standings(today=TODAY, only_public=False)]
        public = [one.indicator.slug for one in standings(today=TODAY, only_public=True)]
        assert every == list(declared_indicators())
        assert set(every) - set(public) == {HIDDEN}

    def test_take_two_statements_however_many_there_are(self, django_assert_num_queries):
        dashboard()
        with django_assert_num_queries(2):
            standings(today=TODAY, only_public=False)

    def test_end_with_the_newest_day(self):
        dashboard()
        found = stands(SHOWN)
        assert found.latest.value == 100
        assert [one.value for one in found.series] == sorted(one.value for one in found.series)

    def test_keep_a_reading_a_week(self):
        for days in range(20):
            reading(SHOWN, day=TODAY - datetime.timedelta(days=days), value=days)
        assert [one.value for one in stands(SHOWN).weekly()] == [14, 7, 0]

    def test_say_what_is_stale(self):
        reading(SHOWN, day=TODAY - datetime.timedelta(days=3))
        reading(HIDDEN, day=TODAY - datetime.timedelta(days=2))
        assert stands(SHOWN).is_stale
        assert not stands(HIDDEN).is_stale
        assert stands("feed-age").is_stale


class TestTargets:
    def test_in_force_is_the_next_one(self):
        target(days=-5, value=1)
        target(days=20, value=3)
        target(days=10, value=2)
        assert targets_in_force(TODAY)[SHOWN].value == 2

    def test_in_force_is_the_last_where_all_have_passed(self):
        target(days=-5, value=2)
        target(days=-9, value=1)
        assert targets_in_force(TODAY)[SHOWN].value == 2

    def test_are_reached_or_not(self):
        reading(SHOWN, value=12)
        reading("days-to-decision", value=12)
        target(value=13)
        target("days-to-decision", value=13)
        assert stands(SHOWN).is_met is False
        assert stands("days-to-decision").is_met is True

    def test_of_what_is_neither_good_nor_bad_are_neither_reached_nor_missed(self):
        reading("benefits-listed", value=12)
        target("benefits-listed", value=10)
        assert stands("benefits-listed").is_met is None

    def test_need_a_reason_and_one_day_each(self):
        target()
        for refused in ({}, {"days": 91, "reason": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                target(**refused)


class TestForecast:
    def test_leads_on_and_says_on_what_it_rests(self):
        for number in range(8):
            reading(SHOWN, day=TODAY - number * A_WEEK, value=100 - 7 * number)
        target(value=150, days=70)
        found = stands(SHOWN)
        assert found.forecast.value == pytest.approx(170)
        assert found.will_be_met
        with translation.override("ko"):
            said = wording.forecast_words(found)
        assert "170건" in said
        assert "목표에 이릅니다." in said
        assert "값 8개" in said

    def test_of_few_readings_is_not_made(self):
        reading(SHOWN)
        target()
        found = stands(SHOWN)
        assert found.forecast is None
        assert "내다보지 않습니다" in wording.forecast_words(found)

    def test_without_a_target_is_not_spoken_of(self):
        assert wording.forecast_words(stands(SHOWN)) == ""


class TestParts:
    def test_are_told_by_name_and_the_hidden_ones_as_hidden(self):
        dashboard()
        indicator = declared_indicators()[SHOWN]
        public = dict(
            (one.slug, rows) for one, rows in parts_on(indicator, TODAY, only_public=True)
        )
        assert set(public) == {"district", "programme"}
        assert [(name, row.is_hidden) for name, row in public["district"]] == [
            ("종로구", False),
            ("노원구", True),
        ]
        every = parts_on(indicator, TODAY, only_public=False)
        assert [one.slug for one, _rows in every] == ["district", "programme", "dong"]
        assert every[2][1][0][0] == "종로구 사직동"


class TestReading:
    def test_that_is_hidden_keeps_no_number(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            reading(SHOWN, value=3, is_hidden=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            reading(SHOWN, value=3, dimension="district")
        assert not Reading.objects.exists()
