"""Does each night what the holdings say of time: removes or empties what has been kept enough."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from core.records.declaration import Erasure, Holding
from core.records.fields import EncryptedTextField
from core.records.registry import declared_holdings, emptied, kept_from, model_of


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one holding's old rows: how many, and what stood in the way."""

    model: str
    deed: str  # "removed" or "emptied"
    rows: int
    fault: str = ""
    by: str = ""  # who else does it, in a dry run


def keep_to_terms(*, now: datetime.datetime, dry_run: bool = False) -> list[Kept]:
    """Remove or empty the rows whose time is up, each holding in a transaction of its own.

    A row that the law keeps goes when the law's time is up as well. Holdings that name who else
    keeps their time (`forgotten_by`) are left to it. A dry run says the same, counts what is left
    to others as well, and changes nothing.
    """
    done: dict[tuple[str, str], Kept] = {}
    for holding in declared_holdings():
        if holding.keep is None or (holding.forgotten_by and not dry_run):
            continue
        kept = _keep_to(holding, now, dry_run)
        done[holding.model, kept.deed] = kept
    return list(done.values())


def _keep_to(holding: Holding, now: datetime.datetime, dry_run: bool) -> Kept:
    deed = _deed(holding)
    rows = too_old(holding, now)
    if dry_run:
        return Kept(holding.model, deed, rows.count(), by=holding.forgotten_by)
    try:
        with transaction.atomic():
            number = rows.update(**emptied(holding)) if deed == "emptied" else _removed(rows)
    except ProtectedError as fault:
        held_by = {type(one)._meta.label for one in fault.protected_objects}
        return Kept(holding.model, deed, 0, f"still needed by {', '.join(sorted(held_by))}")
    return Kept(holding.model, deed, number)


def _deed(holding: Holding) -> str:
    if holding.erasure is Erasure.ANONYMISE:
        return "emptied"
    # A row that stays by law, of something that is emptied: it leads to nobody any more.
    is_cut = holding.erasure is Erasure.KEEP and "__" in holding.kept_from
    return "cut from their person" if is_cut else "removed"


def _removed(rows: models.QuerySet[Any]) -> int:
    _, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)


def too_old(holding: Holding, now: datetime.datetime) -> models.QuerySet[Any]:
    """Answer the rows that have been kept long enough and still hold something."""
    assert holding.keep is not None  # noqa: S101
    model = model_of(holding)
    since = now - holding.keep
    is_moment = isinstance(kept_from(holding), models.DateTimeField)
    before = since if is_moment else timezone.localdate(since)
    rows = model._meta.base_manager.filter(**{f"{holding.kept_from}__lt": before})
    if holding.erasure is Erasure.ANONYMISE:
        rows = rows.filter(_holds_something(holding))
    return rows.order_by()


def _holds_something(holding: Holding) -> Q:
    still = Q(pk__in=[])
    for one in _differences(holding):
        still |= one
    return still


def _differences(holding: Holding) -> Iterator[Q]:
    meta = model_of(holding)._meta
    for name, empty in emptied(holding).items():
        if empty is None:
            yield Q(**{f"{name}__isnull": False})
        elif not isinstance(meta.get_field(name), EncryptedTextField):
            yield ~Q(**{name: empty})
