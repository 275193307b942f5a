"""What makes no sense to ask of somebody of an age: it is never asked, and who asks says so.

The rule is the asker's and not the engine's: to the engine what nobody told stays unknown, and a
verdict decided without it would hold for a working child as well. A screener that leaves these
questions out tells in their place what is so of nearly everybody of that age (`presumed`), shows
that it did, and lets people say otherwise. Whoever sends facts, as the API's callers do, is only
not asked.

Nobody may be employed before 13 (근로기준법 제64조, 시행령 제35조: from 13 with leave, younger only
to perform), school begins at six and for some at five (초·중등교육법 제13조). People of any age
go to school, also to schools for grown-ups (평생교육법 제31조), and are asked. Whoever is 65
expects no child; one who adopts one all the same says so. Whoever is nine goes to no nursery and
no kindergarten, but for disabled children at a nursery (영유아보육법 제27조), which may be told.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import replace

from welfare.rules.facts import Household, Member, age_in_months
from welfare.rules.refinements import Rule
from welfare.rules.screener import QUESTIONS
from welfare.rules.vocabulary import NAMES, Group

YEAR = 12
# Of what people may be, what few are: whoever told nothing of work may well have it.
FEW_ARE = frozenset(NAMES[Group.PERSON]) - {"EMPLOYED"}
# Under how many full years of age a question is left out.
FROM_YEARS: Mapping[str, int] = {"school": 5, "birth": 10, "work": 13}
# From how many on.
UNTIL_YEARS: Mapping[str, int] = {"birth": 65, "care": 9}


def unasked(member: Member, on: datetime.date) -> frozenset[str]:
    """Answer the questions that are not asked of this person; none where nobody knows the age."""
    if member.birth_date is None:
        return frozenset()
    years = age_in_months(member.birth_date, on) // YEAR
    too_young = frozenset(key for key, first in FROM_YEARS.items() if years < first)
    return too_young.union(key for key, last in UNTIL_YEARS.items() if years >= last)


def presumed(
    household: Household, on: datetime.date, *, but: Collection[tuple[str, str]] = ()
) -> Household:
    """Answer the household with what is left unasked told as not so, where nobody told it.

    `but` are questions that somebody was asked of a member all the same: what is not known there
    stays unknown.
    """
    members = tuple(_presumed(member, on, but) for member in household.members)
    return household if members == household.members else replace(household, members=members)


def presumed_of(member: Member, question: str, on: datetime.date) -> frozenset[str]:
    """Answer the facts of a question that are taken as not so, as nobody told them."""
    if question not in unasked(member, on):
        return frozenset()
    facts = frozenset(QUESTIONS[question].facts) - member.yes - member.no
    return facts - {"PREGNANT"} if member.pregnancy_weeks is not None else facts


def as_most_are(household: Household) -> Household:
    """Answer the household where nobody is what few are and was not told of them.

    Disabled, a student, a farmer: what hangs on that alone is open for everybody, and news of few.
    """
    members = [replace(one, no=one.no | FEW_ARE - _told_of(one)) for one in household.members]
    return replace(household, members=tuple(members))


def as_whoever_applies(household: Household, rule: Rule, programme: str) -> Household:
    """Answer `as_most_are`, where nobody has the programme itself who was not told to have it.

    Whoever has it may keep it beyond an age at which nobody else is given it any more: for them
    that age is no turn, and for who is yet to apply it is the last day to do so.
    """
    most = as_most_are(household)
    if not _asks_of_itself(rule, programme) or programme in most.receives | most.receives_not:
        return most
    members = [
        one
        if programme in one.receives
        else replace(one, receives_not=one.receives_not | {programme})
        for one in most.members
    ]
    return replace(most, members=tuple(members))


def _asks_of_itself(rule: Rule, programme: str) -> bool:
    return any(
        one.field == Group.RECEIVES and isinstance(one.value, tuple) and programme in one.value
        for version in rule.refinements
        for one in version.wanted
    )


def _told_of(member: Member) -> frozenset[str]:
    implied = {"DISABLED": member.disability, "PREGNANT": member.pregnancy_weeks}
    return member.yes.union(name for name, told in implied.items() if told is not None)


def _presumed(member: Member, on: datetime.date, but: Collection[tuple[str, str]]) -> Member:
    more: frozenset[str] = frozenset()
    for question in FROM_YEARS:
        if (question, member.id) not in but:
            more |= presumed_of(member, question, on)
    return replace(member, no=member.no | more) if more else member
