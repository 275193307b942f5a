"""A table of weights as it is stored, read and written; what cannot be meant is named."""

import datetime
from collections.abc import Mapping, Sequence

from welfare.rules.hardship import SignKind, Weight, WeightTable

PARTS = ("points", "a_month", "most", "days")
MOST_POINTS = 1_000
MOST_DAYS = 366


class WeightRefused(ValueError):
    """One figure of a table cannot be meant: whose, which part of it, and what would be right."""

    def __init__(self, kind: SignKind, part: str, least: int, most: int) -> None:
        super().__init__(f"{kind} {part}: {least} to {most}")
        self.kind, self.part, self.least, self.most = kind, part, least, most


def read_table(*, since: datetime.date, stored: Mapping[str, Sequence[int]]) -> WeightTable:
    """Read a stored table; raises WeightRefused, also where a kind is left out."""
    return WeightTable(since, {kind: _weight(kind, stored.get(kind, ())) for kind in SignKind})


def write_table(table: WeightTable) -> dict[str, list[int]]:
    return {
        str(kind): [weight.points, weight.a_month, weight.most, weight.days]
        for kind, weight in table.weights.items()
    }


def _weight(kind: SignKind, told: Sequence[int]) -> Weight:
    figures = dict(zip(PARTS, told, strict=False))
    points = _figure(kind, "points", figures, 0, MOST_POINTS)
    return Weight(
        points=points,
        a_month=_figure(kind, "a_month", figures, 0, MOST_POINTS),
        most=_figure(kind, "most", figures, points, MOST_POINTS),
        days=_figure(kind, "days", figures, 1, MOST_DAYS),
    )


def _figure(kind: SignKind, part: str, told: Mapping[str, int], least: int, most: int) -> int:
    figure = told.get(part)
    if not isinstance(figure, int) or isinstance(figure, bool) or not least <= figure <= most:
        raise WeightRefused(kind, part, least, most)
    return figure


# An assumption of the portal's makers for the city to decide on, and to change at any time: what
# keeps somebody alive (power, water, heat, a home, medicine) weighs most, what is told every month
# grows by the month, and what is older than half a year says little about today. No source names
# such points; the ministry's own model for finding households in crisis is not published.
ASSUMED = {
    SignKind.DISCONNECTED: Weight(points=40, a_month=0, most=40, days=120),
    SignKind.RENT: Weight(points=20, a_month=5, most=40, days=180),
    SignKind.MEDICAL_BILLS: Weight(points=20, a_month=0, most=20, days=180),
    SignKind.HEALTH_INSURANCE: Weight(points=15, a_month=3, most=35, days=180),
    SignKind.ELECTRICITY: Weight(points=15, a_month=5, most=30, days=180),
    SignKind.GAS: Weight(points=15, a_month=5, most=30, days=180),
    SignKind.WATER: Weight(points=15, a_month=5, most=30, days=180),
    SignKind.JOB_LOSS: Weight(points=15, a_month=0, most=15, days=180),
    SignKind.DISCHARGED: Weight(points=15, a_month=0, most=15, days=120),
    SignKind.MOBILE: Weight(points=5, a_month=2, most=15, days=180),
}
