"""Lets one at a time write the list of signs: a file, the night's matching, or a weighing."""

from django.db import connection

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('welfare.hardship', 0))"


def wait_for_list() -> None:
    """Wait until nobody else writes it, and keep it until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
