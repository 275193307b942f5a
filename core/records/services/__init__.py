"""Writes about people's rights over their data."""

from core.records.services.access import keep_months, old_months, record_looks
from core.records.services.consents import TextChanged, give_consent, withdraw_consent
from core.records.services.erasure import (
    Line,
    Outcome,
    ask_erasure,
    call_off_erasure,
    carry_out_erasures,
    erase,
    what_erasure_would_do,
)
from core.records.services.retention import Kept, keep_to_terms

__all__ = [
    "Kept",
    "Line",
    "Outcome",
    "TextChanged",
    "ask_erasure",
    "call_off_erasure",
    "carry_out_erasures",
    "erase",
    "give_consent",
    "keep_months",
    "keep_to_terms",
    "old_months",
    "record_looks",
    "what_erasure_would_do",
    "withdraw_consent",
]
