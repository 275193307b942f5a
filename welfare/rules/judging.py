"""Verdicts for everybody about everything: one household or a whole city, by the same arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from welfare.rules.compiled import Compiled, Indices, Layer, Tests
from welfare.rules.conditions import Verdict
from welfare.rules.people import People, Words

States = NDArray[np.uint8]
Marks = NDArray[np.bool_]
# What arrays of verdicts are compared with: for a member of an enum NumPy widens the whole array,
# which takes ten times as long.
LIKELY, DEPENDS, NO = (np.uint8(verdict) for verdict in Verdict)
Unsigned = TypeVar("Unsigned", np.uint8, np.uint64)
# Numbers that are compared at once: what stays in the processor's second cache.
AT_ONCE = 1 << 16
# So many persons are fewer than there are tests in any catalogue.
FEW = 32
# Persons judged at once in a city.
PIECE = 1 << 13


def judge(compiled: Compiled, people: People) -> States:
    """Answer the verdicts as [benefit, person]."""
    verdicts = judge_signatures(compiled, condition_states(compiled, people))
    of_benefits: States = verdicts.take(compiled.which, axis=0)
    return of_benefits


def condition_states(compiled: Compiled, people: People) -> States:
    """Answer how each condition, then each bundle of conditions, stands for each person."""
    return join_tests(compiled, states_of_tests(compiled, people))


def join_tests(compiled: Compiled, tests: States) -> States:
    """Join the tests to conditions and these to bundles."""
    conditions = join_layers(tests, compiled.conditions_first, compiled.conditions_more, np.minimum)
    harmless = compiled.harmless
    conditions[harmless] = np.minimum(conditions[harmless], DEPENDS)
    bundles = join_layers(conditions, compiled.bundles_first, compiled.bundles_more, np.maximum)
    return np.concatenate((conditions, bundles))


def judge_signatures(compiled: Compiled, states: States) -> States:
    """Answer the verdicts as [signature, person]."""
    return judge_columns(compiled.signatures, states)


def judge_columns(columns: Indices, states: States) -> States:
    """Answer the worst of what each signature's columns say."""
    first, *others = columns
    verdicts: States = states.take(first, axis=0)
    for column in others:
        np.maximum(verdicts, states.take(column, axis=0), out=verdicts)
    return verdicts


def standing_so(
    compiled: Compiled, tests: States, which: Indices, stands: np.uint8
) -> Marks | None:
    """Answer as [signature, person] who asks for one of `which` conditions that stands like this.

    It stands as if it were verified. None where none of them does.
    """
    if not len(which):
        return None
    conditions = joined_conditions(compiled, tests)
    marked = np.zeros_like(conditions)
    marked[which] = conditions[which] == stands
    return asking_for(compiled, marked)


def joined_conditions(compiled: Compiled, tests: States) -> States:
    """Answer how each condition stands, as if all were verified."""
    return join_layers(tests, compiled.conditions_first, compiled.conditions_more, np.minimum)


def asking_for(compiled: Compiled, marked: States) -> Marks | None:
    """Answer as [signature, person] who asks for one of the conditions marked; None for nobody."""
    if not marked.any():
        return None
    bundles = join_layers(marked, compiled.bundles_first, compiled.bundles_more, np.maximum)
    marks: Marks = judge_signatures(compiled, np.concatenate((marked, bundles))) != 0
    return marks


@dataclass(frozen=True, slots=True)
class Piece:
    """Some persons of a city, and their verdicts as [signature, person] until the next piece."""

    persons: slice
    verdicts: States


def sweep(compiled: Compiled, people: People, *, size: int = PIECE) -> Iterator[Piece]:
    """Judge a city in pieces that fit the cache; the array of verdicts is used again each time."""
    kept: States = np.empty((0, 0), dtype=np.uint8)
    signatures = compiled.signatures.T.tolist()
    for persons, part in people.pieces(size):
        if kept.shape[1] < len(part):
            kept = np.empty((len(signatures), len(part)), dtype=np.uint8)
        states = condition_states(compiled, part)
        verdicts = kept[:, : len(part)]
        rows = list(states)
        for out, (first, second, *others) in zip(verdicts, signatures, strict=True):
            np.maximum(rows[first], rows[second], out=out)
            for column in others:
                if column:
                    np.maximum(out, rows[column], out=out)
        yield Piece(persons, verdicts)


