"""Who may do what with a case; the actor comes first."""

from dataclasses import dataclass

from core.cases.declaration import Move
from core.cases.enums import CITIZENS, Party
from core.cases.models import Attachment, Case
from core.offices.enums import OF_THE_CITY
from core.offices.people import Person, is_person

STAFF = frozenset({Party.WORKER, Party.MANAGER})


@dataclass(frozen=True, slots=True)
class PaperHolder:
    """Somebody who has shown the code of one case, and whose name stands on it."""

    case_id: int


@dataclass(frozen=True, slots=True)
class TheSystem:
    """The portal itself: the nightly climb, an area that opens a case for a feed."""


SYSTEM = TheSystem()
Actor = Person | PaperHolder | TheSystem


def parties_of(actor: object, case: Case) -> frozenset[Party]:
    """Answer on whose side somebody stands in a case.

    Whoever asked for it, or helps who did, is on that side alone: nobody decides on their own
    request, nor on one of their household. A superuser stands on none.
    """
    if isinstance(actor, TheSystem):
        return frozenset({Party.SYSTEM})
    if isinstance(actor, PaperHolder):
        return frozenset({Party.PAPER} if actor.case_id == case.pk else ())
    return _parties_of_person(actor, case) if is_person(actor) else frozenset()


def _parties_of_person(actor: Person, case: Case) -> frozenset[Party]:
    if case.person_id == actor.pk:
        return frozenset({Party.CITIZEN})
    # An office that works on a request is no helper in it, though the person named it as one.
    helped = actor.represented_ids(case.kind, besides=case.office_id)
    if case.person_id is not None and case.person_id in helped:
        return frozenset({Party.HELPER})
    if case.pk in actor.home.cases or case.person_id in actor.home.people:
        return frozenset()
    if case.office_id in actor.managed_office_ids:
        return STAFF
    return frozenset({Party.WORKER}) if case.office_id in actor.office_ids else frozenset()


def can_see_cases(actor: object) -> bool:
    """Say whether the lists of the desk hold anything for this person."""
    return is_person(actor) and (actor.is_superuser or bool(actor.office_ids))


def can_see_all_cases(actor: object) -> bool:
    return is_person(actor) and actor.is_superuser


def can_work_on_some(actor: object) -> bool:
    """Say whether anything can wait for this person: a superuser looks, and works on nothing."""
    return is_person(actor) and bool(actor.office_ids)


def can_assign_some(actor: object) -> bool:
    return is_person(actor) and bool(actor.managed_office_ids)


def can_see_figures(actor: object) -> bool:
    """Say whether somebody sees how many requests lie in every office, and no request."""
    return is_person(actor) and actor.sees_figures


def can_read_case(actor: object, case: Case) -> bool:
    return bool(parties_of(actor, case)) or can_read_at_desk(actor, case)


def can_read_at_desk(actor: object, case: Case) -> bool:
    """Say whether somebody may open its page; how much is on it, `can_read_internal` says."""
    is_superuser = is_person(actor) and actor.is_superuser
    return is_superuser or can_work_on_case(actor, case)


def can_read_internal(actor: object, case: Case, *offices: int | None) -> bool:
    """Say whether somebody may see what staff of these offices wrote or gave among themselves.

    The city's offices see all that came with a case. A partner or an organiser that was handed it
    sees what the citizen is told, and of the rest what it wrote, or was given, itself.
    """
    if not is_person(actor) or not can_read_at_desk(actor, case):
        return False
    if actor.is_superuser or case.office.kind in OF_THE_CITY:
        return True
    return not actor.office_ids.isdisjoint(offices)


def can_ask_for(actor: object, case: Case) -> bool:
    """Say whether the request is somebody's own, or of whom they help."""
    return bool(parties_of(actor, case) & {Party.CITIZEN, Party.HELPER})


def can_work_on_case(actor: object, case: Case) -> bool:
    return bool(parties_of(actor, case) & STAFF)


def can_move_case(actor: object, case: Case, move: Move) -> bool:
    return case.state in move.source and bool(parties_of(actor, case) & move.by)


def can_open_case(actor: object, *, kind: str, person_id: int | None, office_id: int) -> bool:
    """A person for themselves, a helper for whom they help, staff for whoever comes to theirs."""
    if isinstance(actor, TheSystem):
        return True
    if not is_person(actor):
        return False
    if person_id == actor.pk or office_id in actor.office_ids:
        return True
    return person_id is not None and person_id in actor.represented_ids(kind)


def can_take_case(actor: object, case: Case) -> bool:
    return case.is_open and case.assignee_id is None and can_work_on_case(actor, case)


def can_assign_case(actor: object, case: Case) -> bool:
    return case.is_open and Party.MANAGER in parties_of(actor, case)


def can_be_assigned(person: object, case: Case) -> bool:
    """Say whether somebody works where the case lies, and has no part in it otherwise."""
    return can_work_on_case(person, case)


def can_hand_over(actor: object, case: Case) -> bool:
    return case.is_open and can_work_on_case(actor, case)


def can_attach(actor: object, case: Case) -> bool:
    """Paper leads to no files: whoever has only the code sends none."""
    sides = parties_of(actor, case) & (STAFF | CITIZENS) - {Party.PAPER}
    return case.is_open and bool(sides)


def can_read_attachment(actor: object, attachment: Attachment) -> bool:
    case = attachment.case
    if attachment.is_told:
        return can_read_at_desk(actor, case) or can_ask_for(actor, case)
    return can_read_internal(actor, case, attachment.event.office_id)
