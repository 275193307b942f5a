"""What is asked of cases besides lists: duplicates, the log as a page tells it, figures."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from core.cases.enums import LOOKS
from core.cases.models import Attachment, Case, CaseEvent, CaseTally
from core.cases.models.attachment import AttachmentQuerySet
from core.cases.models.case import CaseQuerySet
from core.cases.models.event import CaseEventQuerySet
from core.cases.registry import declared_kinds
from core.cases.staff import has_stand_in
from core.kpi.thresholds import told_in_tens
from core.prepared import Asked
from core.records.asking import ObjectsAskedAbout
from core.records.reading import system_reading

CELLS, EVERYTHING = "cases.open", "all"
# In weeks: this one, last, to four, older.
AGES = ("0", "1", "2", "3")
LAST_OF_MIDDLE = 3
MOST_LOOKS = 100


def find_duplicates(kind: str, person_id: int | None, *, but: int | None = None) -> CaseQuerySet:
    """Keep the open cases of the same person and kind; nobody's have no duplicates."""
    if person_id is None:
        return Case.objects.none()
    others = Case.objects.open().of_kind(kind).filter(person=person_id)
    return others if but is None else others.exclude(pk=but)


def number_without_heir(office_id: int, *, on: datetime.date) -> int:
    """Answer how many open cases of an office nobody could go on with, were it not there."""
    lying, kinds = Case.objects.open().filter(office=office_id), declared_kinds()
    with system_reading("of which kinds they are, to count them"):
        slugs = list(lying.order_by("kind").values_list("kind", flat=True).distinct())
    left = [
        slug
        for slug in slugs
        if slug not in kinds or not has_stand_in(kinds[slug], office_id, on=on)
    ]
    return lying.filter(kind__in=left).count()


def log_of(case: Case, *, is_all: bool) -> list[CaseEvent]:
    """Answer a case's log in order with its words and offices: one query. Looks are left out."""
    return (LOG if is_all else TOLD_LOG)(case.pk)


def looks_at(case: Case) -> list[CaseEvent]:
    """Answer who opened a case or took a file of it along last, the newest first."""
    return LOOKS_AT(case.pk)


def files_of(case: Case) -> list[Attachment]:
    """Answer what was attached to a case, in order, with the line of the log that it came with."""
    files = FILES(case.pk)
    for one in files:
        one.case = case
    return files


def _events(case: int) -> CaseEventQuerySet:
    return CaseEvent.objects.filter(case=case)


def _log(case: int) -> CaseEventQuerySet:
    rows = _events(case).exclude(kind__in=LOOKS).in_order()
    return rows.select_related("words", "office", "to_office")


def _looks(case: int) -> CaseEventQuerySet:
    rows = _events(case).filter(kind__in=LOOKS).newest_first()
    return rows.select_related("office")[:MOST_LOOKS]


def _files(case: int) -> AttachmentQuerySet:
    return Attachment.objects.filter(case=case).select_related("event").in_order()


