"""Of how many benefits it is decided: what no answer ever decides counts on neither side."""

import datetime

import pytest

from tests.welfare.rulebook.people import make_benefits
from welfare.queries.matching import Match
from welfare.queries.rulebook import shelf
from welfare.queries.told import Told
from welfare.rules.facts import Household, Member

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 11, 28)
SEEKS = {"yes": frozenset({"JOB_SEEKER"})}


def progress(year, member, **household):
    person = Member("me", datetime.date(year, 1, 1), **member)
    return Match(Told(Household((person,), **household), ON)).progress()


@pytest.mark.parametrize(
    ("year", "counted"),
    [
        (1996, (1, 1)),  # the young are chosen whatever they worked
        (1980, (0, 0)),  # an office looks up what others worked
    ],
)
def test_leaves_out_what_an_office_alone_decides_of_somebody(year, counted):
    make_benefits("employment-support", "long-term-care")
    shelf.forget()
    known = {
        "income_monthly": 500_000,
        "assets": 0,
        "receives_not": frozenset({"livelihood-benefit"}),
        "district": "노원구",
    }
    assert progress(year, SEEKS, **known) == counted
    # As long as the person can tell more it counts.
    assert progress(year, {}, **known) == (0, 1)