def states_of_tests(compiled: Compiled, people: People) -> States:
    """Answer how each test stands for each person."""
    tests = compiled.tests
    states = np.empty((tests.count, len(people)), dtype=np.uint8)
    states[: len(tests.standings)] = tests.standings[:, np.newaxis]
    at = len(tests.standings)
    at = _flags(tests.any_of, people, states, at, wanted=True)
    at = _flags(tests.none_of, people, states, at, wanted=False)
    ranges = slice(at, at + len(tests.fields))
    states[ranges] = range_states(tests, people)
    at = ranges.stop
    for parts in tests.all_of:
        np.maximum.reduce(states[parts], axis=0, out=states[at])
        at += 1
    if len(tests.somebody):
        sizes = np.diff(people.starts, append=len(people))
        somebody = np.minimum.reduceat(states[tests.somebody], people.starts, axis=1)
        states[at:] = np.repeat(somebody, sizes, axis=1)
    return states


def _flags(masks: Words, people: People, states: States, at: int, *, wanted: bool) -> int:
    """Tell "any of": yes by one that is so, no where all are not so; "none of" is its mirror."""
    count = masks.shape[1]
    held = _held_by_few if len(people) <= FEW else _held
    for rows in _blocks(count, len(people)):
        so, possible = held(masks[:, rows], people)
        out = states[at + rows.start : at + rows.stop]
        if wanted:
            np.subtract(2, so, out=out, dtype=np.uint8)
            out -= possible
        else:
            np.add(so, possible, out=out, dtype=np.uint8)
    return at + int(count)


def _held(masks: Words, people: People) -> tuple[Marks, Marks]:
    """Answer as [mask, person] whether any of a mask is so, and whether any may be."""
    block = masks[:, :, np.newaxis]
    so: Marks = np.logical_or.reduce(block & people.yes[:, np.newaxis], axis=0)
    possible: Marks = np.logical_or.reduce(block & ~people.no[:, np.newaxis], axis=0)
    return so, possible


def _held_by_few(masks: Words, people: People) -> tuple[Marks, Marks]:
    """Answer the same for a household: NumPy goes along the masks, of which there are many."""
    facts = np.concatenate((people.yes, ~people.no), axis=1)[:, :, np.newaxis]
    held: Words = masks[0] & facts[0]
    for word in range(1, len(masks)):
        held |= masks[word] & facts[word]
    marks: Marks = (held != 0).T
    return marks[:, : len(people)], marks[:, len(people) :]


def range_states(tests: Tests, people: People) -> States:
    """Tell yes where all that a number can be lies within, no where none of it does."""
    states = np.empty((len(tests.fields), len(people)), dtype=np.uint8)
    for rows in _blocks(len(tests.fields), len(people)):
        field = tests.fields[rows]
        low, high = tests.low[rows, np.newaxis], tests.high[rows, np.newaxis]
        least, most = people.low[field], people.high[field]
        within = (low <= least) & (most <= high)
        without = ((most < low) | (high < least)) & people.firm[field]
        out = states[rows]
        np.add(without, 1, out=out, dtype=np.uint8)
        out -= within
    return states


def join_layers(
    states: NDArray[Unsigned], first: Indices, more: tuple[Layer, ...], join: np.ufunc
) -> NDArray[Unsigned]:
    """Join the parts of each whole: the first ones, then the second of those that have one."""
    joined = states.take(first, axis=0)
    for layer in more:
        joined[layer.wholes] = join(joined[layer.wholes], states[layer.parts])
    return joined


def _blocks(count: int, persons: int) -> Iterator[slice]:
    step = max(1, AT_ONCE // max(1, persons))
    for begin in range(0, count, step):
        yield slice(begin, min(begin + step, count))
