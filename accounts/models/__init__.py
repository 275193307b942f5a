"""Who signs in, in which office they work, what they tell of themselves, and who acts for them."""

from accounts.models.centre import CommunityCentre
from accounts.models.delegation import EVERYTHING, CodeGuess, Delegation, DelegationEvent
from accounts.models.invitation import Invitation
from accounts.models.membership import Membership
from accounts.models.profile import FactSheet, Profile
from accounts.models.user import User, UserManager

__all__ = [
    "EVERYTHING",
    "CodeGuess",
    "CommunityCentre",
    "Delegation",
    "DelegationEvent",
    "FactSheet",
    "Invitation",
    "Membership",
    "Profile",
    "User",
    "UserManager",
]
