"""The questions that can be asked, and how often people give which answer.

The shares are rough ones for Seoul, in round figures of a thousand. They only choose the order of
the questions: no verdict hangs on them.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from welfare.rules.facts import Household, Member
from welfare.rules.vocabulary import OUTSIDE_SEOUL, RECEIPTS, WITH_SERVICE_PENSION

Told = Any  # a Member or a Household, the same before and after


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, how many of a thousand people give it, and what it tells."""

    weight: float
    tell: Callable[[Told, datetime.date], Told]


@dataclass(frozen=True, slots=True)
class Question:
    """A question tells one or more facts at once.

    What it is `bound_to` rules some of its answers out; where it hangs on all that is told of the
    household, that is the number of people and their income. One that `needs` something to be so is
    asked of nobody else.
    """

    key: str
    facts: tuple[str, ...]
    of_members: bool
    answers: tuple[Answer, ...]
    bound_to: tuple[str, ...] = ()
    hangs_on_all: bool = False
    needs: str = ""

    def is_open(self, told: Member | Household) -> bool:
        """Say whether one of its facts is unknown: flags all of them, or a single value."""
        if is_flag(self.facts[0]):
            known = told.yes | told.no | told.receives | told.receives_not
            return not known.issuperset(self.facts)
        return getattr(told, self.facts[0]) is None


def is_flag(fact: str) -> bool:
    """Say whether a fact is so or not so, and has no value besides."""
    return fact.isupper() or fact in RECEIPTS


def _one_of(
    key: str, *, of_members: bool = True, bound_to: tuple[str, ...] = (), **weights: float
) -> Question:
    """Ask which of several is so: one of them, or none."""
    facts = frozenset(weights)
    none = 1000 - sum(weights.values())
    answers = [Answer(weight, _tell_facts(facts, fact)) for fact, weight in weights.items()]
    answers.append(Answer(none, _tell_facts(facts, None)))
    return Question(key, tuple(weights), of_members, tuple(answers), bound_to)


def _value(
    key: str, fact: str, values: Mapping[Any, float], *, of_members: bool, **more: Any
) -> Question:
    answers = tuple(Answer(weight, _tell_value(fact, value)) for value, weight in values.items())
    return Question(key, (fact,), of_members, answers, **more)


def _tell_facts(facts: frozenset[str], so: str | None) -> Callable[[Told, datetime.date], Told]:
    def tell(told: Told, on: datetime.date) -> Told:
        yes = told.yes | ({so} if so and so not in told.no else frozenset())
        return replace(told, yes=yes, no=told.no | (facts - yes))

    return tell


def _tell_receipts(*received: str) -> Callable[[Told, datetime.date], Told]:
    def tell(told: Told, on: datetime.date) -> Told:
        yes = told.receives | (frozenset(received) - told.receives_not)
        return replace(told, receives=yes, receives_not=told.receives_not | (set(RECEIPTS) - yes))

    return tell


def _tell_value(fact: str, value: Any) -> Callable[[Told, datetime.date], Told]:
    def tell(told: Told, on: datetime.date) -> Told:
        return replace(told, **{fact: value})

    return tell


def _tell_years_ago(fact: str, years: int) -> Callable[[Told, datetime.date], Told]:
    def tell(told: Told, on: datetime.date) -> Told:
        # The first of the month: every year has it.
        return replace(told, **{fact: datetime.date(on.year - years, on.month, 1)})

    return tell


AGES = {0: 4, 1: 5, 3: 12, 6: 32, 10: 28, 14: 22, 17: 24, 20: 60, 25: 85, 32: 110, 37: 75}
AGES |= {45: 150, 52: 80, 57: 78, 62: 72, 67: 62, 73: 60, 82: 41}
BIRTH_DATE = Question(
    "birth_date",
    ("birth_date",),
    True,
    tuple(Answer(weight, _tell_years_ago("birth_date", age)) for age, weight in AGES.items()),
)
RESIDENT_SINCE = Question(
    "resident_since",
    ("resident_since",),
    True,
    tuple(
        Answer(weight, _tell_years_ago("resident_since", years))
        for years, weight in {0: 150, 2: 250, 10: 600}.items()
    ),
)
STEPS = {"0-32": 500, "33-40": 200, "41-48": 200, "49-50": 100}
BANDS = {"0-50": 220, "51-75": 140, "76-100": 140, "101-200": 330, "200+": 170}

