"""Many answers tried at once on one household: a bit for each answer, whole words compared.

Each test, condition and signature is two bits of every trial: it is met, and it may still be met.
What is both or neither is decided; only what may be met and is not yet is open. A word holds both
of 32 trials, what is met in its lower half and what may be in its upper one: joined by "or" and by
"and", both are joined at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from welfare.rules.answers import SPACE, Laid
from welfare.rules.compiled import LITTLE, Compiled, Indices
from welfare.rules.explaining import Judgement
from welfare.rules.judging import DEPENDS, LIKELY, NO, join_layers, range_states
from welfare.rules.people import WORD, People, Words

# Trials in a word.
HALF = 32
LITTLE_HALF = np.dtype("<u4")
LOWER = (1 << HALF) - 1
MAY_BE = np.uint64(LOWER << HALF)
# How LIKELY, DEPENDS and NO stand in all trials of a word.
STANDINGS = np.array([LOWER << HALF | LOWER, MAY_BE, 0], dtype=np.uint64)
Counts = NDArray[np.float32]
# The bits of each byte, as what is counted with.
BITS_OF_BYTE: Counts = np.unpackbits(
    np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1, bitorder="little"
).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Tried:
    """The people of a household after each trial, person by person.

    The first `shared` trials of each are answers that count for all, the rest each one's own; those
    after the last that are `used` by anybody fill the last word and change nothing.
    """

    after: People
    shared: int
    used: int
    words: int
    tells_numbers: bool

    @property
    def people(self) -> int:
        return len(self.after.starts)


def try_answers(people: People, shared: Laid, own: Sequence[Laid]) -> Tried:
    """Lay out the household as it would be after each answer."""
    used = len(shared) + max(map(len, own))
    words = -(-used // HALF)
    trials = words * HALF
    tells_numbers = any(laid.numbers for laid in (shared, *own))
    # Ranges that no answer tells are not read again: see `Open._ranges`.
    each = trials if tells_numbers else 1
    after = People(
        people.yes.repeat(trials, axis=1),
        people.no.repeat(trials, axis=1),
        people.low.repeat(each, axis=1),
        people.high.repeat(each, axis=1),
        people.firm.repeat(each, axis=1),
        np.arange(0, len(people) * trials, trials, dtype=np.int64),
    )
    # The same memory, as [word, person, trial].
    yes = after.yes.reshape(-1, len(people), trials)[: SPACE.words]
    no = after.no.reshape(-1, len(people), trials)[: SPACE.words]
    first = len(shared)
    yes[..., :first] |= shared.yes[:, np.newaxis]
    no[..., :first] |= shared.no[:, np.newaxis]
    for person, laid in enumerate(own):
        yes[:, person, first : first + len(laid)] |= laid.yes
        no[:, person, first : first + len(laid)] |= laid.no
        if tells_numbers:
            _put_numbers(after, shared, person * trials)
            _put_numbers(after, laid, person * trials + first)
    np.bitwise_and(after.no, ~after.yes, out=after.no)
    return Tried(after, first, used, words, tells_numbers)


def _put_numbers(after: People, laid: Laid, at: int) -> None:
    """Write the numbers that these answers tell, from this place on."""
    for number in laid.numbers:
        place = at + number.answer
        after.low[number.field, place], after.high[number.field, place] = number.limits
        after.firm[number.field, place] = number.is_firm


class Open:
    """What is undecided of a household, and how much of it each trial decides."""

    def __init__(self, judgement: Judgement) -> None:
        self.compiled = judgement.compiled
        self.tests, self.conditions = judgement.tests, judgement.conditions
        spread = self.compiled.spread
        told = slice(judgement.household.least)
        is_open = np.equal(judgement.signatures[:, told].T, DEPENDS, order="C")
        self.places = [np.flatnonzero(one) for one in is_open]
        self.weights = [spread.weights.take(places) for places in self.places]
        self.pairs = int(sum(one.sum() for one in self.weights))
        # As [column, person]: what is known of all that a column asks for is met, where the whole
        # is undecided.
        self.columns = np.logical_or.reduceat(
            (self.conditions[:, told] == DEPENDS).take(spread.asked.every, axis=0),
            spread.asked.starts,
            axis=0,
        )

    def decided(self, tried: Tried) -> Counts:
        """Count as [person, trial] the pairs that are decided by each trial of each person.

        An answer that counts for all decides pairs of each person in their own row; what is told of
        one person decides, in theirs, pairs of the whole household.
        """
        told = len(self.places)
        decided = np.zeros((told, tried.used), dtype=np.float32)
        tests = self._tests(tried)
        stand = _columns(self.compiled, tests)
        for person in range(told):
            decided[person] = self._count(stand, person, slice(None), tried.used)
        if told > 1 and len(self.compiled.tests.somebody):
            social = [self.compiled.spread.social.take(one) for one in self.places]
            for owner in range(told):
                stand = _columns(self.compiled, self._of_owner(tests, owner, tried))
                for person, of_others in enumerate(social):
                    if person != owner and of_others.any():
                        counted = self._count(stand, person, of_others, tried.used)
                        decided[owner, tried.shared :] += counted[tried.shared :]
        return decided

    def _tests(self, tried: Tried) -> Words:
        """Answer how each test stands, as [test, person, word], in each person's own trials."""
        tests, after, spread = self.compiled.tests, tried.after, self.compiled.spread
        shape = (-1, tried.people, tried.words)
        flags = _spread(_side_by_side(after.yes, ~after.no), spread.bits)
        none_of = ~_any(flags, spread.none_of)
        own = np.concatenate(
            (
                STANDINGS.take(tests.standings)[:, np.newaxis, np.newaxis]
                .repeat(tried.people, 1)
                .repeat(tried.words, 2),
                _any(flags, spread.any_of).reshape(shape),
                # None of them is so where none may be, and may be where none is so.
                (none_of >> HALF | none_of << HALF).reshape(shape),
                self._ranges(tried).reshape(shape),
            )
        )
        if tests.all_of:
            together = [np.bitwise_and.reduce(own[parts], axis=0) for parts in tests.all_of]
            own = np.concatenate((own, np.stack(together)))
        if not len(tests.somebody):
            return own
        before = STANDINGS.take(self.tests[tests.somebody])[..., np.newaxis]
        return np.concatenate((own, _somebody(own[tests.somebody], before, tried)))

    def _ranges(self, tried: Tried) -> Words:
        """Answer how each range stands: as before where no trial tells a number."""
        tests = self.compiled.tests
        if not tried.tells_numbers:
            begin = len(tests.standings) + tests.any_of.shape[1] + tests.none_of.shape[1]
            before = STANDINGS.take(self.tests[begin : begin + len(tests.fields)])
            return before.repeat(tried.words, axis=1)
        numbers = range_states(tests, tried.after)
        return _packed(_side_by_side(numbers == LIKELY, numbers != NO))

    def _of_owner(self, tests: Words, owner: int, tried: Tried) -> Words:
        """Answer how each test stands for each person in the trials of one of them."""
        shared = _first(tried)
        found = tests & shared | STANDINGS.take(self.tests)[..., np.newaxis] & ~shared
        begin = len(self.tests) - len(self.compiled.tests.somebody)
        found[begin:] = tests[begin:, owner : owner + 1]
        return found

    def _count(
        self, stand: Words, person: int, which: slice | NDArray[np.bool_], trials: int
    ) -> Counts:
        """Count which of a person's open signatures each trial decides."""
        places, weights = self.places[person][which], self.weights[person][which]
        columns = [
            column.take(places)
            for column, is_asked in zip(self.compiled.signatures, self.columns, strict=True)
            if is_asked.item(person)
        ]
        if not columns:
            return np.zeros(trials, dtype=np.float32)
        counted = [
            weights @ _decided([word.take(one) for one in columns]) for word in stand[person]
        ]
        return np.concatenate(counted)[:trials]


