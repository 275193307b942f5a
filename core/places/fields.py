"""Two column types of PostgreSQL that Django lacks: a point in metres, and a set of minutes."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_POINT = re.compile(r"^\(?\s*([^,()\s]+)\s*,\s*([^,()\s]+)\s*\)?$")
_SPAN = re.compile(r"\[(\d+),(\d+)\)")

Minutes: TypeAlias = tuple[tuple[int, int], ...]
if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
    _Lookup = models.Lookup[Any]
else:
    _Field, _Lookup = models.Field, models.Lookup


class Point(NamedTuple):
    """East and north in metres (EPSG:5186)."""

    x: float
    y: float

    def __str__(self) -> str:
        return f"({self.x!r},{self.y!r})"


def read_point(text: str) -> Point:
    found = _POINT.match(text)
    if not found:
        raise ValueError(f"Not a point: {text!r}")
    return Point(float(found[1]), float(found[2]))


def read_minutes(text: str) -> Minutes:
    return tuple((int(start), int(end)) for start, end in _SPAN.findall(text))


def write_minutes(spans: Iterable[tuple[int, int]]) -> str:
    """Answer the literal of an `int4multirange`, as SQL and COPY take it."""
    return "{" + ",".join(f"[{start},{end})" for start, end in spans) + "}"


class PointField(_Field):
    """A PostgreSQL `point`; served by a GiST index for nearest-first and for within-a-circle."""

    description = "point (EPSG:5186, m)"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "point"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Point | None:
        return self.to_python(value)

    def to_python(self, value: Any) -> Point | None:
        if value is None or isinstance(value, Point):
            return value
        try:
            return read_point(value) if isinstance(value, str) else Point(*map(float, value))
        except (TypeError, ValueError) as wrong:
            raise ValidationError(str(wrong)) from wrong

    def get_prep_value(self, value: Any) -> str | None:
        value = self.to_python(super().get_prep_value(value))
        return None if value is None else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""


class MinutesField(_Field):
    """A PostgreSQL `int4multirange`: from–to pairs of minutes, the end excluded."""

    description = "int4multirange (min)"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "int4multirange"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Minutes | None:
        return self.to_python(value)

    def to_python(self, value: Any) -> Minutes | None:
        if value is None:
            return None
        if isinstance(value, str):
            return read_minutes(value)
        spans = ((s.lower, s.upper) if hasattr(s, "lower") else tuple(s) for s in value)
        return tuple((int(start), int(end)) for start, end in spans)

    def get_prep_value(self, value: Any) -> str | None:
        spans = self.to_python(super().get_prep_value(value))
        return None if spans is None else write_minutes(spans)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""


@MinutesField.register_lookup
class Holds(_Lookup):
    """`open_minutes__holds=600`: that minute is inside."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} @> %s::int4", (*left_params, int(self.rhs))


@PointField.register_lookup
class Within(_Lookup):
    """`point__within=(x, y, metres)`: inside that circle; a GiST index serves it."""

    lookup_name = "within"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        x, y, radius = map(float, self.rhs)
        return f"{left} <@ %s::circle", (*left_params, f"<({x!r},{y!r}),{radius!r}>")


class Distance(models.Func):
    """Metres from the point column to a point; ordered by it, a GiST index gives nearest first."""

    output_field = models.FloatField()
    arity = 1

    def __init__(self, expression: Any, *, to: Point, **extra: Any) -> None:
        self.to = to
        super().__init__(expression, **extra)

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        left, params = compiler.compile(self.source_expressions[0])
        return f"({left} <-> %s::point)", (*params, str(self.to))


class Apart(models.Func):
    """The point, moved to where only points with the same key are: each key has its own Korea.

    An index of it finds the nearest of one kind or district without reading all the others.
    """

    output_field = PointField()
    arity = 2

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        (point, params), (key, more) = map(compiler.compile, self.source_expressions)
        sql = f"point({point}[0] + {far_east(key)}, {point}[1])"
        return sql, (*params, *more, *params)


def far_east(key: str) -> str:
    """Answer the SQL for how many metres points with that key are moved: a million times a hash."""
    return f"(hashtext({key}) & 1048575) * 1000000.0::float8"


class IsAmong(models.Func):
    """`IsAmong(F("pk"), array)`: one of the array's.

    Unlike IN with a subquery, an index serves it beside an OR: the array is known before any row.
    """

    output_field = models.BooleanField()
    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    arity = 2
