"""Households as far as people let the portal use what they told: read and opened in pieces."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from accounts.enums import FactGroup, Relation
from accounts.models import FactSheet, Profile
from core.records.consents import people_who_consent
from core.records.encryption import Unreadable
from core.records.reading import system_reading
from welfare.rules.facts import Household, Member
from welfare.rules.vocabulary import LOWEST_BAND, WITH_SERVICE_PENSION, WITH_SPOUSE

ALERTS = "welfare.alerts"
SHEETS = {
    "accounts.eligibility_household": FactGroup.HOUSEHOLD,
    "accounts.eligibility_circumstances": FactGroup.CIRCUMSTANCES,
}
# For a person's own look at their results, at once; nothing is watched for by it.
OWN = "accounts.eligibility_basics"
STEPS = {"UP_TO_32": "0-32", "UP_TO_40": "33-40", "UP_TO_48": "41-48", "FROM_48_TO_50": "49-50"}
BANDS = dict.fromkeys((*STEPS, "UP_TO_50"), LOWEST_BAND) | {
    "UP_TO_75": "51-75",
    "UP_TO_100": "76-100",
    "UP_TO_200": "101-200",
    "OVER_200": "200+",
}
HOUSING = {"DEPOSIT": "JEONSE", "RENTED": "MONTHLY_RENT", "PUBLIC": "PUBLIC_RENT"} | {
    one: one for one in ("OWNED", "OTHER")
}
ALONE, RAISES = "SINGLE_PERSON", "SINGLE_PARENT"
HOUSEHOLDS = {
    "SINGLE_PARENT": "SINGLE_PARENT",
    "GRANDPARENTS": "SINGLE_PARENT",
    "MULTICULTURAL": "MULTICULTURAL",
    "DEFECTOR": "NORTH_KOREAN_DEFECTOR",
}
WORK = {
    "WORKING": ({"EMPLOYED"}, {"JOB_SEEKER"}),
    "SEEKING": ({"JOB_SEEKER"}, set()),
    "STUDYING": (set(), {"EMPLOYED", "JOB_SEEKER"}),
    "RETIRED": (set(), {"EMPLOYED"}),
    "NOT_WORKING": (set(), {"EMPLOYED"}),
}
SERVICE_PENSION = {"WITH": WITH_SERVICE_PENSION, "WITHOUT": "WITHOUT_SERVICE_PENSION"}
# Who lives with them tells of a spouse; that none does, tells of none who lives elsewhere.
SPOUSE = {"WITH": WITH_SPOUSE, "WITHOUT": "WITHOUT_SPOUSE"}
SCHOOLS = frozenset({"ELEMENTARY", "MIDDLE_SCHOOL", "HIGH_SCHOOL", "UNIVERSITY"})
SCHOOL = {one: ({one}, SCHOOLS - {one}) for one in SCHOOLS} | {"NONE": (set(), SCHOOLS)}
# The most it can be, and what it is more than.
ASSETS: dict[str, tuple[int | None, int | None]] = {
    "UP_TO_10M": (10_000_000, None),
    "UP_TO_50M": (50_000_000, 10_000_000),
    "UP_TO_99M": (99_000_000, 50_000_000),
    # As it was told before there was the band below it.
    "UP_TO_150M": (150_000_000, 50_000_000),
    "UP_TO_400M": (400_000_000, 150_000_000),
    "UP_TO_1000M": (1_000_000_000, 400_000_000),
    "OVER_1000M": (None, 1_000_000_000),
}
RECEIPTS = {
    "LIVELIHOOD": "livelihood-benefit",
    "MEDICAL": "medical-benefit",
    "HOUSING": "housing-benefit",
    "EDUCATION": "education-benefit",
    "BASIC_PENSION": "basic-pension",
    "CULTURE_CARD": "culture-card",
    "ENERGY_VOUCHER": "energy-voucher",
}
# Of which "none of these" was told before the answer kept what it denies.
FIRST_ASKED = ("LIVELIHOOD", "MEDICAL", "HOUSING", "EDUCATION", "BASIC_PENSION")
# What one person gets, and not those who live with them.
OF_ONE = frozenset({"basic-pension", "culture-card"})
PREGNANCY = {
    "EXPECTING": ({"PREGNANT"}, set()),
    "NEWBORN": ({"BIRTH_OR_ADOPTION"}, set()),
    "NONE": (set(), {"PREGNANT", "BIRTH_OR_ADOPTION"}),
}
# 국민기초생활 보장법 제2조 제10호, 제12조 제3항: these live on half the median or less.
POOR = dict.fromkeys(("BASIC", "NEAR_POOR"), LOWEST_BAND)
BASIC_SUPPORT = frozenset(
    {"livelihood-benefit", "medical-benefit", "housing-benefit", "education-benefit"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """One person's household, and when they last changed what they tell."""

    person: int
    household: Household
    told_at: datetime.datetime


def consenting_people(*, after: int, up_to: int | None, number: int) -> list[int]:
    """Answer the next people, by their numbers, who let the portal watch for them."""
    people = Profile.objects.filter(person__in=people_who_consent(ALERTS), person__is_active=True)
    people = people.filter(person__gt=after)
    if up_to is not None:
        people = people.filter(person__lte=up_to)
    return list(people.order_by("person").values_list("person", flat=True)[:number])


class Untellable(Exception):
    """What one of these people told cannot be opened, or is not what it should be."""


def tell_households(people: Sequence[int], *, on: datetime.date) -> list[Told]:
    """Open what these people told, for the purposes they agreed to, and nothing else.

    Raises Untellable where something of one of them cannot be read.
    """
    try:
        return _tell_households(people, on=on)
    except (Unreadable, ValueError, KeyError, TypeError) as wrong:
        raise Untellable from wrong


