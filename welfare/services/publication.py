"""Publishes facilities: correction over central over Seoul, field by field, set-based."""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from core.places.facts import districts, dongs
from welfare.rules import WITHHELD
from welfare.services.known_kinds import SHELTER_KIND, take_up_new_names

KIND = "welfare.facility"
SOURCES = ("welfare.seoul_facilities", "welfare.central_facilities")
# All that may be corrected of a protected facility, and all that its history may keep: whatever
# else was ever told of it (free text may name a street) is forgotten wherever it was kept.
CORRECTABLE_OF_PROTECTED = ("status", "capacity", "occupancy", "waiting")
HISTORY_OF_PROTECTED = (
    *CORRECTABLE_OF_PROTECTED, "retired_at", "verified_at", "is_protected", "kind", "kind_code",
    "family", "client_group", "jurisdiction_code",
)  # fmt: skip
# Publications of two runs, or of a run and a correction, wait for each other: a correction made
# while a run publishes is neither lost nor overwritten.
LOCK_SPACE, LOCK_KEY = 0x5EEE, 1

# A street with a house's number (not 노해로, not 퇴계로 10 층, not the number in 강남대로128길, and
# not 삼성로 66 번지, which is a lot's number behind a street), or a dong with a lot's (신원동 446).
HOUSE = r"(로|길) ?\d+(-\d+)?(?!\d)(?! ?(층|가|길|번길|로|번지|호))|(동|가) (산 ?)?\d"


def _worth(source: str) -> str:
    """Rank an address in SQL: what leads to a door is worth more than what has a place alone."""
    door = f"coalesce({source}.address ~ '{HOUSE}', false)::int"
    return f"({door} * 2 + ({source}.precision <> 'NONE')::int)"


# What the sources say of each facility, before any correction. The address and all that follows
# from it come from one source, so that a point never belongs to another address: the ministry's,
# which is the newer, unless it is broken off and the city's is not.
SOURCE_VALUES = f"""
SELECT s.source_key AS code, s.name, s.kind, s.family, s.client_group, s.jurisdiction_code,
       CASE WHEN central.is_better THEN c.address ELSE s.address END AS address,
       CASE WHEN central.is_better THEN c.address_detail ELSE s.address_detail END
           AS address_detail,
       CASE WHEN central.is_better THEN c.district_code ELSE s.district_code END
           AS district_code,
       CASE WHEN central.is_better THEN c.dong_code ELSE s.dong_code END AS dong_code,
       CASE WHEN central.is_better THEN c.lat ELSE s.lat END AS lat,
       CASE WHEN central.is_better THEN c.lon ELSE s.lon END AS lon,
       CASE WHEN central.is_better THEN c.x ELSE s.x END AS x,
       CASE WHEN central.is_better THEN c.y ELSE s.y END AS y,
       CASE WHEN central.is_better THEN c.precision ELSE s.precision END AS precision,
       CASE WHEN central.is_better THEN coalesce(c.postcode, s.postcode)
            ELSE coalesce(s.postcode, c.postcode) END AS postcode,
       coalesce(c.phone, s.phone) AS phone,
       c.operator, c.homepage, s.capacity, s.occupancy, s.retired_at,
       s.is_protected OR m.masked_key IS NOT NULL AS is_protected,
       CASE WHEN c.source_key IS NULL THEN 'SEOUL' ELSE 'SEOUL+CENTRAL' END AS source
FROM welfare_seoulfacility s
LEFT JOIN welfare_centralfacility c ON c.source_key = s.source_key AND c.retired_at IS NULL
-- A shelter that a publisher ceases to list is a shelter all the same.
LEFT JOIN (SELECT source_key AS masked_key FROM welfare_centralfacility WHERE is_protected) m
    ON m.masked_key = s.source_key
CROSS JOIN LATERAL (
    SELECT CASE WHEN c.address IS NULL THEN false WHEN s.address IS NULL THEN true
                ELSE {_worth("c")} >= {_worth("s")} END AS is_better) central
"""  # noqa: S608  (our own words)

COLUMNS = (
    "code", "name", "name_en", "kind_id", "family_name", "jurisdiction_code", "address",
    "address_detail", "postcode", "district_code", "dong_code", "phone", "lat", "lon", "point",
    "precision", "weekly_hours", "open_minutes", "accessibility", "is_accessible", "homepage",
    "operator_id", "capacity", "occupancy", "waiting", "services_offered", "who_may_use", "fees",
    "languages", "is_protected", "status", "source", "card",
)  # fmt: skip

