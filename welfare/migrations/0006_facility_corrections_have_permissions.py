from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0002_field_change_says_why"),
        ("welfare", "0005_nearest_of_a_kind"),
    ]

    operations = [
        migrations.CreateModel(
            name="FacilityCorrection",
            fields=[],
            options={
                "verbose_name": "시설 수정",
                "verbose_name_plural": "시설 수정",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("feeds.override",),
        ),
    ]
