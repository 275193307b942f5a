"""Versions of conditions as they are kept: as plain values, and read back or refused."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from welfare.rules.conditions import Source
from welfare.rules.figures import (
    UNITS,
    Measure,
    StoredFigure,
    Unit,
    check_numbers,
    figure_on,
    without_numbers,
)
from welfare.rules.medians import LARGEST_PUBLISHED, MedianIncome
from welfare.rules.refinements import (
    AGE_YEARS,
    Operator,
    Refinement,
    Value,
    Wanted,
    by_size,
    of_couple,
)
from welfare.rules.vocabulary import FIELDS, Group

NUMBERS = (AGE_YEARS, *(field.value for field in FIELDS))
GROUPS = tuple(group.value for group in Group)
NAMED_BY = (Operator.ANY_OF, Operator.NONE_OF)
LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version as the database holds it; a wanted number may be a table's, by its name."""

    slot: str
    wanted: Sequence[Mapping[str, Any]]
    law: str
    since: datetime.date
    until: datetime.date | None = None
    stale_from: datetime.date | None = None
    verified: bool = False
    verified_on: datetime.date | None = None
    url: str = ""


Tables = Mapping[str, StoredFigure]


def write_wanted(wanted: Iterable[Wanted]) -> list[dict[str, Any]]:
    return [
        {
            "field": one.field,
            "operator": one.operator.value,
            "value": _written(one.value),
            "somebody": one.somebody,
        }
        | ({"also": write_wanted(one.also)} if one.also else {})
        for one in wanted
    ]


def _written(value: Value) -> str | list[str]:
    return [str(one) for one in value] if isinstance(value, tuple) else str(value)


def read_wanted(
    told: Sequence[Mapping[str, Any]], *, tables: Tables | None = None
) -> tuple[Wanted, ...]:
    """Answer what is wanted, or raise ValueError with the field that cannot be meant.

    A table of several sums is one limit for each size of household.
    """
    if not told:
        raise ValueError("wanted: no value")
    wanted = tuple(read for one in told for read in _read_one(one, tables or {}))
    for one in wanted:
        one.test()
    return wanted


def _read_one(told: Mapping[str, Any], tables: Tables) -> tuple[Wanted, ...]:
    one = _read_alone(told, tables)
    # No table is named in what the same person must meet besides.
    also = tuple(_read_alone(other, {}) for other in told.get("also") or ())
    table = tables.get(str(told.get("figure", "")))
    sums = () if table is None else table.amounts
    if len(sums) > 1:
        if also or one.somebody:
            raise ValueError(f"{one.field}: sums by size stand alone")
        by = of_couple if table and table.measure == Measure.COUPLE else by_size
        return by(one.field, one.operator, sums)
    return (replace(one, also=also) if also else one,)


def _read_alone(told: Mapping[str, Any], tables: Tables) -> Wanted:
    field = str(told.get("field", ""))
    if field not in NUMBERS and field not in GROUPS:
        raise ValueError(f"{field or 'field'}: no such field")
    try:
        operator = Operator(str(told.get("operator", "")))
    except ValueError as fault:
        raise ValueError(f"{field}: no such operator: {told.get('operator')}") from fault
    somebody = bool(told.get("somebody", False))
    if operator in NAMED_BY:
        if field in NUMBERS:
            raise ValueError(f"{field}: {operator} needs names")
        value = told.get("value") or ()
        names = (value,) if isinstance(value, str) else tuple(map(str, value))
        return Wanted(field, operator, names, somebody)
    if field in GROUPS:
        raise ValueError(f"{field}: {operator} needs a number")
    if operator is Operator.BETWEEN:
        ends = told.get("value") or ()
        if isinstance(ends, str) or len(ends) != 2:  # noqa: PLR2004
            raise ValueError(f"{field}: two numbers")
        low, high = (int(_number(field, {"value": one}, {})) for one in ends)
        return Wanted(field, operator, (low, high), somebody)
    return Wanted(field, operator, _number(field, told, tables), somebody)


