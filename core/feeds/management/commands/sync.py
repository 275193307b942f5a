"""Runs feeds through the sync engine: `manage.py sync [FEED …]`."""

import json
import logging
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.feeds.declaration import FeedDeclaration
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from core.feeds.services import UnknownFeed, chosen_feeds, follow_up, sync_feed

log = logging.getLogger(__name__)

CRASHED = "프로그램 오류로 멈췄습니다. 기록과 로그를 개발 담당에게 알려 주세요."
FIGURES = ("received", "inserted", "updated", "unchanged", "retired", "rejected")


class Command(BaseCommand):
    help = "외부 기관의 자료를 받아 반영합니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("feeds", nargs="*", metavar="FEED", help="예: welfare.seoul_facilities")
        parser.add_argument("--all", action="store_true", help="모든 자료를 받습니다.")
        parser.add_argument("--upstreams", metavar="URL", help="대역 서버의 주소")
        parser.add_argument(
            "--dry-run", action="store_true", help="받아 보기만 하고 저장하지 않습니다."
        )
        parser.add_argument(
            "--force", action="store_true", help="많이 줄거나 거절되어도 반영합니다."
        )
        parser.add_argument("--json", action="store_true", help="자료마다 JSON 한 줄을 씁니다.")

    def handle(self, *args: object, **options: Any) -> None:
        if bool(options["feeds"]) == options["all"]:
            raise CommandError("받을 자료의 이름을 쓰거나, 모두 받으려면 --all을 쓰세요.")
        try:
            feeds = chosen_feeds(options["feeds"])
        except UnknownFeed as fault:
            raise CommandError(str(fault)) from fault
        runs = [run for feed in feeds for run in self._run_whatever_comes(feed, options)]
        failed = [run.feed for run in runs if run.status != RunStatus.COMPLETED]
        if failed:
            sys.exit(1)

    def _run_whatever_comes(self, feed: FeedDeclaration, options: dict[str, Any]) -> list[FeedRun]:
        """Run one feed and what follows it, and tell of each run as it ends.

        Where the program itself fails, tell so and let the next feed have its turn.
        """
        runs = []
        try:
            for run in self._runs(feed, options):
                runs.append(run)
                self._tell(run, options)
        except Exception:
            log.exception("sync failed", extra={"feed": feed.name})
            runs.append(_crashed(feed))
            self._tell(runs[-1], options)
        return runs

    def _tell(self, run: FeedRun, options: dict[str, Any]) -> None:
        self.stdout.write(as_json(run) if options["json"] else as_words(run))

    def _runs(self, feed: FeedDeclaration, options: dict[str, Any]) -> Iterator[FeedRun]:
        shows_progress = self.stderr.isatty() and not options["json"]

        def progress(received: int, total: int) -> None:
            if shows_progress:
                filled = 30 * received // max(total, received, 1)
                self.stderr.write(
                    f"\r{feed.name} [{'█' * filled:<30}] {received:,}/{total:,}", ending=""
                )

        how = {"upstreams": options["upstreams"], "force": options["force"], "progress": progress}
        run = sync_feed(feed=feed, clock=timezone.now, dry_run=options["dry_run"], **how)
        yield run
        yield from follow_up(feed=feed, run=run, clock=timezone.now, **how)
        if shows_progress:
            self.stderr.write("")


def _crashed(feed: FeedDeclaration) -> FeedRun:
    """Answer what to tell of a crash: also where it came after the run, or the database is gone."""
    return FeedRun(
        feed=feed.name, status=RunStatus.FAILED, started_at=timezone.now(), reason=CRASHED
    )


def as_json(run: FeedRun) -> str:
    figures = {name: getattr(run, name) for name in FIGURES}
    return json.dumps(
        {
            "feed": run.feed,
            "status": run.status,
            **figures,
            "seconds": run.seconds,
            "reason": run.reason,
        },
        ensure_ascii=False,
    )


def as_words(run: FeedRun) -> str:
    line = (
        f"{run.feed}: {run.get_status_display()} · 받음 {run.received:,} · 새로 {run.inserted:,}"
        f" · 바뀜 {run.updated:,} · 그대로 {run.unchanged:,} · 사라짐 {run.retired:,}"
        f" · 받지 않음 {run.rejected:,} · {run.seconds}초"
    )
    return f"{line}\n  {run.reason}" if run.reason else line
