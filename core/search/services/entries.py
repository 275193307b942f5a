"""Makes the entries of a kind what its area's documents are, chunk by chunk."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from core.search.declaration import Searchable, SearchDocument
from core.search.models import LEVEL_FACTOR, TOP_LEVEL, WORDS_INDEXES
from core.search.rules.documents import EDITION, level_of, standing, vector_text
from core.search.rules.hangul import squeeze
from core.search.services.revisions import ANOTHER

CHUNK = 10_000
_LONGEST_KEY = 200
_IDENTITY = ("kind", "key", "language")
_REST = (
    "title", "title_key", "district_code", "point", "starts_at", "ends_at", "facets", "weight",
    "standing", "level", "vector", "card", "content_hash", "indexed_at", "published_at",
)  # fmt: skip
_COLUMNS = ", ".join((*_IDENTITY, *_REST))
_COPY_NEW = f"COPY search_searchentry ({_COLUMNS}) FROM STDIN"
_STAGE = f"""
CREATE TEMP TABLE IF NOT EXISTS search_changed AS
SELECT {_COLUMNS} FROM search_searchentry WITH NO DATA
"""  # noqa: S608  (only constants of this file)
_COPY_CHANGED = f"COPY search_changed ({_COLUMNS}) FROM STDIN"
_UPDATE = f"""
UPDATE search_searchentry e SET {", ".join(f"{name} = c.{name}" for name in _REST)}
FROM search_changed c WHERE (e.kind, e.key, e.language) = (c.kind, c.key, c.language)
"""  # noqa: S608  (only constants of this file)
_CATCH_UP = """
UPDATE search_searchentry e SET published_at = t.published_at
FROM unnest(%s::text[], %s::text[], %s::timestamptz[]) AS t (key, language, published_at)
WHERE (e.kind, e.key, e.language) = (%s, t.key, t.language)
"""
_SEEN = "CREATE TEMP TABLE IF NOT EXISTS search_seen (key text, language text)"
_REMOVE_UNSEEN = """
DELETE FROM search_searchentry e WHERE e.kind = %s AND NOT EXISTS (
    SELECT 1 FROM search_seen s WHERE s.key = e.key AND s.language = e.language)
"""
_NOTE = f"UPDATE search_searchstate SET revision = {ANOTHER}, entries = entries + %s WHERE id = 1"  # noqa: S608

_EMPTY_PENDING = "SELECT search_put_in_pending(%s)"

_Identity = tuple[str, str]
_Hashed = tuple[SearchDocument, bytes]


@dataclass(slots=True, kw_only=True)
class RefreshReport:
    """What a refresh did to the entries of one kind; `renamed` counts those of the updated."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    renamed: int = 0

    @property
    def changed(self) -> int:
        return self.inserted + self.updated + self.removed


def refresh_search(
    searchable: Searchable, *, now: datetime.datetime, keys: Sequence[str] | None = None
) -> RefreshReport:
    """Make the entries of a kind what its documents are; with `keys`, of those things only.

    A chunk is written as a whole, together with the number of entries and the revision. Stopped
    half way and run again, it finds what it wrote unchanged and goes on. Entries whose document is
    gone are removed at the end, which only a pass that completed reaches.
    """
    with connection.cursor() as cursor, _alone(cursor, searchable.kind):
        refresh = _Refresh(cursor, searchable, now)
        try:
            for chunk in _chunks(searchable.documents(keys)):
                refresh.write(chunk)
            refresh.remove_gone(keys)
        finally:
            refresh.forget_staging()
    return refresh.report


@contextmanager
def _alone(cursor: CursorWrapper, kind: str) -> Iterator[None]:
    """Let one refresh of a kind run at a time."""
    lock = [f"search:{kind}"]
    cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", lock)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", lock)


def _chunks(documents: Iterable[SearchDocument]) -> Iterator[dict[_Identity, _Hashed]]:
    stream = iter(documents)
    while some := list(islice(stream, CHUNK)):
        yield {(document.key, document.language): (document, _hash(document)) for document in some}


def _hash(document: SearchDocument) -> bytes:
    told = (
        EDITION, document.title, document.labels, document.text, document.card,
        document.district_code, document.point, document.starts_at, document.ends_at,
        sorted(document.facets.items()), document.weight,
    )  # fmt: skip
    return hashlib.blake2b(repr(told).encode(), digest_size=12).digest()


@dataclass(slots=True)
class _Held:
    """What the index holds of a document."""

    hash: bytes
    title: str
    published_at: datetime.datetime | None


