# Typed addresses are looked up by their street, among those of all facilities.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('welfare', '0007_public_identifiers'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='facility',
            index=models.Index(fields=['address'], name='welfare_facility_address', opclasses=['text_pattern_ops']),
        ),
    ]
