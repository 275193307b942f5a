"""When anybody last looked whether a facility is as it is told: one answer for pages and API."""

import datetime

from django.db import connection

from core.web.kept import kept

# A moment as the API writes it: such texts are in the order of their moments.
TOLD = """to_char({at} AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD"T"HH24:MI:SS') || '+09:00'"""
# A publisher's list that was received whole: a row that did not change was checked then as well.
_OF_LAST_RUN = """
(SELECT {what} FROM feeds_feedrun WHERE feed = 'welfare.{source}_facilities'
 AND status = 'COMPLETED' AND NOT dry_run ORDER BY started_at DESC LIMIT 1)
"""
_SEOUL, _CENTRAL = (
    _OF_LAST_RUN.format(what="finished_at", source=source) for source in ("seoul", "central")
)
# When the lists of each publisher were last received whole, the same for all rows of a statement:
# as texts, because Django reads moments in Python, one by one.
RECEIVED = ", ".join(
    _OF_LAST_RUN.format(what=TOLD.format(at="finished_at"), source=source)
    for source in ("seoul", "central")
)
# Of one row of `welfare_facility`: the latest of its publishers' lists and of what staff looked at.
CHECKED_AT = f"""
greatest(welfare_facility.verified_at, {_SEOUL},
    CASE WHEN welfare_facility.source = 'SEOUL+CENTRAL'
         THEN {_CENTRAL} END)
"""


def told_by_source(seoul: str | None, central: str | None) -> dict[str, str]:
    """Answer what `RECEIVED` says by `source`; what both tell was checked with the later one."""
    received = {"SEOUL": seoul, "SEOUL+CENTRAL": max(seoul or "", central or "")}
    return {source: at for source, at in received.items() if at}


def checked_at(code: str) -> datetime.datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CHECKED_AT} FROM welfare_facility WHERE code = %s", [code])  # noqa: S608
        found = cursor.fetchone()
    return found[0] if found else None


def lists_received_at() -> datetime.datetime | None:
    """Answer when a publisher's list was last received whole, as of the present revision."""
    return kept.get("welfare.lists_received_at", _lists_received_at, is_shared=True)


def _lists_received_at() -> datetime.datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT greatest({_SEOUL}, {_CENTRAL})")  # noqa: S608
        (found,) = cursor.fetchone()
    return found  # type: ignore[no-any-return]
