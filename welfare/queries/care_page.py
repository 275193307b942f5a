"""A household on one screen: who belongs to it, what is known, agreed, planned and done."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from core.cases.models import Attachment, Case
from core.cases.staff import names_of, staff_of
from core.records.asking import AskedAbout, ObjectsAskedAbout
from core.records.reading import system_reading
from welfare.enums import CareBenefitState
from welfare.models import (
    CareBenefit,
    CareCase,
    CareConsent,
    CareContact,
    CareHandOver,
    CareHousehold,
    CareMember,
    CareMerge,
    CareNeed,
    CarePlanStep,
    CareStep,
    HardshipHousehold,
)
from welfare.models.application import GRANTED, PARTLY, REFUSED
from welfare.queries.care_words import need_in_words
from welfare.queries.households import relation_in_words

DATES = (
    ("applied_date", "신청"),
    ("received_date", "받기 시작"),
    ("refused_date", "받지 못함"),
    ("ended_date", "끝남"),
)
# The rows of one household: written once, because writing fifteen statements takes longer than
# the database takes to answer them.
MEMBERS = ObjectsAskedAbout(lambda pk: _of(CareMember, pk).head_first(), -1)
NEEDS = ObjectsAskedAbout(lambda pk: _of(CareNeed, pk).order_by("-since", "-pk"), -1)
CONSENTS = ObjectsAskedAbout(lambda pk: _of(CareConsent, pk).order_by("-since", "-pk"), -1)
BENEFITS = ObjectsAskedAbout(lambda pk: _with_cases(CareBenefit, pk).order_by("-pk"), -1)
CONTACTS = ObjectsAskedAbout(lambda pk: _with_cases(CareContact, pk).order_by("-on", "-pk"), -1)
PLAN = ObjectsAskedAbout(lambda pk: _of(CarePlanStep, pk).order_by("due_date", "pk"), -1)
CASES = ObjectsAskedAbout(lambda pk: _with_cases(CareCase, pk).order_by("-pk"), -1)
LOG = ObjectsAskedAbout(lambda pk: _log_of(pk).select_related("centre").newest_first(), -1)
OFFERS = ObjectsAskedAbout(lambda pk: _offers_of(pk).select_related("to_centre")[:1], -1)
MERGES = ObjectsAskedAbout(lambda pk: _merges_of(pk)[:1], -1)
SIGNS = AskedAbout(lambda pk: _signs_of(pk).values_list("pk")[:1], -1)


@dataclass(slots=True)
class Line:
    """One row of a section, with whom it is of and what its case is."""

    row: Any
    name: str
    who: str = ""
    says: str = ""
    case: Case | None = None
    may_open: bool = False
    dates: list[tuple[str, datetime.date]] = field(default_factory=list)
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class CarePage:
    """What the page shows; two queries a section at most, however many rows."""

    household: CareHousehold
    head: str
    members: list[Line]
    past: list[Line]
    needs: list[Line]
    met_needs: list[Line]
    consents: list[Line]
    ended_consents: list[Line]
    benefits: list[Line]
    contacts: list[Line]
    plan: list[Line]
    ended_plan: list[Line]
    cases: list[Line]
    files: list[Attachment]
    log: list[Line]
    offer: CareHandOver | None
    merge: CareMerge | None
    sign: HardshipHousehold | None
    current: list[CareMember]
    # Who may see to what is planned: number and name.
    colleagues: list[tuple[int, str]]


class _Names:
    """What members and colleagues are called, asked for once."""

    def __init__(self, members: Iterable[CareMember], staff: Iterable[int | None]) -> None:
        self.members = {one.pk: one.name for one in members}
        self.staff = names_of(one for one in staff if one is not None)

    def line(self, row: Any, *, by: int | None = None, **more: Any) -> Line:
        name = self.members.get(row.member_id or 0, "")
        return Line(row, name, who=self.staff.get(by or 0, ""), **more)


def page_of(household: CareHousehold, actor: object, *, on: datetime.date) -> CarePage:
    number = household.pk
    everybody, needs, consents = MEMBERS(number), NEEDS(number), CONSENTS(number)
    benefits, contacts, plan = BENEFITS(number), CONTACTS(number), PLAN(number)
    cases, log = CASES(number), LOG(number)
    mine = _mine([one.case_id for one in (*benefits, *contacts, *cases) if one.case_id], actor)
    names = _Names(
        everybody,
        [
            *(one.taken_by_id for one in consents),
            *(one.by_id for one in (*contacts, *log)),
            *(one.responsible_id for one in plan),
        ],
    )
    told = {
        "needs": [names.line(one, says=need_in_words(one)) for one in needs],
        "consents": [names.line(one, by=one.taken_by_id) for one in consents],
        "benefits": [_benefit(names, one, mine) for one in benefits],
        "contacts": [_with_case(names.line(one, by=one.by_id), mine) for one in contacts],
        "plan": [_planned(names, one, on) for one in plan],
        "cases": [_with_case(names.line(one), mine) for one in cases],
        "log": [names.line(one, by=one.by_id) for one in log],
    }
    members = [Line(one, one.name, says=relation_in_words(one)) for one in everybody]
    return CarePage(
        household=household,
        head=everybody[0].name if everybody else "",
        members=[one for one in members if one.row.until is None],
        past=[one for one in members if one.row.until is not None],
        needs=_going_on(told["needs"]),
        met_needs=_ended(told["needs"]),
        consents=_going_on(told["consents"]),
        ended_consents=_ended(told["consents"]),
        benefits=told["benefits"],
        contacts=told["contacts"],
        plan=[one for one in told["plan"] if _is_open(one.row)],
        ended_plan=[one for one in told["plan"] if not _is_open(one.row)],
        cases=told["cases"],
        files=list(Attachment.objects.filter(case__in=mine).in_order()) if mine else [],
        log=told["log"],
        offer=next(iter(OFFERS(number)), None),
        merge=next(iter(MERGES(number)), None),
        sign=_sign(number, actor),
        current=[one for one in everybody if one.until is None],
        colleagues=[(who, name) for _, who, name in staff_of([household.centre_id], on=on)],
    )


def _of(model: Any, household: int) -> Any:
    return model.objects.filter(household=household)


def _with_cases(model: Any, household: int) -> Any:
    return _of(model, household).select_related("case")


def _log_of(household: int) -> Any:
    return CareStep.objects.of(CareHousehold(pk=household))


def _offers_of(household: int) -> Any:
    return CareHandOver.objects.waiting().filter(household=household).order_by("pk")


def _merges_of(household: int) -> Any:
    merges = CareMerge.objects.waiting()
    return (merges.filter(kept=household) | merges.filter(gone=household)).order_by("pk")


def _signs_of(household: int) -> Any:
    return HardshipHousehold.objects.listed().filter(care=household)


def _sign(household: int, actor: object) -> HardshipHousehold | None:
    """Answer the signs of hardship that somebody may see: asked of those alone that have some."""
    with system_reading("whether there are signs of a household's hardship at all"):
        if not SIGNS(household):
            return None
    mine: Any = _signs_of(household).worked_on_by(actor)
    return mine.only("pk", "points", "state").order_by("pk").first()  # type: ignore[no-any-return]


def _mine(case_ids: list[int], actor: object) -> set[int]:
    """Answer which of the requests somebody may open: those of another centre stay there."""
    if not case_ids:
        return set()
    rows = Case.objects.worked_on_by(actor).filter(pk__in=case_ids)
    return set(rows.order_by().values_list("pk", flat=True))


def _with_case(line: Line, mine: set[int]) -> Line:
    line.case = line.row.case
    line.may_open = line.row.case_id in mine
    return line


def _benefit(names: _Names, row: CareBenefit, mine: set[int]) -> Line:
    line = _with_case(names.line(row), mine)
    dates = {name: getattr(row, name) for name, _ in DATES}
    line.says = str(row.get_state_display())
    if row.case is not None and row.state != CareBenefitState.ENDED:
        line.says = str(row.case.get_state_display())
        fields = {GRANTED: "received_date", PARTLY: "received_date", REFUSED: "refused_date"}
        decided = fields.get(row.case.state)
        if decided and row.case.closed_at:
            dates[decided] = timezone.localdate(row.case.closed_at)
    line.dates = [(title, dates[name]) for name, title in DATES if dates[name]]
    return line


def _planned(names: _Names, row: CarePlanStep, on: datetime.date) -> Line:
    line = names.line(row, by=row.responsible_id)
    line.is_late = _is_open(row) and row.due_date < on
    return line


def _is_open(row: CarePlanStep) -> bool:
    return row.done_date is None and row.dropped_date is None


def _going_on(lines: list[Line]) -> list[Line]:
    return [one for one in lines if one.row.until is None]


def _ended(lines: list[Line]) -> list[Line]:
    return [one for one in lines if one.row.until is not None]
