"""Holds the database to reading: while a block runs, a statement that would write raises."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connections
from psycopg.sql import Composable

READS = frozenset(
    "SELECT WITH VALUES TABLE SHOW EXPLAIN DECLARE FETCH CLOSE SAVEPOINT RELEASE ROLLBACK".split()
)
# What a transaction may set for itself is no write: it ends with the transaction.
OWN_SETTINGS = re.compile(r"SET\s+(LOCAL|TRANSACTION)\b", re.IGNORECASE)
WRITES_INSIDE = re.compile(
    r"\b(INTO|UPDATE|DELETE\s+FROM|FOR\s+(?:KEY\s+)?SHARE|NEXTVAL|SETVAL|PG_NOTIFY)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)


class WriteRefused(RuntimeError):
    """A page that promises to read only tried to write; the message holds the statement."""


@lru_cache(maxsize=2048)
def is_read(sql: str) -> bool:
    """Answer whether a statement can only read; row locks count as writes."""
    bare = QUOTED.sub(" ", sql).strip().lstrip("(").lstrip()
    if ";" in bare.rstrip("; \n\t"):
        return False
    if OWN_SETTINGS.match(bare):
        return True
    verb = bare.split(None, 1)[0].upper() if bare else ""
    return verb in READS and not WRITES_INSIDE.search(bare)


def refuse_writes(
    execute: Callable[..., Any], sql: object, params: object, many: bool, context: dict[str, Any]
) -> Any:
    text = sql.as_string(None) if isinstance(sql, Composable) else str(sql)
    if not is_read(text):
        raise WriteRefused(f"This page may only read the database, but ran: {text[:300]}")
    return execute(sql, params, many, context)


@contextmanager
def read_only() -> Iterator[None]:
    held = [connections[alias].execute_wrappers for alias in connections]
    for wrappers in held:
        wrappers.append(refuse_writes)
    try:
        yield
    finally:
        for wrappers in held:
            wrappers.pop()


def read_only_chunks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Hold a streamed answer to reading too: its queries run after the view has returned."""
    with read_only():
        yield from chunks
