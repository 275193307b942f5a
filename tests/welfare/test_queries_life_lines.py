"""The words of a day on which something ends: what fails then, or what only is no longer known."""

import datetime
from dataclasses import replace

import pytest
from django.utils import translation

from welfare.queries.fact_names import OURS
from welfare.queries.life_lines import why_turned
from welfare.rules.conditions import Verdict
from welfare.rules.facts import Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.timeline import Span

SIX = datetime.date(2026, 11, 23)
CHILD = Member("a", SIX.replace(year=2020))


def said(programme: str, child: Member) -> str:
    span = Span(programme, child.id, Verdict.LIKELY, CHILD.birth_date, SIX)
    rule, household = OURS[programme].rule, Household((child,))
    return why_turned(rule, household, span, begins=False, medians=MEDIAN_INCOMES)


@pytest.mark.parametrize(
    ("child", "ko", "en"),
    [
        (CHILD, "조건에 맞는지는 더 알아야 합니다", "More has to be known"),
        (replace(CHILD, yes=frozenset({"ELEMENTARY"})), "조건에 더는 맞지 않게", "no longer"),
    ],
)
def test_an_end_is_a_no_only_where_something_fails(child, ko, en):
    """At six a child may be at school or not: the kindergarten is refused to pupils alone."""
    assert ko in said("kindergarten-fees", child)
    with translation.override("en"):
        assert en in said("kindergarten-fees", child)
