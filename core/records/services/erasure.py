"""Forgets a person: asked for, waited for, then all at once or not at all, with a receipt."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from graphlib import TopologicalSorter
from typing import Any

import structlog
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import translation
from django.utils.module_loading import import_string

from core.offices.people import Person
from core.records.declaration import Ending, Erasure, Holding
from core.records.held import Rows, rows_of
from core.records.models import ErasureRequest
from core.records.permissions import can_ask_for_erasure
from core.records.presence import wait_to_erase
from core.records.registry import declared_holdings, emptied, model_of, path_to_person

WAITING = datetime.timedelta(days=7)
# From one nightly run to the next, and an hour for the run.
NIGHT = datetime.timedelta(hours=25)

log = structlog.get_logger("portal.records")


class Outcome(Enum):
    REMOVED = "removed"
    EMPTIED = "emptied"
    KEPT = "kept"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one holding: how many rows, and why those stay that stay.

    A holding with something under way has two: that it ends, and what becomes of all its rows.
    """

    model: str
    outcome: str
    rows: int
    title: Mapping[str, str]  # by language, as the receipt is read when nobody is signed in
    law: Mapping[str, str]


@transaction.atomic
def ask_erasure(*, person: Person, now: datetime.datetime) -> ErasureRequest:
    """Begin the waiting period; asked twice, it is one request. Refused to whoever works here."""
    if not can_ask_for_erasure(person):
        raise PermissionDenied
    fresh = ErasureRequest(person_id=person.pk, asked_at=now, due_at=now + WAITING)
    ErasureRequest.objects.bulk_create([fresh], ignore_conflicts=True)
    return ErasureRequest.objects.waiting().get(person=person.pk)


@transaction.atomic
def call_off_erasure(*, person: Person, now: datetime.datetime) -> bool:
    """Leave everything as it is; answer whether there was anything to call off."""
    return bool(ErasureRequest.objects.waiting().of(person.pk).update(called_off_at=now))


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that could not be carried out, by its number, and the kind of fault."""

    request: int
    fault: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the requests of one night; those that failed are tried again in the next."""

    done: int
    failed: tuple[Failed, ...]


def carry_out_erasures(*, now: datetime.datetime) -> Carried:
    """Carry out what is due, each request in a transaction of its own.

    One that fails changes nothing and keeps no other from being done: it waits for the next night.
    """
    due = ErasureRequest.objects.waiting().filter(due_at__lte=now).order_by("due_at", "pk")
    done, failed = 0, []
    for key in due.values_list("pk", flat=True):
        try:
            done += _carry_out(key, now)
        except Exception as fault:
            # Its text may say something of the person; its kind does not.
            failed.append(Failed(key, type(fault).__name__))
            log.exception("erasure failed", request=key)
    return Carried(done, tuple(failed))


