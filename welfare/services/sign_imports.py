"""Brings a file of signs in: looked at line by line first, then written in sets, each sign once."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest

from core.desk.imports import Fault
from core.desk.streams import reading_lines
from core.records.reading import system_reading
from welfare import permissions
from welfare.models import (
    CareMember,
    HardshipHousehold,
    HardshipImport,
    HardshipSign,
)
from welfare.queries.households import households_by_mark, standing_marks
from welfare.rules.sign_words import age_band
from welfare.services.hardship_lock import wait_for_list
from welfare.services.sign_lines import Batch, Scope, SignRow, read_batches, scope_of
from welfare.services.sign_weighing import weigh_households

MOST_LINES = 200_000
LINES_SHOWN = 200
FAULTS_SHOWN = 200
NEW, CHANGED, KNOWN = "NEW", "CHANGED", "KNOWN"
# Of whom a row is: ("care", household) of the caseload, or ("mark", centre, mark).
Target = tuple[Any, ...]
# A household, and what a sign is known by within it.
Known = tuple[int, str, str, datetime.date]


class SignsRefused(Exception):
    """Nothing was written; the message is a sentence for whoever brought the file."""


class SignsChanged(SignsRefused):
    """The same file would do something else by now than was shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as the preview tells it."""

    line: int
    subject: str
    words: str
    verdict: str
    before: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Whose a row is: of a household of the caseload, or of a centre's list alone."""

    target: Target
    care_id: int | None
    office_id: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row is: new, known, or known with another number of months."""

    row: SignRow
    what: str
    place: Place
    member_id: int | None
    household_id: int | None
    before: int | None


@dataclass(slots=True)
class Outlook:
    """What a file would do, or did: counted whole, shown in part."""

    form: str = ""
    lines: int = 0
    added: int = 0
    changed: int = 0
    known: int = 0
    wrong: int = 0
    shown: list[Shown] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    _held: Any = field(default_factory=hashlib.sha256)

    @property
    def mark(self) -> str:
        """Answer what changes when the same file would do something else than was shown."""
        return str(self._held.hexdigest())

    @property
    def to_write(self) -> int:
        return self.added + self.changed

    def take(self, batch: Batch, verdicts: Sequence[Verdict]) -> None:
        self.lines += batch.lines
        self.wrong += len({one.line for one in batch.faults})
        self.fault_count += len(batch.faults)
        self.faults += batch.faults[: max(0, FAULTS_SHOWN - len(self.faults))]
        for one in verdicts:
            self.added += one.what == NEW
            self.changed += one.what == CHANGED
            self.known += one.what == KNOWN
            self._held.update(f"{one.row.said} {one.what}\n".encode())
            if len(self.shown) < LINES_SHOWN:
                row = one.row
                self.shown.append(Shown(row.line, row.subject, row.words, one.what, one.before))


def look_at_signs(*, file: IO[bytes], actor: Any, on: datetime.date) -> Outlook:
    """Say what a file would do, and write nothing; raises TableRefused and SignsRefused.

    A batch of lines at a time, with four queries: what is held grows by a few bytes a line.
    """
    outlook, scope = _begin(actor)
    with reading_lines(file, most=MOST_LINES) as lines:
        outlook.form = lines.form
        for batch in read_batches(lines, scope=scope, on=on):
            outlook.take(batch, _judge(batch.rows, scope))
    return outlook


@transaction.atomic
def bring_in_signs(
    *, file: IO[bytes], mark: str, actor: Any, on: datetime.date, now: datetime.datetime
) -> HardshipImport:
    """Write what was shown: the lines that are right; raises SignsChanged where it differs by now.

    Each batch is written with as many statements, however many lines it has. One file at a time.
    """
    outlook, scope = _begin(actor)
    wait_for_list()
    brought = HardshipImport.objects.create(brought_by=actor, brought_at=now, lines=0)
    touched: set[int] = set()
    with reading_lines(file, most=MOST_LINES) as lines:
        for batch in read_batches(lines, scope=scope, on=on):
            verdicts = _judge(batch.rows, scope)
            outlook.take(batch, verdicts)
            touched |= _write(verdicts, brought, on=on, now=now)
    if outlook.mark != mark:
        raise SignsChanged("그 사이에 내용이 바뀌어 다시 보여 드립니다.")
    for name in ("lines", "added", "changed", "known", "wrong"):
        setattr(brought, name, getattr(outlook, name))
    brought.save()
    weigh_households(on=on, among=touched)
    return brought


def _begin(actor: Any) -> tuple[Outlook, Scope]:
    if not permissions.can_bring_signs(actor):
        raise SignsRefused("위기 신호를 가져올 수 없습니다.")
    return Outlook(), scope_of(actor)


def _judge(rows: Sequence[SignRow], scope: Scope) -> list[Verdict]:
    """Say of each row whether it is known: four queries for a batch."""
    if not rows:
        return []
    with system_reading("whether a sign is known already"):
        rows = as_they_stand(rows)
        marks = {row.mark for row in rows}
        cared = households_by_mark(marks)
        current = CareMember.objects.filter(mark__in=cared, until=None).order_by("pk")
        members = dict(current.values_list("mark", "pk"))
        placed = [_placed(row, cared, scope) for row in rows]
        held = _households(placed, marks)
        known = _known(set(held.values()), marks)
    return [
        _verdict(row, place, held, known, members) for row, place in zip(rows, placed, strict=True)
    ]


def as_they_stand(rows: Sequence[SignRow]) -> Sequence[SignRow]:
    """While keys are changed, keep to the mark with which somebody stands already."""
    standing = standing_marks({(row.name, row.birth_date) for row in rows})
    return [replace(row, mark=standing.get(row.mark, row.mark)) for row in rows]


def _verdict(
    row: SignRow,
    place: Place,
    held: Mapping[Target, int],
    known: Mapping[Known, int | None],
    members: Mapping[str, int],
) -> Verdict:
    """Judge one row; of whom the caseload knows since yesterday, the unmatched row counts still."""
    targets = (place.target, ("mark", place.office_id, row.mark))
    households = [held[one] for one in targets if one in held]
    keys = [(one, row.mark, str(row.kind), row.month) for one in households]
    key = next((one for one in keys if one in known), None)
    before = known[key] if key else None
    is_changed = key is not None and row.months is not None and row.months != before
    return Verdict(
        row=row,
        what=NEW if key is None else CHANGED if is_changed else KNOWN,
        place=place,
        member_id=members.get(row.mark) if place.care_id else None,
        household_id=key[0] if key else next(iter(households), None),
        before=before,
    )


def _placed(row: SignRow, cared: Mapping[str, Any], scope: Scope) -> Place:
    """Answer whose row it is, and on which centre's list it stands.

    Who belongs to another centre's caseload stays unmatched for a manager: that they are known
    elsewhere is not told by a file.
    """
    care = cared.get(row.mark)
    if care is not None and scope.takes(care.centre_id):
        return Place(("care", care.pk), care.pk, care.centre_id)
    return Place(("mark", row.office_id, row.mark), None, row.office_id)


def _households(places: Sequence[Place], marks: set[str]) -> dict[Target, int]:
    cares = {one.care_id for one in places if one.care_id}
    found = (
        HardshipHousehold.objects.listed()
        .filter(Q(care__in=cares) | Q(care=None, mark__in=marks))
        .order_by("pk")
    )
    held: dict[Target, int] = {}
    for key, care, office, mark in found.values_list("pk", "care", "office", "mark"):
        held[("care", care) if care else ("mark", office, mark)] = key
    return held


def _known(households: set[int], marks: set[str]) -> dict[Known, int | None]:
    rows = HardshipSign.objects.filter(household__in=households, mark__in=marks).order_by("pk")
    told = rows.values_list("household", "mark", "kind", "month", "months")
    return {(key, mark, kind, month): months for key, mark, kind, month, months in told}


def _write(
    verdicts: Sequence[Verdict],
    brought: HardshipImport,
    *,
    on: datetime.date,
    now: datetime.datetime,
) -> set[int]:
    """Write a batch with four statements; answer the households of which something is new."""
    fresh = [one for one in verdicts if one.what != KNOWN]
    if not fresh:
        return set()
    missing: dict[Target, Verdict] = {}
    for one in fresh:
        if one.household_id is None:
            missing.setdefault(one.place.target, one)
    made = [_household(one, on, now) for one in missing.values()]
    HardshipHousehold.objects.bulk_create(made)
    fresh_ids = {target: one.pk for target, one in zip(missing, made, strict=True)}
    signs = [
        HardshipSign(
            household_id=one.household_id or fresh_ids[one.place.target],
            member_id=one.member_id,
            mark=one.row.mark,
            kind=one.row.kind,
            month=one.row.month,
            months=one.row.months,
            told_at=now,
            brought=brought,
        )
        for one in fresh
    ]
    HardshipSign.objects.bulk_create(
        signs,
        update_conflicts=True,
        unique_fields=["household", "mark", "kind", "month"],
        update_fields=["months", "told_at", "brought"],
    )
    touched = {one.household_id for one in signs}
    HardshipHousehold.objects.filter(pk__in=touched).update(
        last_told_at=now, touched_at=Greatest("touched_at", now)
    )
    return touched


def _household(told: Verdict, on: datetime.date, now: datetime.datetime) -> HardshipHousehold:
    """Begin a row; of whom the caseload knows already, name and address are not kept again."""
    row = told.row
    unmatched = (
        {}
        if told.place.care_id
        else {"name": row.name, "birth_date": str(row.birth_date), "address": row.address}
    )
    return HardshipHousehold(
        office_id=told.place.office_id,
        care_id=told.place.care_id,
        member_id=told.member_id,
        mark=row.mark,
        district_code=row.district_code,
        age_band=age_band(row.birth_date, on=on),
        sex=row.sex,
        first_told_at=now,
        last_told_at=now,
        touched_at=now,
        **unmatched,
    )
