"""What is asked: for each kind of request, the addresses that are asked in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from psycopg import Connection

from core.places.facts import districts, dongs
from core.sandbox.bench.questions import questions

API, PAGES = "/api/v1/facilities/", "/welfare/facilities/"
FULL_PAGE = 21
CODES, KINDS, PAIRS = 500, 40, 60
# A few hundred metres beside a dong's middle; every third question stays within a radius.
ASIDE = 0.003
RADIUS = 1500
RADIUS_EVERY = 3

_LISTED = "FROM welfare_facility WHERE status = 'LISTED' AND NOT is_protected"
_CODES = f"""
SELECT code FROM (SELECT code, row_number() OVER (ORDER BY code) - 1 AS n,
                         count(*) OVER () AS number {_LISTED}) numbered
WHERE n %% greatest(number / %s, 1) = 0 ORDER BY n LIMIT %s
"""  # noqa: S608  (only constants of this file)
_KINDS = f"""
SELECT kind_id {_LISTED} GROUP BY kind_id HAVING count(*) >= %s
ORDER BY count(*) DESC, kind_id LIMIT %s
"""  # noqa: S608  (only constants of this file)
_PAIRS = f"""
SELECT district_code, kind_id {_LISTED} AND district_code IS NOT NULL
GROUP BY district_code, kind_id HAVING count(*) >= %s
ORDER BY count(*) DESC, district_code, kind_id LIMIT %s
"""  # noqa: S608  (only constants of this file)

Limit = str  # "ok" or "query": an address of the bare application


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One kind of request, the bare limit it is held against, and the share that is our target."""

    name: str
    addresses: tuple[str, ...]
    limit: Limit
    target: float | None
    is_cached: bool = False
    may_grow: bool = False

    @property
    def slug(self) -> str:
        return "".join(sign if sign.isalnum() else "-" for sign in self.name)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds that can be asked for."""

    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def read_facts(connection: Connection[Any]) -> Facts:
    """Choose codes evenly, and kinds and pairs that fill a page: an empty list costs nothing."""

    def ask(statement: str, *values: int) -> list[Any]:
        return connection.execute(statement.encode(), values).fetchall()

    return Facts(
        codes=tuple(code for (code,) in ask(_CODES, CODES, CODES)),
        kinds=tuple(kind for (kind,) in ask(_KINDS, FULL_PAGE, KINDS)),
        pairs=tuple((district, kind) for district, kind in ask(_PAIRS, FULL_PAGE, PAIRS)),
    )


def subjects(facts: Facts) -> tuple[Subject, ...]:
    filtered = filters(facts)
    return (
        Subject(
            name="API list", addresses=(API,), limit="query", target=0.5, may_grow=True,
        ),
        Subject(
            name="API filtered list", addresses=tuple(f"{API}?{asked}" for asked in filtered),
            limit="query", target=0.5, may_grow=True,
        ),
        Subject(
            name="API near", addresses=near(), limit="query", target=0.5, may_grow=True,
        ),
        Subject(
            name="API search", addresses=searches(), limit="query", target=0.3, may_grow=True,
        ),
        Subject(
            name="API detail", addresses=tuple(f"{API}{code}/" for code in facts.codes),
            limit="query", target=0.5, may_grow=True,
        ),
        Subject(
            name="HTML list, uncached",
            addresses=(PAGES, *(f"{PAGES}?{asked}" for asked in filtered)),
            limit="query", target=0.15, may_grow=True,
        ),
        Subject(
            name="HTML detail, uncached",
            addresses=tuple(f"{PAGES}{code}/" for code in facts.codes),
            limit="query", target=None, may_grow=True,
        ),
        Subject(
            name="HTML list, cached", addresses=(PAGES,), limit="ok", target=0.5, is_cached=True,
        ),
        Subject(
            name="HTML detail, cached", addresses=(f"{PAGES}{facts.codes[0]}/",),
            limit="ok", target=0.5, is_cached=True,
        ),
    )  # fmt: skip


def filters(facts: Facts) -> tuple[str, ...]:
    """Alternate districts, kinds, and both, as long as there are any."""
    places = [urlencode({"district": district.code}) for district in districts()]
    kinds = [urlencode({"kind": kind}) for kind in facts.kinds]
    both = [urlencode({"district": district, "kind": kind}) for district, kind in facts.pairs]
    return tuple(interleaved(places, kinds, both))


def interleaved(*groups: Sequence[str]) -> list[str]:
    longest = max(len(group) for group in groups)
    return [group[turn] for turn in range(longest) for group in groups if turn < len(group)]


def near() -> tuple[str, ...]:
    asked = []
    for turn, dong in enumerate(dongs()):
        where = f"{API}?near={dong.lat + ASIDE:.5f},{dong.lon - ASIDE:.5f}"
        asked.append(f"{where}&radius={RADIUS}" if turn % RADIUS_EVERY == 0 else where)
    return tuple(asked)


def searches() -> tuple[str, ...]:
    return tuple(f"/api/v1/search/?q={quote(question)}" for question in questions())
