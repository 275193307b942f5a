"""What an area declares of one kind of request: its states, its moves, and who may make them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from core.cases.enums import Party

Text = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`title` and `what_next` are what the citizen reads; `due_days` are working days from then.

    In a state that waits for the citizen the clock of the one before stands still.
    """

    slug: str
    title: Text
    what_next: Text
    due_days: int | None = None
    waits_for_citizen: bool = False
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One way from a state to another. Its text is told to the citizen where `tells` says so."""

    slug: str
    title: Text
    start: tuple[str, ...]
    to: str
    who: frozenset[Party]
    needs_text: bool = False
    tells: bool = True


@dataclass(frozen=True, kw_only=True)
class CaseKind:
    """Held by an area's `cases.py`, and listed in its front door.

    `default_office` answers the office that a new case lies with, from the person it is for (None
    for somebody without an account), or None where the area must say. `is_single`: nobody has two
    open ones.
    """

    slug: str  # "<area>.<kind>"
    title: Text
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    default_office: Callable[[Any], int | None]
    is_single: bool = False
    about: Text = field(default="")

    @property
    def area(self) -> str:
        return self.slug.partition(".")[0]

    @property
    def first(self) -> State:
        return self.states[0]

    @cached_property
    def by_slug(self) -> dict[str, State]:
        return {state.slug: state for state in self.states}

    def moves_from(self, state: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if state in move.start)

    def move(self, slug: str) -> Move | None:
        return next((move for move in self.moves if move.slug == slug), None)
