"""Writes about people that span rows, by noun."""

from accounts.services.people import ensure_person
from accounts.services.sign_in import (
    confirm_recovery_codes,
    ensure_second_factor,
    forget_ended_sessions,
)

__all__ = [
    "confirm_recovery_codes",
    "ensure_person",
    "ensure_second_factor",
    "forget_ended_sessions",
]
