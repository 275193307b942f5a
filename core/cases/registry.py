"""Finds the kinds of case that areas declare, and refuses what cannot work."""

import re
from collections import Counter
from functools import cache

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from core.areas import policy_areas
from core.cases.declaration import CaseKind, Move, State
from core.cases.enums import CITIZENS

SLUG = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_-]*")
PART = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_SLUG, LONGEST_PART = 60, 40


class UnknownKind(Exception):
    """No area declares this kind of case any more."""


@cache
def declared_kinds() -> dict[str, CaseKind]:
    """Answer every kind by its slug; raises ImproperlyConfigured for a wrong declaration."""
    found: dict[str, CaseKind] = {}
    for area in policy_areas():
        for kind in area.case_kinds:
            if not kind.slug.startswith(f"{area.slug}."):
                _refuse(kind, f"its slug must begin with {area.slug!r} and a dot")
            if kind.slug in found:
                _refuse(kind, "it is declared twice")
            check(kind)
            found[kind.slug] = kind
    return found


def get_kind(slug: str) -> CaseKind:
    try:
        return declared_kinds()[slug]
    except KeyError as fault:
        raise UnknownKind(slug) from fault


def check(kind: CaseKind) -> None:
    """Refuse silence, duplicates, unreachable states, and moves from or to nowhere."""
    if not SLUG.fullmatch(kind.slug) or len(kind.slug) > LONGEST_SLUG:
        _refuse(kind, "its slug must be <area>.<thing> in small letters")
    if not kind.states or not kind.moves:
        _refuse(kind, "it needs states and moves")
    _refuse_twice(kind, [state.slug for state in kind.states])
    _refuse_twice(kind, [move.name for move in kind.moves])
    for state in kind.states:
        _check_state(kind, state)
    for move in kind.moves:
        _check_move(kind, move)
    _check_ways(kind)
    told = (kind.office, kind.stand_ins, kind.facts, kind.staff_facts, kind.unshared, kind.reopened)
    for name in (*told, *(move.notice for move in kind.moves)):
        _check_dotted(kind, name)


def _check_state(kind: CaseKind, state: State) -> None:
    if not PART.fullmatch(state.slug) or len(state.slug) > LONGEST_PART:
        _refuse(kind, f"{state.slug!r} is no name of a state")
    if not str(state.title).strip() or not str(state.told).strip():
        _refuse(kind, f"state {state.slug!r} has no words")
    if not state.is_end and not str(state.next_step).strip():
        _refuse(kind, f"state {state.slug!r} does not say what happens next")
    if state.due_days is not None and (state.due_days < 1 or state.is_end or state.pauses):
        _refuse(kind, f"state {state.slug!r} cannot be due after {state.due_days} days")
    if state.pauses and state.is_end:
        _refuse(kind, f"state {state.slug!r} is over, and pauses")


def _check_move(kind: CaseKind, move: Move) -> None:
    known = {state.slug for state in kind.states}
    if not PART.fullmatch(move.name) or len(move.name) > LONGEST_PART:
        _refuse(kind, f"{move.name!r} is no name of a move")
    if not str(move.title).strip() or (move.needs_words and not str(move.words).strip()):
        _refuse(kind, f"move {move.name!r} has no words")
    if not move.by or not move.source:
        _refuse(kind, f"move {move.name!r} is nobody's, or begins nowhere")
    if unknown := {*move.source, move.target} - known:
        _refuse(kind, f"move {move.name!r} knows no state {sorted(unknown)}")
    if move.target in move.source:
        _refuse(kind, f"move {move.name!r} leads to where it begins")
    if move.is_of_citizens and move.by - CITIZENS:
        _refuse(kind, f"move {move.name!r} is the citizen's and the office's at once")
    if kind.asks(move) and not (move.needs_words and move.is_told):
        _refuse(kind, f"move {move.name!r} asks the citizen, and needs the question")


def _check_ways(kind: CaseKind) -> None:
    if kind.start.is_end or kind.start.pauses:
        _refuse(kind, "it begins where it ends or pauses")
    reached, edge = {kind.start.slug}, {kind.start.slug}
    while edge:
        edge = {move.target for move in kind.moves if edge & {*move.source}} - reached
        reached |= edge
    if lost := {state.slug for state in kind.states} - reached:
        _refuse(kind, f"nothing leads to {sorted(lost)}")
    for state in kind.states:
        leaving = [move for move in kind.moves if state.slug in move.source]
        if not state.is_end and not leaving:
            _refuse(kind, f"nothing leads out of {state.slug!r}")
        if state.pauses and not any(kind.answers(move) for move in leaving):
            _refuse(kind, f"state {state.slug!r} waits for an answer that nobody may give")


def _check_dotted(kind: CaseKind, name: str) -> None:
    if not name:
        return
    try:
        import_string(name)
    except ImportError as fault:
        raise ImproperlyConfigured(f"Case kind {kind.slug}: {name} is not there.") from fault


def _refuse_twice(kind: CaseKind, names: list[str]) -> None:
    if twice := [name for name, number in Counter(names).items() if number > 1]:
        _refuse(kind, f"{twice} stand there twice")


def _refuse(kind: CaseKind, why: str) -> None:
    raise ImproperlyConfigured(f"Case kind {kind.slug}: {why}.")
