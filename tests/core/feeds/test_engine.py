"""The engine's promises: every row accounted for, nothing lost, nothing written twice."""

import datetime

import pytest
from django.db import connection, connections

from core.areas import declared_feeds
from core.feeds.engine import run_feed
from core.feeds.enums import RunStatus
from core.feeds.models import FeedReject, FeedRun, FieldChange
from core.feeds.protocol import Connection, FeedRefused, FeedUnavailable
from core.feeds.services import connection_of
from tests.core.feeds.pretend import NOW, PretendFeed, Row, bad, page, rows, run
from welfare.models import CentralFacility

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + datetime.timedelta(days=1)


def figures(done: FeedRun) -> dict[str, int]:
    names = ("received", "inserted", "updated", "unchanged", "rejected", "retired", "returned")
    return {name: value for name in names if (value := getattr(done, name))}


def stored() -> dict[str, str | None]:
    return dict(CentralFacility.objects.filter(retired_at=None).values_list("source_key", "name"))


class TestFirstPass:
    def test_takes_every_row(self):
        done = run(PretendFeed(page(*rows(3), total=5), page(*rows(2, first=3), total=5)))
        assert done.status == RunStatus.COMPLETED
        assert figures(done) == {"received": 5, "inserted": 5}
        assert len(stored()) == 5

    def test_keeps_what_it_rejects_with_field_and_reason(self):
        done = run(PretendFeed(page(*rows(9), bad("A9999"))))
        assert figures(done) == {"received": 10, "inserted": 9, "rejected": 1}
        kept = FeedReject.objects.get(run=done)
        assert (kept.source_key, kept.field, kept.row) == ("A9999", "NAME", {"CODE": "A9999"})
        assert kept.reason == "이름이 비어 있습니다."

    def test_changes_nothing_on_a_dry_run(self):
        done = run(PretendFeed(page(*rows(3))), dry_run=True)
        assert figures(done) == {"received": 3, "inserted": 3}
        assert stored() == {}
        assert not FieldChange.objects.exists()

    def test_stores_text_that_postgresql_could_not_hold_in_a_reject(self):
        broken = bad(None)
        broken.row["NAME"] = "나\x00쁨"
        run(PretendFeed(page(*rows(20), broken)))
        assert FeedReject.objects.get().row["NAME"] == "나␀쁨"

    def test_stores_rejects_with_such_text_anywhere(self):
        broken = bad("A\x001")
        broken.row["N\x00"] = ["나\x00쁨", {"a": "\x00"}]
        done = run(PretendFeed(page(*rows(20), broken)))
        assert done.status == RunStatus.COMPLETED
        assert FeedReject.objects.get().row["N␀"] == ["나␀쁨", {"a": "␀"}]


class TestSecondPass:
    def test_writes_nothing_where_nothing_changed(self):
        run(PretendFeed(page(*rows(5))))
        before = _row_versions()
        done = run(PretendFeed(page(*rows(5))), now=LATER)
        assert figures(done) == {"received": 5, "unchanged": 5}
        assert _row_versions() == before

    def test_records_which_field_changed_from_what_to_what(self):
        run(PretendFeed(page(*rows(5))))
        changed = [*rows(4), Row("A0004", "새 이름", phone="02-120")]
        done = run(PretendFeed(page(*changed)), now=LATER)
        assert figures(done) == {"received": 5, "updated": 1, "unchanged": 4}
        history = FieldChange.objects.order_by("field").values_list("key", "field", "old", "new")
        assert list(history) == [
            ("A0004", "name", "시설 4", "새 이름"),
            ("A0004", "phone", None, "02-120"),
        ]
        assert set(FieldChange.objects.values_list("run_id", "changed_at")) == {(done.pk, LATER)}

    def test_retires_what_vanished_and_welcomes_it_back(self):
        run(PretendFeed(page(*rows(30))))
        gone = run(PretendFeed(page(*rows(28))), now=LATER)
        assert figures(gone) == {"received": 28, "unchanged": 28, "retired": 2}
        assert CentralFacility.objects.get(pk="A0029").retired_at == LATER
        back = run(PretendFeed(page(*rows(30))), now=LATER)
        assert figures(back) == {"received": 30, "unchanged": 28, "updated": 2, "returned": 2}
        assert len(stored()) == 30

    def test_does_not_retire_a_row_that_came_broken(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(*rows(29), bad("A0029"))))
        assert figures(done) == {"received": 30, "unchanged": 29, "rejected": 1}
        assert len(stored()) == 30

    def test_does_not_retire_where_a_broken_row_has_no_key(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(*rows(28), bad(None))))
        assert done.retired == 0
        assert "다음 실행에서 판단" in done.reason


