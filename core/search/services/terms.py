"""Makes the vocabulary: what is suggested while typing, and what a misspelt word may have meant."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from core.places.facts import districts, dongs
from core.search.models import Synonym
from core.search.rules.hangul import squeeze, to_initials, to_jamo
from core.search.rules.spelling import neighbour_hashes

COMMON = 3_000
# With more entries than these, words are counted in an eighth of them; titles always in all.
SAMPLED_FROM = 200_000
_LONGEST = 40
_COUNT = """
CREATE TEMP TABLE search_counted (term text, frequency integer, kind text);
INSERT INTO search_counted
SELECT substr(word, 2), ndoc,
    CASE left(word, 1) WHEN 'f' THEN 'label' WHEN 'r' THEN 'road' ELSE 'word' END
FROM ts_stat('SELECT vector FROM search_searchentry WHERE level >= ' || (
    SELECT CASE WHEN entries > %s THEN 1 ELSE 0 END FROM search_searchstate))
WHERE left(word, 1) IN ('f', 'w', 'r');
INSERT INTO search_counted
SELECT min(title), count(*), 'title' FROM search_searchentry GROUP BY title_key
"""
# One row a word; what it is called by: its most telling use.
_SUM = """
CREATE TEMP TABLE search_term_new AS
SELECT term, max(frequency) AS frequency,
       CASE WHEN bool_or(kind = 'place') THEN 'place' WHEN bool_or(kind = 'label') THEN 'label'
            WHEN bool_or(kind = 'title') THEN 'title' ELSE min(kind) END AS kind,
       false AS is_common
FROM search_counted WHERE length(term) BETWEEN 2 AND %s AND term !~ '^[0-9]+$' GROUP BY term;
ANALYZE search_term_new;
UPDATE search_term_new n SET is_common = true FROM (
    SELECT term FROM search_term_new ORDER BY frequency DESC, term LIMIT %s) top
WHERE top.term = n.term
"""
_NEW = """
SELECT n.term FROM search_term_new n
WHERE NOT EXISTS (SELECT 1 FROM search_term t WHERE t.term = n.term)
"""
_MERGE = """
UPDATE search_term t SET frequency = n.frequency, kind = n.kind, is_common = n.is_common
FROM search_term_new n WHERE n.term = t.term
    AND (n.frequency, n.kind, n.is_common) IS DISTINCT FROM (t.frequency, t.kind, t.is_common);
DELETE FROM search_term t
WHERE NOT EXISTS (SELECT 1 FROM search_term_new n WHERE n.term = t.term);
INSERT INTO search_term (term, jamo, initials, frequency, kind, is_common, neighbours)
SELECT n.term, s.jamo, s.initials, n.frequency, n.kind, n.is_common, s.neighbours
FROM search_term_spelt s JOIN search_term_new n USING (term);
DROP TABLE search_counted, search_term_new, search_term_spelt
"""


@transaction.atomic
def refresh_vocabulary() -> bool:
    """Count the words of all entries anew, unless nothing has changed since they were counted.

    For after a sync: what is written is only what changed, what is read is everything. Whoever
    could not call it leaves the vocabulary behind the index, and the next one makes it good.
    """
    given = list(_given())  # read before the connection is busy with COPY
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('search:terms', 0))")
        cursor.execute("SELECT revision, vocabulary_revision FROM search_searchstate WHERE id = 1")
        revision, counted = cursor.fetchone()
        if counted == revision:
            return False
        cursor.execute(_COUNT, [SAMPLED_FROM])
        with cursor.copy("COPY search_counted FROM STDIN") as copy:
            for row in given:
                copy.write_row(row)
        cursor.execute(_SUM, [_LONGEST, COMMON])
        _spell_new(cursor)
        cursor.execute(_MERGE)
        cursor.execute(
            "UPDATE search_searchstate SET vocabulary_revision = %s WHERE id = 1", [revision]
        )
    return True


def _given() -> Iterator[tuple[str, int, str]]:
    """Yield the words that are known whether or not an entry has them."""
    for district in districts():
        yield district.name, 1, "place"
        yield district.name_en, 1, "place"
        yield district.short_name, 1, "place"
    for dong in dongs():
        yield dong.name, 1, "place"
    for words in Synonym.objects.in_use().values_list("words", flat=True):
        for word in words:
            yield squeeze(word), 1, "synonym"
            if word.isascii():
                yield from ((part, 1, "synonym") for part in word.casefold().split())


def _spell_new(cursor: CursorWrapper) -> None:
    cursor.execute(
        "CREATE TEMP TABLE search_term_spelt"
        " (term text, jamo text, initials text, neighbours integer[])"
    )
    cursor.execute(_NEW)
    rows = _spelt(term for (term,) in cursor.fetchall())
    with cursor.copy("COPY search_term_spelt FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _spelt(terms: Iterable[str]) -> Iterator[tuple[str, str, str, list[int]]]:
    for term in terms:
        squeezed = squeeze(term)
        yield term, to_jamo(squeezed), to_initials(squeezed), neighbour_hashes(squeezed)
