"""Runs one feed: read and stage every page, judge the pass as a whole, change the table at once."""

import datetime
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zlib import crc32

from django.apps import apps
from django.db import connection, transaction

from core.feeds.declaration import FeedDeclaration
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from core.feeds.protocol import Connection, FeedRefused, FeedUnavailable
from core.feeds.staging import PassFigures, Stage

log = logging.getLogger(__name__)

MOST_RETIRED_SHARE = 0.2
MOST_REJECTED_SHARE = 0.2
# Below this many rows a share says nothing: one closed centre of four is 25 %.
FEW_ROWS = 5
LOCK_SPACE = 0x5EED
# No list of a city or a country is longer: a total beyond it is a fault, and would be fetched.
MOST_ROWS = 20_000_000
LONGEST_REASON = 1_000

STOPPED = "도중에 중단되었습니다. 저장된 자료는 그대로이며, 처음부터 다시 받습니다."

Clock = Callable[[], datetime.datetime]
Progress = Callable[[int, int], None]


class PassRefused(Exception):
    """The pass must not be applied as it is; the message says what an officer can do."""


class SuspiciousShrink(PassRefused):
    """Too many rows would vanish."""


class SuspiciousRejects(PassRefused):
    """Too many rows could not be taken: the upstream's format has probably changed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the upstream sent: rows in all, the total it announced last, and whether that moved."""

    received: int
    rejected: int
    total: int
    total_moved: bool
    is_partial: bool


