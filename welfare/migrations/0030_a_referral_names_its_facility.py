"""To which facility a referral leads, beside its case."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_work_comes_back_from_who_left'),
        ('welfare', '0029_what_is_done_for_households_is_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='referral', serialize=False, to='cases.case', verbose_name='신청')),
                ('facility_name', models.TextField(verbose_name='연계한 시설')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='welfare.facility', verbose_name='시설')),
            ],
            options={
                'verbose_name': '시설 연계',
                'verbose_name_plural': '시설 연계',
            },
        ),
    ]
