"""Weighs households by the table that holds on a day: an order for looking, kept with its table."""

import datetime
from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from core.records.reading import system_reading
from welfare.models import HardshipHousehold, HardshipSign, SignWeights
from welfare.queries.hardship import table_of, weights_on
from welfare.rules.hardship import Sign, SignKind, WeightTable, score
from welfare.services.hardship_lock import wait_for_list

PIECE = 2_000
# One statement for a piece; only what changed is written.
WRITE = """
UPDATE welfare_hardshiphousehold AS held
SET points = told.points, weighed_on = %(on)s, weights_id = %(weights)s
FROM unnest(%(ids)s::bigint[], %(points)s::int[]) AS told (id, points)
WHERE held.id = told.id
"""


def weigh_households(*, on: datetime.date, among: Iterable[int] | None = None) -> int:
    """Weigh those told of, or all on a list, as of a day; answer how many.

    Nothing else of a household changes: what its points mean is for people to judge.
    """
    weights = weights_on(on)
    if weights is None:
        return 0
    table, number = table_of(weights), 0
    for ids in _pieces(among):
        with transaction.atomic(), system_reading("how much the signs weigh"):
            wait_for_list()
            _weigh(ids, weights, table, on)
        number += len(ids)
    return number


def _pieces(among: Iterable[int] | None) -> Iterator[list[int]]:
    if among is not None:
        ids = sorted(among)
        yield from (ids[at : at + PIECE] for at in range(0, len(ids), PIECE))
        return
    reached = 0
    listed = HardshipHousehold.objects.listed().order_by("pk")
    while ids := list(listed.filter(pk__gt=reached).values_list("pk", flat=True)[:PIECE]):
        yield ids
        reached = ids[-1]


def _weigh(ids: list[int], weights: SignWeights, table: WeightTable, on: datetime.date) -> None:
    signs: dict[int, list[Sign]] = {key: [] for key in ids}
    told = HardshipSign.objects.filter(household__in=ids, month__lte=on).order_by("pk")
    for key, kind, month, months in told.values_list("household", "kind", "month", "months"):
        signs[key].append(Sign(SignKind(kind), month, months))
    points = [score(signs[key], table=table, on=on).points for key in ids]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, {"on": on, "weights": weights.pk, "ids": ids, "points": points})
