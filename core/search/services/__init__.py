"""Keeping the index: entries follow their area's documents, terms follow the entries."""

from core.search.services.entries import RefreshReport, refresh_search
from core.search.services.synonyms import delete_synonym, save_synonym
from core.search.services.terms import refresh_vocabulary

__all__ = [
    "RefreshReport",
    "delete_synonym",
    "refresh_search",
    "refresh_vocabulary",
    "save_synonym",
]
