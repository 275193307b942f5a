"""Publishes benefits: what publishers tell of one programme becomes one entry, set-based."""

import datetime
import json
from collections.abc import Sequence

from django.db import connection, transaction

from core.places.facts import districts
from welfare.models import Benefit
from welfare.rules.deadlines import CLOSED, WINDOWS
from welfare.services.benefit_linking import find_links, keep_links

LOCK_SPACE, LOCK_KEY = 0x5EEE, 2
ROWS_A_STATEMENT = 5_000

COLUMNS = (
    "code", "name", "summary", "target", "criteria", "content", "how_to_apply", "documents",
    "receiver", "contact", "laws", "link", "apply_link", "provider_level", "provider",
    "province_code", "district_code", "life_stages", "themes", "targets", "users",
    "support_kinds", "deadline", "deadline_kind", "deadline_windows", "in_force_from",
    "in_force_until", "age_from", "age_to", "condition_codes", "status", "same_as_id",
    "modified_date", "card",
)  # fmt: skip


def _bokjiro(source: str, table: str) -> str:
    return f"""
    SELECT '{source}' AS source, b.source_key, b.name, b.summary, b.provider_level, b.provider,
           b.province_code, b.district_code, b.department, b.themes, b.link, b.modified_at,
           b.life_stages, b.targets, b.form, b.ways, b.retired_at,
           d.outline, d.target, d.criteria, d.content, d.how_to_apply, d.laws,
           nullif(concat_ws(E'\\n', b.contact, d.contact), '') AS contact,
           to_date(d.in_force_from, 'YYYYMMDD') AS in_force_from,
           to_date(d.in_force_until, 'YYYYMMDD') AS in_force_until
    FROM {table} b
    LEFT JOIN {table}detail d ON d.source_key = b.source_key AND d.retired_at IS NULL
    """  # noqa: S608  (our own words)


# Of a linked pair gov24 is told first, for it has the deadline and the tick-boxes; Bokjiro has the
# better classes (life stage, target, theme), which officials chose.
PUBLISH = f"""
WITH bok AS (
    {_bokjiro("CENTRAL", "welfare_bokjirocentral")} UNION ALL
    {_bokjiro("LOCAL", "welfare_bokjirolocal")}),
linked AS MATERIALIZED (
    SELECT DISTINCT ON (n.code) n.code, b.* FROM benefit_links n
    JOIN bok b ON b.source = n.source AND b.source_key = n.source_key
    WHERE n.rule <> 'OWN' AND n.code IN (SELECT code FROM publish_benefits)
    ORDER BY n.code, b.source, b.source_key),
told AS (
    SELECT 'gov24-' || g.source_key AS code, g.name,
           coalesce(g.summary, d.purpose, b.summary) AS summary,
           coalesce(g.target, b.target) AS target, coalesce(g.criteria, b.criteria) AS criteria,
           coalesce(g.content, b.content) AS content,
           coalesce(d.how_to_apply, nullif(array_to_string(g.ways, ', '), ''), b.how_to_apply)
               AS how_to_apply,
           d.documents, g.receiver, coalesce(g.contact, b.contact) AS contact,
           coalesce(d.laws, b.laws) AS laws, g.link, d.apply_link,
           g.provider_level, g.provider, g.province_code, g.district_code,
           CASE WHEN b.life_stages <> '{{}}' THEN b.life_stages
                ELSE coalesce(c.life_stages, '{{}}') END AS life_stages,
           CASE WHEN b.themes <> '{{}}' THEN b.themes ELSE g.themes END AS themes,
           CASE WHEN b.targets <> '{{}}' THEN b.targets
                ELSE coalesce(c.targets, '{{}}') END AS targets,
           g.users, g.support_kinds, g.deadline, g.deadline_kind, g.deadline_windows,
           b.in_force_from, b.in_force_until, c.age_from, c.age_to, c.codes AS condition_codes,
           g.retired_at, g.modified_at
    FROM welfare_gov24service g
    JOIN publish_benefits k ON k.code = 'gov24-' || g.source_key
    LEFT JOIN welfare_gov24detail d ON d.source_key = g.source_key AND d.retired_at IS NULL
    LEFT JOIN welfare_gov24conditions c ON c.source_key = g.source_key AND c.retired_at IS NULL
    LEFT JOIN linked b ON b.code = k.code
    UNION ALL
    SELECT k.code, b.name, coalesce(b.summary, b.outline), b.target, b.criteria, b.content,
           coalesce(b.how_to_apply, nullif(array_to_string(b.ways, ', '), '')),
           NULL, b.department, b.contact, b.laws, b.link, NULL,
           b.provider_level, b.provider, b.province_code, b.district_code, b.life_stages,
           b.themes, b.targets, '{{}}',
           CASE WHEN b.form IS NULL THEN '{{}}' ELSE ARRAY[b.form] END, NULL, 'UNKNOWN', '{{}}',
           b.in_force_from, b.in_force_until, NULL, NULL, NULL, b.retired_at, b.modified_at
    FROM bok b
    JOIN publish_benefits k ON k.code = lower(b.source) || '-' || b.source_key),
chosen AS (
    SELECT t.code, t.name, coalesce(t.summary, '') AS summary, coalesce(t.target, '') AS target,
           coalesce(t.criteria, '') AS criteria, coalesce(t.content, '') AS content,
           coalesce(t.how_to_apply, '') AS how_to_apply, coalesce(t.documents, '') AS documents,
           coalesce(t.receiver, '') AS receiver, coalesce(t.contact, '') AS contact,
           coalesce(t.laws, '') AS laws, coalesce(t.link, '') AS link,
           coalesce(t.apply_link, '') AS apply_link, t.provider_level, t.provider,
           t.province_code, t.district_code, t.life_stages, t.themes, t.targets, t.users,
           t.support_kinds, coalesce(t.deadline, '') AS deadline, t.deadline_kind,
           t.deadline_windows, t.in_force_from, t.in_force_until, t.age_from, t.age_to,
           t.condition_codes,
           CASE WHEN t.retired_at IS NOT NULL OR o.code <> t.code THEN 'RETIRED'
                ELSE 'LISTED' END AS status,
           CASE WHEN o.code <> t.code THEN o.code END AS same_as_id,
           to_date(left(t.modified_at, 8), 'YYYYMMDD') AS modified_date
    FROM told t JOIN benefit_links o ON o.own_code = t.code),
carded AS (
    SELECT c.*, (SELECT row_to_json(card)::text FROM (SELECT
        c.code AS id, c.name, nullif(c.summary, '') AS summary,
        json_build_object('level', c.provider_level, 'name', c.provider) AS provider,
        %(districts)s::jsonb -> c.district_code AS district,
        c.life_stages, c.themes, c.targets, c.users, c.support_kinds,
        (SELECT json_agg(json_build_object(
             'source', %(sources)s::jsonb ->> n.source, 'source_id', n.source_key)
             ORDER BY n.source = 'GOV24' DESC, n.source, n.source_key)
         FROM benefit_links n WHERE n.code = c.code) AS sources,
        c.modified_date AS modified_on,
        '/welfare/benefits/' || c.code || '/' AS url) card) AS card
    FROM chosen c)
INSERT INTO welfare_benefit ({", ".join(COLUMNS)}, published_at)
SELECT {", ".join(COLUMNS)}, %(now)s FROM carded
ON CONFLICT (code) DO UPDATE SET
    {", ".join(f"{name} = EXCLUDED.{name}" for name in COLUMNS[1:])},
    published_at = EXCLUDED.published_at
"""  # noqa: S608  (only constants of this file)
SOURCES = {"GOV24": "gov24", "CENTRAL": "bokjiro_central", "LOCAL": "bokjiro_local"}

