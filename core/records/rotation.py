"""Writes what older keys have sealed anew with the newest one, while the portal runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql

from core.records.encryption import Unreadable, keyring
from core.records.fields import EncryptedTextField

BATCH = 1_000
Row = tuple[object, str]


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where sealed texts stand: a column of a model, or one key of a JSON column of a library's."""

    model: type[models.Model]
    column: str
    key: str = ""

    @property
    def name(self) -> str:
        return ".".join(filter(None, (self.model._meta.label, self.column, self.key)))

    @property
    def parts(self) -> dict[str, sql.Composable]:
        """Answer table, key, the text as it is read (of the table `held`), and what writes it."""
        column, key = sql.Identifier(self.column), sql.Literal(self.key)
        text = sql.SQL("held.{}").format(column)
        return {
            "table": sql.Identifier(self.model._meta.db_table),
            "pk": sql.Identifier(str(self.model._meta.pk.column)),
            "column": column,
            "text": sql.SQL("({} ->> {})").format(text, key) if self.key else text,
            "written": (
                sql.SQL("jsonb_set({}, ARRAY[{}], to_jsonb(new.sealed))").format(text, key)
                if self.key
                else sql.SQL("new.sealed")
            ),
        }


@dataclass(slots=True)
class Rotated:
    """What became of one place: rows sealed anew, and rows that no key of ours opens."""

    sealed: Sealed
    renewed: int = 0
    unreadable: int = 0


def sealed_places() -> Iterator[Sealed]:
    """Answer every encrypted column, and what SEALED_IN_JSON names of others' tables."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    yield Sealed(model, str(field.column))
    for label, column, keys in settings.SEALED_IN_JSON:
        for key in keys:
            yield Sealed(apps.get_model(label), column, key)


def rotate(sealed: Sealed, *, batch: int = BATCH) -> Rotated:
    """Seal one place anew, batch by batch, each its own transaction.

    Killed and run again it goes on where it was, because what is done is known by its key. A row
    that somebody writes meanwhile is left as they wrote it, and looked at again in another pass.
    """
    done = Rotated(sealed)
    while True:
        missed, done.unreadable = 0, 0
        last: object = None
        while rows := _older_than(sealed, last, batch):
            last = rows[-1][0]
            fresh, unreadable = _sealed_anew(rows)
            written = _swap(sealed, fresh)
            done.renewed += written
            done.unreadable += unreadable
            missed += len(fresh) - written
        if not missed:
            return done


def _sealed_anew(rows: list[Row]) -> tuple[list[tuple[object, str, str]], int]:
    keys, fresh, unreadable = keyring(), [], 0
    for key, sealed in rows:
        try:
            fresh.append((key, sealed, keys.seal(keys.open(sealed))))
        except Unreadable:
            unreadable += 1
    return fresh, unreadable


def _older_than(sealed: Sealed, last: object, batch: int) -> list[Row]:
    """Answer the next rows, by primary key, whose text another than the newest key has sealed."""
    query = sql.SQL(
        "SELECT held.{pk}, {text} FROM {table} AS held WHERE NOT starts_with({text}, %s) {after}"
        " ORDER BY held.{pk} LIMIT %s"
    ).format(
        after=sql.SQL("" if last is None else "AND held.{pk} > %s").format(**sealed.parts),
        **sealed.parts,
    )
    given: list[Any] = [keyring().prefix, *([] if last is None else [last]), batch]
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())


def _swap(sealed: Sealed, fresh: list[tuple[object, str, str]]) -> int:
    """Put the new texts where the old ones still stand, and answer how many that were."""
    if not fresh:
        return 0
    query = sql.SQL(
        "UPDATE {table} AS held SET {column} = {written} FROM"
        " unnest(%s::{kind}[], %s::text[], %s::text[]) AS new (key, before, sealed)"
        " WHERE held.{pk} = new.key AND {text} = new.before"
    ).format(kind=sql.SQL(_kind_of_key(sealed.model)), **sealed.parts)
    with transaction.atomic(), connection.cursor() as cursor:
        # Tables that are closed to changes let a text be sealed anew, and nothing else.
        cursor.execute("SELECT set_config('records.resealing', 'on', true)")
        cursor.execute(query, [list(column) for column in zip(*fresh, strict=True)])
        return int(cursor.rowcount)


def _kind_of_key(model: type[models.Model]) -> str:
    key = model._meta.pk
    while isinstance(key, models.ForeignKey):
        key = key.target_field
    return str(key.db_type(connection)).partition("(")[0]
