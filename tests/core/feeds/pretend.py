"""A feed in memory, for tests of the engine: the pages it is given, and no wire format."""

import datetime
from collections.abc import Iterator

from core.feeds.declaration import AfterCommit, FeedDeclaration
from core.feeds.engine import run_feed
from core.feeds.models import FeedRun
from core.feeds.protocol import Connection, Page, Record, Reject

NOW = datetime.datetime(2026, 11, 2, 2, 0, tzinfo=datetime.UTC)


class Row(Record, frozen=True):
    name: str | None
    jurisdiction_code: str | None = None
    address: str | None = None
    address_detail: str | None = None
    postcode: str | None = None
    district_code: str | None = None
    dong_code: str | None = None
    phone: str | None = None
    lat: float | None = None
    lon: float | None = None
    x: float | None = None
    y: float | None = None
    precision: str = "NONE"
    is_protected: bool = False
    kind_code: str | None = None
    operator: str | None = None
    homepage: str | None = None


def rows(count: int, *, first: int = 0, name: str = "시설") -> list[Row]:
    return [Row(f"A{i:04}", f"{name} {i}") for i in range(first, first + count)]


def bad(key: str | None = None) -> Reject:
    return Reject(source_key=key, field="NAME", reason="이름이 비어 있습니다.", row={"CODE": key})


class PretendFeed:
    def __init__(self, *pages: Page, fault: Exception | None = None) -> None:
        self.given = pages
        self.fault = fault

    def pages(self) -> Iterator[Page]:
        yield from self.given
        if self.fault is not None:
            raise self.fault


def page(*items: Row | Reject, total: int | None = None) -> Page:
    records = [item for item in items if isinstance(item, Row)]
    rejects = [item for item in items if isinstance(item, Reject)]
    return Page(records, rejects, len(items) if total is None else total)


def run(
    feed: PretendFeed,
    *,
    now: datetime.datetime = NOW,
    after_commit: AfterCommit | None = None,
    **options: object,
) -> FeedRun:
    declaration = FeedDeclaration(
        name="welfare.pretend",
        title="시험",
        publisher="시험",
        model="welfare.CentralFacility",
        record=Row,
        open=lambda _connection, _now: feed,
        default_url="http://127.0.0.1:1",
        gateway="pretend",
        after_commit=after_commit,
    )
    return run_feed(
        declaration=declaration,
        upstream=Connection(base_url="", key=""),
        clock=lambda: now,
        **options,
    )
