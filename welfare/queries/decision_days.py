"""How long a decision on a benefit takes by our own requests, where enough have been decided."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from core.kpi.rules.small_figures import FEWEST
from core.records.reading import system_reading
from core.web.kept import kept
from welfare.models.application import APPLICATION, DECIDED

# Of the year before a day: half of the requests for each benefit took no longer.
HALF_WITHIN = """
SELECT benefit_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY closed_at - opened_at)
FROM welfare_benefitapplication AS asked JOIN cases_case AS held ON held.id = asked.case_id
WHERE kind = %s AND state = ANY(%s)
    AND closed_at >= %s::timestamptz - interval '1 year' AND closed_at < %s::timestamptz
GROUP BY benefit_id HAVING count(*) >= %s
"""
A_DAY = datetime.timedelta(days=1)


def decision_days(on: datetime.date) -> Mapping[str, int]:
    """Answer the whole days that half of the decisions took at most: one statement a day."""
    return kept.get(f"welfare.decision_days:{on}", lambda: _read(on))


def takes_sentence(benefit: str, on: datetime.date) -> str:
    """Say how long it takes; nothing where too few were decided: no agency promises a time."""
    days = decision_days(on).get(benefit)
    if days is None:
        return ""
    told = {"days": formats.number_format(days)}
    return _("이 포털로 낸 신청의 절반은 %(days)s일 안에 결정되었습니다(지난 1년).") % told


def _read(on: datetime.date) -> Mapping[str, int]:
    day = timezone.make_aware(datetime.datetime.combine(on, datetime.time()))
    asked: list[Any] = [APPLICATION, list(DECIDED), day, day, FEWEST]
    with system_reading("how long decisions take, of ten and more"), connection.cursor() as cursor:
        cursor.execute(HALF_WITHIN, asked)
        return {benefit: max(1, -(-half // A_DAY)) for benefit, half in cursor.fetchall()}
