"""A benefit of a household may have a last day, of which whoever agreed is told before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_readers_are_lines_as_well'),
        ('welfare', '0032_steps_are_of_a_page_and_cases_are_untied'),
    ]

    operations = [
        migrations.AddField(
            model_name='carebenefit',
            name='lasts_until',
            field=models.DateField(blank=True, null=True, verbose_name='받는 마지막 날'),
        ),
        migrations.AddField(
            model_name='carebenefit',
            name='reminded_of',
            field=models.DateField(blank=True, null=True, verbose_name='알린 마지막 날'),
        ),
        migrations.AlterField(
            model_name='careconsent',
            name='topic',
            field=models.CharField(choices=[('PLAN', '함께 계획을 세우고 기록하는 것'), ('APPLY', '급여를 대신 신청하는 것'), ('VISIT', '집에 찾아가는 것'), ('SHARE', '돕는 기관에 필요한 만큼 알리는 것'), ('REMIND', '받는 급여가 끝나기 전에 알려 드리는 것')], max_length=8, verbose_name='무엇에'),
        ),
        migrations.AddIndex(
            model_name='carebenefit',
            index=models.Index(condition=models.Q(('lasts_until__isnull', False)), fields=['lasts_until'], name='welfare_carebenefit_lasts'),
        ),
        migrations.AddConstraint(
            model_name='carebenefit',
            constraint=models.CheckConstraint(condition=models.Q(('lasts_until', None), ('received_date', None), ('lasts_until__gte', models.F('received_date')), _connector='OR'), name='welfare_carebenefit_lasts_after_it_begins', violation_error_message='마지막 날은 받기 시작한 날보다 앞일 수 없습니다.'),
        ),
    ]
