"""What somebody should do first: apply for what is likely, answer where much hangs on it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from welfare.queries.benefit_programmes import programmes_of
from welfare.queries.matching import Match, Open, Pair, Pairs
from welfare.queries.result_groups import HURRY
from welfare.rules.conditions import Verdict
from welfare.rules.vocabulary import LOWEST_BAND, RECEIPTS

# What fits on the first screen of a telephone, and what somebody does in a week.
MOST_TO_APPLY, MOST_TO_ANSWER, MOST_TO_ASK = 3, 3, 2
SELDOM = {"disability"}
# The sum of these hangs on the income to the won, so none is known; no benefit is worth more to
# whoever has least, and whoever gets one of them gets many others.
MORE_THAN_ANY = 10**9


@dataclass(frozen=True, slots=True)
class First:
    """Pairs to apply for now, that an answer or two would decide, and that an office must."""

    apply: list[Pair]
    answer: list[Pair]
    ask: list[Pair]


def first_steps(match: Match, groups: NDArray[np.int8], without: Collection[str]) -> First:
    """Choose by what closes soon, then by what is worth most a year, then as lists have it.

    What is open is chosen only where a sum is known of it: nobody answers on for nothing.
    """
    likely = match.pairs((Verdict.LIKELY,), without=without).grouped(groups)
    worth = _worth(match)
    paid = {key for key, won in worth.items() if won}
    open_ = match.pairs((Verdict.DEPENDS,), without=without, among=paid)
    at_office = match.pairs((Verdict.DEPENDS,), without=without).only(Open.OFFICE)
    keys = match.book.compiled.keys

    def best_first(pair: Pair) -> int:
        return -worth.get(keys[pair.benefit], 0)

    def hurry_first(pair: Pair) -> tuple[bool, int]:
        return groups[pair.benefit] != HURRY, best_first(pair)

    return First(
        apply=_best(sorted(_all(likely), key=hurry_first), MOST_TO_APPLY),
        answer=_best(_by_what_is_missing(match, open_.only(Open.ANSWER), worth), MOST_TO_ANSWER),
        ask=_best(sorted(_all(at_office), key=best_first), MOST_TO_ASK),
    )


def to_ask_about(match: Match, first: First, without: Collection[str], most: int) -> list[Pair]:
    """Answer so many benefits that an office or an answer would decide, for the counter."""
    open_ = match.pairs((Verdict.DEPENDS,), without=without).only(Open.ANSWER, Open.OFFICE)
    return _best([*first.ask, *first.answer, *_all(open_)], most)


def _by_what_is_missing(match: Match, pairs: Pairs, worth: Mapping[str, int]) -> list[Pair]:
    """Put first what most people could say yes to, and of what wants the same the best alone.

    Few have what is ticked in a list, a disability for one: whoever has not said so has it seldom.
    """
    missing = {
        one: frozenset(fact.name for fact in match.explain(one).depends_on) for one in _all(pairs)
    }

    def rank(pair: Pair) -> tuple[bool, int]:
        won = worth.get(match.book.compiled.keys[pair.benefit], 0)
        return any(name in SELDOM or name.isupper() for name in missing[pair]), -won

    best: dict[frozenset[str], int] = {}
    ranked = sorted(missing, key=rank)
    for one in ranked:
        best.setdefault(missing[one], one.benefit)
    return [one for one in ranked if best[missing[one]] == one.benefit]


def _worth(match: Match) -> dict[str, int]:
    """Answer what benefits are worth a year, as far as that is known, by their keys."""
    amounts = zip(match.book.compiled.keys, match.shelved.worth, strict=True)
    worth = {key: amount.won_a_year for key, amount in amounts if amount is not None}
    if match.told.household.income_band != LOWEST_BAND:
        return worth
    basic = [code for code, one in programmes_of(match.book).items() if one in RECEIPTS]
    return dict.fromkeys(basic, MORE_THAN_ANY) | worth


def _all(pairs: Pairs) -> Iterable[Pair]:
    return pairs.cut_benefits(0, pairs.count_benefits())


def _best(pairs: Iterable[Pair], most: int) -> list[Pair]:
    """Answer the pairs of the first so many benefits, those of one benefit together."""
    held: dict[int, list[Pair]] = {}
    for one in dict.fromkeys(pairs):
        held.setdefault(one.benefit, []).append(one)
    return [pair for of_one in list(held.values())[:most] for pair in of_one]
