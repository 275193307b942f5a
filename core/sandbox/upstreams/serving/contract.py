"""What an upstream file declares, and what passes between server, publisher and faults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from core.sandbox.upstreams.serving.tables import Criterion, Row, Selection, Table

Refusal = Literal["bad_key", "quota"]
Wanted = Literal["json", "xml"]


class NoSuchData(Exception):
    """The folder given with --data lacks a file that an upstream serves; the message names it."""


class TooManyRows(Exception):
    """So many rows cannot be generated; the message says how many can."""


DEFAULT_ROWS, MOST_ROWS = 1000, 5_000_000


@dataclass(frozen=True, slots=True)
class Material:
    """What the rows are made of: so many generated ones, or those of the real files in `data`."""

    rows: int = DEFAULT_ROWS
    data: Path | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.rows <= MOST_ROWS:
            raise TooManyRows(f"rows must be from 1 to {MOST_ROWS:,}, not {self.rows:,}")

    def rows_of(self, usual: int) -> int:
        """As many as were asked for; where nobody asked, as many as the real service has."""
        return usual if self.rows == DEFAULT_ROWS else self.rows


class Filter(NamedTuple):
    """Which field a request parameter narrows, and how: wholly, by a part, or by comparison."""

    field: str
    is_partial: bool = False
    compares: str = ""


@dataclass(frozen=True, slots=True)
class Roles:
    """Which fields play which part, so that a fault can damage them knowingly."""

    code: str
    name: str
    district: str
    number: str


@dataclass(frozen=True, slots=True)
class Route:
    """One list of one upstream: a Seoul service or a data.go.kr operation."""

    table: Table
    roles: Roles
    filters: Mapping[str, Filter] = field(default_factory=dict)
    always: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What was asked for, below the publisher's prefix."""

    segments: tuple[str, ...]
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """A well-formed question: these rows of this route (start counts from 0), in this format."""

    address: str
    roles: Roles
    selection: Selection
    start: int
    size: int
    wants: Wanted
    whole: int = 0
    """Rows of the route before any filter, where the publisher tells both."""


@dataclass(frozen=True, slots=True)
class Page:
    total: int
    rows: list[Row]
    is_object: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    content_type: str
    body: bytes
    status: int = 200


class Refused(Exception):
    """The publisher does not answer the question but says what is wrong with it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Publisher(Protocol):
    """A publisher's manner of speaking; stateless, shared by all upstreams of that publisher."""

    prefix: str

    def address(self, target: Target) -> str:
        """The name under which the route asked for is declared, whatever else is wrong."""

    def read(self, target: Target, routes: Mapping[str, Route]) -> Ask:
        """Raises Refused."""

    def write(self, ask: Ask, page: Page) -> Answer: ...

    def refuse(self, ask: Ask, refusal: Refusal) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sends to a service: where to, with which headers (small letters), and what."""

    method: str
    target: Target
    headers: Mapping[str, str]
    body: bytes


class Receiver(Protocol):
    """A service that takes things instead of listing them. What it took stays for tests to see."""

    taken: list[dict[str, object]]

    def answer(self, sent: Sent) -> Answer:
        """Called by one thread at a time."""
        ...


@dataclass(frozen=True, slots=True)
class Postbox:
    """What a file declares as UPSTREAM whose service takes things; each server has one anew."""

    name: str
    prefix: str
    receiver: Callable[[], Receiver]


@dataclass(frozen=True, slots=True)
class Upstream:
    """What one upstream file declares as UPSTREAM; nothing is registered anywhere else."""

    name: str
    publisher: Publisher
    routes: Callable[[Material], Mapping[str, Route]]
    most_parallel: int | None = None
