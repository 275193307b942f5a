"""Months of the access log are made and dropped with the owner's rights, and by the clock alone.

Whoever asks has no right to the tables. A function that works with its owner's rights looks names
up in fixed places: else a temporary table of the asker's could stand in for one of ours.
"""

from django.db import migrations

LEND = """
ALTER FUNCTION records_access_month(date) SET search_path = public, pg_temp;
ALTER FUNCTION records_access_month(date) SECURITY DEFINER;
REVOKE ALL ON FUNCTION records_access_month(date) FROM PUBLIC;
ALTER FUNCTION records_close(regclass) SET search_path = public, pg_temp;
REVOKE ALL ON FUNCTION records_close(regclass) FROM PUBLIC;
ALTER FUNCTION records_refuse_change() SET search_path = public, pg_temp;
"""
# Whatever day is asked for, no month goes before its last entry is two years old.
DROP = """
CREATE FUNCTION records_drop_months(wanted date) RETURNS SETOF text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    oldest_kept date := date_trunc('month', least(
        wanted, (now() AT TIME ZONE 'Asia/Seoul' - interval '2 years')::date));
    name text;
BEGIN
    FOR name IN
        SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent = 'public.records_access'::regclass
            AND relname ~ '^records_access_[0-9]{4}_[0-9]{2}$'
            AND relname < 'records_access_' || to_char(oldest_kept, 'YYYY_MM')
        ORDER BY relname
    LOOP
        EXECUTE format('DROP TABLE public.%I', name);
        RETURN NEXT name;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION records_drop_months(date) FROM PUBLIC;
"""
BACK = """
DROP FUNCTION records_drop_months(date);
ALTER FUNCTION records_access_month(date) SECURITY INVOKER;
"""


class Migration(migrations.Migration):

    dependencies = [("records", "0004_readers_come_with_paper")]

    operations = [migrations.RunSQL([(LEND, None), (DROP, None)], BACK)]
