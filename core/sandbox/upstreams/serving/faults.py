"""Breaks answers on purpose, in the ways upstreams really break."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import count
from typing import NamedTuple

from core.sandbox.upstreams.serving.contract import Answer, Ask, Page, Publisher, Refusal, Roles
from core.sandbox.upstreams.serving.tables import Row

PAGE_SIZE = 1000
SLOW_SECONDS = 30.0


class Reach(Enum):
    """Which answers a fault strikes. A list that fits on one page has only that page to strike."""

    EVERY = auto()
    LATER = auto()
    """All but the first page: the harm comes when rows have already been received."""
    MIDDLE = auto()


class Manner(Enum):
    """How an answer leaves the server."""

    WHOLE = auto()
    TRUNCATED = auto()
    SLOW = auto()
    LOST = auto()
    """What was asked for is done; the connection ends before a word of it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    answer: Answer
    manner: Manner = Manner.WHOLE
    pause: float = 0.0


class UnknownFault(Exception):
    """No fault has this name; the message lists those that exist."""


class Fault:
    """A fault that lasts for ever, or for the first `times` answers that it strikes."""

    def __init__(
        self, name: str, times: int | None = None, slow_seconds: float = SLOW_SECONDS
    ) -> None:
        if name not in FAULTS:
            raise UnknownFault(f"{name}: not one of {', '.join(sorted(FAULTS))}")
        self.name = name
        self.slow_seconds = slow_seconds
        self._kind = FAULTS[name]
        self._left = count() if times is None else iter(range(times))
        self._lock = threading.Lock()

    def strikes(self, ask: Ask) -> bool:
        if not _is_within_reach(self._kind.reach, ask):
            return False
        with self._lock:
            return next(self._left, None) is not None

    def strikes_once_more(self) -> bool:
        """Say whether it strikes what somebody sends, which is no list and has no pages."""
        with self._lock:
            return next(self._left, None) is not None

    def deliver(self, ask: Ask, publisher: Publisher) -> Delivery:
        return self._kind.deliver(ask, publisher, self)


def deliver(ask: Ask, publisher: Publisher, fault: Fault | None) -> Delivery:
    if fault is not None and fault.strikes(ask):
        return fault.deliver(ask, publisher)
    return Delivery(publisher.write(ask, page_of(ask)))


def deliver_sent(take: Callable[[], Answer], fault: Fault | None) -> Delivery:
    """Take what was sent, unless the fault comes first; other faults than these spare it."""
    if fault is None or not fault.strikes_once_more():
        return Delivery(take())
    match fault.name:
        case "http500":
            return Delivery(SERVER_ERROR)
        case "http429":
            return Delivery(TOO_MANY)
        case "slow":
            return Delivery(take(), Manner.SLOW, fault.slow_seconds)
        case "lost_answer":
            return Delivery(take(), Manner.LOST)
    return Delivery(take())


def page_of(ask: Ask) -> Page:
    return Page(len(ask.selection), ask.selection.rows(ask.start, ask.size))


def _is_within_reach(reach: Reach, ask: Ask) -> bool:
    total = len(ask.selection)
    is_all = ask.start == 0 and ask.size >= total
    if reach is Reach.EVERY or is_all:
        return True
    is_later = 0 < ask.start < total
    if reach is Reach.LATER:
        return is_later
    is_last = ask.start + ask.size >= total
    is_second_of_two = is_last and ask.start <= ask.size
    return is_later and (not is_last or is_second_of_two)


# --- faults of the list -------------------------------------------------------------------------


def _empty_page(ask: Ask) -> Page:
    return Page(len(ask.selection), [])


def _shrink(ask: Ask) -> Page:
    """One row in five is left, and the total says so: the pass looks complete."""
    remaining = replace(ask.selection, indices=ask.selection.indices[::5])
    return page_of(replace(ask, selection=remaining))


