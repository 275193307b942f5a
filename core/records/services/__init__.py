"""Writes about people's rights over their data."""

from core.records.services.access import keep_months, record_looks
from core.records.services.consents import TextChanged, give_consent, withdraw_consent

__all__ = ["TextChanged", "give_consent", "keep_months", "record_looks", "withdraw_consent"]
