"""Past days and two targets, for a portal that only shows itself: counted, not invented."""

import datetime

from django.utils import timezone

from core.kpi.models import Reading, Target
from core.kpi.services import read_indicators, read_past_days

# A day a week for a quarter: enough for a line, and for where it leads.
WEEKS = 13
A_WEEK = datetime.timedelta(days=7)
CENTRES, ALL_CENTRES = "centres-in-service", 424
DAYS, TWO_WEEKS = "days-to-decision", 14


def make_readings(*, now: datetime.datetime) -> int:
    """Read what dated records tell of past weeks, and all of today; answer how many figures.

    Once: whatever was read before stays as it is, and today is read anew.
    """
    today = timezone.localdate(now)
    before = Reading.objects.count()
    held = set(Reading.objects.order_by().values_list("day", flat=True).distinct())
    past = [today - number * A_WEEK for number in range(WEEKS, 0, -1)]
    read_past_days(days=[day for day in past if day not in held], now=now)
    read_indicators(day=today, now=now)
    return Reading.objects.count() - before


def make_targets(*, now: datetime.datetime) -> int:
    """Set two targets that plainly are samples, where nobody has set any."""
    today = timezone.localdate(now)
    made = 0
    for slug, value, words in (
        (CENTRES, ALL_CENTRES, "견본 목표: 사업이 약속한 424곳 모두에서 직원이 일합니다."),
        (DAYS, TWO_WEEKS, "견본 목표: 절반의 신청을 두 주 안에 결정합니다."),
    ):
        if Target.objects.filter(indicator=slug).exists():
            continue
        by_date = today.replace(year=today.year + 1, month=12, day=31)
        Target.objects.create(indicator=slug, value=value, by_date=by_date, reason=words)
        made += 1
    return made
