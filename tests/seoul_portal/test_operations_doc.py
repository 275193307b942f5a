"""docs/operations.md against the code: what it says of settings and of backups holds."""

import ast
import os
import re
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from core.areas import declared_feeds
from core.sandbox import engines
from core.sandbox.guardian import postgres_bin

ROOT = Path(__file__).resolve().parents[2]
READERS = {
    "text",
    "flag",
    "number",
    "words",
    "keys",
    "url",
    "networks",
    "choice",
    "database",
    "database_or_none",
    "mail",
    "tiles",
}
ROOMS = ("seoul_portal", "core", "accounts", *settings.AREAS)


def doc() -> str:
    return (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def section() -> str:
    return doc().partition("## Configuration")[2].partition("\n## ")[0]


def settings_in_table() -> set[str]:
    """Names in the table's first column."""
    cells = [line.split("|")[1] for line in section().splitlines() if line.startswith("| `")]
    return set(re.findall(r"`([A-Z][A-Z_]+)`", " ".join(cells)))


def told() -> set[str]:
    """Names in the table, or in the paragraph below it."""
    below = section().partition("Read by what surrounds")[2]
    return settings_in_table() | set(re.findall(r"`([A-Z][A-Z_]+)`", below))


def read_by_code() -> set[str]:
    """Names that the code asks an Environment or os.environ for, wherever it stands."""
    names: set[str] = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names |= set(_asked(node))
    return names


def _asked(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        given = [node.slice]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        whose = ast.unparse(node.func.value)
        is_setting = node.func.attr in READERS and whose in ("env", "environment", "self")
        is_plain = node.func.attr == "get" and whose in ("os.environ", "env.environ")
        given = node.args[:1] if is_setting or is_plain else []
    else:
        return []
    found = [part.value for part in given if isinstance(part, ast.Constant)]
    return [name.removesuffix("_FILE") for name in found if re.fullmatch("[A-Z][A-Z_]+", str(name))]


class TestConfiguration:
    def test_tells_every_setting_that_is_read(self):
        read = read_by_code()

        assert len(read) > 15
        assert read - told() - {"DJANGO_SETTINGS_MODULE", "MAKELEVEL"} == set()

    def test_tells_none_that_nobody_reads(self):
        by_libraries = {"GRANIAN_HOST", "PROMETHEUS_MULTIPROC_DIR"}

        assert told() - read_by_code() - by_libraries == set()

    def test_names_the_settings_of_every_feed(self):
        for feed in declared_feeds().values():
            assert f"`{feed.setting_prefix}_URL`" in doc()
            assert f"`{feed.setting_prefix}_KEY`" in doc()


@pytest.mark.django_db(transaction=True)
class TestBackup:
    def test_comes_back_with_the_two_lines_of_the_page(self, tmp_path, resident):
        page = doc()
        dump = next(line for line in page.splitlines() if line.startswith("pg_dump "))
        restore = next(line for line in page.splitlines() if line.startswith("pg_restore "))
        source, target = connection.settings_dict["NAME"], "portal_restored"
        host = connection.settings_dict["HOST"]
        if not str(host).startswith("/"):
            pytest.skip("these tests run on a given PostgreSQL, where no database may be added")
        admin = psycopg.connect(host=host, user="portal", dbname="postgres", autocommit=True)
        admin.execute(f"DROP DATABASE IF EXISTS {target}")
        admin.execute(f"CREATE DATABASE {target} OWNER {engines.OWNER}")
        try:
            for line, name in ((dump, source), (restore, target)):
                subprocess.run(
                    ["bash", "-ec", line],
                    cwd=tmp_path,
                    env={
                        "PATH": f"{Path(postgres_bin('psql')).parent}:{os.environ['PATH']}",
                        "DATABASE_OWNER_URL": engines.url_of(engines.OWNER, name),
                    },
                    check=True,
                )
            with psycopg.connect(host=host, user="portal", dbname=target) as restored:
                people = restored.execute("SELECT email FROM accounts_user").fetchall()
                applied = restored.execute("SELECT count(*) FROM django_migrations").fetchone()
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM django_migrations")
                assert cursor.fetchone() == applied
            assert people == [(resident.email,)]
        finally:
            admin.execute(f"DROP DATABASE {target}")
            admin.close()
