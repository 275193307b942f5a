"""Many answers tried at once on one household: a bit for each answer, whole words compared.

Each test, condition and signature is two bits of every trial: it is met, and it may still be met.
What is both or neither is decided; only what may be met and is not yet is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from welfare.rules.answers import SPACE, Additions
from welfare.rules.compiled import LITTLE, Compiled, Flags, Indices
from welfare.rules.explaining import Judgement
from welfare.rules.judging import DEPENDS, LIKELY, NO, States, join_layers, range_states
from welfare.rules.people import WORD, People, Words

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

    @property
    def people(self) -> int:
        return len(self.after.starts)


def try_answers(
    people: People, shared: Sequence[Additions], own: Sequence[Sequence[Additions]]
) -> Tried:
    """Lay out the household as it would be after each answer."""
    every = [[*shared, *one] for one in own]
    used = max(sum(map(len, one)) for one in every)
    words = -(-used // WORD)
    trials = words * WORD
    yes, no = people.yes.repeat(trials, axis=1), people.no.repeat(trials, axis=1)
    for word in range(SPACE.words):
        yes[word] |= _row([[added.yes[word] for added in one] for one in every], trials)
        no[word] |= _row([[added.no[word] for added in one] for one in every], trials)
    after = People(
        yes,
        no & ~yes,
        people.low.repeat(trials, axis=1),
        people.high.repeat(trials, axis=1),
        people.firm.repeat(trials, axis=1),
        np.arange(0, len(people) * trials, trials, dtype=np.int64),
    )
    for person, one in enumerate(every):
        _put_numbers(after, one, at=person * trials)
    return Tried(after, sum(map(len, shared)), used, words)


def _row(masks: Sequence[Sequence[Sequence[int]]], trials: int) -> Words:
    row: list[int] = []
    for number, one in enumerate(masks, start=1):
        for answers in one:
            row += answers
        row += [0] * (number * trials - len(row))
    return np.array(row, dtype=np.uint64)


def _put_numbers(after: People, additions: Sequence[Additions], *, at: int) -> None:
    for added in additions:
        for number in added.numbers:
            place = at + number.answer
            after.low[number.field, place], after.high[number.field, place] = number.limits
            after.firm[number.field, place] = number.is_firm
        at += len(added)


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
        verdicts = judgement.signatures[:, : judgement.household.least]
        self.places = [np.flatnonzero(one == DEPENDS) for one in verdicts.T]
        self.pairs = int(sum(self.compiled.spread.weights[one].sum() for one in self.places))

    def decided(self, tried: Tried) -> Counts:
        """Count as [person, trial] the pairs that are decided by each trial of each person.

        An answer that counts for all decides pairs of each person in their own row; what is told of
        one person decides, in theirs, pairs of the whole household.
        """
        told = len(self.places)
        decided = np.zeros((told, tried.used), dtype=np.float32)
        tests = self._tests(tried)
        stand = _conditions(self.compiled, tests)
        for person, places in enumerate(self.places):
            decided[person] = self._count(stand, person, places, tried.used)
        if told > 1 and len(self.compiled.tests.somebody):
            social = [one[self.compiled.spread.social[one]] for one in self.places]
            for owner in range(told):
                stand = _conditions(self.compiled, self._of_owner(tests, owner, tried))
                for person, places in enumerate(social):
                    if person != owner and len(places):
                        counted = self._count(stand, person, places, tried.used)
                        decided[owner, tried.shared :] += counted[tried.shared :]
        return decided

    def _tests(self, tried: Tried) -> Bits:
        """Answer how each test stands for each person in their own trials."""
        tests, after, shape = self.compiled.tests, tried.after, (-1, tried.people, tried.words)
        spread = self.compiled.spread
        so, may = _spread(after.yes, spread.bits), _spread(~after.no, spread.bits)
        numbers = range_states(tests, after)
        standings = Bits.of(tests.standings[:, np.newaxis].repeat(tried.people, axis=1))
        met = [
            standings.met.repeat(tried.words, axis=2),
            _any(so, spread.any_of).reshape(shape),
            ~_any(may, spread.none_of).reshape(shape),
            _packed(numbers == LIKELY).reshape(shape),
        ]
        possible = [
            standings.possible.repeat(tried.words, axis=2),
            _any(may, spread.any_of).reshape(shape),
            ~_any(so, spread.none_of).reshape(shape),
            _packed(numbers != NO).reshape(shape),
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

    def _of_owner(self, tests: Bits, owner: int, tried: Tried) -> Bits:
        """Answer how each test stands for each person in the trials of one of them."""
        found = tests.where(_first(tried), Bits.of(self.tests))
        begin = len(self.tests) - len(self.compiled.tests.somebody)
        found.met[begin:] = tests.met[begin:, owner : owner + 1]
        found.possible[begin:] = tests.possible[begin:, owner : owner + 1]
        return found

    def _count(self, stand: Bits, person: int, places: Indices, trials: int) -> Counts:
        """Count which of these signatures each trial decides for a person."""
        words, spread = stand.met.shape[-1], self.compiled.spread
        # Side by side, so that one look brings both.
        both = np.concatenate((stand.met[:, person], stand.possible[:, person]), axis=1)
        joined: Words | None = None
        for column, numbers in zip(self.compiled.signatures, spread.by_column, strict=True):
            # What is known of all that a column asks for is met, where the whole is undecided.
            if not (self.conditions[numbers, person] == DEPENDS).any():
                continue
            part = both.take(column.take(places), axis=0)
            joined = part if joined is None else np.bitwise_and(joined, part, out=joined)
        if joined is None:
            return np.zeros(trials, dtype=np.float32)
        decided = joined[:, :words] | ~joined[:, words:]
        bits = np.unpackbits(decided.view(np.uint8), axis=1, count=trials, bitorder="little")
        counted: Counts = spread.weights.take(places) @ bits.astype(np.float32)
        return counted


def _conditions(compiled: Compiled, tests: Bits) -> Bits:
    """Join the tests to conditions and these to bundles, as `judging.join_tests` does."""
    first, more = compiled.conditions_first, compiled.conditions_more
    met = join_layers(tests.met, first, more, np.bitwise_or)
    possible = join_layers(tests.possible, first, more, np.bitwise_or)
    possible[compiled.unverified] = EVERY
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


def _any(trials: Words, flags: Flags) -> Words:
    """Answer in which trials any bit of each mask is set."""
    if not len(flags.starts):
        return trials[:0]
    joined: Words = np.bitwise_or.reduceat(trials.take(flags.bits, axis=0), flags.starts, axis=0)
    return joined
