"""The benchmarks' databases: made from one migrated template, filled by the real sync, kept."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from core.sandbox import commands, engines, prepared
from core.sandbox.bench.wrk import BenchFailed
from core.sandbox.children import with_this_python

TEMPLATE = "bench_empty"


def url_of(database: str, role: str = engines.ADMIN) -> str:
    """Where a database is for who administers it; the portal itself works as it does elsewhere."""
    return engines.url_of(role, database)


def redis_url(number: int) -> str:
    """What processes keep in Redis belongs to one database, so each has a Redis of its own."""
    return f"unix://{engines.socket_dir()}/redis.sock?db={number}"


def environment(database: str, *, redis: int = 1) -> dict[str, str]:
    """What a process of the portal needs to work on one of our databases."""
    return dict(os.environ) | {
        "DATABASE_URL": url_of(database, engines.APPLICATION),
        "DATABASE_OWNER_URL": url_of(database, engines.OWNER),
        "REDIS_URL": redis_url(redis),
        "SECRET_KEY": engines.secret_key(),
        "FIELD_KEYS": engines.field_keys(),
        "DJANGO_SETTINGS_MODULE": "seoul_portal.settings",
        "DEBUG": "0",
    }


def run(command: Sequence[str], environ: Mapping[str, str]) -> str:
    """Answer what a command says; one that fails fails the benchmark."""
    done = subprocess.run(  # noqa: S603
        with_this_python(command),
        cwd=engines.CHECKOUT,
        env=dict(environ),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise BenchFailed(f"`{' '.join(command)}` failed: {' '.join(last)}")
    return done.stdout


def administer(statement: LiteralString, *names: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def mark_of(database: str) -> str:
    """What a database was made from, as it was noted when it was ready; empty if it was not."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [database],
        ).fetchone()
    return (found and found[0]) or ""


def note(database: str, mark: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(database), sql.Literal(mark)
            )
        )


def make(database: str) -> None:
    """Make a database with all tables and nothing in them, in place of a former one."""
    ensure_template()
    drop(database)
    administer("CREATE DATABASE {} TEMPLATE {}", database, TEMPLATE)


def copy(database: str, into: str) -> None:
    """Make a database with all that another one holds, in place of a former one."""
    drop(into)
    administer("CREATE DATABASE {} TEMPLATE {}", into, database)


def drop(database: str) -> None:
    administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)


def ensure_template() -> None:
    mark = migrations_mark()
    if mark_of(TEMPLATE) == mark:
        return
    drop(TEMPLATE)
    administer("CREATE DATABASE {} OWNER {}", TEMPLATE, engines.OWNER)
    run(commands.MIGRATE, environment(TEMPLATE))
    run(commands.RULES, environment(TEMPLATE))
    note(TEMPLATE, mark)


def migrations_mark(checkout: Path = engines.CHECKOUT) -> str:
    return prepared.migrations_print(checkout)


def settle(database: str) -> None:
    """What autovacuum would do sooner or later, done before anything is measured."""
    with psycopg.connect(url_of(database), autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
