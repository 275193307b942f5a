"""Makes the marks of sealed rows anew with the newest key, from what the rows say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from core.records.encryption import Unreadable, keyring
from core.records.marks import MarkField, mark

BATCH = 1_000


@dataclass(slots=True)
class Group:
    """The columns whose marks are compared with each other."""

    name: str
    fields: list[MarkField] = field(default_factory=list)


def mark_groups() -> list[Group]:
    groups: dict[str, Group] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for one in model._meta.local_fields:
                if isinstance(one, MarkField):
                    groups.setdefault(one.group, Group(one.group)).fields.append(one)
    return [groups[name] for name in sorted(groups)]


def remark(group: Group, *, batch: int = BATCH) -> int:
    """Make the marks of one group anew, batch by batch; answer how many rows changed.

    Each batch is one transaction over all its tables, so that rows that belong together are never
    apart. Killed and run again it goes on: what is made anew is what the newest key would make.
    A row that no key opens keeps its mark.
    """
    changed = 0
    for source in group.fields:
        if source.of:
            for rows in _read(source, batch):
                changed += _replace(group, _outdated(group, rows))
    return changed


def _read(source: MarkField, batch: int) -> Iterator[list[tuple[Any, ...]]]:
    """Yield batches of (key, mark, sealed…), by primary key."""
    meta = source.model._meta
    names = [str(source.column), *(str(meta.get_field(one).column) for one in source.of)]  # type: ignore[union-attr]
    query = sql.SQL("SELECT {} FROM {} WHERE {} > %s ORDER BY {} LIMIT %s").format(
        sql.SQL(", ").join(map(sql.Identifier, [str(meta.pk.column), *names])),
        sql.Identifier(meta.db_table),
        *[sql.Identifier(str(meta.pk.column))] * 2,
    )
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [last, batch])
            rows = list(cursor.fetchall())
        if not rows:
            return
        last = rows[-1][0]
        yield rows


def _outdated(group: Group, rows: list[tuple[Any, ...]]) -> Mapping[str, str]:
    """Answer which marks stand there, and what the newest key makes of the same words."""
    found: dict[str, str] = {}
    for _, stands, *sealed in rows:
        try:
            said = [keyring().open(one) if one else "" for one in sealed]
        except Unreadable:
            continue
        made = mark(group.name, *said)
        if stands and made and made != stands:
            found[stands] = made
    return found


def _replace(group: Group, marks: Mapping[str, str]) -> int:
    if not marks:
        return 0
    changed = 0
    by_table: dict[type[models.Model], list[MarkField]] = defaultdict(list)
    for one in group.fields:
        by_table[one.model].append(one)
    with transaction.atomic(), connection.cursor() as cursor:
        for model, fields in by_table.items():
            for one in fields:
                query = sql.SQL(
                    "UPDATE {table} AS held SET {column} = new.made"
                    " FROM unnest(%s::text[], %s::text[]) AS new (stood, made)"
                    " WHERE held.{column} = new.stood"
                ).format(
                    table=sql.Identifier(model._meta.db_table),
                    column=sql.Identifier(str(one.column)),
                )
                cursor.execute(query, [list(marks), list(marks.values())])
                changed += int(cursor.rowcount)
    return changed
