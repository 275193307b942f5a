"""Writes about people's rights over their data."""

from core.records.services.consents import TextChanged, give_consent, withdraw_consent

__all__ = ["TextChanged", "give_consent", "withdraw_consent"]