class TestJudgement:
    def test_stops_before_more_than_a_fifth_would_vanish(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(*rows(20))))
        assert done.status == RunStatus.REFUSED
        assert "--force" in done.reason
        assert len(stored()) == 30

    def test_retires_them_all_the_same_when_forced(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(*rows(20))), force=True)
        assert (done.status, done.retired) == (RunStatus.COMPLETED, 10)

    def test_takes_an_empty_list_for_an_outage(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(total=0)))
        assert done.status == RunStatus.FAILED
        assert len(stored()) == 30

    def test_fails_where_fewer_rows_came_than_were_announced(self):
        done = run(PretendFeed(page(*rows(3), total=5)))
        assert done.status == RunStatus.FAILED
        assert "5줄이라 하고 3줄만" in done.reason
        assert stored() == {}

    def test_takes_rows_but_retires_none_where_the_total_moved(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(*rows(20), total=30), page(*rows(5, first=30), total=26)))
        assert done.status == RunStatus.COMPLETED
        assert (done.inserted, done.retired) == (5, 0)
        assert "전체 줄 수가 바뀌어" in done.reason

    def test_retires_none_where_the_total_moved_and_came_back(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(*rows(20), total=29), page(*rows(9, first=21), total=29)))
        assert done.retired == 1
        moved = [page(*rows(15), total=29), page(*rows(7, first=15), total=28)]
        done = run(PretendFeed(*moved, page(*rows(7, first=23), total=29)))
        assert (done.status, done.received, done.retired) == (RunStatus.COMPLETED, 29, 0)
        assert "전체 줄 수가 바뀌어" in done.reason

    def test_retires_none_where_a_broken_row_came_twice(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(*rows(28), bad("A0028"), bad("A0028"))))
        assert (done.rejected, done.retired) == (2, 0)
        assert "겹쳐" in done.reason

    def test_retires_none_where_a_row_came_well_and_broken(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(*rows(29), bad("A0003"))))
        assert (done.rejected, done.retired) == (1, 0)

    def test_fails_where_nobody_says_how_many_rows_there_are(self):
        done = run(PretendFeed(page(*rows(30), total=0)))
        assert done.status == RunStatus.FAILED
        assert "전체 줄 수를 알려 주지" in done.reason
        assert stored() == {}

    def test_fails_where_the_total_cannot_be_true(self):
        asked = []

        class Endless(PretendFeed):
            def pages(self):
                while len(asked) < 3:
                    asked.append(1)
                    yield page(*rows(5), total=10**12)

        done = run(Endless())
        assert (done.status, len(asked)) == (RunStatus.FAILED, 1)
        assert "1,000,000,000,000줄" in done.reason

    def test_rejects_the_second_of_two_rows_with_one_key_and_retires_none(self):
        run(PretendFeed(page(*rows(30))))
        done = run(PretendFeed(page(*rows(28), Row("A0001", "겹친 줄"))))
        assert figures(done) == {"received": 29, "unchanged": 28, "rejected": 1}
        assert stored()["A0001"] == "시설 1"
        assert "두 번" in FeedReject.objects.get().reason

    def test_stops_where_the_format_seems_to_have_changed(self):
        done = run(PretendFeed(page(*rows(10), *[bad(f"B{i}") for i in range(10)])))
        assert done.status == RunStatus.REFUSED
        assert stored() == {}
        assert done.rejects.count() == 10


