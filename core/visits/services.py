"""Brings what Redis counted into the table."""

import datetime
from collections.abc import Mapping
from typing import cast

from django.db import connection, transaction

from core.visits.counting import KEY, store
from core.visits.models import Openings

TAKEN = f"{KEY}:taken"
KEPT = datetime.timedelta(days=2 * 365)

ADD = """
INSERT INTO visits_openings (kind, key, day, times)
SELECT kind, key, %s, times FROM unnest(%s::text[], %s::text[], %s::int[]) AS t (kind, key, times)
ON CONFLICT (kind, key, day) DO UPDATE SET times = visits_openings.times + EXCLUDED.times
"""


def store_openings(*, day: datetime.date) -> int:
    """Add what was counted since the last time to the day's numbers; answer how many things.

    Killed between the two stores, the next run takes the same numbers again: a hash that was taken
    is deleted only after the commit.
    """
    client = store()
    if client.exists(KEY):
        client.renamenx(KEY, TAKEN)
    counted = cast(dict[str, str], client.hgetall(TAKEN))
    if not counted:
        return 0
    with transaction.atomic():
        _add(counted, day)
        Openings.objects.filter(day__lt=day - KEPT).delete()
    client.delete(TAKEN)
    return len(counted)


def _add(counted: Mapping[str, str], day: datetime.date) -> None:
    things = [name.split(" ", 1) for name in counted]
    kinds, keys = [kind for kind, _ in things], [key for _, key in things]
    with connection.cursor() as cursor:
        cursor.execute(ADD, [day, kinds, keys, [int(times) for times in counted.values()]])
