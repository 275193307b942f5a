"""Somebody who adds, subtracts and compares all that is told of take-up finds out no small figure.

The attacker holds every figure that pages, lists, indicators and filters tell, and how they are
made, but not the thresholds. A cell is found out if no other world tells the same.
"""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.utils import timezone

from core.kpi.rules.small_figures import FEWEST, in_tens, suppressed
from core.places.facts import dongs
from welfare.queries import take_up

NOW = timezone.now()
BENEFITS = ("A", "B", "C")
ALL = [one.code for one in dongs()]
# Two dongs of one district, one of a second, two of a third.
DONGS = (ALL[0], ALL[1], *[code for code in ALL if code[:5] not in (ALL[0][:5],)][:1], *ALL[-2:])
CELLS = tuple(itertools.product(DONGS, BENEFITS))

Cell = tuple[str, str]
World = dict[Cell, int]


@dataclass(frozen=True)
class Told:
    """What is told of the sum of some cells, and which sums it may stand for."""

    cells: frozenset[Cell]
    may_be: Callable[[int], bool]

    def allows(self, world: World) -> bool:
        return self.may_be(sum(world[cell] for cell in self.cells))


def in_tens_of(told: int | None) -> Callable[[int], bool]:
    return lambda number: any(in_tens(number, threshold=one) == told for one in range(10))


def exactly_of(told: int | None) -> Callable[[int], bool]:
    return lambda number: 0 < number if told is None else number == told


def cells_of(place: str = "", benefit: str = "") -> frozenset[Cell]:
    return frozenset(
        (dong, one) for dong, one in CELLS if dong.startswith(place) and benefit in ("", one)
    )


def all_that_is_told(world: World) -> Iterator[Told]:
    """Ask as pages, lists and indicators do, of everything and of each benefit."""
    for benefit in ("", *BENEFITS):
        found = take_up.granted(now=NOW, benefit=benefit)
        yield Told(cells_of(benefit=benefit), in_tens_of(found.number))
        for code, number in found.programmes.items():
            yield Told(cells_of(benefit=code), in_tens_of(number))
        for place, number in (found.districts | found.dongs).items():
            if of_place := cells_of(place, benefit):
                yield Told(of_place, in_tens_of(number))


def is_found_out(cell: Cell, world: World, told: list[Told]) -> bool:
    """Look for another world, a person or two away, that tells the same."""
    others: list[tuple[Cell, int] | None] = [None]
    others += [(other, by) for other in CELLS if other != cell for by in (-1, 1)]
    pairs = itertools.chain(((one,) for one in others), itertools.combinations(others[1:], 2))
    for here, moved in itertools.product((-1, 1), pairs):
        tried = Counter(world)
        tried[cell] += here
        for other, by in filter(None, moved):
            tried[other] += by
        if min(tried[one] for one in CELLS) >= 0 and all(one.allows(tried) for one in told):
            return False
    return True


def worlds(number: int) -> Iterator[World]:
    chance = random.Random(20261129)
    for _ in range(number):
        most = chance.choice((4, 12, 15, 40))
        yield {cell: chance.randint(0, most) for cell in CELLS}


@pytest.fixture
def live_in(monkeypatch, settings):
    settings.FIELD_KEYS = {"test": b"0" * 32}

    def put(world: World) -> None:
        every: dict[str, Counter[str]] = {}
        for (dong, benefit), number in world.items():
            every.setdefault(dong, Counter())[benefit] += number
        monkeypatch.setattr(take_up, "_granted", lambda now: every)

    return put


class TestNobody:
    @pytest.mark.parametrize("world", list(worlds(40)))
    def test_is_found_out_by_adding_and_subtracting(self, live_in, world):
        live_in(world)
        told = list(all_that_is_told(world))
        small = [cell for cell in CELLS if world[cell] < FEWEST]

        assert all(one.allows(world) for one in told)
        assert not [cell for cell in small if is_found_out(cell, world, told)]

    @pytest.mark.parametrize("world", list(worlds(10)))
    def test_is_found_out_from_one_day_to_the_next(self, live_in, world):
        """One person more moves no figure by one."""
        live_in(world)
        before = [take_up.granted(now=NOW, benefit=one) for one in ("", *BENEFITS)]
        for cell in CELLS:
            live_in(world | {cell: world[cell] + 1})
            after = [take_up.granted(now=NOW, benefit=one) for one in ("", *BENEFITS)]
            for one, other in zip(before, after, strict=True):
                for place, number in (one.districts | one.dongs).items():
                    then = (other.districts | other.dongs)[place]
                    assert (then or 0) - (number or 0) in (0, 10, 20)
                    assert number is None or number % 10 == 0


class TestTheAttack:
    """It finds out what exact figures would tell, though each breakdown hides its small ones."""

    def test_works_where_figures_are_exact(self):
        here, there = DONGS[0], DONGS[2]
        world = dict.fromkeys(CELLS, 0) | {
            (here, "A"): 3, (here, "B"): 12, (there, "A"): 20, (there, "B"): 30,
        }  # fmt: skip
        told = [Told(cells_of(), exactly_of(65)), Told(cells_of(benefit="C"), exactly_of(0))]
        told += [Told(cells_of(dong), exactly_of(0)) for dong in DONGS if dong not in (here, there)]
        for benefit, number in (("A", 23), ("B", 42)):
            told.append(Told(cells_of(benefit=benefit), exactly_of(number)))
            shown = suppressed({dong: world[dong, benefit] for dong in (here, there)})
            beside = suppressed({one: world[here, one] for one in BENEFITS})
            told += [
                Told(cells_of(dong, benefit), exactly_of(shown[dong]))
                for dong in (here, there)
                if shown[dong] is None or dong != here or beside[benefit] is not None
            ]
        told += [Told(cells_of(here), exactly_of(15)), Told(cells_of(there), exactly_of(50))]

        assert is_found_out((here, "A"), world, told)
