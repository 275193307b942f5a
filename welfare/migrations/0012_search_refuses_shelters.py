from django.db import migrations

# Publication takes a shelter's entry out of the index; this keeps it out, whoever writes entries
# from facilities that he read before.
FORWARD = """
CREATE FUNCTION welfare_keep_shelter_out_of_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM welfare_facility WHERE code = NEW.key AND is_protected) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER welfare_shelter_has_no_search_entry
    BEFORE INSERT OR UPDATE ON search_searchentry
    FOR EACH ROW WHEN (NEW.kind = 'welfare.facility')
    EXECUTE FUNCTION welfare_keep_shelter_out_of_search();
DELETE FROM search_searchentry e USING welfare_facility f
WHERE e.kind = 'welfare.facility' AND f.code = e.key AND f.is_protected;
"""
BACKWARD = """
DROP TRIGGER welfare_shelter_has_no_search_entry ON search_searchentry;
DROP FUNCTION welfare_keep_shelter_out_of_search();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("welfare", "0011_lifting_protection_takes_two"),
        ("search", "0004_what_an_entry_tells"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
