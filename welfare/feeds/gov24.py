"""gov24 v3 (api.odcloud.kr): every public service of every agency, and its tick-boxes.

Three operations: the list, read whole once a week and else from what was modified since; details
and conditions, asked one by one where few are wanting, and else read through.
"""

import datetime
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.feeds.fetching import KST, Fetcher
from core.feeds.gateways import odcloud
from core.feeds.protocol import Connection, Page, Record
from welfare.feeds._benefit import BenefitRecord, key_of, moment, provided, read_page
from welfare.feeds._reading import FieldRefused, link, prose, title
from welfare.rules import condition_codes
from welfare.rules.categories import FIELDS, USERS, named, tokens
from welfare.rules.deadlines import parse_deadline, write_windows
from welfare.rules.naming import core_name, full_name
from welfare.rules.providers import provider_of_gov24
from welfare.rules.rows import AGES, Unreadable, read_row

NAME = "보조금24 서비스"
PATH = "/api/gov24/v3"
KEY = "서비스ID"
BY_ID = "cond[서비스ID::EQ]"
SINCE = "cond[수정일시::GTE]"
# A dozen pages hold the whole list: more calls than that are never made for single services.
FEW_CALLS = 12
# gov24 names its fields in Korean: an officer needs no other words for them.
LABELS: dict[str, str] = {}


class Gov24Record(BenefitRecord, frozen=True):
    target: str | None
    criteria: str | None
    content: str | None
    ways: list[str]
    deadline: str | None
    deadline_kind: str
    deadline_windows: list[str]
    support_kinds: list[str]
    users: list[str]
    receiver: str | None
    contact: str | None


class Gov24DetailRecord(Record, frozen=True):
    """`listed_hash` is the list row's when this came; where it differs now, it is asked anew."""

    listed_hash: int
    purpose: str | None
    how_to_apply: str | None
    documents: str | None
    apply_link: str | None
    laws: str | None


class Gov24ConditionsRecord(Record, frozen=True):
    """`codes` is a number of bits (welfare.rules.condition_codes); an age of None is no bound."""

    listed_hash: int
    age_from: int | None
    age_to: int | None
    codes: int
    life_stages: list[str]
    targets: list[str]


@dataclass(frozen=True, slots=True)
class Gov24Feed:
    """Reads the list: whole, or what was modified at `since` or later (14 digits)."""

    connection: Connection
    now: datetime.datetime
    since: str | None = None

    def pages(self) -> Iterator[Page]:
        # A publisher's clock may go ahead of ours by a little.
        latest = self.now.astimezone(KST) + datetime.timedelta(days=1)
        for rows, total in _read(self, "serviceList", {SINCE: self.since} if self.since else {}):
            yield read_page(
                rows,
                total,
                parse=lambda row: parse_service(row, latest=latest),
                key=KEY,
                is_partial=self.since is not None,
            )


@dataclass(frozen=True, slots=True)
class Gov24PartFeed:
    """Reads details or conditions of the services in `due` (id to the hash of its list row).

    `is_whole` says that `due` is all there is: then what does not come has vanished.
    """

    operation: str
    parse: Callable[[dict[str, Any], int], Record]
    connection: Connection
    now: datetime.datetime
    due: Mapping[str, int] = field(default_factory=dict)
    is_whole: bool = False

    def pages(self) -> Iterator[Page]:
        pages_of_all = math.ceil(len(self.due) / odcloud.ROWS_A_CALL)
        if not self.due:
            yield Page(records=[], rejects=[], total=0, is_partial=True)
        elif self.is_whole or len(self.due) > FEW_CALLS + pages_of_all:
            yield from self._read_through()
        else:
            yield from self._one_by_one()

    def _read_through(self) -> Iterator[Page]:
        for rows, total in _read(self, self.operation, {}):
            wanted = rows if self.is_whole else [row for row in rows if self._is_due(row)]
            counted = total if self.is_whole else len(wanted)
            yield self._page(wanted, counted)

    def _one_by_one(self) -> Iterator[Page]:
        for identity in self.due:
            for rows, _ in _read(self, self.operation, {BY_ID: identity}):
                found = [row for row in rows if row.get(KEY) == identity]
                yield self._page(found, len(found))

    def _is_due(self, row: dict[str, Any]) -> bool:
        return row.get(KEY) in self.due

    def _page(self, rows: list[dict[str, Any]], total: int) -> Page:
        return read_page(
            rows,
            total,
            parse=lambda row: self.parse(row, self.due.get(str(row.get(KEY)), 0)),
            key=KEY,
            is_partial=not self.is_whole,
        )


