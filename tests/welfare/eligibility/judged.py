"""One household before a few rules, for tests that say what is expected."""

import datetime

from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Source
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.refinements import Operator, Refinement, Rule, Wanted

ON = datetime.date(2026, 11, 23)
LAW = Source("시험 법 제1조")


def day(text):
    return datetime.date.fromisoformat(text)


def facts(*names):
    return frozenset(names)


def born(birth_date, member="me", **more):
    return Member(member, day(birth_date), **more)


def wanted(field, operator, value, **more):
    return Wanted(field, Operator(operator), value, **more)


def refined(*wishes, key="b", since="2025-01-01", **more):
    """Answer a rule that asks for all of the wishes."""
    return Rule(
        key,
        refinements=tuple(
            Refinement(f"c{number}", wish if isinstance(wish, tuple) else (wish,), LAW, day(since))
            for number, wish in enumerate(wishes)
        ),
        **more,
    )


def judged(rules, *members, on=ON, **household):
    rules = rules if isinstance(rules, list) else [rules]
    household = Household(members or (Member("me"),), **household)
    return Judgement(compile_rules(rules, on=on), household, medians=MEDIAN_INCOMES)


def explained(rule, *members, person=0, on=ON, **household):
    return judged(rule, *members, on=on, **household).explain(0, person)


def verdict(rule, *members, on=ON, **household):
    return explained(rule, *members, on=on, **household).verdict
