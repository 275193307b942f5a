"""What both of Bokjiro's lists share: reading their pages, and the details one by one."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.feeds.fetching import Fetcher
from core.feeds.gateways import bokjiro
from core.feeds.protocol import Connection, FeedUnavailable, Page, Record, Reject
from welfare.feeds._benefit import BenefitRecord, key_of, read_page, reject
from welfare.feeds._reading import FieldRefused

KEY = "servId"
DETAILS_A_PAGE = 50
# So many in a row that do not come mean that nothing comes.
MOST_MISSING_IN_A_ROW = 3
GONE = "목록에는 있는데 상세 내용이 없다고 합니다."


class BokjiroRecord(BenefitRecord, frozen=True):
    life_stages: list[str]
    targets: list[str]
    cycle: str | None
    form: str | None
    ways: list[str]
    contact: str | None


class BokjiroDetailRecord(Record, frozen=True):
    """`listed_hash` is the list row's when this came; where it differs now, it is asked anew."""

    listed_hash: int
    outline: str | None
    target: str | None
    criteria: str | None
    content: str | None
    how_to_apply: str | None
    contact: str | None
    laws: str | None
    in_force_from: str | None
    in_force_until: str | None


@dataclass(frozen=True, slots=True)
class BokjiroList:
    """Reads one of the lists whole: neither can be asked for what changed."""

    name: str
    path: str
    asked: Mapping[str, str]
    parse: Callable[[dict[str, Any]], BokjiroRecord]
    connection: Connection
    now: datetime.datetime

    def pages(self) -> Iterator[Page]:
        fetcher = Fetcher(name=self.name, parallel=bokjiro.PARALLEL_CALLS, upstream=self.connection)
        try:
            for rows, total in bokjiro.read_rows(
                fetcher,
                url=f"{self.connection.base_url}{self.path}",
                key=self.connection.key,
                now=self.now,
                asked=self.asked,
            ):
                yield read_page(rows, total, parse=self.parse, key=KEY)
        finally:
            fetcher.close()


@dataclass(frozen=True, slots=True)
class BokjiroDetails:
    """Asks for the details in `due` (id to the hash of its list row), one call each.

    One that does not come costs its own row, and is asked for again another night.
    """

    name: str
    path: str
    parse: Callable[[dict[str, Any], int], BokjiroDetailRecord]
    connection: Connection
    now: datetime.datetime
    due: Mapping[str, int] = field(default_factory=dict)

    def pages(self) -> Iterator[Page]:
        if not self.due:
            yield Page(records=[], rejects=[], total=0, is_partial=True)
            return
        fetcher = Fetcher(name=self.name, parallel=bokjiro.PARALLEL_CALLS, upstream=self.connection)
        try:
            yield from self._pages(fetcher)
        finally:
            fetcher.close()

    def _pages(self, fetcher: Fetcher) -> Iterator[Page]:
        records: list[Record] = []
        rejects: list[Reject] = []
        missing = 0
        for place, identity in enumerate(self.due, 1):
            try:
                records.append(self._ask(fetcher, identity))
                missing = 0
            except FieldRefused as fault:
                rejects.append(reject({KEY: identity}, KEY, fault))
            except FeedUnavailable as fault:
                missing += 1
                if missing == MOST_MISSING_IN_A_ROW:
                    raise
                rejects.append(Reject(identity, KEY, str(fault), {KEY: identity}))
            if place % DETAILS_A_PAGE == 0 or place == len(self.due):
                yield Page(records, rejects, len(records) + len(rejects), is_partial=True)
                records, rejects = [], []

    def _ask(self, fetcher: Fetcher, identity: str) -> Record:
        row = bokjiro.read_detail(
            fetcher,
            url=f"{self.connection.base_url}{self.path}",
            key=self.connection.key,
            now=self.now,
            identity=identity,
        )
        if row is None:
            raise FieldRefused(KEY, GONE)
        if key_of(row, KEY) != identity:
            raise FieldRefused(KEY, "물은 것과 다른 서비스의 내용이 왔습니다.")
        return self.parse(row, self.due[identity])


def pairs(row: dict[str, Any], *names: str) -> str | None:
    """Answer what lists of names and links hold, a line each: offices, statutes, papers."""
    lines = []
    for name in names:
        told = row.get(name) or []
        for entry in told if isinstance(told, list) else [told]:
            if isinstance(entry, dict):
                parts = (entry.get("servSeDetailNm"), entry.get("servSeDetailLink"))
                lines.append(" ".join(str(part).strip() for part in parts if part))
    return "\n".join(dict.fromkeys(line for line in lines if line)) or None
