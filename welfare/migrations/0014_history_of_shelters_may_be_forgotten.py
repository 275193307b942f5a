"""Where a protected facility was is withheld: its history goes, younger than others' though it is."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION feeds_history_is_withheld(kind text, key text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT kind LIKE 'welfare.%' AND (
        EXISTS (SELECT FROM public.welfare_facility WHERE code = key AND is_protected)
        OR EXISTS (SELECT FROM public.welfare_centralfacility
                   WHERE source_key = key AND is_protected))
$$;
"""
BACK = """
CREATE OR REPLACE FUNCTION feeds_history_is_withheld(kind text, key text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$ SELECT false $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("feeds", "0005_history_is_append_only"),
        ("welfare", "0013_benefits_come_in"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