def _duplicate_ids(ask: Ask) -> Page:
    """Rows told before push others out, as when a list is sorted anew under paging."""
    page = page_of(ask)
    repeated = ask.selection.rows(0, 3)[: max(1, len(page.rows) // 2)]
    return replace(page, rows=[*page.rows[: len(page.rows) - len(repeated)], *repeated])


def _one_item(ask: Ask) -> Page:
    """The list ends one row into its last page, and that row comes as an object, not as a list."""
    total = len(ask.selection)
    size = ask.size if ask.size > 1 else PAGE_SIZE
    left = total - (total - 1) % size if total else 0
    rows = ask.selection.rows(ask.start, min(ask.size, max(0, left - ask.start)))
    return Page(left, rows, is_object=len(rows) == 1)


def _moving_total(ask: Ask) -> Page:
    page = page_of(ask)
    return replace(page, total=page.total + 7 * (ask.start // ask.size))


def _malformed_rows(ask: Ask) -> Page:
    """One row in ten is damaged, each in the next of the ways below."""
    page = page_of(ask)
    for position, row in enumerate(page.rows, ask.start):
        if position % 10 == 5:  # noqa: PLR2004
            DAMAGES[position // 10 % len(DAMAGES)](row, ask.roles)
    return page


def _damage(role: str, change: Callable[[str], str | int | None]) -> Callable[[Row, Roles], None]:
    def apply(row: Row, roles: Roles) -> None:
        name = getattr(roles, role)
        row[name] = change(str(row.get(name) or ""))

    return apply


def _lose_code(row: Row, roles: Roles) -> None:
    row.pop(roles.code, None)


DAMAGES: tuple[Callable[[Row, Roles], None], ...] = (
    _damage("code", lambda _: ""),
    _damage("code", lambda code: f"{code} {code}"),
    _damage("code", lambda code: code + "9" * 60),
    _damage("code", lambda _: None),
    _lose_code,
    _damage("district", lambda _: "99999"),
    _damage("district", lambda _: "11ㄱ0000000"),
    _damage("number", lambda _: "2026-02-31"),
    _damage("number", lambda _: "37.5718961547884~2"),
    _damage("name", lambda name: name.encode().decode("latin-1")),
    _damage("name", lambda name: name[:2] + "\ufffd\ufffd"),
    _damage("name", lambda name: f"&amp;#9312; {name} &amp;middot; &lt;b&gt;안내&lt;/b&gt;&#13;"),
    _damage("name", lambda name: f"{name}\x00"),
    _damage("name", lambda _: "   "),
)


# --- faults of the answer -----------------------------------------------------------------------


def _changed_list(change: Callable[[Ask], Page]) -> "Deliver":
    return lambda ask, publisher, _: Delivery(publisher.write(ask, change(ask)))


def _refusal(refusal: Refusal) -> "Deliver":
    return lambda ask, publisher, _: Delivery(publisher.refuse(ask, refusal))


def _instead(answer: Answer) -> "Deliver":
    return lambda ask, publisher, _: Delivery(answer)


def _truncated(ask: Ask, publisher: Publisher, fault: Fault) -> Delivery:
    return Delivery(publisher.write(ask, page_of(ask)), Manner.TRUNCATED)


def _slow(ask: Ask, publisher: Publisher, fault: Fault) -> Delivery:
    return Delivery(publisher.write(ask, page_of(ask)), Manner.SLOW, fault.slow_seconds)


def _no_charset(ask: Ask, publisher: Publisher, fault: Fault) -> Delivery:
    answer = publisher.write(ask, page_of(ask))
    return Delivery(
        replace(
            answer,
            content_type=answer.content_type.partition(";")[0],
            body=answer.body.replace(b' encoding="UTF-8"', b"", 1),
        )
    )


def _broken_bytes(ask: Ask, publisher: Publisher, fault: Fault) -> Delivery:
    """A name was cut by bytes, in the middle of a syllable: the body is no valid UTF-8."""
    page = page_of(ask)
    cut = "절단된이름"
    for row in page.rows[:1]:
        row[ask.roles.name] = cut
    answer = publisher.write(ask, page)
    body = answer.body.replace(cut.encode(), cut.encode()[:-1], 1)
    return Delivery(replace(answer, body=body))


def _lost(ask: Ask, publisher: Publisher, fault: Fault) -> Delivery:
    return Delivery(publisher.write(ask, page_of(ask)), Manner.LOST)


Deliver = Callable[[Ask, Publisher, Fault], Delivery]

MAINTENANCE = Answer(
    "text/html;charset=UTF-8",
    '<!DOCTYPE html>\n<html lang="ko"><head><title>서비스 점검 안내</title></head>'
    "<body><h1>시스템 점검 중입니다</h1><p>이용에 불편을 드려 죄송합니다.</p>"
    "</body></html>".encode(),
)
SERVER_ERROR = Answer(
    "text/html;charset=UTF-8", b"<html><body><h1>HTTP Status 500</h1></body></html>", 500
)
TOO_MANY = Answer("text/plain;charset=UTF-8", b"API rate limit exceeded", 429)


class _Kind(NamedTuple):
    reach: Reach
    deliver: Deliver


FAULTS: dict[str, _Kind] = {
    "truncated": _Kind(Reach.LATER, _truncated),
    "slow": _Kind(Reach.LATER, _slow),
    "http500": _Kind(Reach.LATER, _instead(SERVER_ERROR)),
    "http429": _Kind(Reach.LATER, _instead(TOO_MANY)),
    "bad_key": _Kind(Reach.LATER, _refusal("bad_key")),
    "quota": _Kind(Reach.LATER, _refusal("quota")),
    "maintenance": _Kind(Reach.LATER, _instead(MAINTENANCE)),
    "empty_page": _Kind(Reach.MIDDLE, _changed_list(_empty_page)),
    "shrink": _Kind(Reach.EVERY, _changed_list(_shrink)),
    "duplicate_ids": _Kind(Reach.LATER, _changed_list(_duplicate_ids)),
    "one_item": _Kind(Reach.EVERY, _changed_list(_one_item)),
    "moving_total": _Kind(Reach.EVERY, _changed_list(_moving_total)),
    "malformed_rows": _Kind(Reach.EVERY, _changed_list(_malformed_rows)),
    "lost_answer": _Kind(Reach.EVERY, _lost),
    "no_charset": _Kind(Reach.EVERY, _no_charset),
    "broken_bytes": _Kind(Reach.LATER, _broken_bytes),
}
