"""Answers an area's own list, with filters and an order of its own: keys, or SQL about them."""

from dataclasses import dataclass
from typing import Any

from core.search.queries.answers import Again, Asked, Scope, ask, ask_once
from core.search.queries.index import CALL, Window, arguments
from core.search.rules.hangul import clean

LIMIT = 1000
_OF_KIND = "SELECT key FROM search_searchentry WHERE kind = %s AND language = %s AND vector @@"


@dataclass(frozen=True, slots=True)
class Matching:
    """The keys of one kind that match, best first; `is_all` unless there are more than the limit.

    `condition` is an SQL condition on a key column (`{key}` stands for it) with its parameters, for
    a filter that must see beyond the limit. `is_loose`: none of them has everything asked for.
    """

    keys: tuple[str, ...]
    is_all: bool
    count: int
    count_capped: bool
    searched_for: str | None
    is_loose: bool
    condition: tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Meant:
    """What to ask where nothing was found, for whoever asks it together with what depends on it.

    `table` is a common table expression of one row: `keys` in order, `total`, `is_capped`.
    `condition` looks into it, and is about a key column as in `Matching`.
    """

    again: Again
    scope: Scope
    limit: int

    @property
    def table(self) -> tuple[str, tuple[Any, ...]]:
        columns = "coalesce(keys, '{}') AS keys, total, is_capped, wanted"
        asked = f"SELECT {columns} FROM {CALL}"  # noqa: S608
        return f"meant AS MATERIALIZED ({asked})", arguments(self.again.wanted, _window(self.limit))  # noqa: S608

    @property
    def condition(self) -> tuple[str, tuple[Any, ...]]:
        beyond = "(SELECT wanted FROM meant WHERE cardinality(keys) >= %s)"
        return (
            f"{{key}} IN (SELECT unnest(keys) FROM meant UNION ALL {_OF_KIND} {beyond})",  # noqa: S608
            (self.scope.kind, self.scope.language, self.limit),
        )

    def ask(self) -> Matching:
        """Ask it alone, for whoever needs the keys themselves."""
        return _matching(self.again.ask(_window(self.limit)), self.scope, self.limit)


def matching(
    text: str, *, kind: str, district: str = "", language: str = "ko", limit: int = LIMIT
) -> Matching:
    """Answer what an area's own list needs to filter by a query and to keep its order."""
    scope = Scope(language, "", kind, district)
    return _matching(ask(clean(text), scope, _window(limit)), scope, limit)


def begin_matching(
    text: str, *, kind: str, district: str = "", language: str = "ko", limit: int = LIMIT
) -> Matching | Meant:
    """Ask once: answer what matches, or what to ask next where nothing does."""
    scope = Scope(language, "", kind, district)
    asked = ask_once(clean(text), scope, _window(limit))
    if isinstance(asked, Again):
        return Meant(asked, scope, limit)
    return _matching(asked, scope, limit)


def _window(limit: int) -> Window:
    return Window(0, limit, with_cards=False)


def _matching(asked: Asked, scope: Scope, limit: int) -> Matching:
    found = asked.found
    keys = tuple(found.keys or ())
    return Matching(
        keys=keys,
        is_all=len(keys) < limit,
        count=found.total or 0,
        count_capped=found.is_capped,
        searched_for=asked.searched_for,
        is_loose=found.reached == "last",
        condition=(
            f"{{key}} IN ({_OF_KIND} %s::tsquery)",
            (scope.kind, scope.language, found.wanted or ""),
        ),
    )
