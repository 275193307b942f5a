"""What the page of one facility shows: each field with its sources, correction and history."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from core.feeds.models import FieldChange, Override
from core.places.models import HoursException
from welfare.admin.words import KINDS, field_label, value_words
from welfare.models import (
    CentralFacility,
    Facility,
    FacilityCorrection,
    SeoulFacility,
)
from welfare.services import CORRECTABLE

MOST_HISTORY = 60
NOT_TOLD = "–"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field, side by side: what each source says, what staff says, what is published."""

    name: str
    label: str
    seoul: str
    central: str
    published: str
    correction: Override | None
    correction_words: str
    may_correct: bool


def facility_page(facility: Facility, *, may_act: bool) -> dict[str, Any]:
    code = facility.pk
    chosen = FacilityCorrection.objects.made_by_hand().filter(key=code)
    corrections = {one.field: one for one in chosen.select_related("made_by").order_by("pk")}
    seoul = SeoulFacility.objects.filter(pk=code).first()
    central = CentralFacility.objects.filter(pk=code).first()
    reports = facility.reports.waiting()
    return {
        "facility": facility,
        "may_act": may_act,
        "seoul": seoul,
        "central": central,
        "rows": [
            _row(name, facility, seoul, central, corrections.get(name), may_act=may_act)
            for name in CORRECTABLE
        ],
        "history": history(code),
        "exceptions": HoursException.objects.of(Facility.place_kind, code),
        "reports": reports,
    }


def _row(
    name: str,
    facility: Facility,
    seoul: SeoulFacility | None,
    central: CentralFacility | None,
    correction: Override | None,
    *,
    may_act: bool,
) -> FieldRow:
    field = CORRECTABLE[name]
    return FieldRow(
        name=name,
        label=field.label,
        seoul=_told(seoul, name),
        central=_told(central, name),
        published=value_words(name, getattr(facility, name)),
        correction=correction,
        correction_words=value_words(name, correction.value) if correction else "",
        may_correct=may_act and (field.of_protected or not facility.is_protected),
    )


def _told(row: SeoulFacility | CentralFacility | None, name: str) -> str:
    if row is None or not CORRECTABLE[name].has_source or not hasattr(row, name):
        return NOT_TOLD
    return value_words(name, getattr(row, name))


@dataclass(frozen=True, slots=True)
class HistoryLine:
    change: FieldChange
    label: str
    where: str
    old: str
    new: str


def history(code: str) -> list[HistoryLine]:
    """Answer the newest changes of the facility and of both sources, newest first."""
    changes = FieldChange.objects.filter(kind__in=KINDS, key=code).select_related(
        "changed_by", "run"
    )
    newest = changes.order_by(F("changed_at").desc(), "-pk")[:MOST_HISTORY]
    return [
        HistoryLine(
            change=change,
            label=field_label(change.field),
            where=KINDS[change.kind],
            old=value_words(change.field, change.old),
            new=value_words(change.field, change.new),
        )
        for change in newest
    ]
