"""How much of what a made-up city's households may get is decided after so many pages.

`python -m tests.welfare.eligibility.question_curve 10000` prints the tables of docs/eligibility.md.
"""

import sys
from collections import defaultdict
from dataclasses import dataclass, field

from tests.welfare.eligibility.catalogues import catalogue
from tests.welfare.eligibility.families import Home, answered, homes, named
from tests.welfare.eligibility.judged import ON
from welfare.rules.compiled import Compiled, compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Judgement
from welfare.rules.facts import Household, Member
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.questions import Asked, next_question
from welfare.rules.unasked import presumed

PAGES = 12
UNNAMED = Household((Member("me"),), size=None)
WHO = Asked("size")


@dataclass(slots=True)
class Curve:
    """Pairs that are decided, and single answers that were given, after each page."""

    pairs: int = 0
    homes: int = 0
    decided: list[int] = field(default_factory=lambda: [0] * (PAGES + 1))
    answers: list[int] = field(default_factory=lambda: [0] * (PAGES + 1))

    def share(self, pages: int) -> float:
        return self.decided[pages] / self.pairs

    def mean_answers(self, pages: int) -> float:
        return self.answers[pages] / self.homes

    def add(self, pairs: int, decided: list[int], answers: list[int]) -> None:
        self.pairs += pairs
        self.homes += 1
        self.decided = [sum(both) for both in zip(self.decided, decided, strict=True)]
        self.answers = [sum(both) for both in zip(self.answers, answers, strict=True)]


def catalogue_of(benefits: int) -> Compiled:
    return compile_rules(catalogue(benefits, refined=0.003), on=ON)


def curves(compiled: Compiled, city: list[Home], *, together: bool = True) -> dict[int, Curve]:
    """Answer the curve of the households of each size, and of all of them under 0.

    If not `together`, each question of a page is a page by itself, as it would be without them.
    """
    told: dict[int, Curve] = defaultdict(Curve)
    for home in city:
        size = len(home.household.members)
        walked = walk(compiled, home, together=together)
        for key in (0, size):
            told[key].add(len(compiled) * size, *walked)
    return told


def walk(compiled: Compiled, home: Home, *, together: bool) -> tuple[list[int], list[int]]:
    """Answer as the household would, page by page: what is decided, and the answers given.

    Before anybody is named nothing is decided for them; the first page names them.
    """
    begun = Judgement(compiled, UNNAMED.with_untold(), medians=MEDIAN_INCOMES)
    decided, given = [decided_pairs(begun)], [0]
    known, asked, answers = named(home.household), [WHO], len((WHO,))
    for _ in range(PAGES):
        judgement = Judgement(compiled, known, medians=MEDIAN_INCOMES)
        decided.append(decided_pairs(judgement))
        given.append(answers)
        page = next_question(judgement, asked=asked)
        if page is not None:
            now = page.asked if together else page.asked[:1]
            asked += now
            answers += len(now)
            # As the screener tells it in place of what makes no sense to ask.
            known = presumed(answered(known, now, home.household), compiled.day)
    return decided, given


def decided_pairs(judgement: Judgement) -> int:
    """Count the pairs of benefit and member, of those who are told of, that hang on nothing."""
    told = judgement.signatures[:, : judgement.household.least]
    return int(judgement.compiled.spread.weights @ (told != Verdict.DEPENDS).sum(axis=1))


def table(found: dict[int, Curve]) -> str:
    """Write the curves as a table: sizes of households down, pages across."""
    pages = range(PAGES + 1)
    lines = [
        f"| people | households | {' | '.join(map(str, pages))} |",
        f"|---|--:|{'--:|' * len(pages)}",
    ]
    for size, curve in sorted(found.items()):
        shares = " | ".join(f"{100 * curve.share(page):.1f}" for page in pages)
        lines.append(f"| {size or 'all'} | {curve.homes:,} | {shares} |")
    for size, curve in sorted(found.items()):
        means = " | ".join(f"{curve.mean_answers(page):.1f}" for page in pages)
        lines.append(f"| {size or 'all'}, single answers | | {means} |")
    return "\n".join(lines)


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    sys.stdout.write(f"{table(curves(catalogue_of(11_000), homes(number, on=ON)))}\n")
