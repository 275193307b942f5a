"""What changed where stays as it was written, for five years; runs and people may go before it."""

from django.conf import settings
from django.db import migrations

# An area that must not keep what it once knew of something says in this function's place of what.
FORWARD = """
CREATE FUNCTION feeds_history_is_withheld(kind text, key text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$ SELECT false $$;
CREATE FUNCTION feeds_history_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.run_id IS NULL OR NEW.run_id = OLD.run_id)
           AND (NEW.changed_by_id IS NULL OR NEW.changed_by_id = OLD.changed_by_id)
           AND to_jsonb(NEW) - '{run_id,changed_by_id}'::text[]
               = to_jsonb(OLD) - '{run_id,changed_by_id}'::text[]
        THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' AND feeds_history_is_withheld(OLD.kind, OLD.key) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE FUNCTION feeds_cause_is_gone() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.run_id IS NULL AND EXISTS (SELECT FROM public.feeds_feedrun WHERE id = OLD.run_id))
        OR (NEW.changed_by_id IS NULL AND EXISTS (
            SELECT FROM public.accounts_user WHERE id = OLD.changed_by_id
                AND NOT (email = 'erased-' || id || '@erased.invalid' AND NOT is_active)))
    THEN
        RAISE EXCEPTION 'The table % is append-only: what it points at is still here.',
            TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER stays_as_written BEFORE UPDATE ON feeds_fieldchange
    FOR EACH ROW EXECUTE FUNCTION feeds_history_stays();
CREATE CONSTRAINT TRIGGER goes_after_five_years AFTER DELETE ON feeds_fieldchange
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.changed_at >= now() - interval '1825 days')
    EXECUTE FUNCTION feeds_history_stays();
CREATE CONSTRAINT TRIGGER forgets_what_is_gone AFTER UPDATE ON feeds_fieldchange
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feeds_cause_is_gone();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON feeds_fieldchange
    FOR EACH STATEMENT EXECUTE FUNCTION feeds_history_stays();
ALTER TABLE feeds_fieldchange ENABLE ALWAYS TRIGGER stays_as_written;
ALTER TABLE feeds_fieldchange ENABLE ALWAYS TRIGGER goes_after_five_years;
ALTER TABLE feeds_fieldchange ENABLE ALWAYS TRIGGER forgets_what_is_gone;
ALTER TABLE feeds_fieldchange ENABLE ALWAYS TRIGGER never_emptied;
"""
BACK = """
DROP TRIGGER never_emptied ON feeds_fieldchange;
DROP TRIGGER forgets_what_is_gone ON feeds_fieldchange;
DROP TRIGGER goes_after_five_years ON feeds_fieldchange;
DROP TRIGGER stays_as_written ON feeds_fieldchange;
DROP FUNCTION feeds_cause_is_gone(), feeds_history_stays(), feeds_history_is_withheld(text, text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("feeds", "0004_changes_are_named_after_models"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
