"""What pages and the API ask of the index."""

from core.search.queries.answers import Matching, SearchAnswer, matching, search
from core.search.queries.suggestions import Suggestion, suggest

__all__ = ["Matching", "SearchAnswer", "Suggestion", "matching", "search", "suggest"]