class TestFaults:
    @pytest.mark.parametrize("fault", [FeedUnavailable("끊겼습니다."), FeedRefused("열쇠.")])
    def test_leave_the_table_as_it_was_and_say_why(self, fault):
        run(PretendFeed(page(*rows(5))))
        done = run(PretendFeed(page(*rows(2, name="다른"), total=5), fault=fault))
        assert done.status == RunStatus.FAILED
        assert done.reason == f"{fault} 저장된 자료는 그대로입니다."
        assert stored()["A0000"] == "시설 0"

    def test_of_our_own_are_recorded_and_raised(self):
        with pytest.raises(ZeroDivisionError):
            run(PretendFeed(page(*rows(2)), fault=ZeroDivisionError()))
        assert "프로그램 오류" in FeedRun.objects.get().reason

    def test_say_why_though_the_upstreams_words_hold_what_no_table_can(self):
        done = run(PretendFeed(fault=FeedRefused("이상\x00한 " + "말" * 10_000)))
        assert done.status == RunStatus.FAILED
        assert len(done.reason) < 2_000

    def test_are_told_from_somebodys_ctrl_c(self):
        with pytest.raises(KeyboardInterrupt):
            run(PretendFeed(page(*rows(2)), fault=KeyboardInterrupt()))
        assert FeedRun.objects.get().status == RunStatus.ABORTED
        assert stored() == {}

    def test_close_the_record_of_a_run_that_was_killed(self):
        killed = FeedRun.objects.create(feed="welfare.pretend", started_at=NOW)
        run(PretendFeed(page(*rows(2))))
        killed.refresh_from_db()
        assert killed.status == RunStatus.ABORTED


class TestTheRecord:
    def test_tells_its_time_in_seoul(self):
        assert "2026-11-02 11:00" in str(run(PretendFeed(page(*rows(1)))))


class TestTwoRunsAtOnce:
    def test_the_second_is_skipped(self):
        other = connections.create_connection("default")
        inside = {}

        class Nested(PretendFeed):
            def pages(self):
                mine = connections["default"]
                connections["default"] = other
                try:
                    inside["run"] = run(PretendFeed(page(*rows(1))))
                finally:
                    connections["default"] = mine
                yield from super().pages()

        try:
            done = run(Nested(page(*rows(3))))
        finally:
            other.close()
        assert inside["run"].status == RunStatus.SKIPPED
        assert figures(done) == {"received": 3, "inserted": 3}


def _row_versions() -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT source_key, xmin::text FROM welfare_centralfacility ORDER BY 1")
        return cursor.fetchall()


class TestKey:
    @pytest.fixture
    def feed(self):
        return declared_feeds()["welfare.seoul_facilities"]

    def test_that_is_missing_is_said_before_anybody_is_asked(self, feed):
        upstream = Connection(base_url="http://127.0.0.1:1", key="", key_setting="SOME_KEY")

        done = run_feed(declaration=feed, upstream=upstream, clock=lambda: NOW)

        assert done.status == RunStatus.FAILED
        assert "설정 SOME_KEY에" in done.reason
        assert "저장된 자료는 그대로입니다." in done.reason

    def test_is_named_by_the_setting_of_the_feed(self, feed, settings):
        settings.UPSTREAMS_URL = ""

        assert connection_of(feed) == Connection(
            base_url=feed.default_url, key="", key_setting="WELFARE_SEOUL_FACILITIES_KEY"
        )

    def test_is_not_asked_for_by_stand_ins(self, feed):
        assert connection_of(feed, upstreams="http://127.0.0.1:1").key


class TestAfterwards:
    @pytest.mark.parametrize("fault", [None, FeedUnavailable("weg")])
    def test_what_follows_a_commit_is_made_up_for(self, fault):
        """A run may have been killed between its commit and what follows it."""
        followed = []

        run(PretendFeed(page(*rows(2)), fault=fault), after_commit=followed.append)

        assert followed == [NOW]

    def test_nothing_follows_a_trial(self):
        followed = []

        run(PretendFeed(page(*rows(2))), after_commit=followed.append, dry_run=True)

        assert followed == []
