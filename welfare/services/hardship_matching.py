"""Brings the list after the caseload: who was taken into it is no stranger there any more."""

import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Subquery

from core.records.reading import system_reading
from welfare.models import CareHousehold, CareMember, HardshipHousehold, HardshipSign
from welfare.queries.households import households_by_mark
from welfare.services.hardship_lock import wait_for_list

PIECE = 1_000
SEALED = ("name", "birth_date", "address")


def follow_caseload(*, now: datetime.datetime) -> int:
    """Match the unmatched of each centre with its households; answer how many were.

    Nobody is looked for in another centre's caseload. Where a household is on the list already, the
    signs go over to it, and what was done stays readable there.
    """
    with system_reading("which households the signs are of"):
        _follow_handed_over()
        return sum(_match(piece, now) for piece in _pieces())


def _follow_handed_over() -> None:
    """A household that another centre cares for now stands on that centre's list."""
    moved = HardshipHousehold.objects.exclude(care=None).exclude(office=F("care__centre"))
    centre = CareHousehold.objects.filter(pk=OuterRef("care")).values("centre")[:1]
    moved.update(office=Subquery(centre))


def _pieces() -> list[list[tuple[int, int, str]]]:
    unmatched = HardshipHousehold.objects.listed().filter(care=None).order_by("pk")
    rows = list(unmatched.values_list("pk", "office", "mark"))
    return [rows[at : at + PIECE] for at in range(0, len(rows), PIECE)]


@transaction.atomic
def _match(rows: list[tuple[int, int, str]], now: datetime.datetime) -> int:
    wait_for_list()
    cared = households_by_mark({mark for *_, mark in rows})
    found = [
        (key, cared[mark].pk)
        for key, office, mark in rows
        if mark in cared and cared[mark].centre_id == office
    ]
    for key, care_id in found:
        _join(key, care_id, now)
    return len(found)


def _join(key: int, care_id: int, now: datetime.datetime) -> None:
    """Make an unmatched row that of a household; what it said of who they are goes."""
    # What is sealed stays so: one row that cannot be opened ends no night's work.
    unopened = HardshipHousehold.objects.defer(*SEALED)
    held = unopened.select_for_update(of=("self",)).get(pk=key)
    members = CareMember.objects.filter(household=care_id, until=None).defer("name", "birth_date")
    member = members.filter(mark=held.mark).order_by("pk").first()
    listed = HardshipHousehold.objects.listed().filter(care=care_id).defer(*SEALED)
    target = listed.select_for_update(of=("self",)).first()
    held.signs.filter(mark=held.mark).update(member=member)
    held.care_id, held.member = care_id, member
    held.name = held.birth_date = held.address = ""
    held.merged_into = target
    held.save(update_fields=["care", "member", "name", "birth_date", "address", "merged_into"])
    if target is not None:
        _hand_signs(held, target, now)


def follow_merge(*, kept: CareHousehold, gone: CareHousehold, now: datetime.datetime) -> None:
    """Let signs of a household that was merged into another stand with that one, at once."""
    wait_for_list()
    rows = HardshipHousehold.objects.listed().select_for_update(of=("self",)).order_by("pk")
    held = rows.filter(care=gone).first()
    if held is None:
        return
    target = rows.filter(care=kept).first()
    held.care, held.merged_into = kept, target
    held.save(update_fields=["care", "merged_into"])
    if target is not None:
        HardshipHousehold.objects.filter(merged_into=held).update(merged_into=target)
        _hand_signs(held, target, now)


def _hand_signs(held: HardshipHousehold, target: HardshipHousehold, now: datetime.datetime) -> None:
    same = HardshipSign.objects.filter(
        household=target, mark=OuterRef("mark"), kind=OuterRef("kind"), month=OuterRef("month")
    )
    held.signs.filter(Exists(same)).delete()
    held.signs.update(household=target)
    target.last_told_at = max(target.last_told_at, held.last_told_at)
    target.touched_at = max(target.touched_at, now)
    target.save(update_fields=["last_told_at", "touched_at"])
