"""Words of a log go where the whole request is emptied, and are sealed anew by the owner alone.

The functions look names up in fixed places: a temporary table must not stand in for one of ours.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION cases_words_go_with_their_person() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.cases_case WHERE id = OLD.case_id AND NOT (
            person_id IS NULL AND subject = '' AND applicant = '' AND code_hash IS NULL))
    THEN
        RAISE EXCEPTION 'The table % is a log: its words go with their person, not before.',
            TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER go_with_their_person AFTER DELETE ON cases_casewords
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION cases_words_go_with_their_person();
ALTER TABLE cases_casewords ENABLE ALWAYS TRIGGER go_with_their_person;
ALTER TABLE cases_case ENABLE ALWAYS TRIGGER step_is_logged;
ALTER FUNCTION cases_refuse_change() SET search_path = public, pg_temp;
ALTER FUNCTION cases_words_stay() SET search_path = public, pg_temp;
ALTER FUNCTION cases_step_is_logged() SET search_path = public, pg_temp;
"""
BACK = """
ALTER TABLE cases_case ENABLE TRIGGER step_is_logged;
DROP TRIGGER go_with_their_person ON cases_casewords;
DROP FUNCTION cases_words_go_with_their_person();
"""


class Migration(migrations.Migration):

    dependencies = [("cases", "0005_addresses_are_no_names")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
