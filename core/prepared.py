"""Statements planned once a connection: planning a short list costs more than running it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper

Connection = psycopg.Connection[Any]


@contextmanager
def prepared_cursor(*, is_binary: bool = False) -> Iterator[CursorWrapper]:
    """Answer a cursor like Django's own (read-only guards, logs) whose statements are prepared.

    Django's binds values into the text, and the server plans each anew; this one sends them apart,
    and what comes again and again (setting DATABASE_PREPARE) is known to the server by name.
    `is_binary`: values come as the server holds them, so that `bytea` is copied and nothing more.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    with _connection(database) as used:
        wrap = database.make_debug_cursor if database.queries_logged else database.make_cursor
        cursor = psycopg.Cursor(used)
        if is_binary:
            cursor.format = psycopg.pq.Format.BINARY
        with wrap(cursor) as wrapped:
            yield wrapped


@contextmanager
def _connection(database: Any) -> Iterator[Connection]:
    """Lend a connection of the pool for the one statement, unless this thread holds one already.

    Django's own way to a connection, and back when the request ends, takes as long as a short list.
    """
    pool = database.pool
    if pool is None or database.connection is not None:
        database.ensure_connection()
        yield database.connection
        return
    with database.wrap_database_errors:
        pool.open()
        lent: Connection = pool.getconn()
    try:
        yield lent
    finally:
        pool.putconn(lent)
