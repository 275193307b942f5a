"""Benefits through the whole way: lists, what follows them, one entry a programme, every row."""

import datetime
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.feeds.enums import RunStatus
from core.feeds.models import FeedReject, FeedRun
from core.sandbox.upstreams import serve
from tests.shared_data import SHARED_DATA, needs_shared_data
from tests.welfare.benefit_syncs import run_details, sync_benefits
from welfare.models import (
    Benefit,
    BenefitLink,
    BenefitSource,
    BokjiroLocalDetail,
    Gov24Conditions,
    Gov24Service,
)
from welfare.rules.condition_codes import codes_of
from welfare.services import benefit_feeds as opening
from welfare.services import publish_linked_anew, set_deadlines

pytestmark = pytest.mark.django_db(transaction=True)

COMPLETED = RunStatus.COMPLETED
ROWS = 600


@pytest.fixture
def upstreams():
    with serve(rows=ROWS) as base_url:
        yield base_url


class TestAFirstNight:
    def test_brings_lists_and_what_follows_them(self, upstreams):
        runs = sync_benefits(upstreams)
        assert [(run.feed.removeprefix("welfare."), run.status, run.received) for run in runs] == [
            (name, COMPLETED, ROWS)
            for name in (
                "gov24",
                "gov24_conditions",
                "gov24_details",
                "bokjiro_central",
                "bokjiro_central_details",
                "bokjiro_local",
                "bokjiro_local_details",
            )
        ]
        assert not FeedReject.objects.exists()

    def test_tells_each_programme_once(self, upstreams):
        sync_benefits(upstreams)
        rules = Counter(BenefitSource.objects.values_list("rule", flat=True))
        linked = BenefitSource.objects.exclude(rule="OWN")
        assert BenefitSource.objects.count() == 3 * ROWS
        assert Benefit.objects.listed().count() == 3 * ROWS - linked.count()
        assert rules["NAME_AND_PROVIDER"] > 50
        assert rules["CORE_AND_PROVIDER"] > 10
        seconds = Benefit.objects.filter(same_as__isnull=False)
        assert seconds.count() == linked.count()
        assert not seconds.filter(same_as__status="RETIRED").exists()

    def test_classes_come_from_bokjiro_and_ticks_from_gov24(self, upstreams):
        sync_benefits(upstreams)
        source = BenefitSource.objects.filter(
            source="LOCAL", rule="NAME_AND_PROVIDER", benefit__life_stages__len__gt=0
        ).earliest("pk")
        told = Gov24Conditions.objects.get(pk=source.benefit_id.removeprefix("gov24-"))
        assert source.benefit.condition_codes == told.codes
        assert codes_of(told.codes)
        assert source.benefit.card.count("source_id") == 2


class TestTheNextNight:
    def test_asks_gov24_only_for_what_changed(self, upstreams):
        sync_benefits(upstreams, "welfare.gov24")
        with serve(rows=ROWS, seed=1) as later:
            first, conditions, details = sync_benefits(later, "welfare.gov24")
            asked = [path for path in later.requests if "serviceList" in path]
        assert (first.partial, first.status, first.reason) == (True, COMPLETED, "")
        assert ROWS // 40 < first.updated == conditions.updated == details.received < ROWS // 10
        assert first.retired == 0
        assert len(asked) == 1
        assert Benefit.objects.listed().count() == ROWS

    def test_reads_the_whole_list_again_after_a_week(self, upstreams):
        sync_benefits(upstreams, "welfare.gov24")
        FeedRun.objects.update(started_at=timezone.now() - datetime.timedelta(days=7))
        with serve(rows=ROWS - 50) as later:
            first, conditions, _ = sync_benefits(later, "welfare.gov24")
        assert (first.partial, first.retired, conditions.retired) == (False, 50, 50)
        assert Benefit.objects.listed().count() == ROWS - 50

    def test_asks_for_no_detail_twice(self, upstreams):
        sync_benefits(upstreams, "welfare.bokjiro_local")
        before = len(upstreams.requests)
        listed, details = sync_benefits(upstreams, "welfare.bokjiro_local")
        assert (listed.unchanged, details.received) == (ROWS, 0)
        assert [path for path in list(upstreams.requests)[before:] if "detailed" in path] == []

    def test_publishes_nothing_where_nothing_changed(self, upstreams):
        sync_benefits(upstreams)
        told = dict(Benefit.objects.values_list("pk", "published_at"))
        sync_benefits(upstreams)
        assert dict(Benefit.objects.values_list("pk", "published_at")) == told


