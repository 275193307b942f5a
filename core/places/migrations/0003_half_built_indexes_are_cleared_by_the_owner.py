"""Drops what a stopped rebuild of an index left behind: for who may rebuild, and does not own."""

from django.db import migrations

# PostgreSQL's own names for it. The base must be there, so that nothing else can be called so.
FORWARD = """
CREATE FUNCTION places_drop_half_built(base text) RETURNS SETOF text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT left_over.relname
        FROM pg_index AS built JOIN pg_class AS whole ON whole.oid = built.indexrelid
        JOIN pg_index AS half ON half.indrelid = built.indrelid
        JOIN pg_class AS left_over ON left_over.oid = half.indexrelid
        WHERE whole.relname = base AND whole.relnamespace = 'public'::regnamespace
            AND left_over.relname IN (base || '_ccnew', base || '_ccold')
    LOOP
        EXECUTE format('DROP INDEX public.%I', name);
        RETURN NEXT name;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION places_drop_half_built(text) FROM PUBLIC;
"""


class Migration(migrations.Migration):

    dependencies = [("places", "0002_located_addresses")]

    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION places_drop_half_built(text)")]
