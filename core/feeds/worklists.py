"""What the feeds leave for staff to do."""

from core.areas import feeds_with_details
from core.desk.worklists import MOST_COUNTED, Worklist
from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun

NEEDS_SOMEBODY = (RunStatus.FAILED, RunStatus.REFUSED)


def rejected_last() -> int:
    """Answer how many rows the last completed run of each feed could not take."""
    runs = FeedRun.objects.latest_of_each(list(feeds_with_details()), only=RunStatus.COMPLETED)
    return min(sum(run.rejected for run in runs), MOST_COUNTED + 1)


def runs_in_trouble() -> list[int]:
    """Answer the last runs of feeds that ended in a way that somebody must look at."""
    runs = FeedRun.objects.latest_of_each(list(feeds_with_details()))
    return [run.pk for run in runs if run.status in NEEDS_SOMEBODY]


WORKLISTS = (
    Worklist(
        title="받지 않은 줄",
        about="마지막 수신에서 읽을 수 없어 받지 않은 줄과 그 이유입니다.",
        permission="feeds.view_feedreject",
        url_name="admin:feeds_feedreject_changelist",
        icon="rule",
        waiting=rejected_last,
    ),
    Worklist(
        title="멈추거나 실패한 수신",
        about="마지막 수신이 실패했거나 확인을 기다리는 자료입니다.",
        permission="feeds.view_feedrun",
        url_name="admin:feeds_feedrun_changelist",
        query="needs=somebody",
        icon="sync_problem",
        waiting=lambda: len(runs_in_trouble()),
    ),
)
