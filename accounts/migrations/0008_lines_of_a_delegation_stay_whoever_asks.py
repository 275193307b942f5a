"""A line goes with its delegation, and forgets who acted when they are gone; nothing else is left.

What is allowed only together with something else is checked at the end of the transaction. The
functions look names up in fixed places: a temporary table must not stand in for one of ours.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_is_gone(person bigint) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM public.accounts_user WHERE id = person
            AND NOT (email = 'erased-' || id || '@erased.invalid' AND NOT is_active))
$$;

CREATE OR REPLACE FUNCTION accounts_delegationevent_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.actor_id IS NULL
           AND (NEW.id, NEW.delegation_id, NEW.step, NEW.what, NEW.at)
               IS NOT DISTINCT FROM (OLD.id, OLD.delegation_id, OLD.step, OLD.what, OLD.at)
        THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM public.accounts_delegation WHERE id = OLD.delegation_id)
    THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'accounts_delegationevent is append-only'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE FUNCTION accounts_actor_is_gone() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT accounts_is_gone(OLD.actor_id) THEN
        RAISE EXCEPTION 'accounts_delegationevent is append-only: who acted is still here'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER forgets_who_is_gone AFTER UPDATE ON accounts_delegationevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.actor_id IS NOT NULL AND NEW.actor_id IS NULL)
    EXECUTE FUNCTION accounts_actor_is_gone();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON accounts_delegationevent
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_delegationevent_stays();
ALTER TABLE accounts_delegationevent ENABLE ALWAYS TRIGGER stays_as_written;
ALTER TABLE accounts_delegationevent ENABLE ALWAYS TRIGGER vanishes_with_its_delegation;
ALTER TABLE accounts_delegationevent ENABLE ALWAYS TRIGGER forgets_who_is_gone;
ALTER TABLE accounts_delegationevent ENABLE ALWAYS TRIGGER never_emptied;

CREATE FUNCTION accounts_delegation_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND accounts_is_gone(OLD.person_id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'A delegation and its append-only lines go with their person, not before.'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE CONSTRAINT TRIGGER goes_with_its_person AFTER DELETE ON accounts_delegation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_delegation_stays();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON accounts_delegation
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_delegation_stays();
ALTER TABLE accounts_delegation ENABLE ALWAYS TRIGGER goes_with_its_person;
ALTER TABLE accounts_delegation ENABLE ALWAYS TRIGGER never_emptied;
"""
BACK = """
DROP TRIGGER never_emptied ON accounts_delegation;
DROP TRIGGER goes_with_its_person ON accounts_delegation;
DROP TRIGGER never_emptied ON accounts_delegationevent;
DROP TRIGGER forgets_who_is_gone ON accounts_delegationevent;
DROP FUNCTION accounts_delegation_stays(), accounts_actor_is_gone(), accounts_is_gone(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [("accounts", "0007_offices_ask_before_anybody_joins")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
