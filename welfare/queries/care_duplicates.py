"""Households that may be one and the same: found by where they live and what they are called."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from django.db.models import Count

from core.records.reading import system_reading
from welfare.models import (
    CareBenefit,
    CareCase,
    CareConsent,
    CareContact,
    CareHousehold,
    CareMember,
    CareMerge,
    CareNeed,
    CarePlanStep,
)
from welfare.models.household import CareHouseholdQuerySet
from welfare.queries.households import relation_in_words
from welfare.rules.family_names import family_name

# Of how many pairs are shown, and of how many addresses the names are compared at a time.
MOST, AT_ONCE = 50, 50
RECORDS = (
    ("필요한 것", CareNeed),
    ("동의", CareConsent),
    ("급여", CareBenefit),
    ("만남과 연락", CareContact),
    ("계획", CarePlanStep),
    ("신청", CareCase),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two households, the older one first, and why they may be one."""

    kept: CareHousehold
    gone: CareHousehold
    names: tuple[str, str]
    why: str


def possible_duplicates(actor: object) -> list[Pair]:
    """Answer pairs of somebody's centres at one address where a family name is the same.

    One person is never in two households (the database holds to it), so that two rows for one
    household differ in who is in them. What waits for an answer already is left out.
    """
    rows = CareHousehold.objects.visible_to(actor).open().exclude(address_mark="")
    shared = rows.values("centre", "address_mark").annotate(number=Count("pk")).filter(number__gt=1)
    with system_reading("which addresses stand in two households"):
        found = shared.order_by("centre", "address_mark")
        marks = list(dict.fromkeys(one["address_mark"] for one in found))
    waiting = CareMerge.objects.waiting().order_by("pk")
    asked = {frozenset(pair) for pair in waiting.values_list("kept", "gone")}
    pairs = (
        pair
        for at in range(0, len(marks), AT_ONCE)
        for pair in _pairs_at(rows.filter(address_mark__in=marks[at : at + AT_ONCE]))
        if frozenset((pair.kept.pk, pair.gone.pk)) not in asked
    )
    return list(islice(pairs, MOST))


def _pairs_at(rows: CareHouseholdQuerySet) -> Iterator[Pair]:
    """Compare those of some addresses: names are read no further than pairs are shown."""
    places: dict[tuple[int, str], list[CareHousehold]] = defaultdict(list)
    for one in rows.order_by("opened_on", "pk"):
        places[one.centre_id, one.address_mark].append(one)
    members: dict[int, list[CareMember]] = {one.pk: [] for held in places.values() for one in held}
    for member in CareMember.objects.current().filter(household__in=members).head_first():
        members[member.household_id].append(member)
    for held in places.values():
        yield from _pairs(held, members)


def _pairs(held: list[CareHousehold], members: dict[int, list[CareMember]]) -> Iterator[Pair]:
    for one, other in combinations(held, 2):
        both = [[member.name for member in members[each.pk]] for each in (one, other)]
        families = [{family_name(name) for name in names} for names in both]
        same = families[0] & families[1]
        if not both[0] or not both[1] or same:
            why = (
                f"주소와 성({', '.join(sorted(same))})이 같음"
                if same
                else "주소가 같고 한쪽이 비어 있음"
            )
            yield Pair(one, other, (_first(both[0]), _first(both[1])), why)


def _first(names: list[str]) -> str:
    return names[0] if names else "아무도 없음"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a merge would do: who goes where, and how much goes with them."""

    stays: list[tuple[str, str]]
    comes: list[tuple[str, str, str]]
    past: int
    records: list[tuple[str, int]]

    @property
    def moves(self) -> list[str]:
        """Say what goes along, and nothing of what there is none of."""
        past = [f"전에 있던 사람 {self.past}명"] if self.past else []
        return [*past, *(f"{title} {number}건" for title, number in self.records if number)]


def outlook_of(kept: CareHousehold, gone: CareHousehold) -> Outlook:
    """Say what becomes of members and records before anybody agrees."""
    stays = list(CareMember.objects.current().filter(household=kept).head_first())
    comes = list(CareMember.objects.current().filter(household=gone).head_first())
    has_head = any(one.relation == "SELF" for one in stays)
    left = CareMember.objects.filter(household=gone).exclude(until=None)
    return Outlook(
        stays=[(one.name, relation_in_words(one)) for one in stays],
        comes=[(one.name, relation_in_words(one), _becomes(one, has_head)) for one in comes],
        past=left.count(),
        records=[(title, model.objects.filter(household=gone).count()) for title, model in RECORDS],
    )


def _becomes(member: CareMember, has_head: bool) -> str:
    if has_head and member.relation == "SELF":
        return "그 밖의 동거인"
    return relation_in_words(member)
