"""`manage.py bench_screening`: a made-up city before a catalogue, and bare NumPy beside it."""

import datetime
import json
import random
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandParser
from numpy.typing import NDArray

from welfare.rules.compiled import compile_rules
from welfare.rules.judging import sweep
from welfare.rules.people import FAR, FlagSpace, People
from welfare.rules.refinements import Operator, Refinement, Rule, Wanted
from welfare.rules.rows import ConditionRow
from welfare.rules.vocabulary import (
    FIELDS,
    HOUSEHOLD_CODES,
    INCOME_CODES,
    NAMES,
    PERSON_CODES,
    SEX_CODES,
    Field,
    Group,
)

DAY = datetime.date(2026, 11, 28)
CHOSEN = (Group.SEX, Group.INCOME_BAND, Group.HOUSING, Group.NATIONALITY, Group.DISTRICT)
AGES = ((0, 120), (0, 120), (19, 39), (65, 120), (0, 5), (6, 18), (40, 64), (18, 64), (60, 120))
# A bare pass takes so many benefits; the rate is that of any number.
BARE_BENEFITS = 200
TESTS_A_BENEFIT = 5


class Command(BaseCommand):
    help = "Measure the nightly run's pass over a city against a bare NumPy pass; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--persons", type=int, default=1_000_000)
        parser.add_argument("--benefits", type=int, default=11_000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        persons, benefits, workers = (options[n] for n in ("persons", "benefits", "workers"))
        share = persons // workers
        told: dict[str, Any] = {"persons": share * workers, "benefits": benefits}
        for name, work, number in (
            ("ours", _ours, benefits),
            ("bare", _bare, min(BARE_BENEFITS, benefits)),
        ):
            began = time.perf_counter()
            with ProcessPoolExecutor(workers) as pool:
                jobs = [pool.submit(work, share, number, seed) for seed in range(workers)]
                done = [job.result() for job in jobs]
            told[f"{name}_wall"] = time.perf_counter() - began
            seconds = max(one["seconds"] for one in done)
            told[f"{name}_seconds"] = seconds
            told[f"{name}_rate"] = share * workers * number / seconds
            told[f"{name}_megabytes"] = sum(one["megabytes"] for one in done)
            told[f"{name}_cores"] = sum(one["busy"] for one in done) / seconds
        self.stdout.write(json.dumps(told))


def _ours(persons: int, benefits: int, seed: int) -> dict[str, float]:
    compiled = compile_rules(catalogue(benefits), on=DAY)
    people = inhabitants(persons, compiled.space, seed)

    def judged() -> int:
        return sum(int((piece.verdicts == 0).sum()) for piece in sweep(compiled, people))

    return _timed(judged)


def _bare(persons: int, benefits: int, seed: int) -> dict[str, float]:
    """The same comparisons, column by column: a mask or a range at a time, joined by maximum."""
    compiled = compile_rules(catalogue(benefits), on=DAY)
    people = inhabitants(persons, compiled.space, seed)
    masks = compiled.tests.any_of

    def judged() -> int:
        found = 0
        for at in range(benefits):
            worst: NDArray[np.uint8] = np.zeros(len(people), dtype=np.uint8)
            for test in range(TESTS_A_BENEFIT - 1):
                mask = masks[:, (at * (TESTS_A_BENEFIT - 1) + test) % masks.shape[1]]
                so = (people.yes & mask[:, None]).any(axis=0)
                may = (~people.no & mask[:, None]).any(axis=0)
                np.maximum(worst, (2 - so.astype(np.uint8) - may), out=worst)
            low, high = AGES[at % len(AGES)]
            age = people.low[FIELDS.index(Field.AGE_MONTHS)]
            within = (low * 12 <= age) & (age <= high * 12 + 11)
            np.maximum(worst, np.where(within, 0, 2).astype(np.uint8), out=worst)
            found += int((worst == 0).sum())
        return found

    return _timed(judged)


def _timed(work: Callable[[], int]) -> dict[str, float]:
    busy, began = time.process_time(), time.perf_counter()
    work()
    return {
        "seconds": time.perf_counter() - began,
        "busy": time.process_time() - busy,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def catalogue(size: int) -> list[Rule]:
    """Rules with the habits of the publisher's rows, the same ones every time."""
    pick = random.Random(7)  # noqa: S311
    return [_rule(pick, f"{number:012}") for number in range(size)]


def _rule(pick: random.Random, key: str) -> Rule:
    codes: set[str] = set(SEX_CODES) if pick.random() < 0.9 else {pick.choice([*SEX_CODES])}  # noqa: PLR2004
    bands = [*INCOME_CODES]
    codes |= {*bands[: pick.choice((5, 5, 5, 1, 2, 3, 4))]}
    for group in (PERSON_CODES, HOUSEHOLD_CODES):
        codes |= {*pick.sample([*group], pick.choice((0, 0, 1, 2, 3)))}
    row = ConditionRow(key, frozenset(codes), *pick.choice(AGES))
    if pick.random() < 0.95:  # noqa: PLR2004
        return Rule(key, row)
    share = Wanted("INCOME_PERCENT", Operator.AT_MOST, pick.choice((50, 100, 150)))
    from_day = datetime.date(2025, 1, 1)
    return Rule(key, row, (Refinement("INCOME", (share,), Rule("").source, from_day),))


def inhabitants(count: int, space: FlagSpace, seed: int) -> People:
    """People of whom most is known: arrays made at once, one person a household."""
    random_numbers = np.random.default_rng(seed)
    yes = np.zeros((space.words, count), dtype=np.uint64)
    no = np.zeros((space.words, count), dtype=np.uint64)

    def tell(group: Group, name: str, so: NDArray[np.bool_], known: NDArray[np.bool_]) -> None:
        words = space.split([space.mask(group, frozenset({name}))])[:, 0]
        for word, bits in enumerate(words):
            yes[word] |= np.where(so & known, bits, 0).astype(np.uint64)
            no[word] |= np.where(~so & known, bits, 0).astype(np.uint64)

    for group in (Group.PERSON, Group.HOUSEHOLD):
        for name in NAMES[group]:
            known = random_numbers.random(count) < 0.8  # noqa: PLR2004
            tell(group, name, random_numbers.random(count) < 0.12, known)  # noqa: PLR2004
    for group in CHOSEN:
        chosen = random_numbers.integers(0, len(NAMES[group]), count)
        for at, name in enumerate(NAMES[group]):
            tell(group, name, chosen == at, np.ones(count, dtype=np.bool_))
    low = np.full((len(FIELDS), count), -FAR, dtype=np.int64)
    high = np.full((len(FIELDS), count), FAR, dtype=np.int64)
    for field, most in ((Field.AGE_MONTHS, 1_200), (Field.INCOME_PERCENT, 25_000)):
        low[FIELDS.index(field)] = high[FIELDS.index(field)] = random_numbers.integers(
            0, most, count
        )
    firm = np.ones((len(FIELDS), count), dtype=np.bool_)
    return People(yes, no, low, high, firm, np.arange(count, dtype=np.int64))
