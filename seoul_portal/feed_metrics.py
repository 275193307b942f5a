"""How the feeds fare, for Prometheus: read from their runs' records when it asks."""

from collections.abc import Iterable

from django.db import DatabaseError
from django.db.models import Max
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from core.areas import feeds_with_details
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun

FIGURES = ("received", "inserted", "updated", "unchanged", "rejected", "retired")


class FeedRuns(Collector):
    """One gauge a question: when did it last succeed, how did the last run end, with which rows."""

    def collect(self) -> Iterable[Metric]:
        success = GaugeMetricFamily(
            "portal_feed_last_success_timestamp_seconds",
            "When the last completed run of a feed ended; 0 where none has.",
            labels=["feed"],
        )
        ended = GaugeMetricFamily(
            "portal_feed_last_run_status",
            "1 for the status of the last run.",
            labels=["feed", "status"],
        )
        rows = GaugeMetricFamily(
            "portal_feed_last_run_rows", "Rows of the last run, by what became of them.",
            labels=["feed", "outcome"],
        )  # fmt: skip
        try:
            self._read(success, ended, rows)
        except DatabaseError:  # told by /readyz; what else is known is still worth telling
            return []
        return [success, ended, rows]

    def _read(
        self, success: GaugeMetricFamily, ended: GaugeMetricFamily, rows: GaugeMetricFamily
    ) -> None:
        completed = FeedRun.objects.completed().values("feed").annotate(at=Max("finished_at"))
        last_success = {row["feed"]: row["at"].timestamp() for row in completed.order_by("feed")}
        for name in feeds_with_details():
            success.add_metric([name], last_success.get(name, 0.0))
        latest = FeedRun.objects.filter(dry_run=False).order_by("feed", "-started_at", "-pk")
        for run in latest.distinct("feed"):
            for status in RunStatus.values:
                ended.add_metric([run.feed, status], float(run.status == status))
            for figure in FIGURES:
                rows.add_metric([run.feed, figure], getattr(run, figure))
