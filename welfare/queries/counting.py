"""Reads a page of a list together with how many there are, which is worked out once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from core.web.kept import kept


@dataclass(frozen=True, slots=True)
class Counted:
    """A page of anything; `count` is how many the whole list has."""

    count: int


PageT = TypeVar("PageT", bound=Counted)


def with_count(key: str, ask: Callable[[bool], PageT]) -> PageT:
    """Answer the page; `ask(True)` also counts, where the data was not counted as it is now."""
    asked: list[PageT] = []

    def ask_and_count() -> int:
        asked.append(ask(True))
        return asked[0].count

    count = kept.get(key, ask_and_count)
    return replace(asked[0] if asked else ask(False), count=count)
