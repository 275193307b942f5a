"""Tells figures of people in tens, each by a threshold of its own that nobody can work out."""

from core.kpi.rules.small_figures import TEN, in_tens
from core.records.marks import mark


def told_in_tens(group: str, number: int, *cell: str) -> int | None:
    """Answer a figure in tens; None where it is below ten.

    The threshold is a keyed hash of what is counted: the same as long as the key stays, and
    nobody's knowledge who has not got it.
    """
    return in_tens(number, threshold=int(mark(group, *cell)[:8], 16) % TEN)
