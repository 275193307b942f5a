"""Suggests terms while someone types: also mid-syllable, and by initial consonants."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from core.search.rules.hangul import clean, is_initials, split_initials, squeeze, to_jamo

# The common terms first, whole; then of all others the first few in alphabetical order.
_SUGGEST = """
SELECT term, kind FROM (
    (SELECT term, kind, frequency, 0 AS place FROM search_term
     WHERE is_common AND {column} LIKE %s ORDER BY frequency DESC, length(term), term LIMIT %s)
    UNION ALL
    (SELECT term, kind, frequency, 1 AS place FROM (
        SELECT term, kind, frequency FROM search_term
        WHERE {column} LIKE %s AND NOT is_common ORDER BY {column} LIMIT 50) others
     ORDER BY frequency DESC, length(term), term LIMIT %s)
) found ORDER BY place, frequency DESC, length(term), term LIMIT %s
"""
_BY_JAMO, _BY_INITIALS = _SUGGEST.format(column="jamo"), _SUGGEST.format(column="initials")
_SPECIAL = re.compile(r"([\\%_])")
MAX_SUGGESTIONS = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the query may become, and what sort of word that is: title, label, place, word …"""

    text: str
    kind: str


@lru_cache(maxsize=10_000)
def _prefixes(text: str) -> tuple[tuple[str, str, str], ...]:
    """Answer what to look for: (already written, statement, pattern), the whole query first."""
    head, _, tail = text.rpartition(" ")
    ways = []
    for written, typed in (("", text), (f"{head} ", tail)) if head else (("", text),):
        by_initials = is_initials(typed)
        sought = split_initials(typed) if by_initials else to_jamo(squeeze(typed))
        if sought:
            pattern = _SPECIAL.sub(r"\\\1", sought) + "%"
            ways.append((written, _BY_INITIALS if by_initials else _BY_JAMO, pattern))
    return tuple(ways)


def suggest(text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """Answer how the query may go on: as a whole, and by its last word."""
    text = clean(text)
    limit = min(max(limit, 1), MAX_SUGGESTIONS)
    found: dict[str, Suggestion] = {}
    with connection.cursor() as cursor:
        for written, statement, pattern in _prefixes(text):
            if len(found) < limit:
                cursor.execute(statement, [pattern, limit, pattern, limit, limit])
                for term, kind in cursor.fetchall():
                    found.setdefault(written + term, Suggestion(written + term, kind))
    return tuple(found.values())[:limit]