LOG = ObjectsAskedAbout(_log, -1)
TOLD_LOG = ObjectsAskedAbout(lambda case: _log(case).told(), -1)
LOOKS_AT = ObjectsAskedAbout(_looks, -1)
FILES = ObjectsAskedAbout(_files, -1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many open cases stand in a state, by age in weeks: this one, last, to four, older."""

    key: str  # as the list's filter writes it
    title: str | Promise
    ages: tuple[int, int, int, int]

    @property
    def number(self) -> int:
        return sum(self.ages)


def standings(office_ids: frozenset[int] | None, *, on: datetime.date) -> list[Standing]:
    """Answer the open cases of offices (None: of all) by state and age: one query of figures."""
    monday = on - datetime.timedelta(days=on.weekday())
    figures = _figures(None if office_ids is None else len(office_ids))
    found: dict[tuple[str, str], Counter[int]] = {}
    for kind, state, week, number in figures(*sorted(office_ids or ())):
        found.setdefault((kind, state), Counter())[_age((monday - week).days // 7)] += number
    return [
        Standing(f"{kind}:{state}", _title(kind, state), (ages[0], ages[1], ages[2], ages[3]))
        for (kind, state), ages in _in_order(found)
    ]


@cache
def _figures(offices: int | None) -> Asked:
    """Answer what asks for the figures of so many offices (None: of all)."""

    def rows(*office_ids: int) -> Any:
        among = None if offices is None else frozenset(office_ids)
        told = CaseTally.objects.of_offices(among).values("kind", "state", "week")
        figures = told.annotate(cases=Sum("number")).values_list("kind", "state", "week", "cases")
        return figures.order_by("kind", "state", "week")

    return Asked(rows, *range(-1, -1 - (offices or 0), -1))


@dataclass(frozen=True, slots=True)
class Figures:
    """How many open cases an office has, or stand in a state, by age in weeks as in `Standing`.

    In tens, and None where they are too few to be told.
    """

    name: str | Promise
    ages: tuple[int | None, ...]
    number: int | None


def told_open(number: int, *cell: str) -> int | None:
    """Answer how many cases of the whole city are open, in tens: of all, or as the cell says.

    Exact figures beside each other, by office, by state, by age and in all, would tell small ones.
    """
    return told_in_tens(CELLS, number, *(cell or (EVERYTHING,)))


def told_standings(*, on: datetime.date) -> list[Figures]:
    """Answer the open cases of the whole city by state, for whoever sees no request."""
    return [_figures_of(one.title, one.ages, "state", one.key) for one in standings(None, on=on)]


def figures_by_office(*, on: datetime.date) -> list[Figures]:
    """Answer every office with open cases, those with the oldest first: one query of figures.

    Those of which too little is told to say which comes first stand in the order of their names.
    """
    monday = on - datetime.timedelta(days=on.weekday())
    rows = CaseTally.objects.of_offices(None).values("office__name", "office", "week")
    figures = rows.annotate(cases=Sum("number")).values_list(
        "office", "office__name", "week", "cases"
    )
    found: dict[tuple[int, str], Counter[int]] = {}
    for office, name, week, number in figures.order_by("office", "week"):
        found.setdefault((office, name), Counter())[_age((monday - week).days // 7)] += number
    told = [
        _figures_of(name, [ages[at] for at in range(len(AGES))], "office", str(office))
        for (office, name), ages in found.items()
    ]
    return sorted(told, key=lambda one: (-(one.ages[-1] or 0), -(one.number or 0), str(one.name)))


def _figures_of(name: str | Promise, ages: Sequence[int], *cell: str) -> Figures:
    told = [told_open(number, *cell, age) for age, number in zip(AGES, ages, strict=True)]
    return Figures(name, tuple(told), told_open(sum(ages), *cell))


def _age(weeks: int) -> int:
    """Answer which of AGES it is."""
    if weeks <= 1:
        return max(0, weeks)
    return 2 if weeks <= LAST_OF_MIDDLE else 3


def _title(kind: str, state: str) -> str:
    if kind not in declared_kinds():
        return f"{kind} {state}"
    return _titled(kind, state, get_language())


@lru_cache(maxsize=1024)
def _titled(kind: str, state: str, language: str | None) -> str:
    """Put a title together once: the words of a list's figures are the same for all."""
    declared = declared_kinds()[kind]
    return f"{declared.title}: {declared.state(state).title}"


def _in_order(
    found: dict[tuple[str, str], Counter[int]],
) -> Iterable[tuple[tuple[str, str], Counter[int]]]:
    """Put the states in the order in which their kinds declare them."""
    places = {
        (kind.slug, state.slug): (row, column)
        for row, kind in enumerate(declared_kinds().values())
        for column, state in enumerate(kind.states)
    }
    last = (len(places), 0)
    return sorted(found.items(), key=lambda one: (places.get(one[0], last), one[0]))


def why_unshared(case: Case) -> str:
    """Say why others may not be told of a case; nothing where they may."""
    kind = declared_kinds().get(case.kind)
    return str(import_string(kind.unshared)(case)) if kind and kind.unshared else ""


def why_not_reopened(case: Case) -> str:
    """Say why a case may not be opened again; nothing where it may."""
    kind = declared_kinds().get(case.kind)
    return str(import_string(kind.reopened)(case)) if kind and kind.reopened else ""


def told_facts(case: Case, *, staff: bool = False) -> list[tuple[object, object]]:
    """Answer what an area's own record says of a case: to its person, or to staff besides."""
    kind = declared_kinds().get(case.kind)
    told = (kind.staff_facts if staff else kind.facts) if kind else ""
    return list(import_string(told)(case)) if told else []
