from django.db import migrations, models

import welfare.models.facility_report


class Migration(migrations.Migration):
    dependencies = [("welfare", "0008_facility_streets_are_looked_up")]

    operations = [
        # First without a default: every row there is would be given the same code.
        migrations.AddField(
            "facilityreport",
            "receipt",
            models.CharField(
                editable=False, max_length=32, null=True, unique=True, verbose_name="접수 번호"
            ),
        ),
        migrations.AlterField(
            "facilityreport",
            "receipt",
            models.CharField(
                default=welfare.models.facility_report.new_receipt,
                editable=False,
                max_length=32,
                null=True,
                unique=True,
                verbose_name="접수 번호",
            ),
        ),
    ]
