"""The bare limit of a sync: `COPY` into a temporary table, then `INSERT … ON CONFLICT`.

The same rows, into a table with the same columns, checks and indexes as the published one.
"""

import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection, sql

PUBLISHED = sql.Identifier("welfare_facility")
TARGET = sql.Identifier("bench_facility")
BLOCK = 1 << 18


def unload(database_url: str, path: Path) -> int:
    """Write the published rows to a file; answers how many there are."""
    with psycopg.connect(database_url) as connection, path.open("wb") as file:
        cursor = connection.cursor()
        with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(PUBLISHED)) as copy:
            for block in copy:
                file.write(block)
        return cursor.rowcount


def load(database_url: str, path: Path) -> float:
    """Answer the seconds that the load takes, commit included."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(TARGET))
        connection.execute(
            sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(TARGET, PUBLISHED)
        )
        connection.execute("CHECKPOINT")
        began_at = time.perf_counter()
        with connection.transaction():
            _copy(connection, path)
            connection.execute(_upsert(connection))
        seconds = time.perf_counter() - began_at
        connection.execute(sql.SQL("DROP TABLE {}").format(TARGET))
    return seconds


def _copy(connection: Connection[Any], path: Path) -> None:
    connection.execute(
        sql.SQL("CREATE TEMP TABLE bench_rows (LIKE {}) ON COMMIT DROP").format(PUBLISHED)
    )
    with (
        path.open("rb") as file,
        connection.cursor().copy("COPY bench_rows FROM STDIN") as copy,
    ):
        while block := file.read(BLOCK):
            copy.write(block)


def _upsert(connection: Connection[Any]) -> sql.Composed:
    columns = [
        sql.Identifier(name)
        for (name,) in connection.execute(
            "SELECT attname FROM pg_attribute"
            " WHERE attrelid = 'welfare_facility'::regclass AND attnum > 0 AND NOT attisdropped"
            " ORDER BY attnum"
        )
    ]
    changes = sql.SQL(", ").join(
        sql.SQL("{0} = EXCLUDED.{0}").format(name)
        for name in columns
        if name != sql.Identifier("code")
    )
    return sql.SQL(
        "INSERT INTO {} SELECT {} FROM bench_rows ON CONFLICT (code) DO UPDATE SET {}"
    ).format(TARGET, sql.SQL(", ").join(columns), changes)
