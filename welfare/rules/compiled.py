"""The rules of all benefits of a day as arrays: each different test once, joined by numbers."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from welfare.rules.conditions import (
    STANDING_VERDICTS,
    AllOf,
    AnyOf,
    Between,
    Condition,
    FactTest,
    NoneOf,
    SomeMember,
    Standing,
    Test,
    Weight,
    facts_of,
    is_examined,
    is_examined_fact,
    plainly,
)
from welfare.rules.people import FAR, FlagSpace, Words
from welfare.rules.refinements import Rule
from welfare.rules.vocabulary import FIELDS, Group

Indices = NDArray[np.intp]
# The tests of a condition, and what it means that none of them is met.
Written = tuple[tuple[Test | None, ...], Weight]
# Every benefit has one place for each of these; what else it asks for is bundled in a sixth.
COLUMNS = ("SEX", "AGE", "INCOME_BAND", "PERSON", "HOUSEHOLD")
MET = 0
LITTLE = np.dtype("<u8")


@dataclass(frozen=True, slots=True)
class Layer:
    """One more part for some of the wholes: `wholes[i]` is joined with `parts[i]`."""

    wholes: Indices
    parts: Indices


@dataclass(frozen=True, slots=True)
class Tests:
    """Every different test, in the order: standings, any-of, none-of, ranges, all-of, somebody's.

    Of any-of and none-of, those that name most facts come first.
    `all_of` has the tests that one person must meet together, for each.
    """

    standings: NDArray[np.uint8]
    any_of: Words
    none_of: Words
    fields: Indices
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    all_of: tuple[Indices, ...]
    somebody: Indices

    @property
    def count(self) -> int:
        flags = self.any_of.shape[1] + self.none_of.shape[1]
        joined = len(self.all_of) + len(self.somebody)
        return int(len(self.standings) + flags + len(self.fields) + joined)


@dataclass(frozen=True, slots=True)
class Strung:
    """Several lists of numbers as one: `starts` has the place of each one's first."""

    every: Indices
    starts: Indices


