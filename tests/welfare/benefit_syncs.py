"""Syncs of benefits as tests need them: list and what follows, against any stand-in."""

from django.utils import timezone

from core.areas import declared_feeds, feeds_with_details
from core.feeds.engine import run_feed
from core.feeds.models import FeedRun
from core.feeds.protocol import Connection
from core.feeds.services import follow_up, sync_feed

FEEDS = ("welfare.gov24", "welfare.bokjiro_central", "welfare.bokjiro_local")


def sync_benefits(base_url: str, *names: str) -> list[FeedRun]:
    """Answer every run, in order: each feed's own, then those that follow it."""
    runs = []
    for name in names or FEEDS:
        feed = declared_feeds()[name]
        runs.append(sync_feed(feed=feed, clock=timezone.now, upstreams=str(base_url)))
        runs += follow_up(feed=feed, run=runs[-1], clock=timezone.now, upstreams=str(base_url))
    return runs


def run_details(base_url: str, name: str = "welfare.bokjiro_local_details") -> FeedRun:
    """Answer the run of what follows a list, without the list."""
    feed = feeds_with_details()[name]
    upstream = Connection(base_url=f"{base_url}/{feed.gateway}", key="k", wait_factor=0.001)
    return run_feed(declaration=feed, upstream=upstream, clock=timezone.now)
