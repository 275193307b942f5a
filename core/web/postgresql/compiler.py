"""Django's compilers, telling the open reading whose personal data each query showed.

This is the one place that every row passes which the ORM reads: models, `values()`, `iterator()`,
related objects, whatever manager or library asks.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.backends.postgresql import compiler
from django.db.models.expressions import Col
from django.db.models.sql.constants import GET_ITERATOR_CHUNK_SIZE, MULTI

from core.records.reading import Reading, attributed, current_reading, watched
from core.records.watches import Sight, Unattributable, refuse_telling_aggregates, sights

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]

SQLDeleteCompiler = compiler.SQLDeleteCompiler
SQLInsertCompiler = compiler.SQLInsertCompiler
SQLUpdateCompiler = compiler.SQLUpdateCompiler


class Noting:
    """Only the compiler that is executed notes; those of its subqueries have no reading."""

    reading: Reading | None = None
    sights: list[Sight]
    hidden = 0

    def execute_sql(
        self,
        result_type: str | None = MULTI,
        chunked_fetch: bool = False,
        chunk_size: int = GET_ITERATOR_CHUNK_SIZE,
    ) -> Any:
        self.reading, self.sights, self.hidden = current_reading(), [], 0
        with attributed(self.reading):
            found = super().execute_sql(result_type, chunked_fetch, chunk_size)  # type: ignore[misc]
        if not self.sights:
            return found
        if result_type != MULTI:
            raise Unattributable("Personal data in a query whose rows are not seen.")
        noted = self._noted(found)
        return noted if chunked_fetch else list(noted)

    def _noted(self, chunks: Iterable[list[Any]]) -> Iterator[list[Any]]:
        assert self.reading is not None  # noqa: S101
        for rows in chunks:
            self.reading.note_rows(self.sights, rows)
            yield [row[: -self.hidden] for row in rows] if self.hidden else rows


class SQLCompiler(Noting, compiler.SQLCompiler):
    qualify: Any

    def pre_sql_setup(self, with_col_aliases: bool = False) -> Any:
        extra, order_by, group_by = super().pre_sql_setup(with_col_aliases)
        if self.reading is not None:
            self.sights = sights(self.query, self.select, watched())
            for sight in self.sights:
                if sight.index is None:
                    extra.append(self._person_beside(sight, at=len(self.select) + len(extra)))
        return extra, order_by, group_by

    def _person_beside(self, sight: Sight, *, at: int) -> tuple[Any, Any, None]:
        """Ask for the person as well, in a column that is cut off again."""
        query = self.query
        if query.distinct or query.group_by is not None or query.combinator or self.qualify:
            raise Unattributable(
                f"{sight.watch.holding}.{sight.column.target.name} is shown without its person."
            )
        field: Any = sight.column.target.model._meta.get_field(sight.watch.person)
        column = Col(sight.alias, field)
        sight.index, self.hidden = at, self.hidden + 1
        return (column, self.compile(column), None)


class SQLAggregateCompiler(Noting, compiler.SQLAggregateCompiler):
    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        if self.reading is not None:
            refuse_telling_aggregates(self.query, watched())
        return super().as_sql(*args, **kwargs)