PUBLISH = f"""
WITH corrected AS MATERIALIZED (
    SELECT key, jsonb_object_agg(field, value) AS v FROM feeds_override
    WHERE kind = %(kind)s AND key IN (SELECT code FROM publish_keys) GROUP BY key),
told AS (
    SELECT t.*, o.v, kind.is_protected OR t.is_protected AS hidden,
           CASE WHEN t.is_protected AND NOT kind.is_protected THEN %(shelter)s ELSE t.kind END
               AS shown_kind,
           o.v -> 'place' AS p, g.lat AS g_lat, g.lon AS g_lon, g.x AS g_x, g.y AS g_y,
           g.precision AS g_precision
    FROM ({SOURCE_VALUES}) t
    JOIN publish_keys k ON k.code = t.code
    JOIN welfare_facilitykind kind ON kind.name = t.kind
    LEFT JOIN corrected o ON o.key = t.code
    -- What a geocoder knows of that very address is closer than the middle of a dong; an officer
    -- who entered the door knows better.
    LEFT JOIN places_locatedaddress g ON g.lat IS NOT NULL
        AND (o.v -> 'place' ->> 'precision') IS DISTINCT FROM 'EXACT'
        AND g.address = CASE WHEN o.v ? 'address' THEN o.v ->> 'address' ELSE t.address END),
chosen AS (
    SELECT code,
        CASE WHEN hidden THEN left(split_part(name, '*', 1), 2) || '****'
             WHEN v ? 'name' THEN v ->> 'name' ELSE name END AS name,
        CASE WHEN NOT hidden THEN coalesce(v ->> 'name_en', '') ELSE '' END AS name_en,
        shown_kind AS kind_id, family_id AS family_name, jurisdiction_code,
        CASE WHEN hidden THEN NULL WHEN v ? 'address' THEN v ->> 'address' ELSE address END
            AS address,
        CASE WHEN hidden THEN ''
             WHEN v ? 'address_detail' THEN coalesce(v ->> 'address_detail', '')
             WHEN v ? 'address' THEN coalesce(p ->> 'address_detail', '')
             ELSE coalesce(address_detail, '') END AS address_detail,
        CASE WHEN hidden THEN NULL WHEN v ? 'postcode' THEN v ->> 'postcode'
             WHEN v ? 'address' THEN p ->> 'postcode' ELSE postcode END AS postcode,
        CASE WHEN hidden THEN NULL WHEN p IS NOT NULL THEN p ->> 'district_code'
             ELSE district_code END AS district_code,
        CASE WHEN hidden THEN NULL WHEN p IS NOT NULL THEN p ->> 'dong_code'
             ELSE dong_code END AS dong_code,
        CASE WHEN hidden THEN NULL WHEN v ? 'phone' THEN v ->> 'phone' ELSE phone END AS phone,
        CASE WHEN hidden THEN NULL WHEN g_lat IS NOT NULL THEN g_lat
             WHEN p IS NOT NULL THEN (p ->> 'lat')::float8 ELSE lat END AS lat,
        CASE WHEN hidden THEN NULL WHEN g_lat IS NOT NULL THEN g_lon
             WHEN p IS NOT NULL THEN (p ->> 'lon')::float8 ELSE lon END AS lon,
        CASE WHEN hidden THEN NULL WHEN g_lat IS NOT NULL THEN point(g_x, g_y)
             WHEN p IS NOT NULL THEN point((p ->> 'x')::float8, (p ->> 'y')::float8)
             ELSE point(x, y) END AS point,
        CASE WHEN hidden THEN 'NONE' WHEN g_lat IS NOT NULL THEN g_precision
             WHEN p IS NOT NULL THEN coalesce(p ->> 'precision', 'NONE')
             ELSE precision END AS precision,
        CASE WHEN hidden THEN NULL ELSE v -> 'weekly_hours' END AS weekly_hours,
        CASE WHEN hidden THEN NULL ELSE (v ->> 'open_minutes')::int4multirange END
            AS open_minutes,
        CASE WHEN hidden THEN NULL ELSE v -> 'accessibility' END AS accessibility,
        CASE WHEN hidden THEN NULL ELSE (v ->> 'is_accessible')::boolean END AS is_accessible,
        CASE WHEN hidden THEN NULL WHEN v ? 'homepage' THEN v ->> 'homepage' ELSE homepage END
            AS homepage,
        CASE WHEN hidden THEN NULL ELSE body.operator_id END AS operator_id,
        CASE WHEN v ? 'capacity' THEN (v ->> 'capacity')::int ELSE capacity END AS capacity,
        CASE WHEN v ? 'occupancy' THEN (v ->> 'occupancy')::int ELSE occupancy END AS occupancy,
        (v ->> 'waiting')::int AS waiting,
        CASE WHEN NOT hidden THEN v ->> 'services_offered' END AS services_offered,
        CASE WHEN NOT hidden THEN v ->> 'who_may_use' END AS who_may_use,
        CASE WHEN NOT hidden THEN v ->> 'fees' END AS fees,
        CASE WHEN NOT hidden THEN v ->> 'languages' END AS languages, hidden AS is_protected,
        CASE WHEN retired_at IS NOT NULL OR (v ->> 'status') = 'RETIRED' THEN 'RETIRED'
             ELSE 'LISTED' END AS status,
        source
    FROM told
    JOIN (SELECT name AS kind_name, family_id FROM welfare_facilitykind) shown
        ON shown.kind_name = told.shown_kind
    LEFT JOIN (SELECT id AS operator_id, name AS operator_name FROM welfare_operator) body
        ON body.operator_name = told.operator),
carded AS (
    SELECT c.*, (SELECT row_to_json(card)::text FROM (SELECT
        c.code, c.name, c.family_name AS family, c.kind_id AS kind,
        %(regions)s::jsonb -> c.jurisdiction_code AS jurisdiction,
        %(regions)s::jsonb -> c.district_code AS district,
        %(dongs)s::jsonb -> c.dong_code AS dong,
        c.address, c.phone,
        CASE WHEN c.lat IS NOT NULL THEN (SELECT row_to_json(place) FROM
            (SELECT c.lat, c.lon, c.precision) place) END AS location,
        c.precision, c.capacity, c.occupancy, c.waiting, c.weekly_hours AS opening_hours,
        c.accessibility, c.status, c.source,
        -- Both are known only to whoever answers: see welfare.queries.cards.
        NULL AS checked_at, '/welfare/facilities/' || c.code || '/' AS url) card) AS card
    FROM chosen c)
INSERT INTO welfare_facility ({", ".join(COLUMNS)}, published_at)
SELECT {", ".join(COLUMNS)}, %(now)s FROM carded
ON CONFLICT (code) DO UPDATE SET
    {", ".join(f"{name} = EXCLUDED.{name}" for name in COLUMNS[1:])},
    published_at = EXCLUDED.published_at
"""  # noqa: S608  (only constants of this file)

