"""What an adapter promises to the engine: pages of frozen records, or why there are none."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=False):
    """One row of an upstream, checked and typed; its fields are the columns of the source table."""

    source_key: str


RecordT_co = TypeVar("RecordT_co", bound=Record, covariant=True)


class Reject(msgspec.Struct, frozen=True):
    """A row that could not be taken: what it was, which field is at fault, and why in words."""

    source_key: str | None
    field: str
    reason: str
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an upstream's answer.

    `total` is the number of rows the upstream says it has: it may differ from page to page.
    `is_partial`: only some rows were asked for, and `total` is theirs; what did not come may stand
    in the upstream's list all the same.
    """

    records: list[Any]
    rejects: list[Reject]
    total: int
    is_partial: bool = False

    @property
    def received(self) -> int:
        return len(self.records) + len(self.rejects)


@dataclass(frozen=True, slots=True)
class Connection:
    """Where one feed's upstream is and with which key (settings `<FEED>_URL`, `<FEED>_KEY`).

    `key_setting` names the setting that must hold a key; empty where the upstream asks for none.
    """

    base_url: str
    key: str
    key_setting: str = ""
    wait_factor: float = 1.0
    read_seconds: float = 60.0  # how long an answer may let itself be waited for


class Feed(Protocol[RecordT_co]):
    """One upstream, read from beginning to end."""

    def pages(self) -> Iterator[Page]:
        """Yield every page in order, or raise FeedUnavailable / FeedRefused."""


class FeedUnavailable(Exception):
    """The upstream did not answer, or not with the feed; trying later may help.

    The message is a Korean sentence for an officer.
    """


class FeedRefused(Exception):
    """The upstream will not answer until somebody acts or a time has come."""

    def __init__(self, message: str, *, until: datetime.datetime | None = None) -> None:
        super().__init__(message)
        self.until = until
