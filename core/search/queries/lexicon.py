"""The lexicon that this process reads queries with: synonyms as staff left them, and districts."""

from dataclasses import dataclass
from threading import Lock

from django.db import connection

from core.places.facts import districts, dongs, legal_dongs
from core.search.rules.lexicon import Lexicon, make_lexicon

_LOAD = """
SELECT s.synonyms_revision,
       (SELECT json_agg(words ORDER BY id) FROM search_synonym WHERE is_active)
FROM search_searchstate s WHERE s.id = 1
"""


@dataclass(frozen=True, slots=True)
class LoadedLexicon:
    revision: int
    lexicon: Lexicon


_lock = Lock()
_loaded: list[LoadedLexicon] = []


def load_lexicon() -> LoadedLexicon:
    """Read the synonyms from the database, and keep them for this process."""
    with connection.cursor() as cursor:
        cursor.execute(_LOAD)
        revision, groups = cursor.fetchone() or (0, None)
    names = [(district.name, district.name_en, district.code) for district in districts()]
    all_dongs = [*(dong.name for dong in dongs()), *(legal.name for legal in legal_dongs())]
    fresh = LoadedLexicon(revision, make_lexicon(groups or (), names, all_dongs))
    with _lock:
        _loaded[:] = [fresh]
    return fresh


def current_lexicon() -> LoadedLexicon:
    """Answer the lexicon held; every answer of the index tells whether there is a newer one."""
    held = _loaded[:]
    return held[0] if held else load_lexicon()
