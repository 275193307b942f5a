"""Catalogues of any size with the habits of the real rows, the same ones every time."""

import datetime
import random

from welfare.rules.conditions import Source
from welfare.rules.refinements import Operator, Refinement, Rule, Wanted
from welfare.rules.rows import ConditionRow
from welfare.rules.vocabulary import (
    DISTRICTS,
    HOUSEHOLD_CODES,
    INCOME_CODES,
    NO_HOUSEHOLD_CODE,
    NO_PERSON_CODE,
    PERSON_CODES,
    SEX_CODES,
)

ORGANISATIONS = ("JA1101", "JA1102", "JA1202", "JA1299", "JA2101", "JA2103", "JA2202", "JA2299")
LOWEST, LAST = 0, 120
AGES = (
    *[(None, None), (None, LAST), (0, LAST)] * 4,
    *[(18, LAST), (19, LAST), (65, LAST), (60, LAST), (50, LAST)] * 2,
    *[(18, 39), (19, 34), (19, 39), (0, 5), (3, 5), (6, 18), (0, 18), (13, 24), (40, 64), (18, 64)],
)
SINCE = datetime.date(2025, 1, 1)
# Of those that would be refined: told by the publisher to be for firms alone.
FOR_FIRMS = 0.05


def catalogue(size: int, *, seed: int = 7, refined: float = 0.05) -> list[Rule]:
    pick = random.Random(seed)
    return [_rule(pick, f"{number:012}", refined) for number in range(size)]


def _rule(pick: random.Random, key: str, refined: float) -> Rule:
    row = _row(pick, key)
    if pick.random() >= refined:
        return Rule(key, row)
    if pick.random() < FOR_FIRMS:
        return Rule(key, row, for_firms=True)
    wanted = pick.sample(WANTED, pick.choice((1, 1, 2, 3)))
    return Rule(key, row, tuple(_refinement(pick, f"r{i}", w) for i, w in enumerate(wanted)))


def _row(pick: random.Random, key: str) -> ConditionRow:
    if pick.random() < 0.08:
        return ConditionRow(key, frozenset(pick.sample(ORGANISATIONS, pick.choice((1, 2)))))
    codes: set[str] = set(SEX_CODES if pick.random() < 0.9 else pick.sample([*SEX_CODES], 1))
    bands = list(INCOME_CODES)
    codes |= {*(bands if pick.random() < 0.75 else bands[: pick.choice((1, 1, 2, 3, 4))])}
    codes |= _group(pick, [*PERSON_CODES], NO_PERSON_CODE)
    codes |= _group(pick, [*HOUSEHOLD_CODES], NO_HOUSEHOLD_CODE)
    low, high = pick.choice(AGES)
    return ConditionRow(key, frozenset(codes), low, high)


def _group(pick: random.Random, codes: list[str], none_of_these: str) -> set[str]:
    share = pick.random()
    if share < 0.1:
        return set()
    if share < 0.4:
        return {*codes, none_of_these}
    if share < 0.6:
        return {none_of_these}
    return set(pick.sample(codes, pick.choice((1, 1, 1, 2, 2, 3, 4))))


def _refinement(pick: random.Random, slot: str, wanted: tuple[Wanted, ...]) -> Refinement:
    return Refinement(
        slot=slot,
        wanted=wanted,
        source=Source("시험 법 제1조"),
        since=SINCE,
        verified=pick.random() < 0.8,
    )


