"""Who signs in, in which office they work, and what they tell of themselves."""

from accounts.models.centre import CommunityCentre
from accounts.models.membership import Membership
from accounts.models.profile import FactSheet, Profile
from accounts.models.user import User, UserManager

__all__ = ["CommunityCentre", "FactSheet", "Membership", "Profile", "User", "UserManager"]
