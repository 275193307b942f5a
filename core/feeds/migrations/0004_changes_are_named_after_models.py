"""Two kinds of changes had names of their own, which no page could say in words."""

from django.db import migrations

RENAME = """
UPDATE feeds_fieldchange SET kind = CASE kind
    WHEN 'accounts.centre' THEN 'accounts.communitycentre' ELSE 'welfare.facilitykind' END
WHERE kind IN ('accounts.centre', 'welfare.facility_kind')
"""


class Migration(migrations.Migration):
    dependencies = [("feeds", "0003_feedrun_says_whether_it_was_partial")]

    operations = [migrations.RunSQL(RENAME, migrations.RunSQL.noop, elidable=True)]
