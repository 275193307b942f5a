"""Tests work as the application does; what only makes and empties databases works as more.

A test that wants what the application may not do says so: `with as_superuser(): …`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.models import Model

from core.database.owner import as_owner, connected_as
from core.sandbox import engines

# Seconds to connect: a machine that is busy with other tests is no fault.
PATIENT = {"connect_timeout": 60}


def admin() -> dict[str, Any]:
    """Answer the embedded cluster's administrator, as Django tells who connects."""
    host = dict(parse_qsl(urlsplit(engines.admin_url()).query))["host"]
    return {"USER": engines.ADMIN, "PASSWORD": "", "HOST": host, "PORT": "", "OPTIONS": PATIENT}


@contextmanager
def as_superuser() -> Iterator[None]:
    """Work as nobody does outside tests; where a server was given, as whoever was given with it."""
    if settings.EMBEDDED:
        with connected_as(admin()):
            yield
    else:
        with as_owner():
            yield


def make_databases_as_owner() -> None:
    """Have Django's own runner make and drop the tests' databases as who owns their tables."""
    for name in ("create_test_db", "destroy_test_db"):
        plain = getattr(DatabaseCreation, name)

        def under(self: Any, *args: Any, plain: Any = plain, **options: Any) -> Any:
            with as_owner():
                return plain(self, *args, **options)

        setattr(DatabaseCreation, name, under)


LENT = """
CREATE SCHEMA IF NOT EXISTS harness;
CREATE OR REPLACE FUNCTION harness.run_as_owner(statement text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN EXECUTE statement; END $$;
GRANT USAGE ON SCHEMA harness TO PUBLIC;
"""


def lend() -> None:
    """Leave a way to the owner's rights within a test's own transaction, in the tests' database."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(LENT)


def run_as_owner(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT harness.run_as_owner(%s)", [statement])


@contextmanager
def owners_editor() -> Iterator[BaseDatabaseSchemaEditor]:
    """Make and drop tables of models that exist in tests alone; the application works with them."""
    with connection.schema_editor() as editor:
        editor.execute = lambda sql, params=(): run_as_owner(_whole(sql, params))  # type: ignore[method-assign]
        made = editor.create_model

        def make(model: type[Model]) -> None:
            made(model)
            table, user = model._meta.db_table, settings.DATABASES["default"]["USER"]
            run_as_owner(f'GRANT ALL ON "{table}" TO "{user}"')

        editor.create_model = make  # type: ignore[method-assign]
        yield editor


def _whole(statement: Any, params: Any) -> str:
    return str(connection.ops.compose_sql(str(statement), params) if params else statement)