def _read(
    feed: Gov24Feed | Gov24PartFeed, operation: str, conditions: dict[str, str | None]
) -> Iterator[tuple[list[dict[str, Any]], int]]:
    fetcher = Fetcher(name=NAME, parallel=odcloud.PARALLEL_CALLS, upstream=feed.connection)
    try:
        yield from odcloud.read_rows(
            fetcher,
            url=f"{feed.connection.base_url}{PATH}/{operation}",
            key=feed.connection.key,
            now=feed.now,
            conditions={name: value for name, value in conditions.items() if value},
        )
    finally:
        fetcher.close()


def parse_service(row: dict[str, Any], *, latest: datetime.datetime) -> Gov24Record:
    """Answer one row of serviceList as a record; raise FieldRefused where it must not be taken."""
    source_key = key_of(row, KEY)
    name = title(row, "서비스명")
    agency = title(row, "소관기관명")
    provider = provided(
        "소관기관유형",
        lambda: provider_of_gov24(kind=prose(row, "소관기관유형") or "", name=agency),
    )
    written = prose(row, "신청기한")
    deadline = parse_deadline(written)
    return Gov24Record(
        source_key=source_key,
        name=name,
        full_name=full_name(name),
        core_name=core_name(name),
        summary=prose(row, "서비스목적요약"),
        provider_level=provider.level,
        provider=provider.name,
        province_code=provider.province,
        district_code=provider.district,
        department=prose(row, "부서명"),
        themes=[
            theme for word in tokens(prose(row, "서비스분야")) for theme in FIELDS.get(word, ())
        ],
        link=link(row, "상세조회URL"),
        modified_at=moment(row, "수정일시", after=latest),
        target=prose(row, "지원대상"),
        criteria=prose(row, "선정기준"),
        content=prose(row, "지원내용"),
        ways=tokens(prose(row, "신청방법"), separator="||"),
        deadline=written,
        deadline_kind=deadline.kind,
        deadline_windows=write_windows(deadline.windows),
        support_kinds=tokens(prose(row, "지원유형"), separator="||"),
        users=named((prose(row, "사용자구분") or "").replace("||", ","), USERS),
        receiver=prose(row, "접수기관"),
        contact=_contact(row, "전화문의"),
    )


def parse_detail(row: dict[str, Any], listed_hash: int) -> Gov24DetailRecord:
    laws = [prose(row, name) for name in ("법령", "자치법규", "행정규칙")]
    papers = [
        prose(row, name) for name in ("구비서류", "본인확인필요구비서류", "공무원확인구비서류")
    ]
    return Gov24DetailRecord(
        source_key=key_of(row, KEY),
        listed_hash=listed_hash,
        purpose=prose(row, "서비스목적"),
        how_to_apply=(prose(row, "신청방법") or "").replace("||", ", ") or None,
        # What the clerk looks up need not be brought: it is left out.
        documents="\n".join(paper for paper in papers[:2] if paper) or None,
        apply_link=link(row, "온라인신청사이트URL"),
        laws="\n".join(law.replace("||", "\n") for law in laws if law) or None,
    )


def parse_conditions(row: dict[str, Any], listed_hash: int) -> Gov24ConditionsRecord:
    """Answer one row of supportConditions; a code that is neither Y nor blank is refused."""
    source_key = key_of(row, KEY)
    try:
        read = read_row(row)
    except Unreadable as fault:
        what = "나이가 아닙니다." if fault.field in AGES else "Y도 빈칸도 아닙니다."
        raise FieldRefused(fault.field, f"‘{fault.told[:40]}’는 {what}") from fault
    codes = condition_codes.mask_of(read.codes)
    return Gov24ConditionsRecord(
        source_key=source_key,
        listed_hash=listed_hash,
        age_from=read.age_from,
        age_to=read.age_to,
        codes=codes,
        life_stages=condition_codes.stages_of(codes, read.age_from, read.age_to),
        targets=condition_codes.targets_of(codes),
    )


def _contact(row: dict[str, Any], name: str) -> str | None:
    """Answer `name/phone||name/phone` as lines."""
    return "\n".join(tokens(prose(row, name), separator="||")) or None
