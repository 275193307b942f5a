"""Writes what older keys have sealed anew with the newest one, while the portal runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from core.records.encryption import Unreadable, keyring
from core.records.fields import EncryptedTextField

BATCH = 1_000
Row = tuple[object, str]


@dataclass(slots=True)
class Rotated:
    """What became of one column: rows sealed anew, and rows that no key of ours opens."""

    model: type[models.Model]
    field: EncryptedTextField
    renewed: int = 0
    unreadable: int = 0

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.field.name}"


def encrypted_fields() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    yield model, field


def rotate(model: type[models.Model], field: EncryptedTextField, *, batch: int = BATCH) -> Rotated:
    """Seal one column anew, batch by batch, each its own transaction.

    Killed and run again it goes on where it was, because what is done is known by its key. A row
    that somebody writes meanwhile is left as they wrote it, and looked at again in another pass.
    """
    done = Rotated(model, field)
    while True:
        missed, done.unreadable = 0, 0
        last: object = None
        while rows := _older_than(model, field, last, batch):
            last = rows[-1][0]
            fresh, unreadable = _sealed_anew(rows)
            written = _swap(model, field, fresh)
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


def _older_than(
    model: type[models.Model], field: EncryptedTextField, last: object, batch: int
) -> list[Row]:
    """Answer the next rows, by primary key, whose text another than the newest key has sealed."""
    query = sql.SQL(
        "SELECT {pk}, {text} FROM {table} WHERE NOT starts_with({text}, %s) {after}"
        " ORDER BY {pk} LIMIT %s"
    ).format(
        after=sql.SQL("" if last is None else "AND {pk} > %s").format(pk=_pk(model)),
        **_names(model, field),
    )
    given: list[Any] = [keyring().prefix, *([] if last is None else [last]), batch]
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())


def _swap(
    model: type[models.Model], field: EncryptedTextField, fresh: list[tuple[object, str, str]]
) -> int:
    """Put the new texts where the old ones still stand, and answer how many that were."""
    if not fresh:
        return 0
    query = sql.SQL(
        "UPDATE {table} SET {text} = new.sealed FROM"
        " unnest(%s::{kind}[], %s::text[], %s::text[]) AS new (key, before, sealed)"
        " WHERE {table}.{pk} = new.key AND {table}.{text} = new.before"
    ).format(kind=sql.SQL(_kind_of_key(model)), **_names(model, field))
    with transaction.atomic(), connection.cursor() as cursor:
        # Tables that are closed to changes let a text be sealed anew, and nothing else.
        cursor.execute("SELECT set_config('records.resealing', 'on', true)")
        cursor.execute(query, [list(column) for column in zip(*fresh, strict=True)])
        return int(cursor.rowcount)


def _names(model: type[models.Model], field: EncryptedTextField) -> dict[str, sql.Identifier]:
    return {
        "table": sql.Identifier(model._meta.db_table),
        "text": sql.Identifier(str(field.column)),
        "pk": _pk(model),
    }


def _pk(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(str(model._meta.pk.column))


def _kind_of_key(model: type[models.Model]) -> str:
    key = model._meta.pk
    while isinstance(key, models.ForeignKey):
        key = key.target_field
    return str(key.db_type(connection)).partition("(")[0]