def _number(field: str, told: Mapping[str, Any], tables: Tables) -> int | Decimal:
    if figure := str(told.get("figure", "")):
        if figure not in tables:
            raise ValueError(f"{field}: no such table: {figure}")
        if (tables[figure].unit == Unit.PERCENT) is not (UNITS.get(field) == Unit.PERCENT):
            raise ValueError(f"{field}: a table of something else: {figure}")
        return tables[figure].amounts[0]
    try:
        number = Decimal(str(told.get("value", "")))
    except InvalidOperation as fault:
        raise ValueError(f"{field}: no number: {told.get('value')}") from fault
    if not number.is_finite() or not 0 <= number <= LARGEST:
        raise ValueError(f"{field}: no such number: {told.get('value')}")
    if number == number.to_integral_value():
        return int(number)
    if field != "INCOME_PERCENT":
        raise ValueError(f"{field}: no whole number: {told.get('value')}")
    return number


def check_names_of_programmes(wanted: Iterable[Wanted], known: Iterable[str]) -> None:
    """Raise ValueError where somebody would have to receive what there is not."""
    programmes = frozenset(known)
    for one in [part for whole in wanted for part in (whole, *whole.also)]:
        names = one.value if isinstance(one.value, tuple) else ()
        unknown = {*map(str, names)} - programmes if one.field == Group.RECEIVES else set()
        if unknown:
            raise ValueError(f"{one.field}: no such value: {', '.join(sorted(unknown))}")


def read_refinements(
    stored: StoredVersion, figures: Mapping[str, Sequence[StoredFigure]]
) -> list[Refinement]:
    """Answer the version, once for each time within it that the tables it names say the same.

    While one of them says nothing, the condition is there and cannot be read: it wants nothing.
    """
    named = sorted({str(one["figure"]) for one in stored.wanted if one.get("figure")})
    if not named:
        return [_refinement(stored, read_wanted(stored.wanted), stored.since, ())]
    shapes = {name: without_numbers(figures[name][0]) for name in named if figures.get(name)}
    read_wanted(stored.wanted, tables=any_tables(stored.wanted) | shapes)
    read = []
    for day in _turning_days(stored, [one for name in named for one in figures.get(name, ())]):
        told = {name: figure_on(figures.get(name, ()), day) for name in named}
        in_force = {name: one for name, one in told.items() if one is not None}
        wanted: tuple[Wanted, ...] = ()
        if len(in_force) == len(named):
            wanted = read_wanted(stored.wanted, tables=in_force)
        read.append(_refinement(stored, wanted, day, tuple(in_force.values())))
    return read


def read_median(figure: StoredFigure) -> MedianIncome:
    """Answer a year's median income, or raise ValueError with what is wrong with it."""
    if (figure.since.month, figure.since.day) != (1, 1):
        raise ValueError("since: a median income counts from 1 January")
    amounts = figure.amounts
    if not 1 <= len(amounts) <= LARGEST_PUBLISHED:
        raise ValueError(f"amounts: one for each size of household, {LARGEST_PUBLISHED} at most")
    if amounts[0] <= 0:
        raise ValueError("amounts: each must be more than the one before")
    check_numbers(amounts, unit=figure.unit, measure=figure.measure)
    notice = figure.notice or figure.law
    return MedianIncome(figure.since.year, amounts, notice, verified=figure.verified)


def _turning_days(stored: StoredVersion, figures: Sequence[StoredFigure]) -> list[datetime.date]:
    turning = {day for one in figures for day in (one.since, one.until) if day is not None}
    later = {day for day in turning if day > stored.since}
    return [stored.since, *sorted(d for d in later if stored.until is None or d < stored.until)]


def any_tables(wanted: Iterable[Mapping[str, Any]]) -> dict[str, StoredFigure]:
    """Answer one that stands for each table that is named: of the unit that is asked for."""
    return {
        str(one["figure"]): StoredFigure(
            str(one["figure"]),
            (0,),
            "",
            datetime.date.min,
            unit=UNITS.get(str(one.get("field", "")), Unit.WON),
        )
        for one in wanted
        if one.get("figure")
    }


def _refinement(
    stored: StoredVersion,
    wanted: tuple[Wanted, ...],
    since: datetime.date,
    figures: tuple[StoredFigure, ...],
) -> Refinement:
    stale = [stored.stale_from, *(one.stale_from for one in figures)]
    law = ", ".join(dict.fromkeys((stored.law, *(one.law for one in figures if one.law))))
    verified = stored.verified and all(one.verified for one in figures)
    return Refinement(
        slot=stored.slot,
        wanted=wanted,
        source=Source(
            law,
            stored.verified_on if verified else None,
            stored.url,
            tuple(one.cited() for one in figures),
        ),
        since=since,
        until=stored.until,
        stale_from=min((day for day in stale if day is not None), default=None),
        verified=verified,
    )
