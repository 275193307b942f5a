"""How many people a draft would concern is kept, and no longer counted by whoever opens a page."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("welfare", "0027_plain_texts_keep_all_their_writers")]

    operations = [
        migrations.CreateModel(
            name="RuleEffect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="무엇을 셌는지")),
                ("asked", models.PositiveIntegerField(verbose_name="알림에 동의한 사람")),
                ("gain", models.PositiveIntegerField(verbose_name="새로 맞게 되는 사람")),
                ("lose", models.PositiveIntegerField(verbose_name="더는 맞지 않는 사람")),
                ("counted_at", models.DateTimeField(verbose_name="센 때")),
                ("version", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="effect", to="welfare.ruleversion", verbose_name="조건과 기준")),
            ],
            options={"verbose_name": "시행하면 달라지는 사람", "verbose_name_plural": "시행하면 달라지는 사람"},
        ),
    ]
