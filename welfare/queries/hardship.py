"""What the desk shows of households with signs: the score of one, and how fairly the list goes."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from core.kpi.thresholds import told_in_tens
from core.places.facts import get_district
from core.records.reading import system_reading
from welfare.enums import AgeBand, HardshipDeed, ToldSex
from welfare.models import HardshipHousehold, HardshipSign, HardshipStep, SignWeights
from welfare.rules.hardship import Score, Sign, SignKind, WeightTable, score
from welfare.rules.sign_weights import read_table

# What is counted of each group; whoever was helped was imported, whatever else was done.
MEASURES = ("imported", "looked_at", "visited", "helped")
CELLS = "welfare.fairness"
DIMENSIONS = (
    ("district_code", "자치구"),
    ("age_band", "나이대"),
    ("sex", "성별"),
)


def weights_on(day: datetime.date) -> SignWeights | None:
    """Answer the table that holds on a day; None before the first one."""
    return SignWeights.objects.begun_by(day).first()


def table_of(weights: SignWeights) -> WeightTable:
    return read_table(since=weights.since, stored=weights.weights)


def score_of(household: HardshipHousehold, signs: Iterable[HardshipSign]) -> Score | None:
    """Answer the score as it was made, by its own table and day; None before it was weighed."""
    if household.weights is None or household.weighed_on is None:
        return None
    on = household.weighed_on
    told = [Sign(SignKind(one.kind), one.month, one.months) for one in signs if one.month <= on]
    return score(told, table=table_of(household.weights), on=on)


def log_of(household: HardshipHousehold) -> list[HardshipStep]:
    """Answer what was done, the newest first: also before two rows turned out to be one."""
    steps = HardshipStep.objects.filter(
        Q(household=household) | Q(household__merged_into=household)
    )
    return list(steps.select_related("by", "case").order_by("-at", "-pk"))


@dataclass(frozen=True, slots=True)
class Line:
    """One group: how many were imported, looked at, visited, helped, in tens; None where hidden."""

    name: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    title: str
    lines: tuple[Line, ...]


def fairness(office_ids: frozenset[int] | None) -> list[Breakdown]:
    """Answer the figures of some centres (None: of all) by district, age and sex: one query.

    Households as they stand on the list today. In tens, and hidden below ten: who was visited was
    looked at, so that exact figures beside each other would tell the small ones.
    """
    rows = HardshipHousehold.objects.listed()
    if office_ids is not None:
        rows = rows.filter(office__in=sorted(office_ids))
    deeds = HardshipStep.objects.filter(
        Q(household=OuterRef("pk")) | Q(household__merged_into=OuterRef("pk"))
    )
    told = rows.annotate(
        was_looked_at=Exists(deeds),
        was_visited=Exists(deeds.filter(deed=HardshipDeed.VISITED)),
        was_helped=Exists(deeds.filter(deed=HardshipDeed.HELPED)),
    )
    counts = {
        "imported": Count("pk"),
        "looked_at": Count("pk", filter=Q(was_looked_at=True)),
        "visited": Count("pk", filter=Q(was_visited=True)),
        "helped": Count("pk", filter=Q(was_helped=True)),
    }
    names = [name for name, _ in DIMENSIONS]
    # Groups of people, of which the small ones are hidden below: nobody is shown.
    with system_reading("figures in which nobody stands alone"):
        groups = list(told.values(*names).annotate(**counts).order_by(*names))
    whose = ",".join(map(str, sorted(office_ids or ())))
    return [Breakdown(title, _lines(name, groups, whose)) for name, title in DIMENSIONS]


def _lines(name: str, groups: list[dict[str, Any]], whose: str) -> tuple[Line, ...]:
    counted: dict[str, Counter[str]] = {measure: Counter() for measure in MEASURES}
    for group in groups:
        for measure in MEASURES:
            counted[measure][str(group[name])] += int(group[measure])
    return tuple(
        Line(
            _name_of(name, key),
            tuple(
                told_in_tens(CELLS, counted[measure][key], whose, name, key, measure)
                for measure in MEASURES
            ),
        )
        for key in sorted(counted["imported"], key=_order(name))
    )


def _order(name: str) -> Callable[[str], str]:
    known = {"age_band": AgeBand.values, "sex": ToldSex.values}.get(name, [])
    places = {value: str(at) for at, value in enumerate(known)}
    return lambda key: places.get(key, key)


def _name_of(name: str, key: str) -> str:
    if name == "district_code":
        district = get_district(key)
        return district.name if district else key
    return str((AgeBand if name == "age_band" else ToldSex)(key).label)