def overdue_erasures(*, now: datetime.datetime) -> list[int]:
    """Answer the requests that should have been carried out a night ago, and still wait."""
    late = ErasureRequest.objects.waiting().filter(due_at__lt=now - NIGHT, person__isnull=False)
    return list(late.order_by("due_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def _carry_out(key: int, now: datetime.datetime) -> bool:
    waiting = ErasureRequest.objects.waiting().filter(pk=key)
    request = waiting.select_for_update(of=("self",), skip_locked=True).first()
    if request is None or request.person is None:
        return False
    person: Any = request.person
    if not can_ask_for_erasure(person):  # who began to work here meanwhile
        return False
    request.person, request.done_at = None, now  # the receipt says what went, and not whose
    request.save(update_fields=["person", "done_at"])
    request.receipt = [asdict(line) for line in erase(person=person, now=now)]
    request.save(update_fields=["receipt"])
    return True


@transaction.atomic
def erase(*, person: Person, now: datetime.datetime) -> list[Line]:
    """Do with every row of a person what its holding declares; answer what was done.

    What is under way ends first, before its words go. The account itself comes last: it goes as a
    whole where nothing stays that points at it. What somebody is just beginning for the person, or
    takes up again, comes before all of this or not at all.
    """
    wait_to_erase(person.pk)
    for holding, _ in _endings():
        list(rows_of(holding, person.pk).select_for_update(of=("self",)).values_list("pk"))
    lines, is_needed = _end_what_is_under_way(person.pk, now), False
    for holding in _children_first(declared_holdings()):
        if holding.person != "pk":
            line = _erase_holding(holding, person.pk, now)
            lines += [line] if line.rows else []
            is_needed = is_needed or _needs_account(holding, line)
    for holding in declared_holdings():
        if holding.person == "pk":
            rows = rows_of(holding, person.pk)
            lines.append(_empty(holding, rows) if is_needed else _remove(holding, rows, now))
    return lines


def what_erasure_would_do(person: Person) -> list[Line]:
    """Answer the lines of the receipt as they would be today, and change nothing."""
    lines, is_needed = [], False
    for holding, ending in _endings():
        if number := rows_of(holding, person.pk).filter(**ending.rows).count():
            lines.append(_ended(holding, ending, number))
    for holding in declared_holdings():
        if holding.person != "pk" and (number := rows_of(holding, person.pk).count()):
            line = _line(holding, _OUTCOMES[holding.erasure], number)
            lines.append(line)
            is_needed = is_needed or _needs_account(holding, line)
    outcome = Outcome.EMPTIED if is_needed else Outcome.REMOVED
    account = [_line(one, outcome, 1) for one in declared_holdings() if one.person == "pk"]
    return [*lines, *account]


def _endings() -> list[tuple[Holding, Ending]]:
    return [(one, one.ending) for one in declared_holdings() if one.ending is not None]


def _end_what_is_under_way(person_id: int, now: datetime.datetime) -> list[Line]:
    lines = []
    for holding, ending in _endings():
        rows = rows_of(holding, person_id).filter(**ending.rows)
        if number := int(import_string(ending.by)(rows=rows, now=now)):
            lines.append(_ended(holding, ending, number))
    return lines


def _ended(holding: Holding, ending: Ending, number: int) -> Line:
    return Line(holding.model, Outcome.ENDED.value, number, _both(ending.title), _both(""))


def _needs_account(holding: Holding, line: Line) -> bool:
    """Say whether rows that stay point at the account, so that its number must stay with them."""
    path = path_to_person(holding)
    if not line.rows or line.outcome == Outcome.REMOVED.value or len(path) != 1:
        return False
    is_cut = line.outcome == Outcome.EMPTIED.value and path[0].null
    return bool(path[0].db_constraint) and not is_cut


_OUTCOMES = {
    Erasure.DELETE: Outcome.REMOVED,
    Erasure.ANONYMISE: Outcome.EMPTIED,
    Erasure.KEEP: Outcome.KEPT,
}


def _children_first(holdings: tuple[Holding, ...]) -> list[Holding]:
    """Put what points at another holding before it, so that nothing goes uncounted by cascade."""
    by_model: dict[type[models.Model], list[Holding]] = {}
    for one in holdings:
        by_model.setdefault(model_of(one), []).append(one)
    order: TopologicalSorter[type[models.Model]] = TopologicalSorter()
    for model in by_model:
        order.add(model)
        for field in model._meta.local_fields:
            target = field.related_model
            if isinstance(target, type) and target in by_model and target is not model:
                order.add(target, model)
    found = [one for model in order.static_order() for one in by_model[model]]
    return sorted(found, key=lambda one: not one.rows_by)


def _erase_holding(holding: Holding, person_id: int, now: datetime.datetime) -> Line:
    rows = rows_of(holding, person_id)
    if holding.erasure is Erasure.DELETE:
        return _remove(holding, rows, now)
    if holding.erasure is Erasure.ANONYMISE:
        return _empty(holding, rows)
    return _line(holding, Outcome.KEPT, rows.count())


def _remove(holding: Holding, rows: Rows, now: datetime.datetime) -> Line:
    _forget_in_admin_log(holding, rows)
    if holding.erased_by:
        number = int(import_string(holding.erased_by)(rows=rows, now=now))
    else:
        _, by_model = rows.delete()
        number = by_model.get(model_of(holding)._meta.label, 0)
    return _line(holding, Outcome.REMOVED, number)


def _empty(holding: Holding, rows: Rows) -> Line:
    _forget_in_admin_log(holding, rows)
    number = rows.update(**emptied(holding))
    return _line(holding, Outcome.EMPTIED, number)


def _forget_in_admin_log(holding: Holding, rows: Rows) -> None:
    """Blank out what the admin called these rows when staff changed them: often a name."""
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    kind = ContentType.objects.get_for_model(model_of(holding))
    LogEntry.objects.filter(content_type=kind, object_id__in=keys).update(
        object_repr="–", change_message=""
    )


def _line(holding: Holding, outcome: Outcome, rows: int) -> Line:
    law = holding.law if outcome is not Outcome.REMOVED else ""
    return Line(holding.model, outcome.value, rows, _both(holding.title), _both(law))


def _both(text: object) -> dict[str, str]:
    told = {}
    for language in ("ko", "en"):
        with translation.override(language):
            told[language] = str(text)
    return told
