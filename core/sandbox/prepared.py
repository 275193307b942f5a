"""Remembers what a former run has prepared, so that the next start skips what has not changed."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import psycopg

from core.sandbox.engines import postgres_url

Marks = dict[str, str]


def read_marks(path: Path) -> Marks:
    try:
        marks = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return marks if isinstance(marks, dict) else {}


def write_marks(path: Path, marks: Marks) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(marks, indent=1), encoding="utf-8")
    beside.replace(path)


def migrations_print(checkout: Path) -> str:
    """A fingerprint of every migration and of what is brought in after them, and of the lock."""
    files = [*checkout.glob("*/migrations/*.py"), *checkout.glob("*/*/migrations/*.py")]
    files += [*checkout.glob("*/rules/programmes/*.py"), *checkout.glob("*/rules/medians.py")]
    digest = hashlib.sha256()
    for path in sorted({*files, checkout / "requirements" / "base.txt"}):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(checkout)).encode() + path.read_bytes())
    return digest.hexdigest()


def static_print(checkout: Path) -> str:
    """A fingerprint of the static files: ours by size and time, the libraries' by the lock."""
    digest = hashlib.sha256((checkout / "requirements" / "base.txt").read_bytes())
    for path in _files(checkout / "static"):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def embedded_database_print() -> str:
    """Tell this very database with these very migrations from every other one."""
    with psycopg.connect(postgres_url(), autocommit=True) as connection:
        found = connection.execute(
            "SELECT system_identifier::text, (SELECT oid FROM pg_database"
            " WHERE datname = current_database()), to_regclass('django_migrations')"
            " FROM pg_control_system()"
        ).fetchone()
        if found is None or found[2] is None:
            return "empty"
        applied = connection.execute("SELECT count(*), max(id) FROM django_migrations").fetchone()
        return "/".join(str(part) for part in (*found[:2], *(applied or ())))
