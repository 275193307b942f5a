"""Who may do what with a case: by what the person is to it, never by what they are elsewhere."""

from core.cases.declaration import Move
from core.cases.enums import ASKING, OFFICE, Party
from core.cases.models import Case
from core.offices.people import is_person


def party_of(actor: object, case: Case) -> Party | None:
    """Answer as whom somebody acts; staff who ask for something themselves are citizens in it."""
    if not is_person(actor):
        return None
    if case.person_id == actor.pk:
        return Party.CITIZEN
    if case.office_id in actor.managed_office_ids:
        return Party.MANAGER
    if case.office_id in actor.office_ids:
        return Party.WORKER
    if case.person_id in actor.represented_ids(case.declared.area):
        return Party.HELPER
    return None


def can_read_case(actor: object, case: Case) -> bool:
    return party_of(actor, case) is not None or (is_person(actor) and actor.is_superuser)


def can_work_on_case(actor: object, case: Case) -> bool:
    """Note, tell and hand over: whoever works where the case lies."""
    return party_of(actor, case) in OFFICE


def can_move_case(actor: object, case: Case, move: Move) -> bool:
    return may_move(party_of(actor, case), case, move)


def may_move(party: Party | None, case: Case, move: Move) -> bool:
    if party is None or case.state not in move.start:
        return False
    # A manager may do what workers do.
    as_worker = party is Party.MANAGER and Party.WORKER in move.who
    return party in move.who or as_worker


def can_answer_case(actor: object, case: Case) -> bool:
    """Answer what was asked, or add something: the citizen and whoever acts for them."""
    return case.is_open and party_of(actor, case) in ASKING


def can_assign_case(actor: object, case: Case, assignee: object) -> bool:
    """A manager gives it to anybody of the office; a worker takes it, or gives it back."""
    party = party_of(actor, case)
    if not case.is_open or party not in OFFICE:
        return False
    if assignee is not None and not _works_there(assignee, case):
        return False
    if party is Party.MANAGER:
        return True
    mine = getattr(actor, "pk", None)
    takes = assignee is not None and getattr(assignee, "pk", None) == mine
    gives_back = assignee is None and case.assignee_id == mine
    return gives_back or (takes and case.assignee_id in (None, mine))


def can_see_worklists(actor: object) -> bool:
    return is_person(actor) and (actor.is_superuser or bool(actor.office_ids))


def _works_there(assignee: object, case: Case) -> bool:
    is_own_case = getattr(assignee, "pk", None) == case.person_id
    return is_person(assignee) and case.office_id in assignee.office_ids and not is_own_case
