"""Django's PostgreSQL, but telling who reads about whom, and asking less after connections."""

import time
from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import Connection
from psycopg.sql import Composable
from psycopg_pool import ConnectionPool

from core.records.reading import refuse_unseen

IDLE_SECONDS = 1.0


class ReadingOperations(DatabaseOperations):
    compiler_module = "core.web.postgresql.compiler"


def see(
    execute: Callable[..., Any], sql: object, params: object, many: bool, context: dict[str, Any]
) -> Any:
    refuse_unseen(sql.as_string(None) if isinstance(sql, Composable) else str(sql))
    return execute(sql, params, many, context)


class DatabaseWrapper(base.DatabaseWrapper):
    """Rows pass our compilers, and SQL by hand is seen: see `core/records/reading.py`.

    With CONN_HEALTH_CHECKS, Django's own asks before every request, as dear as a short query.
    """

    ops_class = ReadingOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(see)

    @property
    def pool(self) -> Any:
        is_new = self.alias not in self._connection_pools  # type: ignore[attr-defined]
        pool = super().pool
        if is_new and pool is not None and pool._check is not None:  # noqa: SLF001
            # psycopg takes the check only when a pool is made, and Django makes the pool.
            pool._check = check_where_idle  # noqa: SLF001
        return pool


def check_where_idle(connection: Connection[Any]) -> None:
    """Ask a connection whether it lives, unless it answered a moment ago."""
    now = time.monotonic()
    if now - getattr(connection, "asked_at", 0.0) > IDLE_SECONDS:
        ConnectionPool.check_connection(connection)
        connection.asked_at = now  # type: ignore[attr-defined]
