"""Many answers tried at once on one household: a bit for each answer, whole words compared.

Each test, condition and signature is two bits of every trial: it is met, and it may still be met.
What is both or neither is decided; only what may be met and is not yet is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from welfare.rules.answers import SPACE, Laid
from welfare.rules.compiled import LITTLE, Compiled, Indices
from welfare.rules.explaining import Judgement
from welfare.rules.judging import DEPENDS, LIKELY, NO, States, join_layers, range_states
from welfare.rules.people import WORD, People, Words

HALF = WORD // 2
LITTLE_HALF = np.dtype("<u4")
NEVER, EVERY = np.uint64(0), np.uint64(0xFFFF_FFFF_FFFF_FFFF)
Counts = NDArray[np.float32]


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
    words = -(-used // WORD)
    trials = words * WORD
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


@dataclass(frozen=True, slots=True)
class Bits:
    """How something stands in each trial, as [what, person, word]."""

    met: Words
    possible: Words

    @classmethod
    def of(cls, states: States) -> "Bits":
        """Say of [what, person] that it stands so in every trial."""
        met = np.where(states == LIKELY, EVERY, NEVER)
        return cls(met[..., np.newaxis], np.where(states != NO, EVERY, NEVER)[..., np.newaxis])

    def where(self, trials: Words, otherwise: "Bits") -> "Bits":
        """Take these in some trials, and the others in the rest."""
        met = self.met & trials | otherwise.met & ~trials
        return Bits(met, self.possible & trials | otherwise.possible & ~trials)


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
        stand = _halves(_conditions(self.compiled, tests), tried.used)
        for person in range(told):
            decided[person] = self._count(stand, person, slice(None), tried.used)
        if told > 1 and len(self.compiled.tests.somebody):
            social = [self.compiled.spread.social.take(one) for one in self.places]
            for owner in range(told):
                of_owner = _conditions(self.compiled, self._of_owner(tests, owner, tried))
                stand = _halves(of_owner, tried.used)
                for person, of_others in enumerate(social):
                    if person != owner and of_others.any():
                        counted = self._count(stand, person, of_others, tried.used)
                        decided[owner, tried.shared :] += counted[tried.shared :]
        return decided

    def _tests(self, tried: Tried) -> Bits:
        """Answer how each test stands for each person in their own trials."""
        tests, after, spread = self.compiled.tests, tried.after, self.compiled.spread
        people, shape = tried.people, (-1, tried.people, tried.words)
        # What is so and what may be are told at once, side by side.
        flags = _spread(np.concatenate((after.yes, ~after.no), axis=1), spread.bits)
        half = people * tried.words
        any_of, none_of = _any(flags, spread.any_of), _any(flags, spread.none_of)
        standings = tests.standings[:, np.newaxis].repeat(people, axis=1)
        ranges = self._ranges(tried)
        always = Bits.of(standings)
        met = [
            always.met.repeat(tried.words, axis=2),
            any_of[:, :half].reshape(shape),
            ~none_of[:, half:].reshape(shape),
            ranges.met,
        ]
        possible = [
            always.possible.repeat(tried.words, axis=2),
            any_of[:, half:].reshape(shape),
            ~none_of[:, :half].reshape(shape),
            ranges.possible,
        ]
        own = _with_all_of(Bits(np.concatenate(met), np.concatenate(possible)), tests.all_of)
        if not len(tests.somebody):
            return own
        asked = tests.somebody
        before = Bits.of(self.tests)
        return Bits(
            np.concatenate((own.met, _somebody(own.met[asked], before.met[asked], tried))),
            np.concatenate(
                (own.possible, _somebody(own.possible[asked], before.possible[asked], tried))
            ),
        )

    def _ranges(self, tried: Tried) -> Bits:
        """Answer how each range stands: as before where no trial tells a number."""
        tests, shape = self.compiled.tests, (-1, tried.people, tried.words)
        if not tried.tells_numbers:
            begin = len(tests.standings) + tests.any_of.shape[1] + tests.none_of.shape[1]
            before = Bits.of(self.tests[begin : begin + len(tests.fields)])
            met = before.met.repeat(tried.words, axis=2)
            return Bits(met, before.possible.repeat(tried.words, axis=2))
        numbers = range_states(tests, tried.after)
        met, possible = _packed(numbers == LIKELY), _packed(numbers != NO)
        return Bits(met.reshape(shape), possible.reshape(shape))

    def _of_owner(self, tests: Bits, owner: int, tried: Tried) -> Bits:
        """Answer how each test stands for each person in the trials of one of them."""
        found = tests.where(_first(tried), Bits.of(self.tests))
        begin = len(self.tests) - len(self.compiled.tests.somebody)
        found.met[begin:] = tests.met[begin:, owner : owner + 1]
        found.possible[begin:] = tests.possible[begin:, owner : owner + 1]
        return found

    def _count(
        self, stand: list[Words], person: int, which: slice | NDArray[np.bool_], trials: int
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
            weights @ _decided([half[person].take(one) for one in columns]) for half in stand
        ]
        return np.concatenate(counted)[:trials]


def _halves(stand: Bits, trials: int) -> list[Words]:
    """Answer as [person, what], half a word of trials at a time, what is met and what may be met.

    Both stand side by side in one word, so that one look brings both.
    """
    met, possible = stand.met.view(LITTLE_HALF), stand.possible.view(LITTLE_HALF)
    what, people = stand.met.shape[:2]
    halves = []
    for half in range(-(-trials // HALF)):
        both = np.empty((people, what, 2), dtype=LITTLE_HALF)
        both[..., 0], both[..., 1] = met[..., half].T, possible[..., half].T
        halves.append(both.view(LITTLE)[..., 0])
    return halves


def _decided(columns: list[Words]) -> Counts:
    """Answer as [signature, trial] what is met in all its columns, or impossible in one."""
    joined = columns[0]
    for column in columns[1:]:
        joined &= column
    # The lower half of a word is what is met, the upper one what may be.
    decided = (joined | ~joined >> HALF).astype(LITTLE_HALF)
    bits = np.unpackbits(decided.view(np.uint8), bitorder="little")
    return bits.reshape(-1, HALF).astype(np.float32)


def _conditions(compiled: Compiled, tests: Bits) -> Bits:
    """Join the tests to conditions and these to bundles, as `judging.join_tests` does."""
    first, more = compiled.conditions_first, compiled.conditions_more
    met = join_layers(tests.met, first, more, np.bitwise_or)
    possible = join_layers(tests.possible, first, more, np.bitwise_or)
    possible[compiled.harmless] = EVERY
    first, more = compiled.bundles_first, compiled.bundles_more
    return Bits(
        np.concatenate((met, join_layers(met, first, more, np.bitwise_and))),
        np.concatenate((possible, join_layers(possible, first, more, np.bitwise_and))),
    )


def _with_all_of(own: Bits, all_of: Sequence[Indices]) -> Bits:
    """Add what one person must meet together: met where all is, and possible where all is."""
    if not all_of:
        return own
    met = [np.bitwise_and.reduce(own.met[parts], axis=0) for parts in all_of]
    possible = [np.bitwise_and.reduce(own.possible[parts], axis=0) for parts in all_of]
    return Bits(
        np.concatenate((own.met, np.stack(met))), np.concatenate((own.possible, np.stack(possible)))
    )


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
    first: Words = _packed(np.arange(tried.words * WORD)[np.newaxis] < tried.shared)[0]
    return first


def _spread(words: Words, bits: Indices) -> Words:
    """Turn [word, trial] into trials as [bit, word], with one bit more, which is nobody's."""
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
