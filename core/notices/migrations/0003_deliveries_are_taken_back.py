"""A delivery is marked as taken back beside whoever holds it, so that no later attempt sends it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_messages_know_what_was_left_to_whom")]

    operations = [
        migrations.CreateModel(
            "TakenBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField("까닭", max_length=100)),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken_back",
                        to="notices.delivery",
                        verbose_name="발송",
                    ),
                ),
            ],
            options={"verbose_name": "거둔 발송", "verbose_name_plural": "거둔 발송"},
        ),
    ]
