"""Everybody who wrote in a plain text is kept, so that none of them is its second reader."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KNOWN = """
INSERT INTO welfare_plaintextwriter (text_id, person_id, at)
SELECT id, made_by_id, made_at FROM welfare_plaintext;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("welfare", "0026_what_was_sent_keeps_its_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlainTextWriter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="마지막으로 쓴 때")),
                ("text", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="written_by", to="welfare.plaintext", verbose_name="쉬운 말 안내")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="쓴 사람")),
            ],
            options={
                "verbose_name": "쉬운 말 안내를 쓴 사람",
                "verbose_name_plural": "쉬운 말 안내를 쓴 사람",
                "constraints": [
                    models.UniqueConstraint(fields=("text", "person"), name="welfare_plaintextwriter_is_noted_once", violation_error_message="이미 적어 둔 사람입니다.")
                ],
            },
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