@dataclass(frozen=True, slots=True)
class Spread:
    """The same rules as answers are tried on them: made once, for all questions looked for.

    `bits` are those that any test holds, `flags` the same as one mask, `fields` the numbers that
    some test bounds. `any_of` and `none_of` have the places in `bits` that each mask holds: the
    first of each, then the second of those that have one, which come first. A mask without bits
    holds the one after the last, which is nobody's. `weights` is how many benefits share a
    signature, `asked` the conditions that each column asks for, and `social` are the signatures
    that ask for somebody in the household.
    """

    bits: Indices
    flags: int
    fields: frozenset[int]
    any_of: tuple[Indices, ...]
    none_of: tuple[Indices, ...]
    weights: NDArray[np.float32]
    asked: Strung
    social: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The rules in force on one day.

    A condition is met where one of its tests is; a bundle where all its conditions are; a
    signature where its five columns and its bundle are. Benefits that ask for the same share a
    signature: `signatures` is [column, signature] and `which` says whose each benefit's is.
    """

    day: datetime.date
    keys: tuple[str, ...]
    space: FlagSpace
    tests: Tests
    conditions_first: Indices
    conditions_more: tuple[Layer, ...]
    # Conditions that refuse nobody: what an office reckons, and what nobody has verified.
    harmless: Indices
    reckoned: Indices
    doubted: Indices
    bundles_first: Indices
    bundles_more: tuple[Layer, ...]
    signatures: Indices
    which: Indices
    # Signatures of which nobody has read what they ask for.
    unread: NDArray[np.bool_]
    # Conditions that an office examines, and signatures that ask for one.
    examined: Indices
    by_office: NDArray[np.bool_]
    # Signatures that ask for what nothing but an examination meets.
    by_office_alone: NDArray[np.bool_]
    # What of an examined condition the person can say: its own place, the test, the fact in it.
    beside: tuple[tuple[int, int, int], ...]
    # Conditions that are hints.
    hints: Indices
    spread: Spread = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False)
    numbers: Mapping[Test | None, int] = field(repr=False)
    asked: tuple[tuple[Condition, ...], ...] = field(repr=False)
    asked_ids: tuple[tuple[int, ...], ...] = field(repr=False)
    # The tests of each different condition, as it names them.
    tests_of: tuple[tuple[int, ...], ...] = field(repr=False)
    # All tests that each benefit names, condition after condition.
    named: tuple[Indices, ...] = field(repr=False)
    # Reasons in which no fact is missing, each made when it is first given.
    reasons: dict[tuple[int, int, tuple[int, ...]], Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.keys)


def compile_rules(rules: Iterable[Rule], *, on: datetime.date) -> Compiled:
    """Lay out the rules as they read on that day."""
    ordered = tuple(rules)
    # Most benefits ask for what others ask for: each different condition is kept once.
    same: dict[Condition, Condition] = {}
    asked = tuple(
        tuple(same.setdefault(one, one) for one in rule.conditions(on)) for rule in ordered
    )
    space = FlagSpace(sorted(_received(asked)))
    writer = _Writer()
    asked_ids = tuple(tuple(map(writer.condition, conditions)) for conditions in asked)
    placed = [_place(*pair) for pair in zip(asked, asked_ids, strict=True)]
    columns = np.array([place for place, _ in placed], dtype=np.intp).reshape(-1, len(COLUMNS))
    bundled = _numbered([rest for _, rest in placed])
    bundles = len(writer.conditions) + np.array(bundled.of_each, dtype=np.intp)
    signatures, which = np.unique(np.column_stack((columns, bundles)), axis=0, return_inverse=True)
    tests, numbers = writer.tests(space)
    met = [tuple(numbers[test] for test in tests_of) for tests_of, _ in writer.conditions]
    examined = [is_examined(tests) for tests, _ in writer.conditions]
    return Compiled(
        day=on,
        keys=tuple(rule.key for rule in ordered),
        space=space,
        tests=tests,
        conditions_first=_first(met),
        conditions_more=_layers(met),
        harmless=_places(writer, Weight.RECKONED, Weight.DOUBTED),
        reckoned=_places(writer, Weight.RECKONED),
        doubted=_places(writer, Weight.DOUBTED),
        bundles_first=_first(bundled.different),
        bundles_more=_layers(bundled.different),
        signatures=np.ascontiguousarray(signatures.T),
        which=which.reshape(-1),
        unread=_asking(
            [tests == (Standing.UNREAD,) for tests, _ in writer.conditions],
            bundled.different,
            signatures,
        ),
        examined=np.flatnonzero(examined),
        by_office=_asking(examined, bundled.different, signatures),
        by_office_alone=_asking(
            [all(map(is_examined_fact, tests)) for tests, _ in writer.conditions],
            bundled.different,
            signatures,
        ),
        beside=tuple(_beside(writer.conditions, examined, numbers)),
        hints=np.array(sorted(_hints(asked, asked_ids)), dtype=np.intp),
        spread=_spread(tests, list(writer.conditions), bundled.different, signatures, which),
        rules=ordered,
        numbers=numbers,
        asked=asked,
        asked_ids=asked_ids,
        tests_of=tuple(met),
        named=tuple(
            np.fromiter(chain.from_iterable([met[one] for one in ids]), dtype=np.intp)
            for ids in asked_ids
        ),
    )


class _Writer:
    """Gives every different test and every different condition its number."""

    def __init__(self) -> None:
        self.conditions: dict[Written, int] = {((None,), Weight.REFUSES): MET}
        self.plain: dict[FactTest, None] = {}
        self.all_of: dict[AllOf, None] = {}
        self.somebody: dict[SomeMember, None] = {}

    def condition(self, condition: Condition) -> int:
        written = tuple(plainly(test) for test in condition.tests)
        key = (written, condition.weight)
        if key not in self.conditions:
            self.conditions[key] = len(self.conditions)
            for test in written:
                self._note(test)
        return self.conditions[key]

    def _note(self, test: Test | None) -> None:
        if isinstance(test, SomeMember):
            self.somebody[test] = None
            self._note(test.test)
        elif isinstance(test, AllOf):
            self.all_of[test] = None
            self.plain |= dict.fromkeys(test.tests)
        elif isinstance(test, AnyOf | NoneOf | Between):
            self.plain[test] = None

    def tests(self, space: FlagSpace) -> tuple[Tests, dict[Test | None, int]]:

        def held(test: AnyOf | NoneOf) -> int:
            return space.mask(test.group, test.names)

        def most_first(kind: type[AnyOf | NoneOf]) -> list[AnyOf | NoneOf]:
            flags = [test for test in self.plain if isinstance(test, kind)]
            return sorted(flags, key=lambda test: held(test).bit_count(), reverse=True)

        any_of, none_of = most_first(AnyOf), most_first(NoneOf)
        ranges = [test for test in self.plain if isinstance(test, Between)]
        all_of, somebody = list(self.all_of), list(self.somebody)
        order: list[Test | None] = [None, *Standing, *any_of, *none_of, *ranges, *all_of, *somebody]
        numbers = {test: number for number, test in enumerate(order)}
        return (
            Tests(
                standings=np.array([0, *(STANDING_VERDICTS[s] for s in Standing)], dtype=np.uint8),
                any_of=space.split(list(map(held, any_of))),
                none_of=space.split(list(map(held, none_of))),
                fields=np.array([FIELDS.index(test.field) for test in ranges], dtype=np.intp),
                low=np.array(
                    [-FAR if test.low is None else test.low for test in ranges], dtype=np.int64
                ),
                high=np.array(
                    [FAR if test.high is None else test.high for test in ranges], dtype=np.int64
                ),
                all_of=tuple(
                    np.array([numbers[one] for one in test.tests], dtype=np.intp) for test in all_of
                ),
                somebody=np.array([numbers[test.test] for test in somebody], dtype=np.intp),
            ),
            numbers,
        )


@dataclass(frozen=True, slots=True)
class _Numbered:
    different: list[tuple[int, ...]]
    of_each: list[int]


def _numbered(lists: Sequence[tuple[int, ...]]) -> _Numbered:
    numbers: dict[tuple[int, ...], int] = {}
    of_each = [numbers.setdefault(one, len(numbers)) for one in lists]
    return _Numbered(list(numbers), of_each)


def _place(
    conditions: Sequence[Condition], ids: Sequence[int]
) -> tuple[list[int], tuple[int, ...]]:
    """Put the first condition of each column's name there, and bundle the rest."""
    columns = [MET] * len(COLUMNS)
    rest = []
    for condition, number in zip(conditions, ids, strict=True):
        place = COLUMNS.index(condition.name) if condition.name in COLUMNS else None
        if place is None or columns[place] != MET:
            rest.append(number)
        else:
            columns[place] = number
    return columns, tuple(sorted(rest)) or (MET,)