def run_feed(
    *,
    declaration: FeedDeclaration,
    upstream: Connection,
    clock: Clock,
    force: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> FeedRun:
    """Run one feed and answer its record; every fault of the upstream ends in the record's reason.

    `force` applies a pass that the guards would stop. `dry_run` changes nothing but the record.
    """
    with _only_run_of(declaration.name) as alone:
        now = clock()
        run = FeedRun(feed=declaration.name, started_at=now, forced=force, dry_run=dry_run)
        if not alone:
            run.status = RunStatus.SKIPPED
            run.finished_at = now
            run.reason = "같은 자료를 이미 받고 있어 건너뛰었습니다."
            run.save()
            return run
        _close_aborted_runs(declaration.name, now)
        run.save()
        stage = Stage(
            model=apps.get_model(declaration.model),
            record=declaration.record,
            kind=declaration.name,
            conceal=declaration.conceal,
        )
        try:
            stage.create()
            _require_key(upstream)
            _perform(run, declaration, stage, upstream, clock=clock, progress=progress)
        except (FeedUnavailable, FeedRefused) as fault:
            _give_up(run, stage, RunStatus.FAILED, f"{fault} 저장된 자료는 그대로입니다.", clock())
        except PassRefused as fault:
            _give_up(run, stage, RunStatus.REFUSED, f"{fault} 저장된 자료는 그대로입니다.", clock())
        except Exception:
            _give_up(
                run,
                stage,
                RunStatus.FAILED,
                "프로그램 오류로 멈췄습니다. 저장된 자료는 그대로이며, 개발 담당에게 알려 주세요.",
                clock(),
            )
            raise
        except BaseException:  # Ctrl-C, or a worker that is told to stop
            _give_up(run, stage, RunStatus.ABORTED, STOPPED, clock())
            raise
        finally:
            if connection.is_usable():
                stage.drop()
    # Also after a pass that failed: a run killed before it may have left something to follow.
    if not dry_run and declaration.after_commit is not None:
        declaration.after_commit(clock())
    return run


def _require_key(upstream: Connection) -> None:
    if upstream.key_setting and not upstream.key:
        raise FeedRefused(
            f"인증키가 없어 받지 않았습니다. 설정 {upstream.key_setting}에 제공 기관이 준 "
            "인증키를 적은 뒤 다시 실행해 주세요."
        )


def _perform(
    run: FeedRun,
    declaration: FeedDeclaration,
    stage: Stage,
    upstream: Connection,
    *,
    clock: Clock,
    progress: Progress | None,
) -> None:
    reading = _read(declaration, stage, upstream, run.started_at, progress)
    figures = stage.compare()
    run.received = reading.received
    run.partial = reading.is_partial
    run.rejected = reading.rejected + figures.duplicates
    may_retire, reasons = _judge(reading, figures, force=run.forced)
    _account(run, figures)
    if run.dry_run:
        run.retired = figures.gone if may_retire else 0
        run.reason = " ".join(["시험 실행이라 저장하지 않았습니다.", *reasons])
        _finish(run, stage, RunStatus.COMPLETED, clock())
        return
    with transaction.atomic():
        if declaration.hold is not None:
            declaration.hold()
        now = clock()
        run.retired = stage.apply(run_id=run.pk, now=now, retire=may_retire and figures.gone > 0)
        if declaration.publish is not None:
            declaration.publish(run.pk, now)
        run.reason = " ".join(reasons)
        _finish(run, stage, RunStatus.COMPLETED, clock())


def _read(
    declaration: FeedDeclaration,
    stage: Stage,
    upstream: Connection,
    now: datetime.datetime,
    progress: Progress | None,
) -> Reading:
    received = rejected = total = 0
    moved = is_partial = False
    for page in declaration.open(upstream, now).pages():
        moved = moved or (total not in (0, page.total))
        total = page.total
        is_partial = is_partial or page.is_partial
        if max(total, received) > MOST_ROWS:
            raise FeedUnavailable(
                f"제공 기관이 {max(total, received):,}줄이라고 합니다. "
                "그럴 수 없어 받지 않았습니다."
            )
        stage.copy(page)
        received += page.received
        rejected += len(page.rejects)
        if progress is not None:
            progress(received, total)
    return Reading(
        received=received,
        rejected=rejected,
        total=total,
        total_moved=moved,
        is_partial=is_partial,
    )


def _judge(reading: Reading, figures: PassFigures, *, force: bool) -> tuple[bool, list[str]]:
    """Answer whether what is missing may be retired, and what the run has to say; or refuse."""
    if reading.received == 0 and figures.held and not force and not reading.is_partial:
        raise FeedUnavailable(
            "제공 기관이 빈 목록을 보냈습니다. 장애로 보고 다음 정기 실행에서 다시 시도합니다."
        )
    if reading.received and not reading.total and not reading.total_moved:
        raise FeedUnavailable(
            "제공 기관이 전체 줄 수를 알려 주지 않아, 다 받았는지 알 수 없습니다. "
            "다음 정기 실행에서 다시 시도합니다."
        )
    if reading.received < reading.total and not reading.total_moved:
        raise FeedUnavailable(
            f"제공 기관이 {reading.total:,}줄이라 하고 {reading.received:,}줄만 보냈습니다. "
            "다음 정기 실행에서 다시 시도합니다."
        )
    if reading.rejected > max(FEW_ROWS, reading.received * MOST_REJECTED_SHARE) and not force:
        raise SuspiciousRejects(
            f"받은 {reading.received:,}줄 가운데 {reading.rejected:,}줄을 읽을 수 없습니다. "
            "제공 형식이 바뀐 것으로 보입니다. ‘받지 않은 줄’을 확인한 뒤 "
            "그래도 맞으면 ‘강제로 받기’(--force)로 실행하세요."
        )
    reasons = _doubts(reading, figures)
    if reading.is_partial:
        return False, []
    if reasons:
        return False, reasons
    if figures.gone > max(FEW_ROWS, figures.held * MOST_RETIRED_SHARE) and not force:
        raise SuspiciousShrink(
            f"저장된 {figures.held:,}줄 가운데 {figures.gone:,}줄이 이번 목록에 없습니다"
            f"({figures.gone / figures.held:.0%}). 20%를 넘어 멈췄습니다. "
            "정말 사라진 것이 맞으면 ‘강제로 받기’(--force)로 실행하세요."
        )
    return True, reasons


def _doubts(reading: Reading, figures: PassFigures) -> list[str]:
    """Say why a row that is missing from this pass may stand in the upstream's list all the same.

    A total that moved and came back is a doubt too: one row left, so that the page after it began
    one row late, and another came in.
    """
    doubts = []
    if reading.total_moved:
        doubts.append("받는 동안 전체 줄 수가 바뀌어, 사라진 줄은 다음 실행에서 판단합니다.")
    elif reading.received != reading.total:
        doubts.append(
            f"제공 기관이 {reading.total:,}줄이라 하고 {reading.received:,}줄을 보내, "
            "사라진 줄은 다음 실행에서 판단합니다."
        )
    if repeated := figures.duplicates + figures.repeated_rejects:
        doubts.append(f"같은 키가 {repeated:,}번 겹쳐 와서, 사라진 줄은 다음 실행에서 판단합니다.")
    if figures.keyless_rejects:
        doubts.append(
            f"키를 읽을 수 없는 줄이 {figures.keyless_rejects:,}개 있어, "
            "사라진 줄은 다음 실행에서 판단합니다."
        )
    return doubts


def _account(run: FeedRun, figures: PassFigures) -> None:
    run.inserted = figures.inserted
    run.updated = figures.updated
    run.returned = figures.returned
    run.unchanged = figures.staged - figures.inserted - figures.updated


def _finish(run: FeedRun, stage: Stage, status: RunStatus, now: datetime.datetime) -> None:
    stage.keep_rejects(run_id=run.pk)
    run.status = status
    run.finished_at = now
    run.save()


def _give_up(
    run: FeedRun, stage: Stage, status: RunStatus, reason: str, now: datetime.datetime
) -> None:
    """Close the record; where the database itself has gone, the next run closes it as aborted."""
    if not connection.is_usable():
        log.error("feed run lost its database", extra={"feed": run.feed})
        return
    run.inserted = run.updated = run.unchanged = run.returned = run.retired = 0
    # The upstream's own words may be in it: of any length, and with what no table can hold.
    run.reason = reason.replace("\x00", "␀")
    if len(run.reason) > LONGEST_REASON:
        run.reason = f"{run.reason[:LONGEST_REASON]}…"
    _finish(run, stage, status, now)


def _close_aborted_runs(name: str, now: datetime.datetime) -> None:
    """Nobody else holds the lock, so whatever still says RUNNING was killed."""
    FeedRun.objects.of_feed(name).running().update(
        status=RunStatus.ABORTED,
        finished_at=now,
        reason=STOPPED,
    )


@contextmanager
def _only_run_of(name: str) -> Iterator[bool]:
    """Hold the feed's advisory lock; it goes with the database session if killed."""
    key = crc32(name.encode()) - 2**31
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, key])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, key])
