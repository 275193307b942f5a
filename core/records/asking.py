"""Statements that the ORM writes once and whose rows somebody sees: the open reading is told."""

from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models.query import get_related_populators

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


class ObjectsAskedAbout(AskedAbout):
    """For a queryset of objects: answers them as the ORM would, with all that is joined."""

    def __call__(self, *values: Any) -> list[Any]:
        rows = super().__call__(*values)
        return [self._object(row) for row in rows]

    def _object(self, row: tuple[Any, ...]) -> Any:
        model, names, start, end, populators = self._shape
        made = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        for populator in populators:
            populator.populate(row, made)
        return made

    @cached_property
    def _shape(self) -> tuple[Any, list[str], int, int, list[Any]]:
        """Answer the model, what of a row belongs to which of its fields, and what is joined."""
        compiler = self._compiler
        made = compiler.klass_info
        start, end = made["select_fields"][0], made["select_fields"][-1] + 1
        names = [shown.target.attname for shown, *_ in compiler.select[start:end]]
        # The stubs are of the next Django, which wants one thing more.
        joined = get_related_populators(made, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        return made["model"], names, start, end, joined