# Which windows may mean another day than yesterday: those just published, and those gone by.
DEADLINES_DUE = """
SELECT code FROM welfare_benefit
WHERE deadline_kind = %s AND (published_at >= %s OR closes_date IS NULL OR closes_date < %s)
"""
SET_DATES = """
UPDATE welfare_benefit b SET opens_date = t.opens, closes_date = t.closes
FROM unnest(%s::text[], %s::date[], %s::date[]) AS t (code, opens, closes)
WHERE b.code = t.code AND (b.opens_date, b.closes_date) IS DISTINCT FROM (t.opens, t.closes)
"""
FORGET_DATES = """
UPDATE welfare_benefit SET opens_date = NULL, closes_date = NULL
WHERE deadline_kind <> %s AND (opens_date IS NOT NULL OR closes_date IS NOT NULL)
"""


def publish_benefits(run_id: int, now: datetime.datetime, *, source: str, is_list: bool) -> None:
    """Publish what a run changed (temporary table `feed_changed`) in that source's rows.

    Only a list holds names, by which rows are linked; what follows it leaves the links alone.
    """
    hold_benefits()
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM feed_changed)")
        if not cursor.fetchone()[0]:
            return
    _publish(source=source, changed="feed_changed", now=now, anew=is_list)


@transaction.atomic
def publish_linked_anew(*, source: str, keys: Sequence[str], now: datetime.datetime) -> None:
    """Publish these rows of a source again, after staff said what they belong to."""
    hold_benefits()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.benefit_keys")
        cursor.execute(
            "CREATE TEMP TABLE benefit_keys AS SELECT unnest(%s::text[]) AS source_key",
            [list(keys)],
        )
    _publish(source=source, changed="benefit_keys", now=now, anew=True)


def hold_benefits() -> None:
    """Wait until no other publication of benefits is under way, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, LOCK_KEY])


def wait_for_benefits() -> None:
    """Wait until no publication of benefits is under way; none begins before the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCK_SPACE, LOCK_KEY])


@transaction.atomic
def set_deadlines(*, now: datetime.datetime, day: datetime.date) -> int:
    """Write the days between which one may apply next; answer how many benefits have such days.

    Yearly windows go by: this runs after every publication, and every night.
    """
    with connection.cursor() as cursor:
        cursor.execute(FORGET_DATES, [WINDOWS])
        cursor.execute(DEADLINES_DUE, [WINDOWS, now, day])
        due = [code for (code,) in cursor.fetchall()]
        for start in range(0, len(due), ROWS_A_STATEMENT):
            some = Benefit.objects.filter(pk__in=due[start : start + ROWS_A_STATEMENT])
            told = [(one.code, one.standing_on(day)) for one in some.order_by("pk")]
            days = [
                (standing.opens, standing.closes) if standing.state != CLOSED else (None, None)
                for _, standing in told
            ]
            cursor.execute(
                SET_DATES,
                [
                    [code for code, _ in told],
                    [opens for opens, _ in days],
                    [closes for _, closes in days],
                ],
            )
    return len(due)


def _publish(*, source: str, changed: str, now: datetime.datetime, anew: bool) -> None:
    if not find_links(source=source, changed=changed, anew=anew):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            PUBLISH,
            {"now": now, "districts": _district_names(), "sources": json.dumps(SOURCES)},
        )
        keep_links()
        cursor.execute("ANALYZE welfare_benefit")


def _district_names() -> str:
    names = {one.code: {"code": one.code, "name": one.name} for one in districts()}
    return json.dumps(names, ensure_ascii=False)
