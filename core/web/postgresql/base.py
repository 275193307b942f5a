"""Django's PostgreSQL, but asking after a pooled connection's health only where it lay idle."""

import time
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg_pool import ConnectionPool

IDLE_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """With CONN_HEALTH_CHECKS, Django's own asks before every request, as dear as a short query."""

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
