"""What the database itself refuses: a published rule that changes, a log line that goes."""

from django.db import migrations

# Only the way onward is open: a draft is sent, sent back, published; what is published can be
# withdrawn and nothing else. Only what nobody has read yet can be deleted.
RULES_STAY = """
CREATE FUNCTION welfare_rules_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    life text[] := ARRAY['status', 'published_by_id', 'published_at', 'withdrawn_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'DRAFT' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'Rule % is %: it stays.', OLD.id, OLD.status
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.status <> 'DRAFT' AND to_jsonb(OLD) - life <> to_jsonb(NEW) - life THEN
        RAISE EXCEPTION 'Rule % is %: what it says stays.', OLD.id, OLD.status
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (
            ('DRAFT', 'REVIEW'), ('REVIEW', 'DRAFT'), ('REVIEW', 'PUBLISHED'),
            ('PUBLISHED', 'WITHDRAWN')) THEN
        RAISE EXCEPTION 'Rule % cannot go from % to %.', OLD.id, OLD.status, NEW.status
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.status IN ('PUBLISHED', 'WITHDRAWN')
            AND (OLD.published_by_id, OLD.published_at)
                IS DISTINCT FROM (NEW.published_by_id, NEW.published_at) THEN
        RAISE EXCEPTION 'Rule %: who published it when stays.', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rules_stay BEFORE UPDATE OR DELETE ON welfare_ruleversion
    FOR EACH ROW EXECUTE FUNCTION welfare_rules_stay();
ALTER TABLE welfare_ruleversion ENABLE ALWAYS TRIGGER rules_stay;
"""
# Lines go with the draft they are of, and else stay; who did it may be a number only, by erasure.
STEPS_STAY = """
CREATE FUNCTION welfare_rule_steps_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
            SELECT FROM welfare_ruleversion WHERE id = OLD.version_id AND status <> 'DRAFT') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The table % is a log: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER steps_stay BEFORE UPDATE OR DELETE ON welfare_rulestep
    FOR EACH ROW EXECUTE FUNCTION welfare_rule_steps_stay();
ALTER TABLE welfare_rulestep ENABLE ALWAYS TRIGGER steps_stay;
"""
UNDO = """
DROP TRIGGER rules_stay ON welfare_ruleversion;
DROP TRIGGER steps_stay ON welfare_rulestep;
DROP FUNCTION welfare_rules_stay();
DROP FUNCTION welfare_rule_steps_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("welfare", "0015_rules_are_kept_by_two")]
    operations = [migrations.RunSQL(RULES_STAY + STEPS_STAY, UNDO)]
