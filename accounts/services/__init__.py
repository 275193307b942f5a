"""Writes about people that span rows, by noun; and whom messages go to, as `core.notices` asks."""

from accounts.queries import recipients_of
from accounts.services.centres import CentreRefused, correct_centre, ensure_centres
from accounts.services.delegation import (
    DelegationRefused,
    TooManyGuesses,
    accept_delegation,
    code_of,
    end_delegation,
    find_by_code,
    find_by_link,
    link_token,
    name_helper,
    record_acting,
    renew_code,
)
from accounts.services.memberships import (
    LeavesNobodyInCharge,
    MembershipRefused,
    add_membership,
    end_membership,
)
from accounts.services.people import ensure_person
from accounts.services.profile import (
    NoPurpose,
    Withdrawn,
    forget_group,
    tell_facts,
    withdraw_purpose,
)

__all__ = [
    "CentreRefused",
    "DelegationRefused",
    "LeavesNobodyInCharge",
    "MembershipRefused",
    "NoPurpose",
    "TooManyGuesses",
    "Withdrawn",
    "accept_delegation",
    "add_membership",
    "code_of",
    "correct_centre",
    "end_delegation",
    "end_membership",
    "ensure_centres",
    "ensure_person",
    "find_by_code",
    "find_by_link",
    "forget_group",
    "link_token",
    "name_helper",
    "recipients_of",
    "record_acting",
    "renew_code",
    "tell_facts",
    "withdraw_purpose",
]
