"""The two roles of the portal: one owns the tables, and one works with them.

Whoever administers the server makes them: the embedded one does it at each start, `manage.py roles`
elsewhere. Both ways may be gone again at any time, and move what an older installation has left.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

# No right that a database's own role could be given further.
PLAIN = sql.SQL("LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS")

# Whatever of ours somebody else owns: tables, views, sequences of their own, functions, types.
# Sequences of columns follow their tables, and partitions are tables.
FOREIGN = """
SELECT format('ALTER %%s %%s OWNER TO %%I', kind, name, %(owner)s::text) FROM (
    SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
               WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
           oid::regclass::text AS name, relowner AS held_by, relkind = 'S' AS is_later
    FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass
            AND objid = pg_class.oid AND deptype IN ('a', 'i') AND relkind = 'S')
    UNION ALL
    SELECT 'ROUTINE', oid::regprocedure::text, proowner, true
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'TYPE', oid::regtype::text, typowner, true
    FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e', 'r')
) AS ours
WHERE held_by <> (SELECT oid FROM pg_roles WHERE rolname = %(owner)s::text)
ORDER BY is_later
"""


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    password: str = ""


def prepare(
    admin: psycopg.Connection[Any], *, owner: Role, application: Role, makes_databases: bool = False
) -> None:
    """Make both roles and hand the database to its owner; done before, it changes nothing.

    `admin` is a connection of the server's administrator to that database. The tests' owner makes
    databases besides.
    """
    if owner.name == application.name:
        raise ValueError("The owner's role and the application's must be two.")
    with admin.transaction():
        _make(admin, owner, sql.SQL("CREATEDB" if makes_databases else "NOCREATEDB"))
        _make(admin, application, sql.SQL("NOCREATEDB"))
        _hand_over(admin, owner.name)
        _show_migrations(admin, application.name)


def _make(admin: psycopg.Connection[Any], role: Role, right: sql.SQL) -> None:
    name = sql.Identifier(role.name)
    held = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [role.name]).fetchone()
    if held is None:
        admin.execute(sql.SQL("CREATE ROLE {}").format(name))
    told: list[sql.Composable] = [PLAIN, right]
    if role.password:
        told.append(sql.SQL("PASSWORD {}").format(sql.Literal(role.password)))
    admin.execute(sql.SQL("ALTER ROLE {} {}").format(name, sql.SQL(" ").join(told)))
    for (group,) in admin.execute(
        "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole",
        [sql.Identifier(role.name).as_string(None)],
    ).fetchall():
        admin.execute(sql.SQL("REVOKE {} FROM {}").format(sql.SQL(group), name))


def _hand_over(admin: psycopg.Connection[Any], owner: str) -> None:
    database = admin.info.dbname
    held = admin.execute(
        "SELECT datdba::regrole::text FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    if held is None or held[0] != owner:
        admin.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO {}").format(
                sql.Identifier(database), sql.Identifier(owner)
            )
        )
    for (statement,) in admin.execute(FOREIGN, {"owner": owner}).fetchall():
        admin.execute(statement)
    # From PostgreSQL 15 on a database's owner owns its schema; one from before is handed over.
    admin.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(owner)))
    admin.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def _show_migrations(admin: psycopg.Connection[Any], application: str) -> None:
    """Let the application read what was migrated, before a migration first grants it anything.

    An installation from before the two roles would otherwise answer even `makemigrations --check`
    with a refusal.
    """
    held = admin.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    if held is not None and held[0] is not None:
        name = sql.Identifier(application)
        admin.execute(sql.SQL("GRANT SELECT ON public.django_migrations TO {}").format(name))
