"""Gives every facility the identifier that other directories know it by."""

from collections.abc import Sequence

from django.db import connection

from welfare.models.identifier import public_id

NAMELESS = """
SELECT f.code FROM welfare_facility f
WHERE f.status = 'LISTED' AND NOT f.is_protected
  AND NOT EXISTS (SELECT FROM welfare_facilityidentifier i WHERE i.code = f.code)
"""
AMONG = " AND f.code = ANY(%s)"
ROWS_A_FETCH = 5_000


def give_identifiers(codes: Sequence[str] | None = None) -> None:
    """Give one to each facility (of these, or of all) that has none; what has one keeps it."""
    with connection.chunked_cursor() as nameless, connection.cursor() as cursor:
        some = codes is not None
        nameless.execute(NAMELESS + AMONG if some else NAMELESS, [list(codes or ())] * some)
        while rows := nameless.fetchmany(ROWS_A_FETCH):
            with cursor.copy("COPY welfare_facilityidentifier (id, code) FROM STDIN") as copy:
                for (code,) in rows:
                    copy.write_row((public_id("facility", code), code))
