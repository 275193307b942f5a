"""Lets search and caches follow what staff published; a run brings up whatever this missed."""

import datetime
import logging
from collections.abc import Sequence

from django.db import DatabaseError, connection, transaction

from core.areas import declared_searchables
from core.search.services import refresh_search, refresh_vocabulary
from core.web.revision import raise_revision
from welfare.services.identifiers import give_identifiers
from welfare.services.publication import KIND

# A nightly refresh may hold the index for minutes; an officer's request does not wait that long.
WAIT = "3s"

log = logging.getLogger(__name__)


def follow_publication(
    *, codes: Sequence[str], now: datetime.datetime, suggestions: bool = False
) -> None:
    """Refresh the entries of these facilities once the transaction has committed.

    `suggestions` makes the words that search offers anew as well: for names that must be forgotten.
    """
    transaction.on_commit(lambda: _follow(codes, now, suggestions=suggestions))


def _follow(codes: Sequence[str], now: datetime.datetime, *, suggestions: bool) -> None:
    try:
        _limit_waiting(WAIT)
        for searchable in declared_searchables():
            if searchable.kind == KIND and codes:
                report = refresh_search(searchable, now=now, keys=list(codes))
                suggestions = suggestions or bool(report.renamed or report.removed)
        give_identifiers(codes)
        if suggestions:
            refresh_vocabulary()
    except DatabaseError:
        # The correction stands; the next run finds entries that tell something else than what is
        # published, and a vocabulary that is behind the index.
        log.warning("search will follow with the next run", exc_info=True)
    finally:
        _limit_waiting("0")
    raise_revision()


def _limit_waiting(longest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [longest])
