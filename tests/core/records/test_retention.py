"""What has been kept as long as its holding says is removed or emptied, night by night."""

import datetime
import io

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core.records.declaration import Erasure
from core.records.services import keep_to_terms
from core.records.tasks import keep_to_terms as nightly

YEAR, DAY = datetime.timedelta(days=365), datetime.timedelta(days=1)
LAW = {"law": "민원 처리에 관한 법률"}


def told(done):
    return {one.model: (one.deed, one.rows) for one in done if one.model.startswith("records.D")}


@pytest.fixture
def old(diaries, resident, now):
    """Three diaries: closed long ago, closed yesterday, and still open; a page in the first."""
    diary, page, declare = diaries
    today = now.date()
    first, *_ = (
        diary.objects.create(person=resident, title="일기", district="종로구", closed_date=closed)
        for closed in (today - 3 * YEAR, today - YEAR + DAY, None)
    )

    def keep(of_page=None, **of_diary):
        declare({"keep": YEAR, "kept_from": "closed_date", **of_diary}, of_page)

    keep()
    return diary, page, keep, first


class TestTerms:
    def test_end_for_what_is_older(self, old, now):
        diary, *_ = old

        assert told(keep_to_terms(now=now)) == {"records.Diary": ("removed", 1)}
        assert diary.objects.filter(closed_date__lt=now.date() - YEAR).count() == 0
        assert diary.objects.count() == 2
        assert told(keep_to_terms(now=now)) == {"records.Diary": ("removed", 0)}

    def test_empty_what_stays_as_a_figure_and_once(self, old, now):
        diary, _, keep, first = old
        keep(erasure=Erasure.ANONYMISE, **LAW)

        assert told(keep_to_terms(now=now)) == {"records.Diary": ("emptied", 1)}
        first.refresh_from_db()
        assert (first.title, first.person, first.district) == ("", None, "종로구")
        assert told(keep_to_terms(now=now)) == {"records.Diary": ("emptied", 0)}
        assert diary.objects.filter(title="일기").count() == 2

    def test_of_the_law_end_too(self, old, now):
        _, _, keep, _ = old
        keep(erasure=Erasure.KEEP, **LAW)

        assert told(keep_to_terms(now=now)) == {"records.Diary": ("removed", 1)}

    def test_are_only_counted_in_a_dry_run(self, old, now):
        diary, *_ = old

        assert told(keep_to_terms(now=now, dry_run=True)) == {"records.Diary": ("removed", 1)}
        assert diary.objects.count() == 3

    def test_that_something_stands_against_are_told_and_hold_up_nothing_else(self, old, now):
        diary, page, _, first = old
        page.objects.create(diary=first, text="x", written_at=now)

        (fault,) = [one for one in keep_to_terms(now=now) if one.fault]

        assert (fault.model, fault.rows) == ("records.Diary", 0)
        assert fault.fault == "still needed by records.DiaryPage"
        assert diary.objects.count() == 3

    def test_are_left_to_who_keeps_them(self, old, now):
        models = {one.model for one in keep_to_terms(now=now)}

        assert "admin.LogEntry" in models
        assert not {"records.Access", "feeds.FieldChange"} & models


class TestCommand:
    @pytest.fixture
    def now(self):
        """Both read the clock."""
        return timezone.localtime()

    def test_says_what_it_would_do_and_then_does_it(self, old, now):
        would, did = io.StringIO(), io.StringIO()
        call_command("retention", dry_run=True, stdout=would)
        call_command("retention", stdout=did)

        assert "records.Diary: 1 rows would be removed" in would.getvalue()
        assert "records.Diary: 1 rows removed" in did.getvalue()

    def test_counts_what_others_forget_and_the_months_of_the_log(self, db, now):
        would = io.StringIO()
        with connection.cursor() as cursor:
            cursor.execute("SELECT records_access_month(%s)", [datetime.date(2001, 2, 1)])
        call_command("retention", dry_run=True, stdout=would)

        told = would.getvalue()
        by = "core.cases.services.forget_old_cases"
        assert f"cases.Case: 0 rows would be emptied, by {by}" in told
        assert f"cases.CaseWords: 0 rows would be removed, by {by}" in told
        assert f"cases.CaseEvent: 0 rows would be cut from their person, by {by}" in told
        assert "records.Access: 1 months would be dropped (records_access_2001_02)" in told

    def test_ends_with_a_fault_where_rows_could_not_go(self, old, now):
        _, page, _, first = old
        page.objects.create(diary=first, text="x", written_at=now)

        with pytest.raises(CommandError):
            call_command("retention", stdout=io.StringIO())


class TestEachNight:
    @pytest.fixture
    def now(self):
        """Both read the clock."""
        return timezone.localtime()

    def test_sessions_that_have_ended_go_as_well(self, old, now):
        Session.objects.create(session_key="old", session_data="x", expire_date=now - 9 * YEAR)

        assert nightly.delay().get() == 1
        assert not Session.objects.filter(session_key="old").exists()
