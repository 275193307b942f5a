"""What the application may not do to its own logs, whatever it is made to say to the database."""

import os
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from core.database.grants import closed_models
from core.database.owner import has_owner
from core.database.roles import Role, prepare
from core.sandbox import engines
from tests.guards.roles import as_superuser, run_as_owner

CLOSED = sorted(closed_models())
# What a row may do once: it goes, or loses its person, together with what it is about. Checked at
# the end of the transaction; whatever has been written is a part of the test's own.
GUARDS = """
SELECT tgname, tgtype, tgenabled FROM pg_trigger
WHERE tgrelid = %s::regclass AND NOT tgisinternal
"""
ROW, BEFORE, INSERT, DELETE, UPDATE, TRUNCATE = 1, 2, 4, 8, 16, 32
TAMPERING = (
    "TRUNCATE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} DISABLE TRIGGER {trigger}",
    "ALTER TABLE {table} ENABLE REPLICA TRIGGER {trigger}",
    "DROP TRIGGER {trigger} ON {table}",
    "ALTER TABLE {table} OWNER TO CURRENT_USER",
    "ALTER TABLE {table} RENAME TO something_else",
    "ALTER TABLE {table} ADD COLUMN more text",
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "CREATE RULE away AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "CREATE TRIGGER away BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
    "DROP TABLE {table} CASCADE",
    "CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NULL; END $$",
    "ALTER FUNCTION {function}() RENAME TO something_else",
    "DROP FUNCTION {function}() CASCADE",
    "SET session_replication_role = replica",
    "SET ROLE {owner}",
    "SET ROLE {admin}",
    "SET SESSION AUTHORIZATION {owner}",
    "GRANT {owner} TO CURRENT_USER",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "CREATE TABLE public.of_my_own (id int)",
    "CREATE SCHEMA of_my_own",
    "CREATE FUNCTION public.of_my_own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "COPY {table} TO PROGRAM 'true'",
    "SELECT records_close('{table}'::regclass)",
    "DELETE FROM django_migrations",
    "SELECT setval('records_access_id_seq', 1)",
)

pytestmark = pytest.mark.skipif(
    not has_owner(), reason="these tests run on a given PostgreSQL, with a single role"
)


