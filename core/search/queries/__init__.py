"""What pages and the API ask of the index."""

from core.search.queries.answers import Matching, SearchAnswer, matching, search

__all__ = ["Matching", "SearchAnswer", "matching", "search"]
