"""Runs feeds by name, with the connection that the settings give each."""

from collections.abc import Iterator

from django.conf import settings

from core.areas import declared_feeds
from core.feeds.declaration import FeedDeclaration
from core.feeds.engine import Clock, Progress, run_feed
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from core.feeds.protocol import Connection

# Stand-in servers take any.
STAND_IN_KEY = "sample-key"
MOST_ROUNDS = 20


class UnknownFeed(Exception):
    """No area declares a feed of that name; the message lists those that are declared."""


def chosen_feeds(names: list[str]) -> list[FeedDeclaration]:
    feeds = declared_feeds()
    for name in names:
        if name not in feeds:
            raise UnknownFeed(f"‘{name}’이라는 자료는 없습니다. 있는 자료: {', '.join(feeds)}")
    return [feeds[name] for name in names] if names else list(feeds.values())


def connection_of(feed: FeedDeclaration, *, upstreams: str | None = None) -> Connection:
    """Answer where the feed's upstream is: a stand-in server for this run, or as configured.

    Settings: `<FEED>_URL` and `<FEED>_KEY`, for instance WELFARE_SEOUL_FACILITIES_URL; where the
    address is not set, UPSTREAMS_URL (`make run`'s stand-in server), else the publisher's own.
    """
    environment = settings.ENVIRONMENT
    # White space that was pasted along would be taken for a part of the key.
    key = environment.text(f"{feed.setting_prefix}_KEY", "").strip()
    own_url = environment.text(f"{feed.setting_prefix}_URL", "")
    if upstreams := upstreams or ("" if own_url else settings.UPSTREAMS_URL):
        return Connection(
            base_url=f"{upstreams.rstrip('/')}/{feed.gateway}", key=key or STAND_IN_KEY
        )
    url = environment.url(f"{feed.setting_prefix}_URL", feed.default_url, schemes=("http", "https"))
    return Connection(base_url=url.rstrip("/"), key=key, key_setting=f"{feed.setting_prefix}_KEY")


def sync_feed(
    *,
    feed: FeedDeclaration,
    clock: Clock,
    upstreams: str | None = None,
    force: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> FeedRun:
    """Run one feed; what the command, the nightly task and the tests all call."""
    return run_feed(
        declaration=feed,
        upstream=connection_of(feed, upstreams=upstreams),
        clock=clock,
        force=force,
        dry_run=dry_run,
        progress=progress,
    )


def follow_up(
    *,
    feed: FeedDeclaration,
    run: FeedRun,
    clock: Clock,
    upstreams: str | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Iterator[FeedRun]:
    """Run what follows a feed, once that one has completed; each round is kept as it ends."""
    if run.status != RunStatus.COMPLETED or run.dry_run:
        return
    for detail in feed.then:
        for _ in range(MOST_ROUNDS):
            round_ = run_feed(
                declaration=detail,
                upstream=connection_of(feed, upstreams=upstreams),
                clock=clock,
                force=force,
                progress=progress,
            )
            yield round_
            if round_.status != RunStatus.COMPLETED or not _is_full(round_, detail):
                break


def _is_full(run: FeedRun, feed: FeedDeclaration) -> bool:
    return bool(feed.rows_a_run) and run.received >= feed.rows_a_run
