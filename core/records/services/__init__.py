"""Writes about people's rights over their data."""

from core.records.services.access import keep_months, old_months, record_looks
from core.records.services.consents import TextChanged, give_consent, withdraw_consent
from core.records.services.erasure import (
    Carried,
    Failed,
    Line,
    Outcome,
    ask_erasure,
    call_off_erasure,
    carry_out_erasures,
    erase,
    overdue_erasures,
    what_erasure_would_do,
)
from core.records.services.retention import Kept, keep_to_terms

__all__ = [
    "Carried",
    "Failed",
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
    "overdue_erasures",
    "record_looks",
    "what_erasure_would_do",
    "withdraw_consent",
]