# A correction is for review while its source differs from what it was when it was made.
TO_REVIEW = f"""
UPDATE feeds_override o
SET review_since = CASE WHEN o.review_since IS NULL THEN %(now)s::timestamptz END
FROM ({SOURCE_VALUES}) t
WHERE o.kind = %(kind)s AND o.key = t.code AND t.code IN (SELECT code FROM publish_keys)
  AND to_jsonb(t) ? o.field
  AND (nullif(to_jsonb(t) -> o.field, 'null') IS DISTINCT FROM nullif(o.source_value, 'null'))
      = (o.review_since IS NULL)
"""  # noqa: S608  (only constants of this file)

# A facility that turns out to be protected is forgotten in every table that knew where it was,
# also where only the ministry lists it and it is no facility of ours.
FORGET_SHELTERS = """
WITH hidden AS MATERIALIZED (
    SELECT k.code, coalesce(f.name, c.name) AS name FROM publish_keys k
    LEFT JOIN welfare_facility f ON f.code = k.code
    LEFT JOIN welfare_centralfacility c ON c.source_key = k.code
    WHERE coalesce(f.is_protected, c.is_protected)),
rejects AS (
    UPDATE feeds_feedreject r SET row = %(withheld)s::jsonb FROM hidden, feeds_feedrun run
    WHERE EXISTS (SELECT FROM hidden)  -- else nobody need look through the rejects
      AND r.source_key = hidden.code AND run.id = r.run_id AND run.feed = ANY(%(kinds)s)
      AND r.row <> %(withheld)s::jsonb),
history AS (
    DELETE FROM feeds_fieldchange h USING hidden
    WHERE h.kind = ANY(%(kinds)s) AND h.key = hidden.code AND h.field <> ALL(%(history)s)),
corrections AS (
    DELETE FROM feeds_override o USING hidden
    WHERE o.kind = %(kind)s AND o.key = hidden.code AND o.field <> ALL(%(correctable)s)),
reports AS (
    DELETE FROM welfare_facilityreport r USING hidden WHERE r.facility_id = hidden.code),
exceptions AS (
    DELETE FROM places_hoursexception e USING hidden
    WHERE e.kind = %(kind)s AND e.key = hidden.code),
found AS (
    DELETE FROM search_searchentry e USING hidden
    WHERE e.kind = %(kind)s AND e.key = hidden.code),
central AS (
    UPDATE welfare_centralfacility c SET is_protected = true, name = hidden.name,
        address = NULL, address_detail = NULL, postcode = NULL, district_code = NULL,
        dong_code = NULL, phone = NULL, lat = NULL, lon = NULL, x = NULL, y = NULL,
        precision = 'NONE', operator = NULL, homepage = NULL
    FROM hidden WHERE c.source_key = hidden.code AND NOT c.is_protected)
UPDATE welfare_seoulfacility s SET is_protected = true, name = hidden.name,
    address = NULL, address_detail = NULL, postcode = NULL, district_code = NULL,
    dong_code = NULL, phone = NULL, lat = NULL, lon = NULL, x = NULL, y = NULL,
    precision = 'NONE'
FROM hidden WHERE s.source_key = hidden.code AND NOT s.is_protected
"""

