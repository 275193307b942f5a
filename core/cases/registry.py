"""The kinds of cases that areas declare; refuses what could not work."""

from collections.abc import Iterator
from functools import cache

from django.core.exceptions import ImproperlyConfigured

from core.areas import policy_areas
from core.cases.declaration import CaseKind


class UnknownKind(LookupError):
    """No area declares a kind of this name."""


@cache
def case_kinds() -> dict[str, CaseKind]:
    """Answer every kind by its slug; ImproperlyConfigured where one contradicts itself."""
    kinds: dict[str, CaseKind] = {}
    for area in policy_areas():
        for kind in area.case_kinds:
            if kind.slug in kinds or not kind.slug.startswith(f"{area.slug}."):
                raise ImproperlyConfigured(
                    f"Case kind {kind.slug!r} of {area.slug}: taken, or not named <area>.<kind>."
                )
            if faults := list(faults_of(kind)):
                raise ImproperlyConfigured(f"Case kind {kind.slug}: {'; '.join(faults)}.")
            kinds[kind.slug] = kind
    return kinds


def kind_of(slug: str) -> CaseKind:
    try:
        return case_kinds()[slug]
    except KeyError:
        raise UnknownKind(slug) from None


def faults_of(kind: CaseKind) -> Iterator[str]:
    """Yield what is wrong with a declaration, in words for whoever wrote it."""
    known = {state.slug for state in kind.states}
    if len(known) != len(kind.states):
        yield "two states have one name"
    if len({move.slug for move in kind.moves}) != len(kind.moves):
        yield "two moves have one name"
    for move in kind.moves:
        if unknown := sorted({*move.start, move.to} - known):
            yield f"move {move.slug} speaks of unknown states {unknown}"
        if not move.who:
            yield f"move {move.slug} may be made by nobody"
    reached = {kind.states[0].slug} | {move.to for move in kind.moves}
    if lost := sorted(known - reached):
        yield f"no move leads to {lost}"
    for state in kind.states:
        leaves = any(state.slug in move.start for move in kind.moves)
        if not state.is_final and not leaves:
            yield f"no move leads out of {state.slug}"
    if not any(state.is_final for state in kind.states):
        yield "it never ends"
