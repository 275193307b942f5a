"""Finds which Bokjiro services are programmes of gov24, by rules that only take what is certain."""

from django.db import connection

# Every live row by what is compared; tables of their own, for the planner must know their size.
ROWS = (
    """
    CREATE TEMP TABLE link_gov AS
    SELECT source_key, full_name, core_name, replace(provider, ' ', '') AS provider,
           provider_level IN ('CENTRAL', 'PUBLIC_BODY') AS is_national
    FROM welfare_gov24service WHERE retired_at IS NULL
    """,
    """
    CREATE TEMP TABLE link_bok AS
    SELECT 'CENTRAL' AS source, source_key, full_name, core_name,
           replace(provider, ' ', '') AS provider
    FROM welfare_bokjirocentral WHERE retired_at IS NULL
    UNION ALL
    SELECT 'LOCAL', source_key, full_name, core_name, replace(provider, ' ', '')
    FROM welfare_bokjirolocal WHERE retired_at IS NULL
    """,
    # A word about a gov24 service that has gone is none.
    """
    CREATE TEMP TABLE link_staff AS
    SELECT l.source, l.source_key, l.gov24_key FROM welfare_benefitlink l
    JOIN link_bok b ON b.source = l.source AND b.source_key = l.source_key
    LEFT JOIN link_gov g ON g.source_key = l.gov24_key
    WHERE l.gov24_key = '' OR g.source_key IS NOT NULL
    """,
    "ANALYZE link_gov, link_bok, link_staff",
)
# Each source row's benefit, in the temporary table benefit_links. A rule takes a pair only where
# name and provider occur once on either side; the surest rule wins; a gov24 service takes at most
# one service of each list, unless staff say more.
OWN = """
    SELECT 'GOV24' AS source, source_key, 'gov24-' || source_key AS code
    FROM welfare_gov24service
    UNION ALL
    SELECT 'CENTRAL', source_key, 'central-' || source_key FROM welfare_bokjirocentral
    UNION ALL
    SELECT 'LOCAL', source_key, 'local-' || source_key FROM welfare_bokjirolocal
"""
LINKS = f"""
CREATE TEMP TABLE benefit_links AS
WITH pairs AS (
    SELECT 1 AS rank, 'NAME_AND_PROVIDER' AS rule, b.source, b.source_key, g.gov24_key
    FROM (SELECT full_name, provider, min(source_key) AS gov24_key FROM link_gov
          GROUP BY 1, 2 HAVING count(*) = 1) g
    JOIN (SELECT source, full_name, provider, min(source_key) AS source_key FROM link_bok
          GROUP BY 1, 2, 3 HAVING count(*) = 1) b USING (full_name, provider)
    UNION ALL
    SELECT 2, 'CORE_AND_PROVIDER', b.source, b.source_key, g.gov24_key
    FROM (SELECT core_name, provider, min(source_key) AS gov24_key FROM link_gov
          GROUP BY 1, 2 HAVING count(*) = 1) g
    JOIN (SELECT source, core_name, provider, min(source_key) AS source_key FROM link_bok
          GROUP BY 1, 2, 3 HAVING count(*) = 1) b USING (core_name, provider)
    UNION ALL
    -- Ministries hand programmes on to each other: a name that the nation has once is enough.
    SELECT 3, 'NAME_OF_NATION', b.source, b.source_key, g.gov24_key
    FROM (SELECT full_name, min(source_key) AS gov24_key FROM link_gov WHERE is_national
          GROUP BY 1 HAVING count(*) = 1) g
    JOIN (SELECT source, full_name, min(source_key) AS source_key FROM link_bok
          WHERE source = 'CENTRAL' GROUP BY 1, 2 HAVING count(*) = 1) b USING (full_name)),
open_pairs AS (
    SELECT p.* FROM pairs p
    WHERE NOT EXISTS (SELECT FROM link_staff s
                      WHERE s.source = p.source
                        AND (s.source_key = p.source_key OR s.gov24_key = p.gov24_key))),
best AS (
    SELECT DISTINCT ON (source, source_key) * FROM open_pairs
    ORDER BY source, source_key, rank, gov24_key),
chosen AS (
    SELECT source, source_key, gov24_key, rule FROM (
        SELECT DISTINCT ON (source, gov24_key) * FROM best
        ORDER BY source, gov24_key, rank, source_key) one
    UNION ALL
    SELECT source, source_key, gov24_key, 'STAFF' FROM link_staff WHERE gov24_key <> '')
SELECT own.source, own.source_key, own.code AS own_code,
       coalesce('gov24-' || c.gov24_key, own.code) AS code, coalesce(c.rule, 'OWN') AS rule
FROM ({OWN}) own
LEFT JOIN chosen c ON c.source = own.source AND c.source_key = own.source_key
"""  # noqa: S608  (only constants of this file)
# The links as they are: a detail that came changes none.
LINKS_AS_THEY_ARE = f"""
CREATE TEMP TABLE benefit_links AS
SELECT own.source, own.source_key, own.code AS own_code, coalesce(o.benefit_id, own.code) AS code,
       coalesce(o.rule, 'OWN') AS rule
FROM ({OWN}) own
LEFT JOIN welfare_benefitsource o ON o.source = own.source AND o.source_key = own.source_key
"""  # noqa: S608  (only constants of this file)
TABLES = "link_gov, link_bok, link_staff, benefit_links, publish_benefits"
# Whatever the source rows in `changed` tell, and whatever is linked otherwise than before.
TO_PUBLISH = """
CREATE TEMP TABLE publish_benefits AS
WITH touched AS (
    SELECT n.code, n.own_code, NULL AS former FROM benefit_links n
    WHERE n.source = %(source)s AND n.source_key IN (SELECT source_key FROM {changed})
    UNION ALL
    SELECT n.code, n.own_code, o.benefit_id FROM benefit_links n
    LEFT JOIN welfare_benefitsource o ON o.source = n.source AND o.source_key = n.source_key
    WHERE (o.benefit_id, o.rule) IS DISTINCT FROM (n.code, n.rule))
SELECT code FROM touched UNION SELECT own_code FROM touched
UNION SELECT former FROM touched WHERE former IS NOT NULL
"""
KEEP_LINKS = """
INSERT INTO welfare_benefitsource (source, source_key, benefit_id, rule)
SELECT n.source, n.source_key, n.code, n.rule FROM benefit_links n
LEFT JOIN welfare_benefitsource o ON o.source = n.source AND o.source_key = n.source_key
WHERE (o.benefit_id, o.rule) IS DISTINCT FROM (n.code, n.rule)
ON CONFLICT (source, source_key) DO UPDATE
SET benefit_id = EXCLUDED.benefit_id, rule = EXCLUDED.rule
"""


def find_links(*, source: str, changed: str, anew: bool) -> bool:
    """Fill `benefit_links` and `publish_benefits`; answer whether anything is to be published.

    `changed` is a temporary table whose `source_key` names rows of the source. `anew` looks at all
    names again.
    """
    with connection.cursor() as cursor:
        tables = ", ".join(f"pg_temp.{name}" for name in TABLES.split(", "))
        cursor.execute(f"DROP TABLE IF EXISTS {tables}")
        for statement in (*ROWS, LINKS) if anew else (LINKS_AS_THEY_ARE,):
            cursor.execute(statement)
        cursor.execute("CREATE INDEX ON benefit_links (code)")
        cursor.execute("ANALYZE benefit_links, welfare_benefitsource")
        cursor.execute(TO_PUBLISH.format(changed=changed), {"source": source})
        cursor.execute("ANALYZE publish_benefits")
        cursor.execute("SELECT EXISTS (SELECT FROM publish_benefits)")
        return bool(cursor.fetchone()[0])


def keep_links() -> None:
    """Note under which benefit each source row is told; after the benefits are there."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP_LINKS)
