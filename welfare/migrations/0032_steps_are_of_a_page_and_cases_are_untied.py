"""Both logs know a page by its household, and a request tied by mistake is untied."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_readers_are_lines_as_well'),
        ('welfare', '0031_tables_bear_their_notice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='carestep',
            name='deed',
            field=models.CharField(choices=[('OPENED', '돌보기 시작함'), ('MEMBER_CAME', '가구원이 들어옴'), ('MEMBER_LEFT', '가구원이 나감'), ('ADDRESS', '주소를 고침'), ('NEED_TOLD', '필요한 것을 적음'), ('NEED_ENDED', '필요한 것이 풀림'), ('CONSENT_GIVEN', '동의를 받음'), ('CONSENT_ENDED', '동의를 거둠'), ('BENEFIT_NOTED', '급여를 적음'), ('BENEFIT_CHANGED', '급여가 달라짐'), ('CONTACT', '만나거나 연락함'), ('PLANNED', '계획을 세움'), ('PLAN_GIVEN', '계획의 담당을 정함'), ('PLAN_DONE', '계획대로 함'), ('PLAN_DROPPED', '계획을 거둠'), ('CASE_OPENED', '신청을 시작함'), ('CASE_LINKED', '신청을 이음'), ('CASE_UNTIED', '잘못 이은 신청을 뗌'), ('FILE_KEPT', '서류를 붙임'), ('HAND_OVER_ASKED', '다른 동주민센터에 넘기겠다고 함'), ('HAND_OVER_ENDED', '넘기지 않기로 함'), ('HANDED_OVER', '다른 동주민센터가 받음'), ('MERGE_ASKED', '두 가구를 합치자고 함'), ('MERGE_ENDED', '합치지 않기로 함'), ('MERGED', '두 가구를 합침'), ('CLOSED', '돌보기를 마침')], max_length=16, verbose_name='한 일'),
        ),
        migrations.AlterField(
            model_name='hardshipstep',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='신청'),
        ),
        migrations.AddConstraint(
            model_name='hardshipstep',
            constraint=models.UniqueConstraint(fields=('household', 'key'), name='welfare_hardshipstep_happens_once', violation_error_message='이미 처리한 요청입니다.'),
        ),
        migrations.AlterField(
            model_name='hardshipstep',
            name='key',
            field=models.UUIDField(verbose_name='요청'),
        ),
    ]
