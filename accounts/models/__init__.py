"""Who signs in, and in which office they work."""

from accounts.models.centre import CommunityCentre
from accounts.models.membership import Membership
from accounts.models.user import User, UserManager

__all__ = ["CommunityCentre", "Membership", "User", "UserManager"]
