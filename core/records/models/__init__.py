"""What is kept about the keeping of personal data: consents, looks, wishes to be forgotten."""

from core.records.models.access import Access
from core.records.models.consent import Consent, ConsentText
from core.records.models.erasure import ErasureRequest

__all__ = ["Access", "Consent", "ConsentText", "ErasureRequest"]