STUDIES = Wanted("PERSON", Operator.ANY_OF, ("HIGH_SCHOOL", "UNIVERSITY"))
SEEN_TO = Wanted("EXAMINED", Operator.ANY_OF, ("PENSION_DEGREE",))
A_WOMAN = Wanted("SEX", Operator.NONE_OF, ("M",))
WANTED: list[tuple[Wanted, ...]] = [
    (Wanted("AGE_MONTHS", Operator.UNDER, 24),),
    (Wanted("AGE_YEARS", Operator.AT_LEAST, 65),),
    (Wanted("INCOME_PERCENT", Operator.AT_MOST, 32),),
    (Wanted("INCOME_PERCENT", Operator.AT_MOST, 60),),
    (Wanted("INCOME_PERCENT", Operator.OVER, 100),),
    (Wanted("INCOME_PERCENT", Operator.RECKONED, 50),),
    (
        Wanted("INCOME_PERCENT", Operator.AT_MOST, 32),
        Wanted("AGE_YEARS", Operator.BETWEEN, (15, 74), somebody=True),
        Wanted("PERSON", Operator.ANY_OF, ("EMPLOYED", "ILL"), somebody=True),
    ),
    (Wanted("INCOME_MONTHLY", Operator.AT_MOST, 2_470_000),),
    (Wanted("ASSETS", Operator.AT_MOST, 241_000_000),),
    (Wanted("HOUSEHOLD_SIZE", Operator.AT_LEAST, 3),),
    (Wanted("RESIDENCE_MONTHS", Operator.AT_LEAST, 12),),
    (Wanted("PREGNANCY_WEEKS", Operator.AT_LEAST, 12),),
    (Wanted("DISABILITY", Operator.ANY_OF, ("SEVERE",)),),
    (Wanted("HOUSING", Operator.ANY_OF, ("MONTHLY_RENT", "JEONSE")),),
    (Wanted("HOUSING", Operator.NONE_OF, ("OWNED",)),),
    (Wanted("NATIONALITY", Operator.ANY_OF, ("KOREAN", "MARRIAGE_MIGRANT", "REFUGEE")),),
    (Wanted("DISTRICT", Operator.ANY_OF, (DISTRICTS[8],)),),
    (Wanted("DISTRICT", Operator.ANY_OF, DISTRICTS),),
    (Wanted("RECEIVES", Operator.ANY_OF, ("livelihood", "medical")),),
    (Wanted("RECEIVES", Operator.NONE_OF, ("basic-pension",)),),
    (Wanted("SERVICE_PENSION", Operator.ANY_OF, ("WITHOUT_SERVICE_PENSION",)),),
    (Wanted("CARE", Operator.ANY_OF, ("NURSERY", "KINDERGARTEN")),),
    (Wanted("CARE", Operator.NONE_OF, ("NURSERY",)),),
    (Wanted("EXAMINED", Operator.ANY_OF, ("CRISIS",)),),
    (Wanted("DISABILITY", Operator.ANY_OF, ("SEVERE",), also=(SEEN_TO,)),),
    (Wanted("INCOME_BAND", Operator.NONE_OF, ("200+",)),),
    (Wanted("PERSON", Operator.NONE_OF, ("EMPLOYED", "VETERAN")),),
    (Wanted("AGE_YEARS", Operator.BETWEEN, (6, 18)),),
    (Wanted("AGE_YEARS", Operator.BETWEEN, (6, 18), somebody=True),),
    (Wanted("ASSETS", Operator.BETWEEN, (1, 241_000_000), also=(STUDIES,)),),
    (Wanted("AGE_YEARS", Operator.BETWEEN, (18, 21), somebody=True, also=(STUDIES, A_WOMAN)),),
    (
        Wanted("AGE_YEARS", Operator.BETWEEN, (18, 21), somebody=True, also=(STUDIES,)),
        Wanted("AGE_YEARS", Operator.UNDER, 18, somebody=True),
    ),
    (
        Wanted("AGE_YEARS", Operator.AT_LEAST, 65, somebody=True),
        Wanted("AGE_YEARS", Operator.UNDER, 7, somebody=True),
        Wanted("PERSON", Operator.ANY_OF, ("DISABLED", "PREGNANT"), somebody=True),
        Wanted("HOUSEHOLD", Operator.ANY_OF, ("SINGLE_PARENT",)),
    ),
]
