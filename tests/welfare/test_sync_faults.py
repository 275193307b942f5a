"""Every fault of every upstream: the table stays whole, and the run says what happened.

What is seen here is written into docs/feeds/<feed>.md (WRITE_DOCS=1), and compared with it else.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from core.areas import declared_feeds
from core.feeds.engine import run_feed
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from core.feeds.protocol import Connection
from core.sandbox.upstreams import serve
from tests.core.feeds.test_engine import figures
from welfare.feeds.gov24 import Gov24Feed
from welfare.models import (
    BokjiroCentral,
    BokjiroLocal,
    CentralFacility,
    Gov24Service,
    SeoulFacility,
)

pytestmark = pytest.mark.django_db(transaction=True)

DOCS = Path(__file__).resolve().parents[2] / "docs" / "feeds"
ROWS = 2_100
MODELS = {
    "welfare.seoul_facilities": SeoulFacility,
    "welfare.central_facilities": CentralFacility,
    "welfare.gov24": Gov24Service,
    "welfare.bokjiro_central": BokjiroCentral,
    "welfare.bokjiro_local": BokjiroLocal,
}
C, F, R = RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.REFUSED
# fault: (what the run ends as, a word of its reason)
EXPECTED = {
    "truncated": (F, "끊겼습니다"),
    "slow": (C, ""),
    "http500": (F, "오류가 있습니다(500)"),
    "http429": (F, "429"),
    "bad_key": (F, "인증키"),
    "quota": (F, ""),  # said below: the plaza has no code of its own for it
    "maintenance": (F, "점검"),
    "empty_page": (F, "비어서"),
    "shrink": (R, "20%"),
    "duplicate_ids": (C, "겹쳐"),
    "one_item": (C, ""),  # the last page holds one row, as an object
    "moving_total": (C, "전체 줄 수가 바뀌어"),
    "malformed_rows": (C, "키를 읽을 수 없는"),
    "no_charset": (C, ""),
}


def sync(name: str, base_url: str, **patience: float) -> FeedRun:
    feed = declared_feeds()[name]
    if name == "welfare.gov24":  # every pass whole, as on the first night of a week
        feed = replace(feed, open=Gov24Feed)
    upstream = Connection(
        base_url=f"{base_url}/{feed.gateway}", key="key", wait_factor=0.001, **patience
    )
    return run_feed(declaration=feed, upstream=upstream, clock=timezone.now)


def contents(name: str) -> list[tuple[object, ...]]:
    """Answer every row but for the moment it last changed: a fault may come and go."""
    rows = MODELS[name].objects.order_by("source_key").values_list()
    return [
        tuple(tuple(cell) if isinstance(cell, list) else cell for cell in (*row[:3], *row[4:]))
        for row in rows
    ]


@pytest.fixture(params=sorted(MODELS))
def feed_name(request):
    return request.param


class TestEveryFault:
    @pytest.fixture
    def outcomes(self, feed_name):
        """Sync well, then with each fault on top, then well again."""
        seen = {}
        with serve(rows=ROWS, slow_seconds=0.002) as base_url:
            assert sync(feed_name, base_url).status == C
            whole = contents(feed_name)
            for fault in EXPECTED:
                base_url.break_with(fault)
                run = sync(feed_name, base_url)
                seen[fault] = (run, contents(feed_name) == whole)
                base_url.break_with(None)
                assert sync(feed_name, base_url).status == C
                assert set(whole) <= set(contents(feed_name))
        return seen

    def test_ends_as_promised_and_leaves_the_table_whole(self, feed_name, outcomes):
        wrong = {
            fault: (run.status, run.reason, figures(run), whole)
            for fault, (run, whole) in outcomes.items()
            if run.status != EXPECTED[fault][0]
            or EXPECTED[fault][1] not in run.reason
            or (run.status != C and not whole)
        }
        assert wrong == {}
        assert len(outcomes) == len(EXPECTED)
        said = "인증키" if feed_name == "welfare.seoul_facilities" else "한도"
        assert said in outcomes["quota"][0].reason
        document(feed_name, outcomes)


class TestPatience:
    def test_ends_where_the_upstream_does_not_answer_in_time(self, feed_name):
        # One page, and not so slow that the calls given up pile up to a 429; a busy machine that
        # reads late still reads before the answer is there.
        with serve(rows=900, slow_seconds=0.7) as base_url:
            assert sync(feed_name, base_url).status == C
            whole = contents(feed_name)
            base_url.break_with("slow")
            run = sync(feed_name, base_url, read_seconds=0.35)

        assert run.status == F
        assert "제때 답하지 않았습니다" in run.reason
        assert contents(feed_name) == whole


class TestPassingFaults:
    @pytest.mark.parametrize("fault", ["truncated", "http500", "http429", "maintenance"])
    def test_are_tried_again_and_end_well(self, feed_name, fault):
        with serve(rows=ROWS, fault=fault, fault_times=2) as base_url:
            run = sync(feed_name, base_url)
        assert (run.status, run.reason) == (C, "")
        assert run.received >= ROWS

    @pytest.mark.parametrize("fault", ["bad_key", "quota"])
    def test_that_cannot_pass_are_asked_about_once(self, feed_name, fault):
        with serve(rows=ROWS, fault=fault) as base_url:
            sync(feed_name, base_url)
            # A fault in the middle meets the calls that were under way, and each only once.
            assert len(base_url.requests) == len(set(base_url.requests)) <= 1 + 3

    def test_never_meet_more_calls_at_once_than_the_upstream_bears(self, feed_name):
        with serve(rows=6_000, fault="slow", slow_seconds=0.02) as base_url:
            assert sync(feed_name, base_url).status == C
            assert 1 < max(base_url.most_parallel.values()) <= 3


HEAD = (
    "| fault | the run ends as | received / in / changed / same / rejected / retired | table "
    "| what the run says |\n|---|---|---|---|---|\n"
)
START = "<!-- faults: written by tests/welfare/test_sync_faults.py -->\n"
END = "<!-- /faults -->\n"


def document(name: str, outcomes: dict[str, tuple[FeedRun, bool]]) -> None:
    lines = [
        f"| `{fault}` | {run.status} | {run.received:,} / {run.inserted:,} / {run.updated:,} / "
        f"{run.unchanged:,} / {run.rejected:,} / {run.retired:,} | "
        f"{'as before' if whole else 'changed'} | {run.reason or '—'} |\n"
        for fault, (run, whole) in outcomes.items()
    ]
    page = DOCS / f"{name.split('.')[1]}.md"
    text = page.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    fresh = f"{before}{START}{HEAD}{''.join(lines)}{END}{after}"
    if os.environ.get("WRITE_DOCS"):
        page.write_text(fresh, encoding="utf-8")
    assert dateless(page.read_text(encoding="utf-8")) == dateless(fresh)


def dateless(text: str) -> str:
    """The sentence about a quota names tomorrow's date."""
    return "".join(character for character in text if not character.isdigit())