# What a run rejected of a facility that is known to be protected: its feed could not tell.
CONCEAL_REJECTS = """
UPDATE feed_stage_reject r SET row = %(withheld)s::jsonb
WHERE r.row <> %(withheld)s::jsonb AND (
    EXISTS (SELECT FROM welfare_facility f WHERE f.code = r.source_key AND f.is_protected)
    OR EXISTS (SELECT FROM welfare_centralfacility c
               WHERE c.source_key = r.source_key AND c.is_protected))
"""

STEPS = (TO_REVIEW, PUBLISH, FORGET_SHELTERS)


def publish_facilities(run_id: int, now: datetime.datetime) -> None:
    """Publish the facilities whose source rows a run changed (temporary table `feed_changed`)."""
    hold_publication()
    if _publish("SELECT DISTINCT source_key FROM feed_changed", [], now=now):
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE welfare_facility")


def conceal_rejects() -> None:
    """Blank out what a run is about to keep of rejected shelters (table `feed_stage_reject`)."""
    with connection.cursor() as cursor:
        cursor.execute(CONCEAL_REJECTS, {"withheld": json.dumps(WITHHELD)})


@transaction.atomic
def publish_facility_keys(*, codes: Sequence[str], now: datetime.datetime) -> None:
    """Publish these facilities again, for instance after a correction."""
    hold_publication()
    _publish("SELECT DISTINCT unnest(%s::text[])", [list(codes)], now=now)


@transaction.atomic
def publish_facilities_of_kind(*, kind: str, now: datetime.datetime) -> None:
    """Publish all facilities of a kind again: after it became protected, or ceased to be."""
    hold_publication()
    _publish("SELECT source_key FROM welfare_seoulfacility WHERE kind = %s", [kind], now=now)


def hold_publication() -> None:
    """Wait until no other publication is under way, and keep others waiting for this one.

    Held until the transaction ends; whoever also locks rows takes this first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, LOCK_KEY])


def wait_for_publication() -> None:
    """Wait until no publication is under way; none begins before the transaction ends.

    For whoever writes what was read of the published facilities: none of them turns out to be
    protected meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCK_SPACE, LOCK_KEY])


def source_values(codes: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Answer what the sources say now of each facility, before any correction."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.code, to_jsonb(t)::text FROM ({SOURCE_VALUES}) t WHERE t.code = ANY(%s)",  # noqa: S608
            [list(codes)],
        )
        return {code: json.loads(told) for code, told in cursor.fetchall()}


def _publish(keys_sql: str, params: list[Any], *, now: datetime.datetime) -> bool:
    """Publish what the SQL names; answer whether that was anything."""
    arguments: dict[str, Any] = {
        "kind": KIND,
        "kinds": [KIND, *SOURCES],
        "history": list(HISTORY_OF_PROTECTED),
        "correctable": list(CORRECTABLE_OF_PROTECTED),
        "shelter": SHELTER_KIND,
        "withheld": json.dumps(WITHHELD),
        "now": now,
        "regions": _region_names(),
        "dongs": _dong_names(),
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.publish_keys")
        cursor.execute(f"CREATE TEMP TABLE publish_keys (code) AS {keys_sql}", params)
        cursor.execute("ANALYZE publish_keys")
        cursor.execute("SELECT EXISTS (SELECT FROM publish_keys)")
        if not cursor.fetchone()[0]:
            return False
        take_up_new_names(cursor)
        for statement in STEPS:
            cursor.execute(statement, arguments)
    return True


def _region_names() -> str:
    names = {d.code: {"code": d.code, "name": d.name} for d in districts()}
    names["1100000000"] = {"code": "1100000000", "name": "서울특별시"}
    return json.dumps(names, ensure_ascii=False)


def _dong_names() -> str:
    return json.dumps(
        {d.code: {"code": d.code, "name": d.name} for d in dongs()}, ensure_ascii=False
    )