def _tell_households(people: Sequence[int], *, on: datetime.date) -> list[Told]:
    with system_reading("whom a change of benefits concerns"):
        basics = list(Profile.objects.usable_for(ALERTS).filter(person__in=people).order_by("pk"))
        sheets = _sheets(people)
    told = []
    for one in basics:
        own = sheets.get(one.person_id, {})
        if one.birth_date is None or one.birth_date <= on:
            told_at = max([one.told_at, *(sheet.told_at for sheet in own.values())])
            told.append(Told(one.person_id, _household(one, own, on), told_at))
    return told


def own_household(person: int, *, on: datetime.date) -> Household | None:
    """Answer what somebody told of themselves, as far as they let it be used to find benefits."""
    basics = Profile.objects.usable_for(OWN).filter(person=person).first()
    if basics is None or basics.birth_date is None or basics.birth_date > on:
        return None
    return _household(basics, _sheets([person]).get(person, {}), on)


def own_dong(person: int) -> str:
    """Answer the dong where they live, as far as they let it be used; nothing where not told."""
    basics = Profile.objects.usable_for(OWN).filter(person=person).first()
    return (basics.dong_code or "") if basics else ""


def _sheets(people: Sequence[int]) -> Mapping[int, dict[FactGroup, FactSheet]]:
    found: dict[int, dict[FactGroup, FactSheet]] = defaultdict(dict)
    for purpose, group in SHEETS.items():
        usable = FactSheet.objects.usable_for(purpose).of_group(group).filter(person__in=people)
        for sheet in usable.order_by("pk"):
            found[sheet.person_id][group] = sheet
    return found


def _household(
    basics: Profile, sheets: Mapping[FactGroup, FactSheet], on: datetime.date
) -> Household:
    household = sheets.get(FactGroup.HOUSEHOLD)
    facts = sheets.get(FactGroup.CIRCUMSTANCES)
    told = dict(facts.facts) if facts else {}
    others = _others(household.facts.get("members", ()), on) if household else []
    housing = HOUSING.get(told.get("housing", ""))
    district = basics.district
    most, over = ASSETS.get(told.get("assets", ""), (None, None))
    received, not_received = _receipts(told)
    person = replace(
        _person(basics, told),
        receives=received & OF_ONE,
        receives_not=not_received & OF_ONE,
        spouse=_spouse(told, others),
        service_pension=SERVICE_PENSION.get(told.get("service_pension", "")),
    )
    # Empty rows tell nothing, and of who lives alone and raises a child nobody knows which is so.
    yes = frozenset(HOUSEHOLDS[one] for one in told.get("household", ()) if one in HOUSEHOLDS)
    is_alone = bool(household and household.facts.get("alone")) and RAISES not in yes
    alone = frozenset({ALONE})
    return Household(
        members=(person, *others),
        yes=yes | alone if is_alone else yes,
        no=alone if others else frozenset(),
        income_band=BANDS.get(told.get("income", "")) or POOR.get(told.get("support", "")),
        income_step=STEPS.get(told.get("income", "")),
        district=district.name if district else None,
        housing=housing,
        assets=most,
        assets_over=over,
        receives=received - OF_ONE,
        receives_not=not_received - OF_ONE,
        # Whether anybody lives with them, and how many, is a fact that they did not let us use.
        size=0 if others or is_alone else None,
    ).with_untold()


def _spouse(told: Mapping[str, Any], others: Sequence[Member]) -> str | None:
    """Answer what was told of a spouse; nothing where one is denied who lives with them."""
    lives_there = any(one.spouse == WITH_SPOUSE for one in others)
    said = SPOUSE.get(told.get("spouse", ""))
    if lives_there:
        return None if said not in (None, WITH_SPOUSE) else WITH_SPOUSE
    return said


def _receipts(told: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
    """Answer what they get and what they do not; a box that is not ticked tells nothing."""
    chosen = told.get("receipts", ())
    received = frozenset(RECEIPTS[one] for one in chosen if one in RECEIPTS)
    listed = told.get("receipts_denied", FIRST_ASKED) if "NONE" in chosen else ()
    denied = frozenset(RECEIPTS[one] for one in listed if one in RECEIPTS)
    denied |= BASIC_SUPPORT if told.get("support") == "NONE" else frozenset()
    return received, denied - received


def _person(basics: Profile, told: Mapping[str, Any]) -> Member:
    yes: set[str] = {"VETERAN"} & set(told.get("household", ()))
    no: set[str] = set()
    for table, name in ((WORK, "employment"), (PREGNANCY, "pregnancy"), (SCHOOL, "school")):
        found = table.get(told.get(name, ""))
        if found:
            yes |= found[0]
            no |= found[1]
    disability, since = told.get("disability"), told.get("resident_since")
    if disability == "NONE":
        no.add("DISABLED")
    return Member(
        "me",
        birth_date=basics.birth_date,
        sex=told.get("sex") or None,
        nationality=told.get("nationality") or None,
        yes=frozenset(yes),
        no=frozenset(no),
        disability=disability if disability in ("SEVERE", "MILD") else None,
        resident_since=datetime.date.fromisoformat(since) if since else None,
    )


def _others(members: Iterable[Mapping[str, Any]], on: datetime.date) -> list[Member]:
    """An age without a birthday is no day to judge by: such members are told, and unknown."""
    found = []
    for number, one in enumerate(members, start=1):
        born = datetime.date.fromisoformat(one["birth_date"]) if one.get("birth_date") else None
        spouse = WITH_SPOUSE if one.get("relation") == Relation.SPOUSE else None
        born = born if born and born <= on else None
        found.append(Member(f"m{number}", birth_date=born, spouse=spouse))
    return found