def _hints(asked: Iterable[Iterable[Condition]], asked_ids: Iterable[Iterable[int]]) -> set[int]:
    pairs = zip(chain.from_iterable(asked), chain.from_iterable(asked_ids), strict=True)
    return {number for condition, number in pairs if condition.labels}


def _first(lists: Sequence[Sequence[int]]) -> Indices:
    return np.array([parts[0] for parts in lists], dtype=np.intp)


def _layers(lists: Sequence[Sequence[int]]) -> tuple[Layer, ...]:
    """Answer the second parts of all wholes that have one, then the third, and so on."""
    layers = []
    for depth in zip_longest(*(parts[1:] for parts in lists)):
        pairs = [(whole, part) for whole, part in enumerate(depth) if part is not None]
        wholes, parts = np.array(pairs, dtype=np.intp).T
        layers.append(Layer(wholes, parts))
    return tuple(layers)


def _spread(
    tests: Tests,
    conditions: Sequence[Written],
    bundles: Sequence[Sequence[int]],
    signatures: Indices,
    which: Indices,
) -> Spread:
    any_of, none_of = _held(tests.any_of), _held(tests.none_of)
    bits = np.flatnonzero(np.concatenate((any_of, none_of)).any(axis=0))
    social = [any(isinstance(test, SomeMember) for test in asked) for asked, _ in conditions]
    return Spread(
        bits=bits,
        flags=sum(1 << bit for bit in bits.tolist()),
        fields=frozenset(tests.fields.tolist()),
        any_of=_by_depth(any_of[:, bits]),
        none_of=_by_depth(none_of[:, bits]),
        weights=np.bincount(which.reshape(-1), minlength=len(signatures)).astype(np.float32),
        # Where there are no benefits, what is always met is asked for.
        asked=_strung([np.unique(np.append(column, MET)) for column in signatures.T]),
        social=_asking(social, bundles, signatures),
    )


def _places(writer: _Writer, *weights: Weight) -> Indices:
    """Answer which of the different conditions weigh so."""
    found = [i for i, (_, weight) in enumerate(writer.conditions) if weight in weights]
    return np.array(found, dtype=np.intp)


def _beside(
    conditions: Iterable[Written], examined: Iterable[bool], numbers: Mapping[Test | None, int]
) -> Iterator[tuple[int, int, int]]:
    for place, ((tests, _weight), is_one) in enumerate(zip(conditions, examined, strict=True)):
        for test in tests if is_one else ():
            for fact in facts_of(test) if test else ():
                if not is_examined_fact(fact):
                    yield place, numbers[test], numbers[plainly(fact)]


def _asking(
    marked: Sequence[bool], bundles: Sequence[Sequence[int]], signatures: Indices
) -> NDArray[np.bool_]:
    """Answer which of [signature, column] ask for a marked condition, alone or in a bundle."""
    in_bundles = [any(marked[number] for number in bundle) for bundle in bundles]
    asking: NDArray[np.bool_] = np.array([*marked, *in_bundles], dtype=np.bool_)
    return np.asarray(asking[signatures].any(axis=1))


def _held(masks: Words) -> NDArray[np.bool_]:
    """Answer as [mask, bit] which bits are set in [word, mask]."""
    by_mask = np.ascontiguousarray(masks.T, dtype=LITTLE).view(np.uint8)
    return np.unpackbits(by_mask, axis=1, bitorder="little").astype(np.bool_)


def _by_depth(held: NDArray[np.bool_]) -> tuple[Indices, ...]:
    """Answer the bits of masks, of which those with the most come first."""
    bits = [np.flatnonzero(one).tolist() or [held.shape[1]] for one in held]
    depths = zip_longest(*bits, fillvalue=None)
    return tuple(
        np.array([bit for bit in depth if bit is not None], dtype=np.intp) for depth in depths
    )


def _strung(lists: Sequence[Indices]) -> Strung:
    starts = np.cumsum([0, *map(len, lists[:-1])], dtype=np.intp)
    return Strung(np.concatenate(lists), starts)


def _received(asked: Iterable[Iterable[Condition]]) -> set[str]:
    """Answer the benefits that others are joined to, or shut out by."""
    names: set[str] = set()
    for conditions in asked:
        for condition in conditions:
            for test in condition.tests:
                for inner in facts_of(test):
                    if isinstance(inner, AnyOf | NoneOf) and inner.group is Group.RECEIVES:
                        names |= inner.names
    return names
