"""Who may say who works where, and what is true of an office."""

from accounts.enums import DESK, ROLES_IN
from accounts.models import CommunityCentre, Delegation, Invitation, Membership, User
from core.desk.permissions import can_change_records, can_see_records
from core.offices.models import Office
from core.offices.people import is_person


def can_see_memberships(actor: object) -> bool:
    """Say whether the list of who works where holds anything for this person."""
    return is_person(actor) and (actor.is_superuser or bool(actor.office_ids))


def can_manage_some_office(actor: object) -> bool:
    return is_person(actor) and (actor.is_superuser or bool(actor.managed_office_ids))


def can_manage_office(actor: object, office_id: int) -> bool:
    """A manager decides in their own office, and nowhere else."""
    return is_person(actor) and (actor.is_superuser or office_id in actor.managed_office_ids)


def can_manage_every_office(actor: object) -> bool:
    return is_person(actor) and actor.is_superuser


def can_keep_offices(actor: object) -> bool:
    """Say whether somebody opens and closes offices: those of the whole city hang on each other."""
    return is_person(actor) and actor.is_superuser


def can_keep_users(actor: object) -> bool:
    """Say whether somebody lets people in and puts them out; whom, `User.visible_to` says."""
    return is_person(actor) and can_change_records(actor, User)


def can_see_users(actor: object) -> bool:
    return is_person(actor) and can_see_records(actor, User)


def can_grant_rights(actor: object) -> bool:
    """Only those who may do everything may let others do everything."""
    return is_person(actor) and actor.is_superuser


def can_give_role(actor: object, *, person: User, office: Office, role: str) -> bool:
    """Nobody gives themselves a role, whoever they are; an office has the roles of its kind."""
    return (
        is_person(actor)
        and can_manage_office(actor, office.pk)
        and actor.pk != person.pk
        and role in ROLES_IN[office.kind]
    )


def can_invite(actor: object, *, office: Office, role: str) -> bool:
    """Say whether this is one of the roles that the actor may ask somebody into, in that office."""
    return can_manage_office(actor, office.pk) and role in ROLES_IN[office.kind]


def can_withdraw_invitation(actor: object, invitation: Invitation) -> bool:
    return can_manage_office(actor, invitation.office_id)


def can_end_membership(actor: object, membership: Membership) -> bool:
    return can_manage_office(actor, membership.office_id)


def can_see_centres(actor: object) -> bool:
    """Where centres are is no secret; their list at the desk is for those with a role there."""
    return isinstance(actor, User) and (actor.is_superuser or bool(actor.roles & DESK))


def can_correct_centre(actor: object, centre: CommunityCentre) -> bool:
    return can_manage_office(actor, centre.pk)


def can_import_centres(actor: object) -> bool:
    """A list of centres says of every office what is true of it: not for one office to say."""
    return is_person(actor) and actor.is_superuser


def can_see_delegation(actor: object, delegation: Delegation) -> bool:
    """For the one who named the helper, and for the helper: an office sees what was given to it."""
    return can_end_delegation(actor, delegation)


def can_accept_delegation(actor: object, delegation: Delegation) -> bool:
    """Whoever holds the code may, but not for themselves; an office's needs one of its people."""
    if not is_person(actor) or actor.pk == delegation.person_id:
        return False
    return delegation.office_id is None or delegation.office_id in actor.office_ids


def can_end_delegation(actor: object, delegation: Delegation) -> bool:
    if not is_person(actor):
        return False
    if actor.pk in (delegation.person_id, delegation.helper_id):
        return True
    accepted = delegation.accepted_at is not None
    return (
        accepted and delegation.office_id is not None and delegation.office_id in actor.office_ids
    )
