"""Statements planned once a connection: planning a short list costs more than running it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper

if TYPE_CHECKING:
    from django.db.models import QuerySet

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


class Asked:
    """A queryset's statement, written by the ORM once and asked again with other values.

    `build` answers the queryset (`values_list`) for stand-ins: different values that only serve to
    find where in the statement each of the real ones belongs. Whose rows are read is the caller's
    to say: no reading sees them.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], *stand_ins: Any) -> None:
        self._build = build
        self._stand_ins = stand_ins

    def __call__(self, *values: Any) -> list[tuple[Any, ...]]:
        if self._written is None:
            return []
        sql, places, convert = self._written
        told = [take(values) for take in places]
        with prepared_cursor() as cursor:
            cursor.execute(sql, told)
            rows = cursor.fetchall()
        return [tuple(row) for row in convert(rows)] if convert else rows

    @cached_property
    def _compiler(self) -> Any:
        return self._ask_compiler()

    def _ask_compiler(self) -> Any:
        return self._build(*self._stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)

    @cached_property
    def _written(self) -> tuple[str, list[Callable[[Sequence[Any]], Any]], Any] | None:
        """Answer the statement, what stands where in it, how rows are read; None for no rows."""
        compiler = self._compiler
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        converters = compiler.get_converters([shown for shown, *_ in compiler.select])
        convert = partial(compiler.apply_converters, converters=converters) if converters else None
        return sql, [self._place(value) for value in params], convert

    def _place(self, value: Any) -> Callable[[Sequence[Any]], Any]:
        if value not in self._stand_ins:
            return lambda _: value
        at = self._stand_ins.index(value)
        # Numbers go as the type that the column has.
        kind = type(value) if isinstance(value, int) else None
        return lambda values: kind(values[at]) if kind else values[at]