@dataclass(slots=True)
class _Refresh:
    cursor: CursorWrapper
    searchable: Searchable
    now: datetime.datetime
    report: RefreshReport = field(default_factory=RefreshReport)

    @property
    def kind(self) -> str:
        return self.searchable.kind

    def write(self, chunk: dict[_Identity, _Hashed]) -> None:
        with transaction.atomic():
            if self.searchable.hold:
                self.searchable.hold()
            held = self._held(chunk)
            new = [told for identity, told in chunk.items() if identity not in held]
            known = [(told, held[identity]) for identity, told in chunk.items() if identity in held]
            changed = [(told, before) for told, before in known if told[1] != before.hash]
            inserted = self._copy(_COPY_NEW, new)
            self._update([told for told, _ in changed])
            self._catch_up(
                document
                for (document, hashed), before in known
                if hashed == before.hash and document.published_at != before.published_at
            )
            self._remember(chunk)
            if new or changed:
                self.cursor.execute(_NOTE, [inserted])
                self.cursor.execute(_EMPTY_PENDING, [list(WORDS_INDEXES)])
        self.report.inserted += inserted
        self.report.updated += len(changed)
        self.report.unchanged += len(known) - len(changed)
        self.report.renamed += sum(told[0].title != before.title for told, before in changed)

    def _held(self, chunk: dict[_Identity, _Hashed]) -> dict[_Identity, _Held]:
        self.cursor.execute(
            "SELECT key, language, content_hash, title, published_at FROM search_searchentry"
            " WHERE kind = %s AND key = ANY(%s)",
            [self.kind, list({key for key, _ in chunk})],
        )
        return {
            (key, language): _Held(bytes(content_hash), title, published_at)
            for key, language, content_hash, title, published_at in self.cursor.fetchall()
        }

    def _copy(self, statement: str, some: Sequence[_Hashed]) -> int:
        """Answer how many rows were taken: an area's trigger may refuse what must not be found."""
        # Rows are made while they are sent, so that both ends work at once.
        with self.cursor.copy(statement) as copy:
            for document, hashed in some:
                copy.write_row(self._row(document, hashed))
        return int(self.cursor.rowcount)

    def _row(self, document: SearchDocument, hashed: bytes) -> tuple[object, ...]:
        point = document.point
        return (
            self.kind,
            document.key,
            document.language,
            document.title,
            squeeze(document.title)[:_LONGEST_KEY],
            document.district_code,
            None if point is None else f"({point[0]},{point[1]})",
            document.starts_at,
            document.ends_at,
            json.dumps(dict(document.facets), ensure_ascii=False) if document.facets else "{}",
            document.weight,
            standing(weight=document.weight, title=document.title),
            level_of(key=document.key, weight=document.weight, factor=LEVEL_FACTOR, top=TOP_LEVEL),
            vector_text(
                kind=self.kind,
                title=document.title,
                labels=document.labels,
                text=document.text,
                district_code=document.district_code,
            ),
            document.card,
            hashed,
            self.now,
            document.published_at,
        )

    def _update(self, changed: Sequence[_Hashed]) -> None:
        if changed:
            self.cursor.execute(_STAGE)
            self._copy(_COPY_CHANGED, changed)
            self.cursor.execute(_UPDATE)
            self.cursor.execute("TRUNCATE search_changed")

    def _catch_up(self, documents: Iterable[SearchDocument]) -> None:
        """Note that entries tell what is published now, where it says nothing else than before."""
        if behind := list(documents):
            self.cursor.execute(
                _CATCH_UP,
                [
                    [document.key for document in behind],
                    [document.language for document in behind],
                    [document.published_at for document in behind],
                    self.kind,
                ],
            )

    def _remember(self, chunk: dict[_Identity, _Hashed]) -> None:
        self.cursor.execute(_SEEN)
        with self.cursor.copy("COPY search_seen FROM STDIN") as copy:
            for identity in chunk:
                copy.write_row(identity)

    def remove_gone(self, keys: Sequence[str] | None) -> None:
        with transaction.atomic():
            self.cursor.execute(_SEEN)
            only = " AND e.key = ANY(%s)" if keys is not None else ""
            self.cursor.execute(
                _REMOVE_UNSEEN + only, [self.kind, *([list(keys)] if keys is not None else [])]
            )
            self.report.removed = self.cursor.rowcount  # noted by a trigger

    def forget_staging(self) -> None:
        if not connection.needs_rollback:
            self.cursor.execute("DROP TABLE IF EXISTS pg_temp.search_changed, pg_temp.search_seen")
