"""Chance that is the same today and tomorrow: bits from a number, and things by their weights."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

_64_BITS = 0xFFFFFFFFFFFFFFFF


def mixed(number: int) -> int:
    """64 well-stirred bits (splitmix64)."""
    number = (number * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & _64_BITS
    number = ((number ^ number >> 30) * 0xBF58476D1CE4E5B9) & _64_BITS
    number = ((number ^ number >> 27) * 0x94D049BB133111EB) & _64_BITS
    return number ^ number >> 31


def wheel(weighted: Iterable[tuple[T, int]], salt: int) -> tuple[T, ...]:
    """Each thing as often as its weight, in an order that hides the weights."""
    spokes = [thing for thing, weight in weighted for _ in range(weight)]
    order = sorted(range(len(spokes)), key=lambda position: mixed(position + salt))
    return tuple(spokes[position] for position in order)
