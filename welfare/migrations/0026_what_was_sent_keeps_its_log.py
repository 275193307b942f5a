"""A draft that a second person was asked to read is not deleted, and neither is its log."""

from django.db import migrations, models

# As 0016 wrote it, but for what stands in the marked places.
RULES_STAY = """
CREATE OR REPLACE FUNCTION welfare_rules_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    life text[] := ARRAY['status', 'published_by_id', 'published_at', 'withdrawn_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'DRAFT' /* unless */ THEN RETURN OLD; END IF;
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
"""
STEPS_STAY = """
CREATE OR REPLACE FUNCTION welfare_rule_steps_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' /* unless */ AND NOT EXISTS (
            SELECT FROM welfare_ruleversion WHERE id = OLD.version_id AND status <> 'DRAFT') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The table % is a log: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
PLACE = "/* unless */"
RULE_UNSENT = """AND NOT EXISTS (
            SELECT FROM welfare_rulestep WHERE version_id = OLD.id AND step = 'SENT')"""
STEP_UNSENT = """AND OLD.step <> 'SENT' AND NOT EXISTS (
            SELECT FROM welfare_rulestep WHERE version_id = OLD.version_id AND step = 'SENT')"""
STEPS = [
    ("BROUGHT_IN", "처음부터 있음"),
    ("DRAFTED", "쓰기 시작"),
    ("EDITED", "고침"),
    ("EXPLAINED", "바뀐 판정을 설명함"),
    ("SENT", "검토 요청"),
    ("SENT_BACK", "돌려보냄"),
    ("PUBLISHED", "시행"),
    ("WITHDRAWN", "거둠"),
]


class Migration(migrations.Migration):
    dependencies = [("welfare", "0025_answers_are_counted_and_messages_hold_numbers")]

    operations = [
        migrations.AlterField(
            model_name="rulestep",
            name="step",
            field=models.CharField(choices=STEPS, max_length=12, verbose_name="한 일"),
        ),
        migrations.RunSQL(
            RULES_STAY.replace(PLACE, RULE_UNSENT) + STEPS_STAY.replace(PLACE, STEP_UNSENT),
            RULES_STAY + STEPS_STAY,
        ),
    ]
