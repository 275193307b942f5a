"""What is known, agreed, planned and done for households of the caseload, and who hands over."""

import core.records.fields
import core.records.marks
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.records.remarking import Group, remark


# What was done is added to and never changed; a line goes with its household, and loses its member.
STEPS_STAY = """
CREATE FUNCTION welfare_care_steps_stay() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('records.resealing', true) = 'on' THEN
        IF to_jsonb(OLD) - 'words' = to_jsonb(NEW) - 'words' THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.member_id IS NULL AND to_jsonb(OLD) - 'member_id' = to_jsonb(NEW) - 'member_id' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'The table % is a log: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE ON welfare_carestep
    FOR EACH ROW EXECUTE FUNCTION welfare_care_steps_stay();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON welfare_carestep
    FOR EACH STATEMENT EXECUTE FUNCTION welfare_care_steps_stay();
CREATE FUNCTION welfare_care_steps_go_with_it() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.welfare_carehousehold WHERE id = OLD.household_id) THEN
        RAISE EXCEPTION 'The table % is a log: its lines go with their household, not before.',
            TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER go_with_their_household AFTER DELETE ON welfare_carestep
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION welfare_care_steps_go_with_it();
ALTER TABLE welfare_carestep ENABLE ALWAYS TRIGGER never_changed;
ALTER TABLE welfare_carestep ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE welfare_carestep ENABLE ALWAYS TRIGGER go_with_their_household;
"""
# No household changes its centre, or ends in another, but by what two people said.
HOUSEHOLDS_STAY = """
CREATE FUNCTION welfare_care_moves_by_two() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.welfare_carehousehold WHERE id = NEW.id) THEN
        RETURN NULL;
    END IF;
    IF OLD.centre_id <> NEW.centre_id AND NOT EXISTS (
        SELECT FROM public.welfare_carehandover AS given
        WHERE given.household_id = NEW.id AND given.answer = 'AGREED'
            AND given.from_centre_id = OLD.centre_id AND given.to_centre_id = NEW.centre_id)
    THEN
        RAISE EXCEPTION 'Household % went to another centre, which has not taken it.', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.merged_into_id IS NOT NULL AND OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id
        AND NOT EXISTS (
        SELECT FROM public.welfare_caremerge AS agreed
        WHERE agreed.gone_id = NEW.id AND agreed.answer = 'AGREED')
    THEN
        RAISE EXCEPTION 'Household % was merged, and no second person has agreed.', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER moves_by_two AFTER UPDATE ON welfare_carehousehold
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.centre_id, OLD.merged_into_id)
        IS DISTINCT FROM (NEW.centre_id, NEW.merged_into_id))
    EXECUTE FUNCTION welfare_care_moves_by_two();
ALTER TABLE welfare_carehousehold ENABLE ALWAYS TRIGGER moves_by_two;
"""
UNDO = """
DROP TRIGGER moves_by_two ON welfare_carehousehold;
DROP TRIGGER go_with_their_household ON welfare_carestep;
DROP TRIGGER never_emptied ON welfare_carestep;
DROP TRIGGER never_changed ON welfare_carestep;
DROP FUNCTION welfare_care_moves_by_two(), welfare_care_steps_go_with_it(),
    welfare_care_steps_stay();
"""


