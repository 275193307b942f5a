"""Brings the list after the caseload: who was taken into it is no stranger there any more."""

import datetime

from django.db import transaction
from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone

from core.records.reading import system_reading
from welfare.models import CareHousehold, CareMember, HardshipHousehold, HardshipSign
from welfare.queries.households import households_by_mark
from welfare.rules.sign_words import age_band
from welfare.services.hardship_lock import wait_for_list
from welfare.services.sign_weighing import weigh_households

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


def follow_move(*, left: CareMember, came: CareMember, now: datetime.datetime) -> None:
    """Let the signs of somebody who moved stand with the household in which they live now.

    Else the next file would tell them there anew. A row that says nothing of others goes along with
    its log. Whoever moves people waits for the list before they hold a household.
    """
    # What is sealed stays so, as above.
    rows = HardshipHousehold.objects.listed().select_for_update(of=("self",)).defer(*SEALED)
    held = rows.filter(care=left.household_id).first()
    if held is None or not held.signs.filter(mark=left.mark).exists():
        return
    signs = held.signs.filter(mark=left.mark)
    signs.update(member=came)
    target = rows.filter(care=came.household_id).first()
    if held.signs.exclude(mark=left.mark).exists():
        target = target or _row_of(came, signs, like=held, now=now)
    else:
        held.office_id, held.care_id = came.household.centre_id, came.household_id
        held.member, held.merged_into = came, target
        held.save(update_fields=["office", "care", "member", "merged_into"])
    if target is None:
        return
    if held.merged_into_id is not None:
        HardshipHousehold.objects.filter(merged_into=held).update(merged_into=target)
    _hand_signs(held, target, now, of=left.mark)
    weigh_households(on=timezone.localdate(now), among={held.pk, target.pk})


def _row_of(
    member: CareMember,
    signs: QuerySet[HardshipSign],
    *,
    like: HardshipHousehold,
    now: datetime.datetime,
) -> HardshipHousehold:
    """Begin a row for whom signs were told in another household."""
    told = signs.aggregate(first=Min("told_at"), last=Max("told_at"))
    born = datetime.date.fromisoformat(member.birth_date)
    return HardshipHousehold.objects.create(
        office_id=member.household.centre_id,
        care_id=member.household_id,
        member=member,
        mark=member.mark,
        district_code=like.district_code,
        age_band=age_band(born, on=timezone.localdate(now)),
        sex=like.sex if like.mark == member.mark else "",
        first_told_at=told["first"],
        last_told_at=told["last"],
        touched_at=now,
    )


def _hand_signs(
    held: HardshipHousehold, target: HardshipHousehold, now: datetime.datetime, *, of: str = ""
) -> None:
    """Hand all over, or those `of` somebody."""
    signs = held.signs.filter(mark=of) if of else held.signs.all()
    same = HardshipSign.objects.filter(
        household=target, mark=OuterRef("mark"), kind=OuterRef("kind"), month=OuterRef("month")
    )
    signs.filter(Exists(same)).delete()
    signs.update(household=target)
    target.last_told_at = max(target.last_told_at, held.last_told_at)
    target.touched_at = max(target.touched_at, now)
    target.save(update_fields=["last_told_at", "touched_at"])
