"""`manage.py bench_match`: fills an empty catalogue, and times one household before all of it."""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.sandbox.bench.matching import households
from welfare.enums import BenefitStatus, ProviderLevel
from welfare.management.commands.bench_screening import (
    AGES,
    DAY,
    TESTS_A_BENEFIT,
    catalogue,
)
from welfare.models import Benefit
from welfare.queries.rulebook import rulebook
from welfare.queries.told import read_told
from welfare.rules.condition_codes import mask_of
from welfare.rules.explaining import Judgement
from welfare.rules.people import encode
from welfare.rules.refinements import Rule
from welfare.rules.vocabulary import FIELDS, Field

TIMES = 60
MASKS = TESTS_A_BENEFIT - 1


class Command(BaseCommand):
    help = (
        "Fill an empty catalogue and time one household before it; prints JSON. For `make bench`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--benefits", type=int, default=11_000)

    def handle(self, *args: Any, **options: Any) -> None:
        if Benefit.objects.exists():
            raise CommandError("There are benefits in this database: it is no bench's.")
        rules = catalogue(options["benefits"])
        Benefit.objects.bulk_create(map(_benefit, rules), batch_size=1_000)
        told = read_told(households()[0], today=DAY)
        book = rulebook(DAY)
        compiled, medians = book.compiled, book.medians
        people = encode([told.household], on=DAY, medians=medians, space=compiled.space)
        masks = np.resize(compiled.tests.any_of, (compiled.space.words, len(rules) * MASKS))
        low, high = np.array([AGES[at % len(AGES)] for at in range(len(rules))]).T * 12
        age = people.low[FIELDS.index(Field.AGE_MONTHS)]

        def ours() -> object:
            return Judgement(compiled, told.household, medians=medians).verdicts

        def bare() -> object:
            """As many comparisons on whole arrays: masks and ages, joined by maximum."""
            so = (people.yes[:, None] & masks[:, :, None]).any(axis=0)
            may = (~people.no[:, None] & masks[:, :, None]).any(axis=0)
            states = 2 - so.astype(np.uint8) - may
            worst = states.reshape(len(rules), MASKS, -1).max(axis=1)
            within = (low[:, None] <= age) & (age <= high[:, None] + 11)
            return np.maximum(worst, np.where(within, 0, 2).astype(np.uint8))

        self.stdout.write(json.dumps({"ours_ms": _median(ours), "bare_ms": _median(bare)}))


def _median(work: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def _benefit(rule: Rule) -> Benefit:
    row = rule.row
    if row is None:
        raise CommandError(f"{rule.key} has no conditions")
    return Benefit(
        code=f"gov24-{rule.key}",
        name=f"견본 급여 {rule.key}",
        provider="견본 기관",
        provider_level=ProviderLevel.CENTRAL,
        deadline_kind="ALWAYS",
        status=BenefitStatus.LISTED,
        age_from=row.age_from,
        age_to=row.age_to,
        condition_codes=mask_of(row.codes),
        published_at=timezone.now(),
        card="{}",
    )