class TestDetails:
    def test_are_asked_for_within_the_days_calls(self, upstreams, monkeypatch):
        monkeypatch.setattr(opening, "CALLS_A_DAY", 250)
        _, first = sync_benefits(upstreams, "welfare.bokjiro_local")
        _, second = sync_benefits(upstreams, "welfare.bokjiro_local")
        assert (first.received, second.received) == (250, 0)
        assert Benefit.objects.listed().count() == ROWS

    @pytest.mark.parametrize("fault", ["http500", "quota", "bad_key", "maintenance"])
    def test_that_do_not_come_leave_the_list_published(self, fault):
        with serve(rows=300) as base_url:
            sync_benefits(base_url, "welfare.bokjiro_local")
            BokjiroLocalDetail.objects.all().delete()
            base_url.break_with(fault)
            # The details alone: the list fits on one page, which the fault would strike as well.
            run = run_details(base_url)
            base_url.break_with(None)
            healed = run_details(base_url)
        assert run.status == RunStatus.FAILED
        assert "저장된 자료는 그대로입니다" in run.reason
        assert Benefit.objects.listed().count() == 300
        assert (healed.status, healed.inserted) == (COMPLETED, 300)


class TestStaffsWord:
    @pytest.fixture
    def linked(self, upstreams):
        sync_benefits(upstreams)
        return BenefitSource.objects.filter(source="LOCAL").exclude(rule="OWN").earliest("pk")

    def say(self, officer, linked, gov24_key):
        BenefitLink.objects.create(
            source=linked.source,
            source_key=linked.source_key,
            gov24_key=gov24_key,
            reason="다른 사업임",
            made_by=officer,
            made_at=timezone.now(),
        )
        publish_linked_anew(source=linked.source, keys=[linked.source_key], now=timezone.now())

    def test_parts_what_a_rule_linked_and_outlives_syncs(self, linked, officer, upstreams):
        self.say(officer, linked, "")
        for _ in range(2):
            own = Benefit.objects.get(pk=f"local-{linked.source_key}")
            assert (own.status, own.same_as_id) == ("LISTED", None)
            assert linked.source_key not in Benefit.objects.get(pk=linked.benefit_id).card
            FeedRun.objects.update(started_at=timezone.now() - datetime.timedelta(days=7))
            sync_benefits(upstreams)

    def test_joins_what_no_rule_would(self, linked, officer):
        other = Gov24Service.objects.exclude(pk=linked.benefit_id.removeprefix("gov24-")).earliest(
            "pk"
        )
        self.say(officer, linked, other.pk)
        linked.refresh_from_db()
        assert (linked.benefit_id, linked.rule) == (f"gov24-{other.pk}", "STAFF")
        assert (
            Benefit.objects.get(pk=f"local-{linked.source_key}").same_as_id == f"gov24-{other.pk}"
        )


class TestDays:
    def test_of_yearly_windows_are_set_anew_when_they_have_gone_by(self, upstreams):
        sync_benefits(upstreams, "welfare.gov24")
        yearly = Benefit.objects.filter(deadline="5.1.~5.31.").earliest("pk")
        for day, opens in ((datetime.date(2027, 6, 1), 2028), (datetime.date(2029, 7, 1), 2030)):
            set_deadlines(now=timezone.now(), day=day)
            yearly.refresh_from_db()
            assert yearly.opens_date == datetime.date(opens, 5, 1)
            assert yearly.closes_date == datetime.date(opens, 5, 31)

    def test_are_unknown_where_the_text_is(self, upstreams):
        sync_benefits(upstreams, "welfare.gov24")
        assert not Benefit.objects.exclude(deadline_kind="WINDOWS").exclude(closes_date=None)


class TestPublication:
    def test_takes_as_many_statements_for_few_rows_as_for_many(self):
        asked = []
        for rows in (40, 400):
            with serve(rows=rows) as base_url, CaptureQueriesContext(connection) as queries:
                sync_benefits(base_url, "welfare.gov24")
            asked.append(len(queries))
            FeedRun.objects.all().delete()
        assert asked[0] == asked[1]


@needs_shared_data
class TestRealRows:
    def test_are_all_accounted_for_and_listed_once(self):
        with serve(data=SHARED_DATA) as base_url:
            runs = sync_benefits(base_url)
            again = sync_benefits(base_url)
        assert {run.status for run in (*runs, *again)} == {COMPLETED}
        received = Counter()
        for run in runs:
            received[run.feed] += run.received
        assert received == {
            "welfare.gov24": 14,
            "welfare.gov24_conditions": 14,
            "welfare.gov24_details": 14,
            "welfare.bokjiro_central": 452,
            "welfare.bokjiro_central_details": 452,
            "welfare.bokjiro_local": 4_569,
            "welfare.bokjiro_local_details": 4_569,
        }
        assert sum(run.rejected for run in runs) == 0
        assert sum(run.inserted + run.updated + run.retired for run in again) == 0

        linked = BenefitSource.objects.exclude(rule="OWN")
        assert set(linked.values_list("source_key", "benefit_id", "rule")) == {
            ("WLF00000969", "gov24-000000465790", "CORE_AND_PROVIDER"),
            ("WLF00001148", "gov24-105100000001", "NAME_OF_NATION"),
        }
        assert Benefit.objects.listed().count() == 14 + 452 + 4_569 - 2
        # The nation's and Seoul's: what a resident of Seoul sees.
        assert Benefit.objects.listed().for_seoul().count() == 14 + 452 - 2 + 365
        assert Benefit.objects.listed().exclude(condition_codes=None).count() == 14
