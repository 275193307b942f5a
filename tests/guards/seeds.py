"""What the database begins with, by migrations and brought in, outlives the tests that empty it.

A test with real transactions ends by emptying every table, and these rows would be gone for all
that follow. Copies of them stay in a schema of their own, and come back each time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

from tests.guards.roles import as_superuser

COPIES = "seeds_of_migrations"
# Django fills these itself after it emptied them.
REFILLED = {"django_content_type", "auth_permission", "django_migrations"}


def keep() -> None:
    """Copy the rows that are there; called once, when the database has just been made."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {COPIES} CASCADE; CREATE SCHEMA {COPIES}")
        for table in set(connection.introspection.table_names(cursor)) - REFILLED:
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE {COPIES}."{table}" AS TABLE public."{table}"')


def bring_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [COPIES])
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:  # without triggers: these rows are history already
            cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            rows = f'SELECT * FROM {COPIES}."{table}"'
            cursor.execute(f'INSERT INTO public."{table}" OVERRIDING SYSTEM VALUE {rows}')


@contextmanager
def open_to_truncate() -> Iterator[None]:
    """Let tables be emptied that refuse it; only their owner can say so, between two tests."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgtype & 32 = 32 AND tgenabled <> 'D'"  # 32: TRUNCATE
        )
        closed = cursor.fetchall()
        for table, trigger, _ in closed:
            cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{trigger}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table, trigger, enabled in closed:
                how = {"A": "ENABLE ALWAYS", "R": "ENABLE REPLICA"}.get(enabled, "ENABLE")
                cursor.execute(f'ALTER TABLE {table} {how} TRIGGER "{trigger}"')


def empty_by_hand() -> None:
    """Empty every table outside a test's own transaction, as the end of such a test does."""
    with as_superuser():
        with open_to_truncate():
            call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
        bring_back()


def survive_emptying() -> None:
    empty = TransactionTestCase._fixture_teardown

    def empty_and_refill(self: Any) -> None:
        with as_superuser():
            with open_to_truncate():
                empty(self)
            bring_back()

    TransactionTestCase._fixture_teardown = empty_and_refill