def guards(table: str) -> list[tuple[str, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(GUARDS, [table])
        return cursor.fetchall()


def function_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY 1 LIMIT 1",
            [table],
        )
        return str(cursor.fetchone()[0])


def refused(statement: str) -> str:
    """Answer the state with which the database refuses a statement, at the latest at the end."""
    with (
        pytest.raises(DatabaseError) as fault,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{statement}; SET CONSTRAINTS ALL IMMEDIATE")
    return str(fault.value.__cause__.sqlstate)  # type: ignore[union-attr]


def column_of(table: str) -> str:
    model, _ = closed_models()[table]
    return next(str(field.column) for field in model._meta.concrete_fields if not field.is_relation)


class TestTheApplication:
    def test_is_who_the_tests_work_as(self, db):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication"
                " FROM pg_roles WHERE rolname = session_user"
            )
            assert cursor.fetchone() == (engines.APPLICATION, *[False] * 5)
            cursor.execute(
                "SELECT count(*) FROM pg_auth_members WHERE member = session_user::regrole"
            )
            assert cursor.fetchone() == (0,)
            cursor.execute(
                "SELECT count(*) FROM pg_class WHERE relowner = session_user::regrole"
                " AND relnamespace = 'public'::regnamespace"
            )
            assert cursor.fetchone() == (0,)

    def test_finds_all_logs_closed(self):
        assert CLOSED == [
            "accounts_delegationevent",
            "cases_caseevent",
            "cases_casewords",
            "feeds_fieldchange",
            "records_access",
            "welfare_carestep",
            "welfare_hardshipstep",
        ]

    @pytest.mark.parametrize("table", CLOSED)
    @pytest.mark.parametrize("statement", TAMPERING)
    def test_is_refused(self, db, table, statement):
        filled = statement.format(
            table=table,
            trigger=guards(table)[0][0],
            function=function_of(table),
            owner=engines.OWNER,
            admin=engines.ADMIN,
        )
        if "SUPERUSER" in statement or "ROLE" in statement or "AUTHORIZATION" in statement:
            assert refused(filled) in ("42501", "0LP01")
        else:
            assert refused(filled) == "42501"

    @pytest.mark.parametrize("table", CLOSED)
    def test_may_change_no_column_but_those_that_lose_their_person(self, db, table):
        model, closed = closed_models()[table]
        open_to = {str(model._meta.get_field(name).column) for name in closed.emptied}

        for field in model._meta.concrete_fields:
            statement = f"UPDATE {table} SET {field.column} = NULL"
            if field.column in open_to:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement)
            else:
                assert refused(statement) == "42501"

    @pytest.mark.parametrize(
        "table", [name for name in CLOSED if not closed_models()[name][1].removed]
    )
    def test_may_remove_nothing(self, db, table):
        assert refused(f"DELETE FROM {table}") == "42501"
        assert refused(f"DELETE FROM {table} WHERE false") == "42501"

    @pytest.mark.parametrize("table", CLOSED)
    def test_can_give_itself_nothing(self, db, table):
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT ALL ON {table} TO CURRENT_USER")  # a warning, to whoever may not
            cursor.execute("SELECT has_table_privilege(%s, 'TRUNCATE, UPDATE, TRIGGER')", [table])
            assert cursor.fetchone() == (False,)

    def test_may_not_touch_a_month_by_itself(self, db):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT inhrelid::regclass::text FROM pg_inherits"
                " WHERE inhparent = 'records_access'::regclass"
            )
            months = [name for (name,) in cursor.fetchall()]
        assert len(months) >= 4
        for month in months:
            for statement in (
                f"DELETE FROM {month}",
                f"UPDATE {month} SET reason = ''",
                f"TRUNCATE {month}",
                f"DROP TABLE {month}",
                f"ALTER TABLE records_access DETACH PARTITION {month}",
                f"INSERT INTO {month} SELECT * FROM {month}",
            ):
                assert refused(statement) == "42501", statement

    def test_cannot_connect_as_another_by_what_it_may_read(self, db):
        """No function of the database's own opens a connection, a file or a program for it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT extname FROM pg_extension")
            assert cursor.fetchall() == [("plpgsql",)]
        for statement in ("SELECT pg_read_file('PG_VERSION')", "SELECT lo_import('/etc/passwd')"):
            assert refused(statement) == "42501"


class TestTheOwner:
    """Who owns the tables could take the guards away, and does not by mistake what they refuse."""

    @pytest.mark.parametrize("table", CLOSED)
    def test_meets_guards_that_hold_whoever_asks(self, db, table):
        guarded = guards(table)
        covered = 0
        for _, kind, enabled in guarded:
            assert enabled == "A"
            covered |= kind

        assert covered & (UPDATE | DELETE | TRUNCATE) == UPDATE | DELETE | TRUNCATE

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("table", CLOSED)
    def test_cannot_empty_a_table_even_where_the_session_plays_a_replica(self, table):
        with as_superuser():
            for prelude in ("", "SET LOCAL session_replication_role = replica; "):
                assert refused(f"{prelude}TRUNCATE {table} CASCADE") == "42501"

    def test_guards_look_names_up_in_fixed_places(self, db):
        """Else a temporary table of the asker's would stand in for the one that is asked."""
        names = [*CLOSED, "accounts_delegation", "cases_case"]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text, proname, proconfig FROM pg_trigger"
                " JOIN pg_proc ON pg_proc.oid = tgfoid"
                " WHERE NOT tgisinternal AND tgenabled = 'A'"
                " AND tgrelid::regclass::text = ANY (%s)",
                [names],
            )
            found = cursor.fetchall()
        assert len(found) > 10
        assert {str(config) for *_, config in found} == {"['search_path=public, pg_temp']"}

    def test_lends_few_functions_and_to_the_application_alone(self, db):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT proname, proconfig, proacl::text FROM pg_proc"
                " WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1"
            )
            lent = cursor.fetchall()
        assert [name for name, *_ in lent] == [
            "places_drop_half_built",
            "records_access_month",
            "records_drop_months",
            "search_put_in_pending",
        ]
        for _, config, rights in lent:
            assert config == ["search_path=public, pg_temp"]
            assert "{=" not in rights
            assert ",=" not in rights
            assert f"{engines.APPLICATION}=X/{engines.OWNER}" in rights


