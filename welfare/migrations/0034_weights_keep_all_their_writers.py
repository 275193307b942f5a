"""Everybody who wrote in a table of weights is kept, so that none of them puts it in force."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KNOWN = """
INSERT INTO welfare_signweightswriter (weights_id, person_id, at)
SELECT id, made_by_id, made_at FROM welfare_signweights WHERE made_by_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("welfare", "0033_a_benefit_lasts_until_a_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignWeightsWriter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="마지막으로 쓴 때")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="쓴 사람")),
                ("weights", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="written_by", to="welfare.signweights", verbose_name="위기 신호 가중치")),
            ],
            options={
                "verbose_name": "위기 신호 가중치를 쓴 사람",
                "verbose_name_plural": "위기 신호 가중치를 쓴 사람",
                "constraints": [
                    models.UniqueConstraint(fields=("weights", "person"), name="welfare_signweightswriter_is_noted_once", violation_error_message="이미 적어 둔 사람입니다.")
                ],
            },
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
