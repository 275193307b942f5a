"""Statements planned once a connection: planning a short list costs more than running it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """Answer a cursor like Django's own (read-only guards, logs) whose statements are prepared.

    Django's binds values into the text, and the server plans each anew; this one sends them apart,
    and what comes again and again (setting DATABASE_PREPARE) is known to the server by name.
    """
    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(cast(CursorWrapper, psycopg.Cursor(connection.connection))) as cursor:
        yield cursor
