"""Households that are made up, the same ones every time, of people who may well live together."""

import datetime
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tests.welfare.eligibility.cities import ADULT, SHARES, answer_of, person
from welfare.rules.facts import Household, Member
from welfare.rules.questions import Asked
from welfare.rules.screener import AGES, BANDS, HOUSING, SIZES
from welfare.rules.vocabulary import DISTRICTS, HOUSEHOLD_CODES, LOWEST_BAND, RECEIPTS, WITH_SPOUSE

# How the households of each size are made up, in rough shares of a hundred.
KINDS: dict[int, dict[str, int]] = {
    1: {"me": 100},
    2: {"me partner": 55, "me child": 20, "me parent": 12, "me other": 13},
    3: {
        "me partner child": 62,
        "me child child": 10,
        "me partner parent": 8,
        "me parent parent": 15,
        "me other other": 5,
    },
    4: {
        "me partner child child": 80,
        "me partner child parent": 10,
        "me child child child": 4,
        "me partner parent parent": 6,
    },
    5: {
        "me partner child child child": 55,
        "me partner child child parent": 35,
        "me partner child parent parent": 10,
    },
}
YOUNGEST_PARENT, OLDEST_PARENT, OLDEST = 24, 38, 99


@dataclass(frozen=True, slots=True)
class Home:
    """A household of which everything that the screener asks is known, and who they are."""

    household: Household
    kind: str


def homes(count: int, *, on: datetime.date, seed: int = 3) -> list[Home]:
    pick = random.Random(seed)
    return [_home(pick, on) for _ in range(count)]


def _home(pick: random.Random, on: datetime.date) -> Home:
    (size,) = pick.choices(list(SIZES), list(SIZES.values()))
    (kind,) = pick.choices(list(KINDS[size]), list(KINDS[size].values()))
    relations = kind.split()
    ages = _ages(relations, pick)
    members = tuple(
        person(
            pick,
            on,
            id=f"{relation}{number}" if number else "me",
            age=age,
            sex=sex,
            spouse=_spouse(relation, relations),
        )
        for number, (relation, age, sex) in enumerate(
            zip(relations, ages, _sexes(relations, pick), strict=True)
        )
    )
    minors = sum(
        relation == "child" and age < ADULT for relation, age in zip(relations, ages, strict=True)
    )
    living = _living(relations, minors, pick)
    owner = pick.random() < SHARES["owner"]
    living |= set() if owner else {"NO_HOME"}
    (band,) = pick.choices(list(BANDS), list(BANDS.values()))
    step = pick.choice(("0-32", "33-40", "41-48", "49-50")) if band == LOWEST_BAND else None
    received = frozenset(RECEIPTS[:3]) if step == "0-32" else frozenset()
    rented = [name for name in HOUSING if name != "OWNED"]
    household = Household(
        members,
        yes=frozenset(living),
        no=frozenset(HOUSEHOLD_CODES.values()) - living,
        income_band=band,
        income_step=step,
        receives=received,
        receives_not=frozenset(RECEIPTS) - received,
        assets=pick.choice((5_000_000, 120_000_000, 380_000_000, 1_200_000_000)),
        district=pick.choice(DISTRICTS),
        home_owner=owner,
        housing="OWNED" if owner else pick.choice(rented),
    )
    return Home(household, kind)


def _ages(relations: list[str], pick: random.Random) -> list[int]:
    """Answer ages that fit: of parents and their children, of couples, of grown people."""
    has_child, has_parent = "child" in relations, "parent" in relations
    fitting = {
        age: weight
        for age, weight in AGES.items()
        if age >= (YOUNGEST_PARENT if has_child else ADULT)
        and not (has_parent and age > OLDEST - OLDEST_PARENT)
    }
    (mine,) = pick.choices(list(fitting), list(fitting.values()))
    mine += pick.randrange(4)
    ages = []
    for relation in relations:
        match relation:
            case "me":
                ages.append(mine)
            case "child":
                ages.append(max(0, mine - pick.randint(YOUNGEST_PARENT, OLDEST_PARENT)))
            case "parent":
                ages.append(mine + pick.randint(YOUNGEST_PARENT, OLDEST_PARENT))
            case _:
                ages.append(max(ADULT, mine + pick.randint(-6, 6)))
    return ages


def _sexes(relations: list[str], pick: random.Random) -> list[str]:
    mine = pick.choice("MF")
    sexes = []
    for relation in relations:
        match relation:
            case "me":
                sexes.append(mine)
            case "partner":
                sexes.append("F" if mine == "M" else "M")
            case _:
                sexes.append(pick.choice("MF"))
    return sexes


def _spouse(relation: str, relations: list[str]) -> str:
    """Answer whether they have a spouse: couples and pairs of parents do, children do not."""
    match relation:
        case "me" | "partner":
            return WITH_SPOUSE if "partner" in relations else ""
        case "parent":
            return WITH_SPOUSE if relations.count("parent") > 1 else ""
        case "child":
            return "WITHOUT_SPOUSE"
    return ""


def _living(relations: list[str], minors: int, pick: random.Random) -> set[str]:
    so = {
        "SINGLE_PERSON": len(relations) == 1,
        "SINGLE_PARENT": bool(minors) and "partner" not in relations,
        "MANY_CHILDREN": minors > 1,
        "EXTENDED_FAMILY": "child" in relations and "parent" in relations,
        "MULTICULTURAL": pick.random() < SHARES["MULTICULTURAL"],
        "NORTH_KOREAN_DEFECTOR": pick.random() < SHARES["NORTH_KOREAN_DEFECTOR"],
        "NEWLY_MOVED": pick.random() < SHARES["NEWLY_MOVED"],
    }
    return {name for name, is_so in so.items() if is_so}


def named(whole: Household) -> Household:
    """Answer what the first page tells: who lives there, and so whether somebody does alone."""
    alone = frozenset({"SINGLE_PERSON"})
    is_alone = len(whole.members) == 1
    couple = {"me", *(one.id for one in whole.members if one.id.startswith("partner"))}
    spouse = WITH_SPOUSE if len(couple) > 1 else None
    return Household(
        tuple(Member(one.id, spouse=spouse if one.id in couple else None) for one in whole.members),
        yes=alone if is_alone else frozenset(),
        no=frozenset() if is_alone else alone,
    )


def answered(known: Household, asked: Iterable[Asked], whole: Household) -> Household:
    """Answer the household with what it says to one page."""
    for one in asked:
        if one.member is None:
            known = answer_of(known, one.question, whole)
            continue
        place = [member.id for member in known.members].index(one.member)
        members = list(known.members)
        members[place] = answer_of(members[place], one.question, whole.members[place])
        known = replace(known, members=tuple(members))
    return known
