"""Puts into the index what was only noted beside it: for who writes entries, and owns no index."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION search_put_in_pending(names text[]) RETURNS bigint LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(gin_clean_pending_list(pg_class.oid)), 0)::bigint
    FROM pg_class JOIN pg_index ON pg_index.indexrelid = pg_class.oid
    WHERE relname = ANY (names) AND indrelid = 'public.search_searchentry'::regclass
$$;
REVOKE ALL ON FUNCTION search_put_in_pending(text[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):

    dependencies = [("search", "0005_compound_vowels_are_one_jamo")]

    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION search_put_in_pending(text[])")]
