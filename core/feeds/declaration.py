"""How an area declares a feed: its name, its records, their table, and what follows."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from core.feeds.protocol import Connection, Feed, Record

# Called inside the run's transaction once the table has changed; the keys that changed are in
# the temporary table `feed_changed (source_key text, is_new boolean)`. Arguments: run id, moment.
Publish = Callable[[int, datetime.datetime], None]
# Called first in that transaction: takes the lock that `publish` takes, before any row is locked.
Hold = Callable[[], None]
# Called whenever rejects are kept, while they still stand in the temporary table
# `feed_stage_reject (source_key, field, reason, row jsonb)`: blanks out what must not be kept.
Conceal = Callable[[], None]
# Called after commit; must be able to resume where a killed run left off.
AfterCommit = Callable[[datetime.datetime], None]


@dataclass(frozen=True, kw_only=True)
class FeedDeclaration:
    """One feed of an area.

    `open` answers the feed at a connection; `record` is the type it yields, whose fields are
    columns of `model` (a `SourceRow`). `gateway` is the path under a stand-in server. `labels` are
    the publisher's names of fields in an officer's words.
    """

    name: str
    title: str | Promise
    publisher: str | Promise
    model: str
    record: type[Record]
    open: Callable[[Connection, datetime.datetime], Feed[Any]]
    default_url: str
    gateway: str
    hold: Hold | None = None
    publish: Publish | None = None
    conceal: Conceal | None = None
    after_commit: AfterCommit | None = None
    # Passes that follow a completed one, each with a record of its own: the details of what is
    # listed. `rows_a_run`: more may be wanting after a run that brought so many.
    then: tuple["FeedDeclaration", ...] = ()
    rows_a_run: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)

    def field_words(self, name: str) -> str:
        """Answer what a field is, with the publisher's own name of it: 시설코드 (fcltCd)."""
        label = self.labels.get(name)
        return f"{label} ({name})" if label else name

    @property
    def setting_prefix(self) -> str:
        return self.name.upper().replace(".", "_")
