"""Facilities as Open Referral's directories see them: services, at places, of organisations."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from core.places.facts import districts
from core.web.kept import kept
from welfare.models.identifier import public_id
from welfare.queries.counting import Counted, with_count
from welfare.queries.directory import directory
from welfare.queries.wording import Sql, words_in_sql

CITY = "1100000000"
LISTED = "f.status = 'LISTED' AND NOT f.is_protected"
COLUMNS = (
    "code", "name", "name_en", "kind_id", "family_name", "jurisdiction_code", "address",
    "address_detail", "postcode", "district_code", "phone", "lat", "lon", "precision",
    "weekly_hours", "accessibility", "homepage", "capacity", "services_offered", "who_may_use",
    "fees", "languages", "verified_at", "published_at", "operator_name",
)  # fmt: skip
SELECTED = ", ".join(
    "o.name AS operator_name" if name == "operator_name" else f"f.{name}" for name in COLUMNS
)
FROM = "FROM welfare_facility f LEFT JOIN welfare_operator o ON o.id = f.operator_id"
RUN_BY_OPERATORS = f"""
SELECT o.name FROM welfare_operator o
WHERE EXISTS (SELECT FROM welfare_facility f WHERE f.operator_id = o.id AND {LISTED})
ORDER BY o.name
"""  # noqa: S608
# A district answers for what no operator is known of.
ANSWERED_FOR = f"""
SELECT DISTINCT coalesce(f.jurisdiction_code, '') FROM welfare_facility f
WHERE f.operator_id IS NULL AND {LISTED}
"""  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organisation: an operator by its name, or the district or city that answers."""

    id: UUID
    name: str
    code: str = ""  # of the district or the city; empty for an operator

    @property
    def is_public(self) -> bool:
        return bool(self.code)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which services: an SQL condition about `f` with its values, and a table it may look into."""

    where: str = LISTED
    params: tuple[Any, ...] = ()
    table: Sql = Sql("")

    def only(self, condition: str, *params: Any) -> "Asked":
        return replace(self, where=f"{self.where} AND {condition}", params=(*self.params, *params))


@dataclass(frozen=True, slots=True)
class Services(Counted):
    """One page of services as rows."""

    rows: tuple[dict[str, Any], ...]


def operator_body(name: str) -> Body:
    return Body(id=public_id("operator", name), name=name)


def public_body(code: str) -> Body:
    """Answer the district's office, or the city where the district is none of Seoul's."""
    district = next((one for one in districts() if one.code == code), None)
    if district is None:
        return Body(id=public_id("district", CITY), name="서울특별시", code=CITY)
    return Body(id=public_id("district", code), name=f"서울특별시 {district.name}", code=code)


def body_of(row: dict[str, Any]) -> Body:
    if row["operator_name"]:
        return operator_body(row["operator_name"])
    return public_body(row["jurisdiction_code"] or "")


def bodies() -> tuple[Body, ...]:
    """Answer every organisation that has a listed facility: the public ones first."""
    return kept.get("welfare.bodies", _bodies, is_shared=True)


def _bodies() -> tuple[Body, ...]:
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED_FOR)
        public = {public_body(code) for (code,) in cursor.fetchall()}
        cursor.execute(RUN_BY_OPERATORS)
        operators = [operator_body(name) for (name,) in cursor.fetchall()]
    return (*sorted(public, key=lambda body: body.code), *operators)


def find_body(identifier: UUID) -> Body | None:
    return kept.get("welfare.bodies_by_id", lambda: {body.id: body for body in bodies()}).get(
        identifier
    )


def of_body(asked: Asked, body: Body) -> Asked:
    if not body.is_public:
        return asked.only("o.name = %s", body.name)
    if body.code == CITY:
        others = [district.code for district in districts()]
        return asked.only(
            "f.operator_id IS NULL AND coalesce(f.jurisdiction_code, '') <> ALL(%s)", others
        )
    return asked.only("f.operator_id IS NULL AND f.jurisdiction_code = %s", body.code)


def of_words(asked: Asked, words: str) -> Asked:
    said = words_in_sql(words, code="f.code")
    return replace(asked, table=said.table).only(said.kept.text, *said.kept.params)


def of_kind(asked: Asked, identifier: UUID) -> Asked:
    """Keep one kind, known by the identifier of its taxonomy term."""
    for name in directory().by_name:
        if public_id("kind", name) == identifier:
            return asked.only("f.kind_id = %s", name)
    return asked.only("false")


def changed_since(asked: Asked, moment: datetime.datetime) -> Asked:
    return asked.only("f.published_at >= %s", moment)


def services(asked: Asked, *, skip: int, size: int) -> Services:
    return with_count(
        f"welfare.hsds:{asked!r}", lambda is_counted: _page(asked, skip, size, is_counted)
    )


def _page(asked: Asked, skip: int, size: int, is_counted: bool) -> Services:
    """Read a page; where nothing is on it, one empty row tells the count."""
    tables = f"{asked.table.text}, " if asked.table.text else ""
    count = f"(SELECT count(*) {FROM} WHERE {asked.where})" if is_counted else "0"
    rows = _rows(
        f"WITH {tables}page AS MATERIALIZED (SELECT {SELECTED} {FROM} WHERE {asked.where}"  # noqa: S608
        " ORDER BY f.code LIMIT %s OFFSET %s)"
        f" SELECT page.*, {count} FROM (VALUES (1)) one LEFT JOIN page ON true ORDER BY page.code",
        (*asked.table.params, *asked.params, size, skip, *(asked.params if is_counted else ())),
        (*COLUMNS, "count"),
    )
    counts = [row.pop("count") for row in rows]
    told = tuple(row for row in rows if row["code"] is not None)
    return Services(rows=told, count=counts[0])


def services_of(among: Sequence[Body], *, most: int) -> dict[UUID, list[dict[str, Any]]]:
    """Answer the first services of each, in one statement: the index serves each part of it."""
    parts, params = [], []
    for body in among:
        asked = of_body(Asked(), body)
        parts.append(
            f"(SELECT {SELECTED}, %s::uuid {FROM} WHERE {asked.where} ORDER BY f.code LIMIT %s)"  # noqa: S608
        )
        params += [body.id, *asked.params, most]
    found: dict[UUID, list[dict[str, Any]]] = {body.id: [] for body in among}
    if parts:
        for row in _rows(" UNION ALL ".join(parts), params, (*COLUMNS, "body")):
            found[row.pop("body")].append(row)
    return found


def find_service(identifier: UUID) -> dict[str, Any] | None:
    found = _rows(
        f"SELECT {SELECTED} {FROM} WHERE {LISTED} AND f.code ="  # noqa: S608
        " (SELECT code FROM welfare_facilityidentifier WHERE id = %s)",
        (identifier,),
    )
    return found[0] if found else None


def _rows(
    statement: str, params: Sequence[Any], columns: Sequence[str] = COLUMNS
) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        for name in ("weekly_hours", "accessibility"):
            row[name] = json.loads(row[name]) if isinstance(row[name], str) else row[name]
    return rows