class TestEveryTable:
    def test_is_the_owners_and_open_to_the_application_by_what_it_needs(self, db):
        told: dict[str, set[str]] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
                " WHERE grantee = %s AND table_schema = 'public'",
                [engines.APPLICATION],
            )
            for table, right in cursor.fetchall():
                told.setdefault(table, set()).add(right)
            cursor.execute(
                "SELECT tableowner, count(*) FROM pg_tables WHERE schemaname = 'public' GROUP BY 1"
            )
            assert [owner for owner, _ in cursor.fetchall()] == [engines.OWNER]
        managed = {
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy
        }
        assert len(managed) > 50
        assert managed - told.keys() == set()
        assert not any("TRUNCATE" in rights or "TRIGGER" in rights for rights in told.values())
        assert not any("REFERENCES" in rights for rights in told.values())
        assert told["django_migrations"] == {"SELECT"}

    def test_that_is_made_tomorrow_can_be_read_and_added_to_and_no_more(self, db):
        run_as_owner("CREATE TABLE public.of_tomorrow (id int)")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO of_tomorrow VALUES (1)")
            cursor.execute("SELECT count(*) FROM of_tomorrow")
            assert cursor.fetchone() == (1,)
        assert refused("DELETE FROM of_tomorrow") == "42501"


class TestRoles:
    """An installation from before there were two roles: everything was the administrator's."""

    @pytest.fixture
    def old_database(self) -> Any:
        # A name for each process: the tests of this class may run side by side on one cluster.
        name = f"from_before_roles_{os.getpid()}"
        with psycopg.connect(engines.url_of(engines.ADMIN, "postgres"), autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name}")
            admin.execute(f"CREATE DATABASE {name}")
            with psycopg.connect(engines.url_of(engines.ADMIN, name), autocommit=True) as made:
                made.execute(
                    "CREATE TABLE log (id bigserial, at date,"
                    " kept bigint GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (at);"
                    " CREATE TABLE log_rest PARTITION OF log DEFAULT;"
                    " CREATE VIEW told AS TABLE log;"
                    " CREATE TYPE mood AS ENUM ('good'); CREATE SEQUENCE alone;"
                    " CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
                )
            yield name
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def test_hand_over_what_an_older_installation_left_and_are_made_once(self, old_database):
        for _ in range(2):
            with psycopg.connect(
                engines.url_of(engines.ADMIN, old_database), autocommit=True
            ) as admin:
                prepare(
                    admin,
                    owner=Role(engines.OWNER),
                    application=Role(engines.APPLICATION),
                    makes_databases=True,
                )
                left = admin.execute(
                    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                    " AND pg_get_userbyid(relowner) <> %s",
                    [engines.OWNER],
                ).fetchall()
                assert left == []
        with psycopg.connect(engines.url_of(engines.OWNER, old_database)) as owner:
            owner.execute("ALTER TABLE log ADD COLUMN more text; DROP FUNCTION f(); DROP TYPE mood")
            owner.execute("DROP VIEW told; DROP SEQUENCE alone; DROP TABLE log")

    def test_must_be_two(self):
        with pytest.raises(ValueError, match="must be two"):
            prepare(None, owner=Role("one"), application=Role("one"))  # type: ignore[arg-type]

    def test_are_named_apart_in_the_settings(self):
        assert settings.DATABASES["default"]["USER"] == engines.APPLICATION
        assert settings.DATABASE_OWNER["USER"] == engines.OWNER
        assert settings.DATABASE_ADMIN["USER"] == engines.ADMIN

    def test_show_the_application_what_was_migrated_before_the_first_migration_as_two(
        self, old_database
    ):
        with psycopg.connect(engines.url_of(engines.ADMIN, old_database), autocommit=True) as admin:
            admin.execute("CREATE TABLE django_migrations (app text)")
            prepare(
                admin,
                owner=Role(engines.OWNER),
                application=Role(engines.APPLICATION),
                makes_databases=True,
            )
        with psycopg.connect(engines.url_of(engines.APPLICATION, old_database)) as application:
            assert application.execute("SELECT app FROM django_migrations").fetchall() == []
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute("INSERT INTO django_migrations VALUES ('welfare')")
