"""Opens the benefit feeds with what is held already: from when to ask, and which details."""

import datetime
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Max, Sum

from core.feeds.fetching import KST
from core.feeds.models import FeedRun
from core.feeds.protocol import Connection, Feed
from welfare.feeds import bokjiro_central, bokjiro_local, gov24
from welfare.feeds.gov24 import Gov24Feed, Gov24PartFeed
from welfare.models import Gov24Service

GOV24 = "welfare.gov24"
# A little less than a week, so that the night of the week stays the same.
WHOLE_AFTER = datetime.timedelta(days=6, hours=12)
# What was modified while the last pass was under way is asked for once more.
OVERLAP = datetime.timedelta(days=1)
DETAILS_A_RUN = 2_000
# Ten thousand calls a day and operation; some are left for repeated ones and for people.
CALLS_A_DAY = 9_000
MOMENT = "%Y%m%d%H%M%S"

DUE = """
SELECT l.source_key, l.content_hash FROM {listed} l
LEFT JOIN {detail} d ON d.source_key = l.source_key
WHERE l.retired_at IS NULL AND (d.source_key IS NULL OR d.retired_at IS NOT NULL
                                OR d.listed_hash <> l.content_hash)
-- Another order every day: what does not come one night keeps nothing else waiting the next.
ORDER BY md5(l.source_key || %s) LIMIT %s
"""
EVERYTHING = 10_000_000

Open = Callable[[Connection, datetime.datetime], Feed[Any]]


def open_gov24(upstream: Connection, now: datetime.datetime) -> Gov24Feed:
    """Ask for the whole list once a week, else for what was modified since the newest we hold."""
    last = FeedRun.objects.of_feed(GOV24).whole().newest_first().first()
    newest = Gov24Service.objects.aggregate(newest=Max("modified_at"))["newest"]
    if last is None or newest is None or now - last.started_at >= WHOLE_AFTER:
        return Gov24Feed(upstream, now)
    since = datetime.datetime.strptime(newest, MOMENT) - OVERLAP
    return Gov24Feed(upstream, now, since.strftime(MOMENT))


def gov24_part(operation: str, parse: Callable[..., Any], model: str) -> Open:
    """Answer how the details or conditions are opened: all after a whole list, else what is due."""

    def open_part(upstream: Connection, now: datetime.datetime) -> Gov24PartFeed:
        last = FeedRun.objects.of_feed(GOV24).completed().newest_first().first()
        is_whole = last is not None and not last.partial
        due = (
            dict(Gov24Service.objects.filter(retired_at=None).values_list("pk", "content_hash"))
            if is_whole
            else due_details("welfare.Gov24Service", model, now=now, most=EVERYTHING)
        )
        return Gov24PartFeed(operation, parse, upstream, now, due, is_whole)

    return open_part


open_gov24_details = gov24_part("serviceDetail", gov24.parse_detail, "welfare.Gov24Detail")
open_gov24_conditions = gov24_part(
    "supportConditions", gov24.parse_conditions, "welfare.Gov24Conditions"
)


def bokjiro_details(open_feed: Callable[..., Any], *, feed: str, listed: str, detail: str) -> Open:
    """Answer how one of Bokjiro's detail feeds is opened: what is due, within the day's calls."""

    def open_due(upstream: Connection, now: datetime.datetime) -> Feed[Any]:
        most = min(DETAILS_A_RUN, max(0, CALLS_A_DAY - calls_today(feed, now)))
        found: Feed[Any] = open_feed(upstream, now, due_details(listed, detail, now=now, most=most))
        return found

    return open_due


open_central_details = bokjiro_details(
    bokjiro_central.open_details,
    feed="welfare.bokjiro_central_details",
    listed="welfare.BokjiroCentral",
    detail="welfare.BokjiroCentralDetail",
)
open_local_details = bokjiro_details(
    bokjiro_local.open_details,
    feed="welfare.bokjiro_local_details",
    listed="welfare.BokjiroLocal",
    detail="welfare.BokjiroLocalDetail",
)


def due_details(listed: str, detail: str, *, now: datetime.datetime, most: int) -> dict[str, int]:
    """Answer the listed rows whose details are wanting or of an older state, with their hash."""
    statement = DUE.format(
        listed=apps.get_model(listed)._meta.db_table, detail=apps.get_model(detail)._meta.db_table
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"{now.astimezone(KST):%Y%m%d}", most])
        return dict(cursor.fetchall())


def calls_today(feed: str, now: datetime.datetime) -> int:
    """Answer how many calls the runs of this day (in Korea) made: one for each row."""
    midnight = now.astimezone(KST).replace(hour=0, minute=0, second=0, microsecond=0)
    runs = FeedRun.objects.of_feed(feed).filter(started_at__gte=midnight)
    return int(runs.aggregate(calls=Sum("received"))["calls"] or 0)
