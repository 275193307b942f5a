"""Households of the caseload, and who belongs to them."""

import core.records.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_a_number_may_be_locked'),
        ('offices', '0002_an_office_stands_in_for_those_without_staff'),
        ('welfare', '0018_benefits_are_asked_for'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CareHousehold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_on', models.DateField(verbose_name='시작한 날')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='끝난 날')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='동주민센터')),
            ],
            options={
                'verbose_name': '돌보는 가구',
                'verbose_name_plural': '돌보는 가구',
            },
        ),
        migrations.CreateModel(
            name='CareMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', core.records.fields.EncryptedTextField(verbose_name='이름')),
                ('birth_date', core.records.fields.EncryptedTextField(verbose_name='생년월일')),
                ('mark', models.CharField(db_index=True, max_length=64, verbose_name='찾는 값')),
                ('relation', models.CharField(max_length=12, verbose_name='관계')),
                ('since', models.DateField(verbose_name='들어온 날')),
                ('until', models.DateField(blank=True, null=True, verbose_name='나간 날')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='welfare.carehousehold', verbose_name='가구')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='사람')),
            ],
            options={
                'verbose_name': '가구원',
                'verbose_name_plural': '가구원',
            },
        ),
        migrations.AddConstraint(
            model_name='caremember',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('person',), name='welfare_caremember_person_is_in_one_household', violation_error_message='이 사람은 이미 다른 가구에 있습니다.'),
        ),
        migrations.AddConstraint(
            model_name='caremember',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('mark',), name='welfare_caremember_mark_is_in_one_household', violation_error_message='이 사람은 이미 다른 가구에 있습니다.'),
        ),
        migrations.AddConstraint(
            model_name='caremember',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='welfare_caremember_leaves_after_coming', violation_error_message='나간 날은 들어온 날보다 앞일 수 없습니다.'),
        ),
    ]
