"""What pages and the API ask of the index."""

from core.search.queries.answers import SearchAnswer, search
from core.search.queries.matchings import Matching, Meant, begin_matching, matching
from core.search.queries.suggestions import Suggestion, suggest

__all__ = [
    "Matching",
    "Meant",
    "SearchAnswer",
    "Suggestion",
    "begin_matching",
    "matching",
    "search",
    "suggest",
]
