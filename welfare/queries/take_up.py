"""How welfare is taken up, in figures: centres in service, days to a decision, who gets what where.

Nothing here says anything of a person: counts alone, small ones not at all and others in tens, so
that none follows from a sum, from what is left of it, from another day or from another filter.
"""

import datetime
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import CommunityCentre, Membership
from core.cases.enums import EventKind
from core.cases.models import Case, CaseEvent
from core.kpi.rules.small_figures import FEWEST, suppressed
from core.kpi.thresholds import told_in_tens
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.places.facts import dongs, get_dong
from core.records.reading import system_reading
from welfare.enums import OutcomeAnswer
from welfare.models import BenefitApplication, BenefitOutcome, BenefitSource, CounterTalk
from welfare.models.application import (
    APPLICATION,
    AWARDED,
    DECIDED,
    GRANTED,
    PARTLY,
    REFUSED,
    WITHDRAWN,
)
from welfare.queries.benefit_rules import PROGRAMME_OF

# How many centres the programme was promised for when it began, in 2015 to 2018.
PROMISED = 424
LATELY = datetime.timedelta(days=90)
A_YEAR = datetime.timedelta(days=365)
OUTCOMES = (*DECIDED, WITHDRAWN)
# What is counted stands beside people; what is shown is the number alone.
COUNTING = "figures of the whole city, of which small ones are hidden"
DISTRICT_DIGITS = 5
MOST_PROGRAMMES = 50
CELLS = "welfare.take-up"
EVERYTHING = "all"
# Of requests that lie with a desk of the city, and that no centre was asked for.
NOWHERE, ELSEWHERE = "", "동주민센터에 낸 것이 아님"

# Of decided requests for benefits: how many days half of them, and nine of ten, took at most.
DAYS = """
SELECT count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY closed_at - opened_at),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY closed_at - opened_at)
FROM cases_case
WHERE kind = %s AND state = ANY(%s) AND closed_at >= %s AND closed_at <= %s
"""


@dataclass(frozen=True, slots=True)
class Service:
    """How many of the open centres have staff, and in how many something was done lately."""

    promised: int
    centres: int
    staffed: int
    served: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """How many requests for benefits were decided within a year, in tens, and in how many days.

    None where they are too few to be told; of so few no days are told either.
    """

    number: int | None
    half_within: float | None
    most_within: float | None


@dataclass(frozen=True, slots=True)
class Programme:
    """What became of the requests for one benefit, in tens; None where too few to be told."""

    code: str
    name: str
    granted: int | None
    refused: int | None
    said: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Granted:
    """What was granted, by benefit, by district and by dong, in tens; None where too few.

    What no centre was asked for stands under NOWHERE, if there is any.
    """

    number: int | None
    programmes: dict[str, int | None]
    districts: dict[str, int | None]
    dongs: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Place:
    """How many granted benefits the centre of a dong was asked for; None where too few."""

    code: str
    district: str
    name: str
    granted: int | None


def service(*, on: datetime.date, now: datetime.datetime) -> Service:
    """Five statements: centres, staff, requests begun or ended, and talks at the counter."""
    centres = open_centres_on(on)
    staffed = staffed_on(centres, on=on)
    return Service(PROMISED, len(centres), len(staffed), len(served_lately(centres, now=now)))


def open_centres_on(on: datetime.date) -> dict[int, str]:
    """Answer the centres that are open that day, and which dong each serves: one statement."""
    working = Office.objects.open_on(on)
    found = CommunityCentre.objects.filter(office__in=working).by_place().values_list("pk", "code")
    return {pk: code for pk, code in found if get_dong(code) is not None}


def staffed_on(centres: Collection[int], *, on: datetime.date) -> set[int]:
    """Keep the centres in which somebody works that day: one statement."""
    here = Membership.objects.current_on(on).filter(office__in=centres, person__is_active=True)
    with system_reading(COUNTING):
        return set(here.order_by().values_list("office", flat=True))