def _decided(columns: list[Words]) -> Counts:
    """Answer as [signature, trial] what is met in all its columns, or impossible in one."""
    joined = columns[0]
    for column in columns[1:]:
        joined &= column
    decided = (joined | ~joined >> HALF).astype(LITTLE_HALF)
    counts: Counts = BITS_OF_BYTE.take(decided.view(np.uint8), axis=0).reshape(-1, HALF)
    return counts


def _columns(compiled: Compiled, tests: Words) -> Words:
    """Join the tests to conditions and these to bundles, as `judging.join_tests` does.

    Answers [person, word, what]: what is looked at of one person lies together.
    """
    first, more = compiled.conditions_first, compiled.conditions_more
    conditions = join_layers(tests, first, more, np.bitwise_or)
    conditions[compiled.harmless] |= MAY_BE
    first, more = compiled.bundles_first, compiled.bundles_more
    bundles = join_layers(conditions, first, more, np.bitwise_and)
    return np.ascontiguousarray(np.concatenate((conditions, bundles)).transpose(1, 2, 0))


def _somebody(own: Words, before: Words, tried: Tried) -> Words:
    """Join what holds of one person in each trial with what holds of the others."""
    shared = _first(tried)
    alike = np.bitwise_or.reduce(own & shared, axis=1, keepdims=True)
    others = [
        np.bitwise_or.reduce(np.delete(before, person, axis=1), axis=1)
        for person in range(tried.people)
    ]
    joined: Words = alike | (own | np.stack(others, axis=1)) & ~shared
    return joined


def _first(tried: Tried) -> Words:
    """Answer the trials that are shared."""
    of_each = [
        min(max(tried.shared - begin, 0), HALF) for begin in range(0, tried.words * HALF, HALF)
    ]
    return np.array([((1 << many) - 1) * (1 << HALF | 1) for many in of_each], dtype=np.uint64)


def _side_by_side(so: NDArray[Any], may_be: NDArray[Any]) -> NDArray[Any]:
    """Lay [what, trial] of both out word by word, as their bits shall lie in it."""
    both = np.stack((so.reshape(len(so), -1, HALF), may_be.reshape(len(so), -1, HALF)), axis=2)
    return both.reshape(len(so), -1)


def _spread(words: Words, bits: Indices) -> Words:
    """Turn [word of flags, trial] into [bit, word], with one bit more, which is nobody's."""
    by_trial = np.ascontiguousarray(words.T, dtype=LITTLE).view(np.uint8)
    held = np.unpackbits(by_trial, axis=1, bitorder="little").T[bits]
    return np.concatenate((_packed(held), np.zeros((1, words.shape[1] // WORD), LITTLE)))


def _packed(trials: NDArray[np.bool_ | np.uint8]) -> Words:
    packed = np.ascontiguousarray(np.packbits(trials, axis=1, bitorder="little"))
    words: Words = packed.view(LITTLE)
    return words


def _any(trials: Words, layers: Sequence[Indices]) -> Words:
    """Answer in which trials any bit of each mask is set."""
    if not layers:
        return trials[:0]
    joined = trials.take(layers[0], axis=0)
    for layer in layers[1:]:
        joined[: len(layer)] |= trials.take(layer, axis=0)
    return joined
