"""Takes up the families, kinds and operators that a publication names for the first time."""

import json

from django.db.backends.utils import CursorWrapper

from welfare.rules import hotline_for, is_protected_shelter

# A facility that its own publisher masks, or that stands under a kind which is not a shelter's.
SHELTER_KIND = "피해자 보호시설"

# It ships with the tables (migration 0002); no shelter may depend on nobody having deleted it.
SHELTERS_HAVE_A_KIND = """
WITH family AS (
    INSERT INTO welfare_facilityfamily (name, name_en)
    VALUES (%(shelter)s, 'Shelters for people who suffered violence') ON CONFLICT DO NOTHING)
INSERT INTO welfare_facilitykind
    (name, name_en, family_id, client_group, is_protected, hotline, hotline_name, hotline_name_en)
VALUES (%(shelter)s, 'Shelter for people who suffered violence', %(shelter)s, '', true,
        '1366', '여성긴급전화', 'Women''s emergency hotline') ON CONFLICT DO NOTHING
"""

UNKNOWN_KINDS = """
SELECT DISTINCT ON (s.kind) s.kind, s.family
FROM welfare_seoulfacility s JOIN publish_keys k ON k.code = s.source_key
WHERE NOT EXISTS (SELECT FROM welfare_facilitykind known WHERE known.name = s.kind)
ORDER BY s.kind, s.family
"""

# A kind whose own words say that it shelters victims is protected from its first day.
NEW_KINDS = """
WITH told AS (
    SELECT DISTINCT ON (s.kind) s.kind, s.family, s.client_group
    FROM welfare_seoulfacility s JOIN publish_keys k ON k.code = s.source_key
    ORDER BY s.kind, s.family),
families AS (
    INSERT INTO welfare_facilityfamily (name, name_en)
    SELECT DISTINCT family, '' FROM told ON CONFLICT DO NOTHING)
INSERT INTO welfare_facilitykind
    (name, name_en, family_id, client_group, is_protected, hotline, hotline_name, hotline_name_en)
SELECT kind, '', family, client_group, h.kind IS NOT NULL, coalesce(h.hotline, ''),
       coalesce(h.hotline_name, ''), coalesce(h.hotline_name_en, '')
FROM told LEFT JOIN jsonb_to_recordset(%(shelters)s::jsonb)
    AS h (kind text, hotline text, hotline_name text, hotline_name_en text) USING (kind)
ON CONFLICT DO NOTHING
"""

NEW_OPERATORS = """
INSERT INTO welfare_operator (name, homepage)
SELECT DISTINCT c.operator, ''
FROM welfare_centralfacility c
JOIN publish_keys k ON k.code = c.source_key
WHERE c.operator IS NOT NULL
ON CONFLICT DO NOTHING
"""


def take_up_new_names(cursor: CursorWrapper) -> None:
    """Add what the rows about to be published (`publish_keys`) name and no table knows yet."""
    cursor.execute(SHELTERS_HAVE_A_KIND, {"shelter": SHELTER_KIND})
    cursor.execute(UNKNOWN_KINDS)
    shelters = [
        told
        for kind, family in cursor.fetchall()
        if (told := _protection(kind, family)) is not None
    ]
    cursor.execute(NEW_KINDS, {"shelters": json.dumps(shelters)})
    cursor.execute(NEW_OPERATORS)


def _protection(kind: str, family: str) -> dict[str, str] | None:
    if not is_protected_shelter(name=None, kind=kind, family=family):
        return None
    hotline = hotline_for(kind=kind, family=family)
    return {
        "kind": kind,
        "hotline": hotline.number,
        "hotline_name": hotline.name,
        "hotline_name_en": hotline.name_en,
    }
