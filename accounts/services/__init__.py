"""Writes about people that span rows, by noun."""

from accounts.services.centres import CentreRefused, correct_centre, ensure_centres
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
    "LeavesNobodyInCharge",
    "MembershipRefused",
    "NoPurpose",
    "Withdrawn",
    "add_membership",
    "correct_centre",
    "end_membership",
    "ensure_centres",
    "ensure_person",
    "forget_group",
    "tell_facts",
    "withdraw_purpose",
]
