"""The desk of people: who signs in, who works where, and the community centres."""

from accounts.admin import centres, invitations, memberships, offices, users

__all__ = ["centres", "invitations", "memberships", "offices", "users"]
