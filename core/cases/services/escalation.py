"""Lets what is overdue climb to whoever runs the office: once a due date, in one statement."""

import datetime

from django.db import connection, transaction
from django.utils import timezone

from core.cases.models import CaseTally
from core.cases.telling import tell_managers

# Whoever is at work on one of them just now is not waited for: it climbs the next night, or not.
CLIMB = """
WITH late AS (
    SELECT id, due_date, office_id, version FROM cases_case
    WHERE closed_at IS NULL AND paused_date IS NULL AND escalated_at IS NULL AND due_date < %(day)s
    ORDER BY id FOR UPDATE SKIP LOCKED
),
climbed AS (
    UPDATE cases_case SET escalated_at = %(now)s FROM late WHERE cases_case.id = late.id
),
logged AS (
    INSERT INTO cases_caseevent
        (case_id, kind, at, party, key, move, from_state, to_state, is_told)
    SELECT id, 'ESCALATED', %(now)s, 'SYSTEM',
        'escalated:' || due_date || ':' || office_id || ':' || version, '', '', '', false
    FROM late ON CONFLICT (case_id, key) DO NOTHING
    RETURNING case_id
)
SELECT late.office_id, count(*) FROM logged JOIN late ON late.id = logged.case_id
GROUP BY late.office_id ORDER BY late.office_id
"""


@transaction.atomic
def escalate_overdue(*, now: datetime.datetime) -> int:
    """Mark what should have been done before today; answer how many climbed for the first time.

    Its managers find it in a worklist of their own, and are told how many there are.
    """
    CaseTally.objects.filter(number=0).delete()
    with connection.cursor() as cursor:
        cursor.execute(CLIMB, {"day": timezone.localdate(now), "now": now})
        late = dict(cursor.fetchall())
    tell_managers(late, now=now)
    return sum(late.values())
