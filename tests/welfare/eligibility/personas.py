"""Twenty people, and what the fourteen real condition rows mean for each, argued by hand."""

from dataclasses import dataclass

from tests.welfare.eligibility.judged import born, facts
from welfare.rules.facts import Household, Member
from welfare.rules.vocabulary import HOUSEHOLD_CODES, PERSON_CODES

EVERYTHING = frozenset(PERSON_CODES.values())
SCHOOLS = facts("ELEMENTARY", "MIDDLE_SCHOOL", "HIGH_SCHOOL", "UNIVERSITY")
NO_DEFECTOR = facts("NORTH_KOREAN_DEFECTOR")
LIVING = frozenset(HOUSEHOLD_CODES.values()) - {"NO_HOME"}


@dataclass(frozen=True, slots=True)
class Persona:
    """Verdicts in the order of ROWS: L is likely, D depends, N is no."""

    who: str
    household: Household
    verdicts: str


# What the rows ask for, as far as it restricts a person; the four of organisations match nobody.
ROWS = {
    "000000465790": "aged 3 to 5",
    "105100000001": "aged 18 to 65",
    "116010000001": "aged 19 to 35, income up to 200 %, no home owned",
    "119200000001": "aged 18 or over, fisher",
    "119200000007": "aged 19 or over",
    "119200000008": "organisations",
    "119200000010": "organisations",
    "119200000016": "aged 18 or over, fisher (or an organisation)",
    "119200000082": "organisations",
    "119200000128": "aged 18 to 64",
    "119200000174": "aged 18 to 39, fisher",
    "119200000176": "at school or university",
    "122000000003": "organisations",
    "125000000004": "aged 18 or over, North Korean defector",
}


def one(birth_date, *, yes=frozenset(), no=frozenset(), lives=frozenset(), not_=LIVING, **more):
    """Answer somebody alone in a household of which all but home and income is denied."""
    me = born(birth_date, yes=yes, no=no)
    return Household((me,), yes=lives, no=not_ - lives, **more)


EMPLOYEE = {"yes": facts("EMPLOYED"), "no": EVERYTHING - {"EMPLOYED"}}
UNTOLD = {"not_": frozenset()}

PERSONAS = (
    Persona("a newborn of whom all is known", one("2026-10-01", no=EVERYTHING), "N" * 14),
    Persona("a child who turns 3 today", one("2023-11-23", **UNTOLD), "LNNNNNNNNNNDNN"),
    Persona("a child who turns 6 tomorrow", one("2020-11-24", **UNTOLD), "LNNNNNNNNNNDNN"),
    Persona("a child who turns 6 today", one("2020-11-23", **UNTOLD), "NNNNNNNNNNNDNN"),
    Persona(
        "a pupil at elementary school, 11",
        one("2015-05-05", yes=facts("ELEMENTARY")),
        "NNNNNNNNNNNLNN",
    ),
    Persona(
        "a pupil at high school, 17",
        one("2009-03-01", yes=facts("HIGH_SCHOOL"), **UNTOLD),
        "NNNNNNNNNNNLNN",
    ),
    Persona("somebody who turns 18 today", one("2008-11-23", **UNTOLD), "NLNDNNNDNLDDND"),
    Persona(
        "a student, 21, poor, without a home",
        one(
            "2005-06-01",
            yes=facts("UNIVERSITY"),
            no=facts("FISHER"),
            home_owner=False,
            income_band="0-50",
        ),
        "NLLNLNNNNLNLNN",
    ),
    Persona(
        "an employee, 29, in a rented flat, with 5,000,000 won a month",
        one("1997-01-15", **EMPLOYEE, home_owner=False, income_monthly=5_000_000),
        "NLLNLNNNNLNNNN",
    ),
    Persona(
        "an employee, 30, in a rented flat, with 6,000,000 won a month",
        one("1996-01-15", **EMPLOYEE, home_owner=False, income_monthly=6_000_000),
        "NLNNLNNNNLNNNN",
    ),
    Persona(
        "an employee, 30, who owns a home",
        one("1996-01-15", **EMPLOYEE, home_owner=True),
        "NLNNLNNNNLNNNN",
    ),
    Persona(
        "somebody who turns 36 tomorrow, without a home",
        one("1990-11-24", home_owner=False, **UNTOLD),
        "NLDDLNNDNLDDND",
    ),
    Persona(
        "a fisher who turns 40 tomorrow",
        one("1986-11-24", yes=facts("FISHER"), **UNTOLD),
        "NLNLLNNLNLLDND",
    ),
    Persona("a fisher, 45", one("1981-07-01", yes=facts("FISHER"), **UNTOLD), "NLNLLNNLNLNDND"),
    Persona(
        "a defector, 40, no fisher",
        one("1986-02-02", no=facts("FISHER"), lives=NO_DEFECTOR),
        "NLNNLNNNNLNDNL",
    ),
    Persona(
        "a single parent, 36, neither fisher nor student",
        one("1990-03-03", no=SCHOOLS | {"FISHER"}, lives=facts("SINGLE_PARENT"), **UNTOLD),
        "NLNNLNNNNLNNND",
    ),
    Persona(
        "a disabled job seeker, 52",
        one("1974-09-09", yes=facts("DISABLED", "JOB_SEEKER"), **UNTOLD),
        "NLNDLNNDNLNDND",
    ),
    Persona("somebody who turns 65 tomorrow", one("1961-11-24", **UNTOLD), "NLNDLNNDNLNDND"),
    Persona(
        "a woman of 70, alone, as in the example of the API",
        Household(
            (born("1956-03-02", sex="F", yes=facts("DISABLED"), no=facts("JOB_SEEKER")),),
            yes=facts("SINGLE_PERSON"),
            no=facts("MULTICULTURAL"),
            district="노원구",
            home_owner=False,
            income_monthly=1_800_000,
        ),
        "NNNDLNNDNNNDND",
    ),
    Persona("somebody who told nothing", Household((Member("me"),)), "DDDDDNNDNDDDND"),
)
