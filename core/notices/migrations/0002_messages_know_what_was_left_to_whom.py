"""Messages for a helper say under which matter they came, so that they end with it."""

from django.db import migrations, models

# Until now only requests were told to helpers, and each names its kind: that is the matter.
FILL = """
UPDATE notices_message SET matter = COALESCE(facts ->> 'kind', '') WHERE about_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_people_are_told_things")]

    operations = [
        migrations.AddField(
            "message",
            "matter",
            models.CharField("맡은 일", max_length=60, blank=True, db_default=""),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop, elidable=True),
    ]