SIZES = {1: 390, 2: 290, 3: 190, 4: 110, 5: 20}
SIZE = _value("size", "size", SIZES, of_members=False, hangs_on_all=True)
HOUSING = {"OWNED": 430, "JEONSE": 250, "MONTHLY_RENT": 230, "PUBLIC_RENT": 80, "OTHER": 10}

QUESTIONS = {
    question.key: question
    for question in (
        BIRTH_DATE,
        SIZE,
        _value("sex", "sex", {"F": 515, "M": 485}, of_members=True),
        _value("income", "income_band", BANDS, of_members=False, hangs_on_all=True),
        # Contradicts whatever is not the lowest band, and so is asked of nobody else.
        _value("income_step", "income_step", STEPS, of_members=False, hangs_on_all=True),
        _value("district", "district", {"강남구": 950, OUTSIDE_SEOUL: 50}, of_members=False),
        _value(
            "home",
            "home_owner",
            {True: 480, False: 520},
            of_members=False,
            bound_to=("NO_HOME", "housing"),
        ),
        _one_of(
            "work",
            EMPLOYED=520,
            JOB_SEEKER=40,
            FARMER=3,
            FISHER=1,
            LIVESTOCK_FARMER=1,
            FORESTER=1,
        ),
        _one_of("school", ELEMENTARY=40, MIDDLE_SCHOOL=22, HIGH_SCHOOL=22, UNIVERSITY=60),
        _one_of(
            "birth",
            bound_to=("pregnancy_weeks",),
            PROSPECTIVE_PARENT=15,
            PREGNANT=5,
            BIRTH_OR_ADOPTION=8,
        ),
        _value(
            "weeks",
            "pregnancy_weeks",
            {6: 250, 13: 150, 20: 250, 30: 250, 38: 100},
            of_members=True,
            bound_to=("PREGNANT",),
            needs="PREGNANT",
        ),
        _one_of("health", bound_to=("disability",), DISABLED=42, ILL=60),
        _one_of("veteran", VETERAN=17),
        _one_of(
            "family",
            of_members=False,
            SINGLE_PERSON=390,
            SINGLE_PARENT=60,
            MANY_CHILDREN=30,
            EXTENDED_FAMILY=20,
        ),
        Question(
            "receipts",
            RECEIPTS,
            False,
            tuple(
                Answer(weight, _tell_receipts(*received))
                for received, weight in {
                    (): 930,
                    RECEIPTS[:3]: 50,
                    ("housing-benefit",): 15,
                    ("education-benefit",): 5,
                }.items()
            ),
        ),
        _one_of("origin", of_members=False, MULTICULTURAL=20, NORTH_KOREAN_DEFECTOR=1),
        _one_of("moved", of_members=False, NEWLY_MOVED=80),
        _value(
            "degree",
            "disability",
            {"SEVERE": 400, "MILD": 600},
            of_members=True,
            bound_to=("DISABLED",),
        ),
        _value(
            "nationality",
            "nationality",
            {"KOREAN": 960, "MARRIAGE_MIGRANT": 8, "REFUGEE": 1, "OTHER": 31},
            of_members=True,
        ),
        _value(
            "spouse",
            "spouse",
            {"WITH_SPOUSE": 500, "WITHOUT_SPOUSE": 500},
            of_members=True,
        ),
        _value(
            "service_pension",
            "service_pension",
            {WITH_SERVICE_PENSION: 70, "WITHOUT_SERVICE_PENSION": 930},
            of_members=True,
        ),
        # Asked of children alone (unasked.py).
        _value(
            "care", "care", {"NURSERY": 500, "KINDERGARTEN": 300, "AT_HOME": 200}, of_members=True
        ),
        _value(
            "housing",
            "housing",
            HOUSING,
            of_members=False,
            bound_to=("NO_HOME", "home_owner"),
        ),
        _value(
            "assets",
            "assets",
            {10_000_000: 200, 150_000_000: 250, 400_000_000: 250, 1_000_000_000: 300},
            of_members=False,
            bound_to=("assets_over",),
        ),
        RESIDENT_SINCE,
    )
}

# What is asked on one page, by the first of its questions; every other question is a page itself.
TOGETHER: Mapping[str, tuple[str, ...]] = {"birth_date": ("birth_date", "sex")}
PAGE_OF = {key: key for key in QUESTIONS} | {
    key: page for page, questions in TOGETHER.items() for key in questions
}
