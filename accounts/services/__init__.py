"""Writes about people that span rows, by noun."""

from accounts.services.centres import CentreRefused, correct_centre, ensure_centres
from accounts.services.delegation import (
    DelegationRefused,
    TooManyGuesses,
    accept_delegation,
    code_of,
    end_delegation,
    end_for_erasure,
    find_by_code,
    find_by_link,
    link_token,
    name_helper,
    record_acting,
    renew_code,
)
from accounts.services.erasure import ask_erasure, call_off_erasure
from accounts.services.invitations import (
    InvitationRefused,
    accept_invitation,
    decline_invitation,
    invite,
    send_invitations,
    withdraw_invitation,
)
from accounts.services.memberships import (
    LeavesNobodyInCharge,
    MembershipRefused,
    end_membership,
)
from accounts.services.people import ensure_person, set_name
from accounts.services.profile import (
    NoPurpose,
    Withdrawn,
    forget_group,
    tell_facts,
    withdraw_purpose,
)
from accounts.services.sign_in import (
    confirm_recovery_codes,
    ensure_second_factor,
    forget_ended_sessions,
)

__all__ = [
    "ask_erasure",
    "call_off_erasure",
    "CentreRefused",
    "DelegationRefused",
    "InvitationRefused",
    "LeavesNobodyInCharge",
    "MembershipRefused",
    "NoPurpose",
    "TooManyGuesses",
    "Withdrawn",
    "accept_delegation",
    "accept_invitation",
    "code_of",
    "confirm_recovery_codes",
    "correct_centre",
    "decline_invitation",
    "end_delegation",
    "end_for_erasure",
    "end_membership",
    "ensure_centres",
    "ensure_person",
    "ensure_second_factor",
    "find_by_code",
    "find_by_link",
    "forget_ended_sessions",
    "forget_group",
    "invite",
    "link_token",
    "name_helper",
    "record_acting",
    "renew_code",
    "send_invitations",
    "set_name",
    "tell_facts",
    "withdraw_invitation",
    "withdraw_purpose",
]