def make_marks_anew(apps, schema_editor):
    """Marks hung on SECRET_KEY, which changes without anybody making them anew."""
    models = ("CareMember", "HardshipHousehold", "HardshipSign")
    fields = [apps.get_model("welfare", name)._meta.get_field("mark") for name in models]
    remark(Group("welfare.people", fields))


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_work_comes_back_from_who_left'),
        ('offices', '0002_an_office_stands_in_for_those_without_staff'),
        ('welfare', '0028_effects_of_drafts_are_counted_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CareBenefit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', core.records.fields.EncryptedTextField(verbose_name='급여 이름')),
                ('state', models.CharField(choices=[('APPLIED', '신청함'), ('RECEIVED', '받고 있음'), ('REFUSED', '받지 못함'), ('ENDED', '더 받지 않음')], max_length=8, verbose_name='상태')),
                ('applied_date', models.DateField(blank=True, null=True, verbose_name='신청한 날')),
                ('received_date', models.DateField(blank=True, null=True, verbose_name='받기 시작한 날')),
                ('refused_date', models.DateField(blank=True, null=True, verbose_name='받지 못한 날')),
                ('ended_date', models.DateField(blank=True, null=True, verbose_name='끝난 날')),
            ],
            options={
                'verbose_name': '가구원의 급여',
                'verbose_name_plural': '가구원의 급여',
            },
        ),
        migrations.CreateModel(
            name='CareCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': '가구의 신청',
                'verbose_name_plural': '가구의 신청',
            },
        ),
        migrations.CreateModel(
            name='CareConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('PLAN', '함께 계획을 세우고 기록하는 것'), ('APPLY', '급여를 대신 신청하는 것'), ('VISIT', '집에 찾아가는 것'), ('SHARE', '돕는 기관에 필요한 만큼 알리는 것')], max_length=8, verbose_name='무엇에')),
                ('way', models.CharField(choices=[('SCREEN', '화면의 글을 읽고 동의했습니다'), ('PAPER', '종이에 서명했습니다')], max_length=8, verbose_name='어떻게')),
                ('version', models.SmallIntegerField(verbose_name='동의 문구 번호')),
                ('since', models.DateField(verbose_name='동의한 날')),
                ('until', models.DateField(blank=True, null=True, verbose_name='거둔 날')),
            ],
            options={
                'verbose_name': '가구원의 동의',
                'verbose_name_plural': '가구원의 동의',
            },
        ),
        migrations.CreateModel(
            name='CareContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('VISIT', '가정 방문'), ('CALL', '전화'), ('COUNTER', '센터 방문'), ('MESSAGE', '문자나 편지')], max_length=8, verbose_name='어떻게')),
                ('on', models.DateField(verbose_name='언제')),
                ('words', core.records.fields.EncryptedTextField(verbose_name='이야기한 것')),
            ],
            options={
                'verbose_name': '가구원과 만남',
                'verbose_name_plural': '가구원과 만남',
            },
        ),
        migrations.CreateModel(
            name='CareHandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', core.records.fields.EncryptedTextField(verbose_name='까닭')),
                ('asked_at', models.DateTimeField(verbose_name='말을 꺼낸 때')),
                ('answer', models.CharField(choices=[('WAITING', '기다림'), ('AGREED', '받아들임'), ('DECLINED', '받아들이지 않음'), ('WITHDRAWN', '거둠')], default='WAITING', max_length=12, verbose_name='답')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='답한 때')),
            ],
            options={
                'verbose_name': '가구 넘기기',
                'verbose_name_plural': '가구 넘기기',
            },
        ),
        migrations.CreateModel(
            name='CareMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', core.records.fields.EncryptedTextField(verbose_name='까닭')),
                ('asked_at', models.DateTimeField(verbose_name='말을 꺼낸 때')),
                ('answer', models.CharField(choices=[('WAITING', '기다림'), ('AGREED', '받아들임'), ('DECLINED', '받아들이지 않음'), ('WITHDRAWN', '거둠')], default='WAITING', max_length=12, verbose_name='답')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='답한 때')),
            ],
            options={
                'verbose_name': '가구 합치기',
                'verbose_name_plural': '가구 합치기',
            },
        ),
        migrations.CreateModel(
            name='CareNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('need', models.CharField(max_length=40, verbose_name='필요한 것')),
                ('words', core.records.fields.EncryptedTextField(blank=True, default='', verbose_name='말씀하신 것')),
                ('since', models.DateField(verbose_name='적은 날')),
                ('until', models.DateField(blank=True, null=True, verbose_name='풀린 날')),
            ],
            options={
                'verbose_name': '가구원에게 필요한 것',
                'verbose_name_plural': '가구원에게 필요한 것',
            },
        ),
        migrations.CreateModel(
            name='CarePlanStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', core.records.fields.EncryptedTextField(verbose_name='할 일')),
                ('due_date', models.DateField(verbose_name='언제까지')),
                ('done_date', models.DateField(blank=True, null=True, verbose_name='한 날')),
                ('dropped_date', models.DateField(blank=True, null=True, verbose_name='거둔 날')),
            ],
            options={
                'verbose_name': '가구의 계획',
                'verbose_name_plural': '가구의 계획',
            },
        ),
        migrations.CreateModel(
            name='CareStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('OPENED', '돌보기 시작함'), ('MEMBER_CAME', '가구원이 들어옴'), ('MEMBER_LEFT', '가구원이 나감'), ('ADDRESS', '주소를 고침'), ('NEED_TOLD', '필요한 것을 적음'), ('NEED_ENDED', '필요한 것이 풀림'), ('CONSENT_GIVEN', '동의를 받음'), ('CONSENT_ENDED', '동의를 거둠'), ('BENEFIT_NOTED', '급여를 적음'), ('BENEFIT_CHANGED', '급여가 달라짐'), ('CONTACT', '만나거나 연락함'), ('PLANNED', '계획을 세움'), ('PLAN_DONE', '계획대로 함'), ('PLAN_DROPPED', '계획을 거둠'), ('CASE_OPENED', '신청을 시작함'), ('CASE_LINKED', '신청을 이음'), ('FILE_KEPT', '서류를 붙임'), ('HAND_OVER_ASKED', '다른 동주민센터에 넘기겠다고 함'), ('HAND_OVER_ENDED', '넘기지 않기로 함'), ('HANDED_OVER', '다른 동주민센터가 받음'), ('MERGE_ASKED', '두 가구를 합치자고 함'), ('MERGE_ENDED', '합치지 않기로 함'), ('MERGED', '두 가구를 합침'), ('CLOSED', '돌보기를 마침')], max_length=16, verbose_name='한 일')),
                ('words', core.records.fields.EncryptedTextField(blank=True, default='', verbose_name='적은 것')),
                ('at', models.DateTimeField(verbose_name='한 때')),
                ('key', models.UUIDField(verbose_name='요청')),
            ],
            options={
                'verbose_name': '가구를 위해 한 일',
                'verbose_name_plural': '가구를 위해 한 일',
            },
        ),
        migrations.AddField(
            model_name='carehousehold',
            name='address',
            field=core.records.fields.EncryptedTextField(blank=True, default='', verbose_name='주소'),
        ),
        migrations.AddField(
            model_name='carehousehold',
            name='address_mark',
            field=core.records.marks.MarkField(blank=True, default='', group='welfare.addresses', max_length=64, of=('address',), verbose_name='주소로 찾는 값'),
        ),
        migrations.AddField(
            model_name='carehousehold',
            name='last_contact_date',
            field=models.DateField(blank=True, null=True, verbose_name='마지막 연락'),
        ),
        migrations.AddField(
            model_name='carehousehold',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='welfare.carehousehold', verbose_name='합쳐진 가구'),
        ),
        migrations.AddField(
            model_name='carehousehold',
            name='next_due_date',
            field=models.DateField(blank=True, null=True, verbose_name='다음 할 일'),
        ),
        migrations.AlterField(
            model_name='caremember',
            name='mark',
            field=core.records.marks.MarkField(db_index=True, group='welfare.people', max_length=64, of=('name', 'birth_date'), verbose_name='찾는 값'),
        ),
        migrations.AlterField(
            model_name='hardshiphousehold',
            name='mark',
            field=core.records.marks.MarkField(group='welfare.people', max_length=64, of=('name', 'birth_date'), verbose_name='찾는 값'),
        ),
        migrations.AlterField(
            model_name='hardshipsign',
            name='mark',
            field=core.records.marks.MarkField(group='welfare.people', max_length=64, of=(), verbose_name='찾는 값'),
        ),
        migrations.AddIndex(
            model_name='carehousehold',
            index=models.Index(condition=models.Q(('closed_on', None)), fields=['centre', 'next_due_date', 'id'], name='welfare_carehousehold_due'),
        ),
        migrations.AddIndex(
            model_name='carehousehold',
            index=models.Index(condition=models.Q(('closed_on', None), models.Q(('address_mark', ''), _negated=True)), fields=['address_mark'], name='welfare_carehousehold_place'),
        ),
        migrations.AddConstraint(
            model_name='carehousehold',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='welfare_carehousehold_ends_after_it_began', violation_error_message='끝난 날은 시작한 날보다 앞일 수 없습니다.'),
        ),
        migrations.AddConstraint(
            model_name='carehousehold',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('closed_on__isnull', False), models.Q(('merged_into', models.F('pk')), _negated=True)), _connector='OR'), name='welfare_carehousehold_is_merged_when_closed', violation_error_message='합쳐진 가구는 끝나 있어야 합니다.'),
        ),
        migrations.AddField(
            model_name='carebenefit',
            name='benefit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='welfare.benefit', verbose_name='급여'),
        ),
        migrations.AddField(
            model_name='carebenefit',
            name='case',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='급여 신청'),
        ),
        migrations.AddField(
            model_name='carebenefit',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.carehousehold', verbose_name='가구'),
        ),
        migrations.AddField(
            model_name='carebenefit',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.caremember', verbose_name='가구원'),
        ),
        migrations.AddField(
            model_name='carecase',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='신청'),
        ),
        migrations.AddField(
            model_name='carecase',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.carehousehold', verbose_name='가구'),
        ),
        migrations.AddField(
            model_name='carecase',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.caremember', verbose_name='가구원'),
        ),
        migrations.AddField(
            model_name='careconsent',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.carehousehold', verbose_name='가구'),
        ),
        migrations.AddField(
            model_name='careconsent',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.caremember', verbose_name='가구원'),
        ),
        migrations.AddField(
            model_name='careconsent',
            name='taken_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='받은 직원'),
        ),
        migrations.AddField(
            model_name='carecontact',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='만난 직원'),
        ),
        migrations.AddField(
            model_name='carecontact',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='가정 방문'),
        ),
        migrations.AddField(
            model_name='carecontact',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.carehousehold', verbose_name='가구'),
        ),
        migrations.AddField(
            model_name='carecontact',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.caremember', verbose_name='가구원'),
        ),
        migrations.AddField(
            model_name='carehandover',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='답한 사람'),
        ),
        migrations.AddField(
            model_name='carehandover',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='말을 꺼낸 사람'),
        ),
        migrations.AddField(
            model_name='carehandover',
            name='from_centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='넘기는 곳'),
        ),
        migrations.AddField(
            model_name='carehandover',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_overs', to='welfare.carehousehold', verbose_name='가구'),
        ),
        migrations.AddField(
            model_name='carehandover',
            name='to_centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='받는 곳'),
        ),
        migrations.AddField(
            model_name='caremerge',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='답한 사람'),
        ),
        migrations.AddField(
            model_name='caremerge',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='말을 꺼낸 사람'),
        ),
        migrations.AddField(
            model_name='caremerge',
            name='gone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.carehousehold', verbose_name='합쳐지는 가구'),
        ),
        migrations.AddField(
            model_name='caremerge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.carehousehold', verbose_name='남는 가구'),
        ),
        migrations.AddField(
            model_name='careneed',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.carehousehold', verbose_name='가구'),
        ),
        migrations.AddField(
            model_name='careneed',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.caremember', verbose_name='가구원'),
        ),
        migrations.AddField(
            model_name='careplanstep',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_steps', to='welfare.carehousehold', verbose_name='가구'),
        ),
        migrations.AddField(
            model_name='careplanstep',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='welfare.caremember', verbose_name='가구원'),
        ),
        migrations.AddField(
            model_name='careplanstep',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='담당'),
        ),
        migrations.AddField(
            model_name='carestep',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='한 사람'),
        ),
        migrations.AddField(
            model_name='carestep',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='신청'),
        ),
        migrations.AddField(
            model_name='carestep',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='어디에서'),
        ),
        migrations.AddField(
            model_name='carestep',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='welfare.carehousehold', verbose_name='가구'),
        ),
        migrations.AddField(
            model_name='carestep',
            name='member',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='welfare.caremember', verbose_name='가구원'),
        ),
        migrations.AddConstraint(
            model_name='carebenefit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_date__isnull', False), ('state', 'APPLIED')), models.Q(('received_date__isnull', False), ('state', 'RECEIVED')), models.Q(('refused_date__isnull', False), ('state', 'REFUSED')), models.Q(('ended_date__isnull', False), ('state', 'ENDED')), _connector='OR'), name='welfare_carebenefit_says_since_when', violation_error_message='상태가 언제부터인지 있어야 합니다.'),
        ),
        migrations.AddConstraint(
            model_name='careconsent',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('member', 'topic'), name='welfare_careconsent_is_given_once', violation_error_message='이미 동의하셨습니다.'),
        ),
        migrations.AddConstraint(
            model_name='careconsent',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='welfare_careconsent_ends_after_it_began', violation_error_message='거둔 날은 동의한 날보다 앞일 수 없습니다.'),
        ),
        migrations.AddIndex(
            model_name='carehandover',
            index=models.Index(condition=models.Q(('answer', 'WAITING')), fields=['to_centre', 'asked_at'], name='welfare_carehandover_to'),
        ),
        migrations.AddConstraint(
            model_name='carehandover',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', 'WAITING')), fields=('household',), name='welfare_carehandover_is_one_at_a_time', violation_error_message='이미 넘기기로 한 가구입니다.'),
        ),
        migrations.AddConstraint(
            model_name='carehandover',
            constraint=models.CheckConstraint(condition=models.Q(('from_centre', models.F('to_centre')), _negated=True), name='welfare_carehandover_goes_elsewhere', violation_error_message='다른 동주민센터를 골라 주세요.'),
        ),
        migrations.AddConstraint(
            model_name='carehandover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'WAITING'), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', 'WAITING'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='welfare_carehandover_is_answered_by_somebody', violation_error_message='누가 언제 답했는지 있어야 합니다.'),
        ),
        migrations.AddConstraint(
            model_name='caremerge',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', 'WAITING'), ('answer', 'AGREED'), _connector='OR'), fields=('gone',), name='welfare_caremerge_is_one_at_a_time', violation_error_message='이미 합치자고 한 가구입니다.'),
        ),
        migrations.AddConstraint(
            model_name='caremerge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('gone')), _negated=True), name='welfare_caremerge_is_of_two', violation_error_message='같은 가구끼리는 합칠 수 없습니다.'),
        ),
        migrations.AddConstraint(
            model_name='caremerge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'AGREED'), _negated=True), models.Q(('asked_by', models.F('answered_by')), _negated=True), _connector='OR'), name='welfare_caremerge_is_agreed_by_another', violation_error_message='말을 꺼낸 사람이 아닌 다른 사람이 동의해야 합니다.'),
        ),
        migrations.AddConstraint(
            model_name='caremerge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'WAITING'), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', 'WAITING'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='welfare_caremerge_is_answered_by_somebody', violation_error_message='누가 언제 답했는지 있어야 합니다.'),
        ),
        migrations.AddConstraint(
            model_name='careneed',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('member', 'need'), name='welfare_careneed_is_told_once', violation_error_message='이미 적혀 있습니다.'),
        ),
        migrations.AddConstraint(
            model_name='careneed',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='welfare_careneed_ends_after_it_began', violation_error_message='풀린 날은 적은 날보다 앞일 수 없습니다.'),
        ),
        migrations.AddIndex(
            model_name='careplanstep',
            index=models.Index(condition=models.Q(('done_date', None), ('dropped_date', None)), fields=['household', 'due_date'], name='welfare_careplanstep_open'),
        ),
        migrations.AddConstraint(
            model_name='careplanstep',
            constraint=models.CheckConstraint(condition=models.Q(('done_date', None), ('dropped_date', None), _connector='OR'), name='welfare_careplanstep_ends_once', violation_error_message='한 일은 거둘 수 없습니다.'),
        ),
        migrations.AddIndex(
            model_name='carestep',
            index=models.Index(fields=['household', 'at'], name='welfare_carestep_of'),
        ),
        migrations.AddConstraint(
            model_name='carestep',
            constraint=models.UniqueConstraint(fields=('household', 'key'), name='welfare_carestep_happens_once', violation_error_message='이미 처리한 요청입니다.'),
        ),
        migrations.RunSQL(STEPS_STAY + HOUSEHOLDS_STAY, UNDO),
        migrations.RunPython(make_marks_anew, migrations.RunPython.noop, elidable=True),
    ]
