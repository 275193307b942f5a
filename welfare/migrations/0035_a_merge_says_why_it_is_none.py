"""Why two households stay two is kept beside why they might be one, and no longer in their logs."""

from django.db import migrations

import core.records.fields


class Migration(migrations.Migration):

    dependencies = [
        ('welfare', '0034_weights_keep_all_their_writers'),
    ]

    operations = [
        migrations.AddField(
            model_name='caremerge',
            name='ended_because',
            field=core.records.fields.EncryptedTextField(blank=True, default='', verbose_name='합치지 않는 까닭'),
        ),
    ]
