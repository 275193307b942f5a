"""Writes down who looked, and keeps the log's months."""

import datetime
from collections import Counter
from collections.abc import Mapping

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from core.prepared import prepared_cursor
from core.records.reading import PersonId, Reading

KEPT_YEARS = 2
MONTHS_AHEAD = 2

RECORD = """
INSERT INTO records_access
    (at, person_id, actor_id, actor_name, office_id, holdings, reason, door, request_id, count)
SELECT %s::timestamptz, person, %s::bigint, %s::text, %s::bigint,
    string_to_array(holdings, ' '), %s::text, %s::text, %s::text, number
FROM unnest(%s::bigint[], %s::text[], %s::int[]) AS looked (person, holdings, number)
"""
PARTITIONS = """
SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'records_access'::regclass
"""


def record_looks(
    *,
    people: Mapping[PersonId, Counter[str]],
    reading: Reading,
    actor_name: str,
    now: datetime.datetime,
) -> int:
    """Write one entry for each person, all in one statement; answer how many."""
    if not people:
        return 0
    with prepared_cursor() as cursor:
        cursor.execute(
            RECORD,
            [
                now,
                reading.actor_id,
                actor_name,
                reading.office_id,
                reading.told_reason,
                reading.door,
                reading.request_id,
                list(people),
                [" ".join(sorted(holdings)) for holdings in people.values()],
                [holdings.total() for holdings in people.values()],
            ],
        )
    return len(people)


@transaction.atomic
def keep_months(*, now: datetime.datetime) -> tuple[list[str], list[str]]:
    """Make the months to come, and drop those of which every entry is older than two years.

    Answers the names of what was made and dropped. Entries that came before their month was made
    lie in a partition of their own; they go where they belong, and none is lost. Functions of the
    owner's do it, and hold to the database's own clock: asked too early, nothing is dropped.
    """
    today = timezone.localdate(now)
    with connection.cursor() as cursor:
        before = _partitions(cursor)
        cursor.execute(
            "SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'Asia/Seoul')::date"
            " FROM records_access_other ORDER BY 1"
        )
        strays = [day for (day,) in cursor.fetchall()]
        coming = [_months_later(today, ahead) for ahead in range(MONTHS_AHEAD + 1)]
        for day in (*strays, *coming):
            cursor.execute("SELECT records_access_month(%s)", [day])
        names = _partitions(cursor)
        cursor.execute("SELECT records_drop_months(%s)", [_oldest_kept(today)])
        old = [name for (name,) in cursor.fetchall()]
    return sorted(set(names) - set(before)), old


def old_months(*, now: datetime.datetime) -> list[str]:
    """Answer the names of the months that `keep_months` would drop, and drop none."""
    with connection.cursor() as cursor:
        return _too_old(_partitions(cursor), timezone.localdate(now))


def _too_old(names: list[str], today: datetime.date) -> list[str]:
    return [name for name in names if name < f"records_access_{_oldest_kept(today):%Y_%m}"]


def _oldest_kept(today: datetime.date) -> datetime.date:
    return _months_later(today, -12 * KEPT_YEARS)


def _partitions(cursor: CursorWrapper) -> list[str]:
    cursor.execute(PARTITIONS)
    names = [name for (name,) in cursor.fetchall()]
    return sorted(name for name in names if name != "records_access_other")


def _months_later(day: datetime.date, months: int) -> datetime.date:
    years, month = divmod(day.month - 1 + months, 12)
    return datetime.date(day.year + years, month + 1, 1)
