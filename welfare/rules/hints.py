"""Whom a benefit seems to be for whose conditions nobody has read: labels and words of its name.

A publisher's labels are no conditions. Bokjiro keeps livelihood benefit under three life stages,
and old age is not among them. So a hint never says no to anybody: it is an unverified condition,
read widely, and whoever it speaks against only finds the benefit further down.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from welfare.rules.conditions import AllOf, AnyOf, Between, Condition, SomeMember, Source, Test
from welfare.rules.rows import years
from welfare.rules.vocabulary import Field, Group

STAGE, TARGET = "HINT_OF_STAGE", "HINT_OF_TARGET"
BY_LABELS, BY_NAME = Source("복지로의 분류"), Source("제도의 이름")
# Far wider than the stages themselves: laws and towns draw the line in many places, from "youth"
# up to 49 to "senior" from 55, and whoever is near to it is not sent away.
YEARS_OF = {
    "INFANT": (0, 8),
    "CHILD": (0, 18),
    "TEEN": (9, 24),
    "YOUTH": (15, 49),
    "MIDDLE_AGED": (35, 69),
    "SENIOR": (55, None),
}
# Who lives with somebody of whom it is so is meant as often as not.
EXPECTING = SomeMember(
    AllOf(
        (
            AnyOf(Group.PERSON, frozenset({"PROSPECTIVE_PARENT", "PREGNANT", "BIRTH_OR_ADOPTION"})),
            years(None, 59),
        )
    )
)
NEWBORN, GROWING = SomeMember(years(None, 2)), SomeMember(years(None, 24))
LOW_INCOME = Between(Field.INCOME_PERCENT, high=15_000)
TESTS_OF: dict[str, tuple[Test, ...]] = {
    "MULTICULTURAL": (
        AnyOf(Group.HOUSEHOLD, frozenset({"MULTICULTURAL", "NORTH_KOREAN_DEFECTOR"})),
    ),
    "MANY_CHILDREN": (AnyOf(Group.HOUSEHOLD, frozenset({"MANY_CHILDREN"})),),
    "VETERAN": (SomeMember(AnyOf(Group.PERSON, frozenset({"VETERAN"}))),),
    "DISABLED": (SomeMember(AnyOf(Group.PERSON, frozenset({"DISABLED"}))),),
    "LOW_INCOME": (LOW_INCOME,),
    "FARMING": (
        AnyOf(Group.PERSON, frozenset({"FARMER", "FISHER", "LIVESTOCK_FARMER", "FORESTER"})),
    ),
    # Grandparents who raise a child are no single parents, and no answer tells of them.
    "SINGLE_PARENT": (AnyOf(Group.HOUSEHOLD, frozenset({"SINGLE_PARENT"})), GROWING),
}
# No publisher has a label for them.
FARMERS = r"농업인|농어|농가|농지|농촌|어업|어민|임업|축산"
STAGES_IN_NAMES = {
    "INFANT": r"영유아|어린이집|보육|신생아|아기",
    "CHILD": r"아동|어린이|초등|학생|입학|교복",
    "TEEN": r"청소년|학교 ?밖|중학|고등|고교|학생|입학|교복",
    "YOUTH": r"청년|대학|학자금",
    "MIDDLE_AGED": r"중장년|신중년",
    "SENIOR": r"노인|어르신|경로|고령|치매",
    "PREGNANCY": r"임신|임산부|출산|산모|난임",
}
TARGETS_IN_NAMES = {
    "MULTICULTURAL": r"다문화|결혼이민|북한이탈|탈북",
    "MANY_CHILDREN": r"다자녀|다둥이|셋째",
    "VETERAN": r"보훈|참전|유공자|독립유공",
    "DISABLED": r"장애(?!물)",
    "LOW_INCOME": r"저소득|수급자|차상위|기초생활",
    "SINGLE_PARENT": r"한부모|조손",
    "FARMING": FARMERS,
}
STAGE_WORDS = {stage: re.compile(words) for stage, words in STAGES_IN_NAMES.items()}
TARGET_WORDS = {target: re.compile(words) for target, words in TARGETS_IN_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Hints:
    """The life stages and situations that a benefit seems to be for, and who says so."""

    stages: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    source: Source = BY_LABELS

    def conditions(self) -> tuple[Condition, ...]:
        asked = (
            (STAGE, tuple(_of_stages(self.stages)), self.stages),
            (TARGET, tuple(_of_targets(self.targets)), self.targets),
        )
        return tuple(
            Condition(name, tests, self.source, verified=False, labels=labels)
            for name, tests, labels in asked
            if tests
        )


def hints_of(name: str, stages: Sequence[str], targets: Sequence[str]) -> Hints:
    """Answer what the labels hint at, or the name where there are none."""
    if stages or targets:
        farmers = ("FARMING",) if TARGET_WORDS["FARMING"].search(name) else ()
        return Hints(tuple(stages), farmers or tuple(targets))
    return Hints(
        tuple(stage for stage, words in STAGE_WORDS.items() if words.search(name)),
        tuple(target for target, words in TARGET_WORDS.items() if words.search(name)),
        BY_NAME,
    )


def _of_stages(stages: Sequence[str]) -> Iterator[Test]:
    """Join the years of all stages where they meet; what is for every age is for everybody."""
    ranges = _joined(YEARS_OF[stage] for stage in stages if stage in YEARS_OF)
    if ranges and ranges[0] == (0, None):
        return
    yield from (years(low or None, high) for low, high in ranges)
    if "PREGNANCY" in stages:
        yield from (EXPECTING, NEWBORN)


def _joined(ranges: Iterable[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    joined: list[tuple[int, int | None]] = []
    for low, high in sorted(ranges, key=lambda one: one[0]):
        before = joined[-1][1] if joined else -1
        if joined and (before is None or low <= before + 1):
            last = None if before is None or high is None else max(before, high)
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((low, high))
    return joined


def _of_targets(targets: Sequence[str]) -> Iterator[Test]:
    for target in targets:
        yield from TESTS_OF.get(target, ())
