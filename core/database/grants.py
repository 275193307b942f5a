"""What the application's role may do with each table: given anew after every migration."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from core.database.closing import Closed

# Added, read and no more: so a table is closed until `give` says otherwise.
AT_FIRST = "SELECT, INSERT"
READ = "SELECT"
ALL = "SELECT, INSERT, UPDATE, DELETE"
# What has been migrated is the owner's to say.
READ_ONLY = {"django_migrations"}
# From 17 on: REINDEX and ANALYZE of what is not one's own.
MAINTAIN_SINCE = 170_000

TABLES = """
SELECT relname, relispartition FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
    AND pg_get_userbyid(relowner) = current_user
ORDER BY relname
"""
# Functions that work with their owner's rights are for the application alone.
LENT = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prosecdef
    AND pg_get_userbyid(proowner) = current_user
"""


def closed_models() -> dict[str, tuple[type[models.Model], Closed]]:
    """Answer, by table, the models that only grow."""
    held = {}
    for model in apps.get_models(include_auto_created=True):
        closed = getattr(model, "closed", None)
        if isinstance(closed, Closed):
            held[model._meta.db_table] = (model, closed)
    return held


@transaction.atomic
def give(role: str) -> int:
    """Give a role what the application needs, and nothing else; answer on how many tables.

    Asked as the owner. Whatever was given before is taken back in the same transaction, so that
    nobody meets a moment without.
    """
    name, closed = sql.Identifier(role), closed_models()
    maintain = ", MAINTAIN" if connection.connection.info.server_version >= MAINTAIN_SINCE else ""
    _run(
        name,
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {AT_FIRST} ON TABLES TO {{role}}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    )
    tables = _asked(TABLES)
    for table, is_partition in tables:
        if is_partition or table in READ_ONLY:
            rights = [READ]  # a partition is written through its whole
        elif table in closed:
            rights = list(_left(*closed[table]))
        else:
            rights = [f"{ALL}{maintain}"]
        for right in rights:
            _run(name, f"GRANT {right} ON {{table}} TO {{role}}", table=sql.Identifier(table))
    for function, *_ in _asked(LENT):
        _run(name, f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        _run(name, f"GRANT EXECUTE ON FUNCTION {function} TO {{role}}")
    return len(tables)


def _left(model: type[models.Model], closed: Closed) -> Iterator[str]:
    yield AT_FIRST
    if closed.removed:
        yield "DELETE"
    columns = [str(model._meta.get_field(name).column) for name in closed.emptied]  # type: ignore[union-attr]
    if columns:
        yield f"UPDATE ({', '.join(columns)})"


def _run(role: sql.Identifier, *statements: str, **names: sql.Composable) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(role=role, **names))


def _asked(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())
