"""Statements that the ORM writes once and whose rows somebody sees: the open reading is told."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

from core.prepared import Asked
from core.records.enums import Door
from core.records.reading import Reading, attributed, current_reading


class AskedAbout(Asked):
    """Like `Asked`, for rows about people: noted as the ORM would have noted them."""

    def __call__(self, *values: Any) -> list[tuple[Any, ...]]:
        reading = current_reading()
        with attributed(reading):
            rows = super().__call__(*values)
        compiler = self._compiler
        if reading is not None:
            reading.note_rows(compiler.sights, rows)
        return [row[: -compiler.hidden] for row in rows] if compiler.hidden else rows

    def _ask_compiler(self) -> Any:
        compiler: Any = self._build(*self._stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        # As if somebody looked, so that it says where in each row stands whose it is.
        compiler.reading, compiler.sights, compiler.hidden = Reading(Door.PAGE), [], 0
        return compiler
