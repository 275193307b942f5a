"""Which office answers a request: the one that was asked, or who stands in for it meanwhile."""

from collections.abc import Collection, Sequence


def office_that_answers(asked: int, stand_ins: Sequence[int], *, staffed: Collection[int]) -> int:
    """Answer the first of the office that was asked and its stand-ins, in order, that has staff.

    Where none has, it lies with the one that was asked, and waits there for its people.
    """
    return next((one for one in (asked, *stand_ins) if one in staffed), asked)
