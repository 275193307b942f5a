"""The staging table of one pass: filled by COPY, compared with the target, applied at once."""

import datetime
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

from core.feeds.declaration import Conceal
from core.feeds.enums import ChangeOrigin
from core.feeds.protocol import Page, Record

# A live row that the pass did not bring, not even broken.
GONE = sql.SQL("""t.retired_at IS NULL
    AND NOT EXISTS (SELECT FROM feed_stage s WHERE s.source_key = t.source_key)
    AND NOT EXISTS (SELECT FROM feed_stage_reject r WHERE r.source_key = t.source_key)""")
BOOKKEEPING = frozenset({"content_hash", "first_seen_at", "changed_at", "retired_at"})


class TargetDiffers(Exception):
    """The record's fields and the source table's columns are not the same: a programming fault."""


@dataclass(frozen=True, slots=True)
class PassFigures:
    """What a staged pass would do to the target, in rows."""

    staged: int
    inserted: int
    updated: int
    returned: int
    duplicates: int
    held: int  # live rows of the target before the pass
    gone: int  # live rows that the pass did not bring, in any form
    keyless_rejects: int
    repeated_rejects: int  # rejects whose very row came before, or whose key came well too


class Stage:
    """Temporary tables of this database session: they vanish with it, whatever happens."""

    def __init__(
        self,
        *,
        model: type[models.Model],
        record: type[Record],
        kind: str,
        conceal: Conceal | None = None,
    ) -> None:
        self.kind = kind
        self.conceal = conceal
        self.columns = list(record.__struct_fields__)
        fields = {field.column: field for field in model._meta.concrete_fields}
        if set(fields) != set(self.columns) | BOOKKEEPING:
            differing = set(fields) ^ (set(self.columns) | BOOKKEEPING)
            raise TargetDiffers(
                f"{model._meta.label} and {record.__name__}: {sorted(map(str, differing))}"
            )
        self.target = sql.Identifier(model._meta.db_table)
        self._types = [str(fields[column].db_type(connection)) for column in self.columns]

    def create(self) -> None:
        body = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
            for name, kind in zip(self.columns, self._types, strict=True)
        )
        self.drop()
        self._run(
            sql.SQL(
                "CREATE TEMP TABLE feed_stage (position bigint GENERATED ALWAYS AS IDENTITY, {})"
            ).format(body)
        )
        self._run(
            sql.SQL(
                "CREATE TEMP TABLE feed_stage_reject"
                " (source_key text, field text, reason text, row jsonb)"
            )
        )

    def drop(self) -> None:
        for name in ("feed_stage", "feed_stage_reject", "feed_diff", "feed_changed"):
            self._run(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(sql.Identifier(name)))

    def copy(self, page: Page) -> None:
        """Append one page; about three microseconds a row, and no memory beyond the page."""
        with connection.cursor() as wrapper:
            cursor = wrapper.cursor  # the psycopg cursor below Django's
            if page.records:
                statement = sql.SQL("COPY feed_stage ({}) FROM STDIN").format(self._names())
                with cursor.copy(statement) as copy:
                    write = copy.write_row
                    astuple = msgspec.structs.astuple
                    for record in page.records:
                        write(astuple(record))
            if page.rejects:
                with cursor.copy(
                    "COPY feed_stage_reject (source_key, field, reason, row) FROM STDIN"
                ) as copy:
                    for reject in page.rejects:
                        copy.write_row(
                            (
                                _without_nul(reject.source_key),
                                reject.field,
                                reject.reason,
                                Jsonb(_without_nul(reject.row)),
                            )
                        )

    def compare(self) -> PassFigures:
        """Set duplicates aside as rejects, then find what is new, changed, returned and gone."""
        duplicates = self._reject_duplicates()
        repeated = self._repeated_rejects() - duplicates
        self._run(
            sql.SQL("""
            CREATE TEMP TABLE feed_diff AS
            SELECT s.position, s.source_key, s.content_hash,
                   t.source_key IS NULL AS is_new, t.retired_at IS NOT NULL AS is_back
            FROM (SELECT position, source_key, hash_record_extended(ROW({}), 0) AS content_hash
                  FROM feed_stage) s
            LEFT JOIN {} t ON t.source_key = s.source_key
            WHERE t.source_key IS NULL OR t.content_hash <> s.content_hash
               OR t.retired_at IS NOT NULL
            """).format(self._names(), self.target)
        )
        self._run(sql.SQL("ANALYZE feed_diff"))
        inserted, updated, returned = self._row(
            sql.SQL("""
            SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new),
                   count(*) FILTER (WHERE is_back) FROM feed_diff
            """)
        )
        (staged,) = self._row(sql.SQL("SELECT count(*) FROM feed_stage"))
        (held,) = self._row(
            sql.SQL("SELECT count(*) FROM {} WHERE retired_at IS NULL").format(self.target)
        )
        (gone,) = self._row(sql.SQL("SELECT count(*) FROM {} t WHERE {}").format(self.target, GONE))
        (keyless,) = self._row(
            sql.SQL("SELECT count(*) FROM feed_stage_reject WHERE source_key IS NULL")
        )
        return PassFigures(
            staged=staged,
            inserted=inserted,
            updated=updated,
            returned=returned,
            duplicates=duplicates,
            held=held,
            gone=gone,
            keyless_rejects=keyless,
            repeated_rejects=repeated,
        )

    def _reject_duplicates(self) -> int:
        """Keep the first row of a key; a key that comes twice means that the pages shifted."""
        self._run(sql.SQL("ANALYZE feed_stage (source_key)"))
        self._run(sql.SQL("ANALYZE feed_stage_reject (source_key)"))
        (twice,) = self._row(
            sql.SQL("""
            SELECT count(*) FROM (
                SELECT FROM feed_stage GROUP BY source_key HAVING count(*) > 1) t
            """)
        )
        if not twice:
            return 0
        (moved,) = self._row(
            sql.SQL("""
            WITH later AS (
                DELETE FROM feed_stage s USING (
                    SELECT position, row_number() OVER (
                        PARTITION BY source_key ORDER BY position) AS turn FROM feed_stage) n
                WHERE n.position = s.position AND n.turn > 1 RETURNING s.*),
            kept AS (
                INSERT INTO feed_stage_reject
                SELECT source_key, 'source_key', '같은 키가 한 번의 수신에서 두 번 왔습니다.',
                       to_jsonb(later) - 'position' FROM later RETURNING 1)
            SELECT count(*) FROM kept
            """)
        )
        return int(moved)

    def _repeated_rejects(self) -> int:
        """Count rejects that came twice: pages that shifted repeat broken rows as well as good."""
        (repeated,) = self._row(
            sql.SQL("""
            SELECT count(*) FROM (
                SELECT source_key, row_number() OVER (PARTITION BY source_key, row) AS turn
                FROM feed_stage_reject WHERE source_key IS NOT NULL) r
            WHERE turn > 1
               OR EXISTS (SELECT FROM feed_stage s WHERE s.source_key = r.source_key)
            """)
        )
        return int(repeated)

    def apply(self, *, run_id: int, now: datetime.datetime, retire: bool) -> int:
        """Record what changes, change the target, and answer how many rows were retired.

        Runs inside the caller's transaction. Leaves `feed_changed (source_key, is_new)`.
        """
        self._run(
            sql.SQL("CREATE TEMP TABLE feed_changed AS SELECT source_key, is_new FROM feed_diff")
        )
        (changes,) = self._row(sql.SQL("SELECT EXISTS (SELECT FROM feed_changed)"))
        if not changes and not retire:
            return 0
        self._record_changes(run_id=run_id, now=now)
        self._write(now)
        retired = self._retire(run_id=run_id, now=now) if retire else 0
        self._run(sql.SQL("ANALYZE feed_changed"))
        # Without figures the planner takes a table that was just filled for an empty one.
        self._run(sql.SQL("ANALYZE {} (source_key)").format(self.target))
        return retired

    def _write(self, now: datetime.datetime) -> None:
        """One statement: what is new goes in, what changed or came back is overwritten."""
        assignments = sql.SQL(", ").join(
            sql.SQL("{0} = s.{0}").format(sql.Identifier(name)) for name in self.columns[1:]
        )
        self._run(
            sql.SQL("""
            WITH overwritten AS (
                UPDATE {target} t
                SET {assignments}, content_hash = d.content_hash, changed_at = %(now)s,
                    retired_at = NULL
                FROM feed_diff d JOIN feed_stage s ON s.position = d.position
                WHERE NOT d.is_new AND t.source_key = d.source_key
            )
            INSERT INTO {target} ({columns}, content_hash, first_seen_at, changed_at, retired_at)
            SELECT {staged}, d.content_hash, %(now)s, %(now)s, NULL
            FROM feed_diff d JOIN feed_stage s ON s.position = d.position
            WHERE d.is_new
            """).format(
                target=self.target,
                assignments=assignments,
                columns=self._names(),
                staged=self._names("s"),
            ),
            {"now": now},
        )

    def _record_changes(self, *, run_id: int, now: datetime.datetime) -> None:
        pairs = sql.SQL(", ").join(
            sql.SQL("({}, to_jsonb(t.{}), to_jsonb(s.{}))").format(
                sql.Literal(name), sql.Identifier(name), sql.Identifier(name)
            )
            for name in self.columns[1:]
        )
        self._run(
            sql.SQL("""
            INSERT INTO feeds_fieldchange
                (kind, key, field, old, new, origin, run_id, changed_by_id, changed_at)
            SELECT %(kind)s, d.source_key, c.field, c.old, c.new, %(origin)s, %(run)s, NULL, %(now)s
            FROM feed_diff d
            JOIN feed_stage s ON s.position = d.position
            JOIN {target} t ON t.source_key = d.source_key
            CROSS JOIN LATERAL (VALUES {pairs}, ('retired_at', to_jsonb(t.retired_at), NULL)
                ) AS c (field, old, new)
            WHERE NOT d.is_new AND c.old IS DISTINCT FROM c.new
            """).format(target=self.target, pairs=pairs),
            {"kind": self.kind, "origin": ChangeOrigin.FEED, "run": run_id, "now": now},
        )

    def _retire(self, *, run_id: int, now: datetime.datetime) -> int:
        (retired,) = self._row(
            sql.SQL("""
            WITH gone AS (
                UPDATE {target} t SET retired_at = %(now)s, changed_at = %(now)s
                WHERE {gone} RETURNING t.source_key),
            told AS (
                INSERT INTO feed_changed SELECT source_key, false FROM gone),
            kept AS (
                INSERT INTO feeds_fieldchange
                    (kind, key, field, old, new, origin, run_id, changed_by_id, changed_at)
                SELECT %(kind)s, source_key, 'retired_at', NULL, to_jsonb(%(now)s::timestamptz),
                       %(origin)s, %(run)s, NULL, %(now)s FROM gone)
            SELECT count(*) FROM gone
            """).format(target=self.target, gone=GONE),
            {"kind": self.kind, "origin": ChangeOrigin.FEED, "run": run_id, "now": now},
        )
        return int(retired)

    def keep_rejects(self, *, run_id: int) -> int:
        if self.conceal is not None:
            self.conceal()
        (kept,) = self._row(
            sql.SQL("""
            WITH kept AS (
                INSERT INTO feeds_feedreject (run_id, source_key, field, reason, row)
                SELECT %(run)s, source_key, field, reason, row FROM feed_stage_reject RETURNING 1)
            SELECT count(*) FROM kept
            """),
            {"run": run_id},
        )
        return int(kept)

    def _names(self, alias: str | None = None) -> sql.Composed:
        return sql.SQL(", ").join(
            sql.Identifier(alias, name) if alias else sql.Identifier(name) for name in self.columns
        )

    def _run(self, statement: sql.Composable, params: dict[str, Any] | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)

    def _row(self, statement: sql.Composable, params: dict[str, Any] | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchone()


def _without_nul(value: Any) -> Any:
    """PostgreSQL's text holds no NUL; a broken row is kept with a visible mark in its place."""
    if isinstance(value, str):
        return value.replace("\x00", "␀")
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_nul(inner) for inner in value]
    return value