def served_lately(centres: Collection[int], *, now: datetime.datetime) -> set[int]:
    """Keep the centres in which something was done in the 90 days before: two statements."""
    since = now - LATELY
    lately = Q(opened_at__range=(since, now)) | Q(closed_at__range=(since, now))
    worked = Case.objects.filter(lately, office__in=centres).order_by()
    talked = CounterTalk.objects.begun_since(since).filter(office__in=centres, started_at__lte=now)
    with system_reading(COUNTING):
        served = set(worked.values_list("office", flat=True).distinct())
    return served | set(talked.order_by().values_list("office", flat=True).distinct())


def decisions(*, now: datetime.datetime) -> Decisions:
    with system_reading(COUNTING), connection.cursor() as cursor:
        asked: list[Any] = [APPLICATION, list(DECIDED), now - A_YEAR, now]
        cursor.execute(DAYS, asked)
        number, half, most = cursor.fetchone() or (0, None, None)
    if 0 < number < FEWEST:
        return Decisions(None, None, None)
    told = _told(number, EVERYTHING, "decided") if number else 0
    return Decisions(told, _days(half), _days(most))


def outcomes(*, now: datetime.datetime) -> Counter[str]:
    """Count the requests for benefits that ended within a year, by how: one statement.

    What was granted in part counts as granted.
    """
    ended = Case.objects.of_kind(APPLICATION).filter(closed_at__range=(now - A_YEAR, now))
    rows = ended.filter(state__in=OUTCOMES).order_by().values_list("state").annotate(Count("pk"))
    found = Counter[str]()
    with system_reading(COUNTING):
        for state, number in rows:
            found[_outcome(state)] += number
    return found


def programmes(*, now: datetime.datetime) -> list[Programme]:
    """Answer the benefits that were asked for most within a year: three statements."""
    rows = (
        BenefitApplication.objects.filter(case__closed_at__range=(now - A_YEAR, now))
        .filter(case__state__in=DECIDED)
        .order_by()
        .values_list("benefit", "benefit_name", "case__state")
        .annotate(number=Count("pk"))
    )
    names: dict[str, str] = {}
    decided: dict[str, Counter[str]] = {}
    with system_reading(COUNTING):
        for code, name, state, number in rows:
            names[code] = max(names.get(code, ""), name)
            decided.setdefault(code, Counter())[_outcome(state)] += number
    most = sorted(decided, key=lambda code: (-decided[code].total(), names[code]))
    shown = most[:MOST_PROGRAMMES]
    said = _said(shown)
    return [
        _programme(code, names[code], decided[code], said.get(code, Counter())) for code in shown
    ]


def places(*, now: datetime.datetime, benefit: str = "") -> list[Place]:
    """Answer every dong in order, small figures hidden: one statement.

    Of one benefit alone where it is named. What no centre was asked for comes last, if any.
    """
    told = granted(now=now, benefit=benefit).dongs
    found = [Place(one.code, one.district.name, one.name, told[one.code]) for one in dongs()]
    if NOWHERE in told:
        found.append(Place(NOWHERE, "", ELSEWHERE, told[NOWHERE]))
    return found


def districts_granted(*, now: datetime.datetime, benefit: str = "") -> dict[str, int | None]:
    """Answer how many benefits were granted by district, by the first digits of its code."""
    return granted(now=now, benefit=benefit).districts


def granted(*, now: datetime.datetime, benefit: str = "") -> Granted:
    """Answer what was granted within a year, of one benefit where it is named: one statement.

    All of it may stand side by side, of every benefit and of every day. Where nothing was granted
    at all, everything is zero.
    """
    every = _granted(now)
    codes = [*(one.code for one in dongs()), *([NOWHERE] if every.get(NOWHERE) else [])]
    in_dongs = {code: every.get(code, Counter[str]()) for code in codes}
    in_districts: dict[str, Counter[str]] = {}
    for code, own in in_dongs.items():
        in_districts.setdefault(code[:DISTRICT_DIGITS], Counter()).update(own)
    by_benefit: Counter[str] = sum(in_districts.values(), Counter())
    if not by_benefit:
        return Granted(0, {}, dict.fromkeys(in_districts, 0), dict.fromkeys(in_dongs, 0))
    whole = by_benefit[benefit] if benefit else by_benefit.total()
    return Granted(
        _told(whole, *_cell(EVERYTHING, benefit)),
        {code: _told(number, *_cell(EVERYTHING, code)) for code, number in by_benefit.items()},
        _told_by_place(in_districts, benefit),
        _told_by_place(in_dongs, benefit),
    )


