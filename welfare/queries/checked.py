"""When anybody last looked whether a facility is as it is told: one answer for pages and API."""

import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from core.web.kept import kept

SEOUL = ZoneInfo("Asia/Seoul")
# A publisher's list that was received whole: a row that did not change was checked then as well.
_RECEIVED = """
(SELECT finished_at FROM feeds_feedrun WHERE feed = 'welfare.{source}_facilities'
 AND status = 'COMPLETED' AND NOT dry_run ORDER BY started_at DESC LIMIT 1)
"""
# Of all rows of a source: when its lists were last received whole.
RECEIVED_BY_SOURCE = f"""
{_RECEIVED.format(source="seoul")},
greatest({_RECEIVED.format(source="seoul")}, {_RECEIVED.format(source="central")})
"""
# Of one row of `welfare_facility`: the latest of its publishers' lists and of what staff looked at.
CHECKED_AT = f"""
greatest(welfare_facility.verified_at, {_RECEIVED.format(source="seoul")},
    CASE WHEN welfare_facility.source = 'SEOUL+CENTRAL'
         THEN {_RECEIVED.format(source="central")} END)
"""


def told_by_source(
    alone: datetime.datetime | None, both: datetime.datetime | None
) -> dict[str, str]:
    """Answer what `RECEIVED_BY_SOURCE` says as the API writes it, by `source`."""
    received = {"SEOUL": alone, "SEOUL+CENTRAL": both}
    return {
        source: at.astimezone(SEOUL).isoformat(timespec="seconds")
        for source, at in received.items()
        if at
    }


def checked_at(code: str) -> datetime.datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CHECKED_AT} FROM welfare_facility WHERE code = %s", [code])  # noqa: S608
        found = cursor.fetchone()
    return found[0] if found else None


def lists_received_at() -> datetime.datetime | None:
    """Answer when a publisher's list was last received whole, as of the present revision."""
    return kept.get("welfare.lists_received_at", _lists_received_at, is_shared=True)


def _lists_received_at() -> datetime.datetime | None:
    seoul, central = _RECEIVED.format(source="seoul"), _RECEIVED.format(source="central")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT greatest({seoul}, {central})")  # noqa: S608
        (found,) = cursor.fetchone()
    return found  # type: ignore[no-any-return]
