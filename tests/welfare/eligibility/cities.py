"""A city of people who are made up, the same ones every time, and what each would answer."""

import datetime
import random
from dataclasses import replace
from typing import TypeVar

from welfare.rules.facts import Household, Member
from welfare.rules.screener import AGES, BANDS, QUESTIONS, is_flag
from welfare.rules.vocabulary import (
    DISTRICTS,
    HOUSEHOLD_CODES,
    LOWEST_BAND,
    PERSON_CODES,
    RECEIPTS,
)

PENSION_AGE, SCHOOL_AGE, ADULT = 65, 7, 19
SHARES = {
    "owner": 0.45,
    "KOREAN": 0.96,
    "MULTICULTURAL": 0.02,
    "NORTH_KOREAN_DEFECTOR": 0.001,
    "NEWLY_MOVED": 0.08,
}
SCHOOLS = ((7, 12, "ELEMENTARY"), (13, 15, "MIDDLE_SCHOOL"), (16, 18, "HIGH_SCHOOL"))


def inhabitants(count: int, *, on: datetime.date, seed: int = 3) -> list[Household]:
    """Answer people of whom everything that the screener asks is known."""
    pick = random.Random(seed)
    return [_inhabitant(pick, on) for _ in range(count)]


def _inhabitant(pick: random.Random, on: datetime.date) -> Household:
    (age,) = pick.choices(list(AGES), list(AGES.values()))
    member = person(pick, on, id="me", age=age, sex=pick.choice("MF"))
    living = {
        name
        for name, share in (
            ("SINGLE_PERSON", 0.35 if age >= ADULT else 0),
            ("SINGLE_PARENT", 0.06),
            ("MANY_CHILDREN", 0.04 if age < PENSION_AGE else 0),
            ("MULTICULTURAL", SHARES["MULTICULTURAL"]),
            ("NORTH_KOREAN_DEFECTOR", SHARES["NORTH_KOREAN_DEFECTOR"]),
            ("NEWLY_MOVED", SHARES["NEWLY_MOVED"]),
            ("EXTENDED_FAMILY", 0.02),
        )
        if pick.random() < share
    }
    owner = pick.random() < SHARES["owner"]
    living |= set() if owner else {"NO_HOME"}
    (band,) = pick.choices(list(BANDS), list(BANDS.values()))
    return Household(
        (member,),
        yes=frozenset(living),
        no=frozenset(HOUSEHOLD_CODES.values()) - living,
        income_band=band,
        income_step="41-48" if band == LOWEST_BAND else None,
        receives_not=frozenset(RECEIPTS),
        assets=pick.choice((5_000_000, 120_000_000, 380_000_000, 1_200_000_000)),
        district=pick.choice(DISTRICTS),
        home_owner=owner,
        housing="OWNED" if owner else pick.choice(("JEONSE", "MONTHLY_RENT", "PUBLIC_RENT")),
    )


def person(
    pick: random.Random,
    on: datetime.date,
    *,
    id: str,  # noqa: A002
    age: int,
    sex: str,
    spouse: str = "",
) -> Member:
    """Answer somebody of that age, of whom everything that the screener asks is known."""
    yes = set(_school(age)) | {name for name, share in _shares(age, sex) if pick.random() < share}
    return Member(
        id,
        on - datetime.timedelta(365 * age + age // 4 + pick.randrange(365)),
        sex,
        yes=frozenset(yes),
        no=frozenset(PERSON_CODES.values()) - yes,
        disability=pick.choice(("SEVERE", "MILD")) if "DISABLED" in yes else None,
        nationality="KOREAN" if pick.random() < SHARES["KOREAN"] else "OTHER",
        spouse=spouse or pick.choice(("WITH_SPOUSE", "WITHOUT_SPOUSE")),
        service_pension="WITHOUT_SERVICE_PENSION",
        resident_since=on - datetime.timedelta(pick.randrange(1, 9_000)),
    )


def _school(age: int) -> list[str]:
    return [name for low, high, name in SCHOOLS if low <= age <= high]


def _shares(age: int, sex: str) -> list[tuple[str, float]]:
    adult, working = age >= ADULT, ADULT <= age < PENSION_AGE
    return [
        ("EMPLOYED", 0.68 if working else 0.2 if adult else 0),
        ("JOB_SEEKER", 0.05 if working else 0),
        ("UNIVERSITY", 0.6 if ADULT <= age < 25 else 0),
        ("PREGNANT", 0.04 if sex == "F" and 25 <= age < 40 else 0),
        ("PROSPECTIVE_PARENT", 0.05 if 25 <= age < 45 else 0),
        ("BIRTH_OR_ADOPTION", 0.04 if 25 <= age < 45 else 0),
        ("DISABLED", 0.1 if age >= PENSION_AGE else 0.03),
        ("ILL", 0.15 if age >= PENSION_AGE else 0.04),
        ("VETERAN", 0.05 if age >= PENSION_AGE else 0.005),
        ("FARMER", 0.004),
        ("FISHER", 0.001),
        ("LIVESTOCK_FARMER", 0.001),
        ("FORESTER", 0.001),
    ]


Told = TypeVar("Told", Household, Member)


def answer_of(told: Told, question: str, truth: Told) -> Told:
    """Answer what is known with what they say to that question, who know all of it."""
    facts = QUESTIONS[question].facts
    values = {fact: getattr(truth, fact) for fact in facts if not is_flag(fact)}
    flags = frozenset(fact for fact in facts if is_flag(fact))
    sets = ("yes", "no", "receives", "receives_not")
    values |= {name: getattr(told, name) | (getattr(truth, name) & flags) for name in sets}
    return replace(told, **values)