def centres_without_staff(*, on: datetime.date) -> int:
    """How many open centres have nobody who works there: one statement."""
    here = Membership.objects.current_on(on).filter(office=OuterRef("pk"), person__is_active=True)
    open_offices = Office.objects.of_kind(OfficeKind.CENTRE).open_on(on)
    with system_reading(COUNTING):
        return open_offices.filter(centre__isnull=False).exclude(Exists(here)).count()


def _granted(now: datetime.datetime) -> dict[str, Counter[str]]:
    """Count by the centre that was asked and by benefit; the log's first line names that centre.

    It names none where the case lies with the centre that was asked.
    """
    asked = CaseEvent.objects.filter(case=OuterRef("case"), kind=EventKind.OPENED)
    year = (now - A_YEAR, now)
    rows = BenefitApplication.objects.filter(case__closed_at__range=year, case__state__in=AWARDED)
    by_centre = (
        rows.annotate(
            centre=Coalesce(
                Subquery(asked.order_by("pk").values("to_office__centre__code")[:1]),
                F("case__office__centre__code"),
            )
        )
        .order_by()
        .values_list("centre", "benefit")
        .annotate(Count("pk"))
    )
    granted: dict[str, Counter[str]] = {}
    with system_reading(COUNTING):
        for code, benefit, number in by_centre:
            granted.setdefault(code or NOWHERE, Counter())[benefit] += number
    return granted


def _told_by_place(every: dict[str, Counter[str]], benefit: str) -> dict[str, int | None]:
    return {
        place: _told(own[benefit] if benefit else own.total(), *_cell(place, benefit))
        for place, own in every.items()
    }


def _told(number: int, *cell: str) -> int | None:
    return told_in_tens(CELLS, number, *cell)


def _cell(place: str, benefit: str, outcome: str = GRANTED) -> tuple[str, str, str]:
    return place, benefit, outcome


def _outcome(state: str) -> str:
    return GRANTED if state == PARTLY else state


def _said(codes: list[str]) -> dict[str, Counter[str]]:
    """Answer what people said who were asked what became of a benefit: two statements.

    As its own page counts it, which programme of ours it is included: of two exact figures of one
    thing, what lies between them would be told.
    """
    keys = {code: {code} for code in codes}
    sources = BenefitSource.objects.filter(benefit__in=codes, source_key__in=PROGRAMME_OF)
    for code, key in sources.order_by().values_list("benefit", "source_key"):
        keys[code].add(PROGRAMME_OF[key])
    asked = BenefitOutcome.objects.filter(benefit_key__in=set[str]().union(*keys.values()))
    by_key: dict[str, Counter[str]] = {}
    counted = asked.order_by().values_list("benefit_key", "answer").annotate(Sum("number"))
    for key, answer, number in counted:
        by_key.setdefault(key, Counter())[answer] += number
    return {
        code: sum((by_key.get(key, Counter()) for key in own), Counter[str]())
        for code, own in keys.items()
    }


def _programme(code: str, name: str, decided: Counter[str], said: Counter[str]) -> Programme:
    told = {one: _told(decided[one], *_cell(EVERYTHING, code, one)) for one in (GRANTED, REFUSED)}
    answers = suppressed({answer: said[answer] for answer in OutcomeAnswer.values})
    return Programme(code, name, told[GRANTED], told[REFUSED], answers)


def _days(span: datetime.timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 86_400, 1)
