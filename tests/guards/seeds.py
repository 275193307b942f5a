"""What the database begins with, by migrations and brought in, outlives the tests that empty it.

A test with real transactions ends by emptying every table, and these rows would be gone for all
that follow. Copies of them stay in a schema of their own, and come back each time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
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


# What stands in tables, told by one statement; a table that is empty is left alone.
FULL = "SELECT array_agg(name) FROM ({}) AS asked (name, is_full) WHERE is_full"
CLOSED_FOR_GOOD = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE NOT tgisinternal AND tgparentid = 0 AND tgenabled = 'A' AND tgtype & 8 = 8
    AND tgrelid = ANY (%s::regclass[])
"""  # 8: DELETE


def empty_what_is_full() -> None:
    """Delete the rows that a test left, as a superuser: a tenth of the time of truncating it all.

    No trigger fires and no key is asked after, so that the order does not matter; a log's guard,
    which fires all the same, is taken off and put back in the same transaction.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        tables = set(connection.introspection.django_table_names(only_existing=True)) - REFILLED
        asked = " UNION ALL ".join(
            f"SELECT '{table}', EXISTS (SELECT FROM \"{table}\")" for table in sorted(tables)
        )
        cursor.execute(FULL.format(asked))
        full = cursor.fetchone()[0] or []
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(CLOSED_FOR_GOOD, [full])
        guards = cursor.fetchall()
        for table, trigger in guards:
            cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{trigger}"')
        for table in full:
            cursor.execute(f'DELETE FROM "{table}"')
        for table, trigger in guards:
            cursor.execute(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{trigger}"')


def survive_emptying() -> None:
    by_django = TransactionTestCase._fixture_teardown

    def empty_and_refill(self: Any) -> None:
        with as_superuser():
            if settings.EMBEDDED:
                empty_what_is_full()
            else:  # the owner of a given server may not keep triggers from firing
                with open_to_truncate():
                    by_django(self)
            bring_back()

    TransactionTestCase._fixture_teardown = empty_and_refill
