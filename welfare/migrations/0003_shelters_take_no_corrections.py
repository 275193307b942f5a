from django.db import migrations

# The services refuse it in a sentence; this refuses it whoever writes.
FORWARD = """
CREATE FUNCTION welfare_refuse_shelter_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM welfare_facility WHERE code = NEW.key AND is_protected) THEN
        RAISE EXCEPTION '보호 시설의 위치와 연락처는 고칠 수 없습니다.'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'welfare_shelter_takes_no_correction';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER welfare_shelter_takes_no_correction
    BEFORE INSERT OR UPDATE OF kind, key, field, value, source_value ON feeds_override
    FOR EACH ROW WHEN (
        NEW.kind = 'welfare.facility'
        AND NEW.field NOT IN ('status', 'capacity', 'occupancy', 'waiting'))
    EXECUTE FUNCTION welfare_refuse_shelter_correction();
"""
BACKWARD = """
DROP TRIGGER welfare_shelter_takes_no_correction ON feeds_override;
DROP FUNCTION welfare_refuse_shelter_correction();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("welfare", "0002_families_and_kinds"),
        ("feeds", "0002_field_change_says_why"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
