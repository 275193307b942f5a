"""Signs of hardship, what they weigh, and what people do about them; what was done stays."""

import datetime

import core.records.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


# What was done is added to and never changed; a line goes with its household, after a year.
STEPS_STAY = """
CREATE FUNCTION welfare_hardship_steps_stay() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('records.resealing', true) = 'on' THEN
        IF to_jsonb(OLD) - 'words' = to_jsonb(NEW) - 'words' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'The table % is a log: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE ON welfare_hardshipstep
    FOR EACH ROW EXECUTE FUNCTION welfare_hardship_steps_stay();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON welfare_hardshipstep
    FOR EACH STATEMENT EXECUTE FUNCTION welfare_hardship_steps_stay();
CREATE FUNCTION welfare_hardship_steps_go_with_it() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.welfare_hardshiphousehold WHERE id = OLD.household_id) THEN
        RAISE EXCEPTION 'The table % is a log: its lines go with their household, not before.',
            TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER go_with_their_household AFTER DELETE ON welfare_hardshipstep
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION welfare_hardship_steps_go_with_it();
ALTER TABLE welfare_hardshipstep ENABLE ALWAYS TRIGGER never_changed;
ALTER TABLE welfare_hardshipstep ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE welfare_hardshipstep ENABLE ALWAYS TRIGGER go_with_their_household;
"""
# A state is what somebody did: no score changes it, and no other program either. A household stays
# for a year after anything was last told or done, and is never made older than it is.
HOUSEHOLDS_STAY = """
CREATE FUNCTION welfare_hardship_state_is_a_deed() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.welfare_hardshiphousehold WHERE id = NEW.id) AND NOT EXISTS (
        SELECT FROM public.welfare_hardshipstep AS step
        WHERE step.household_id = NEW.id AND step.at = NEW.state_at
            AND (step.deed = NEW.state OR step.deed = 'VISIT_PLANNED' AND NEW.state <> 'WAITING'))
    THEN
        RAISE EXCEPTION 'Household % went to % without a line in its log.', NEW.id, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER state_is_a_deed AFTER UPDATE ON welfare_hardshiphousehold
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.state, OLD.state_at) IS DISTINCT FROM (NEW.state, NEW.state_at))
    EXECUTE FUNCTION welfare_hardship_state_is_a_deed();
CREATE CONSTRAINT TRIGGER begins_unseen AFTER INSERT ON welfare_hardshiphousehold
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state <> 'WAITING')
    EXECUTE FUNCTION welfare_hardship_state_is_a_deed();
CREATE FUNCTION welfare_hardship_households_stay() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.touched_at >= OLD.touched_at THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'Household % was touched later than that.', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.touched_at <= now() - interval '364 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Household % and what was done about it stay for a year.', OLD.id
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stays_for_a_year BEFORE UPDATE OR DELETE ON welfare_hardshiphousehold
    FOR EACH ROW EXECUTE FUNCTION welfare_hardship_households_stay();
ALTER TABLE welfare_hardshiphousehold ENABLE ALWAYS TRIGGER state_is_a_deed;
ALTER TABLE welfare_hardshiphousehold ENABLE ALWAYS TRIGGER begins_unseen;
ALTER TABLE welfare_hardshiphousehold ENABLE ALWAYS TRIGGER stays_for_a_year;
"""
# What two people have put in force is never changed; only what nobody has read yet can go.
WEIGHTS_STAY = """
CREATE FUNCTION welfare_signweights_stay() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    life text[] := ARRAY['status', 'published_by_id', 'published_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'DRAFT' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'Weights % are %: they stay.', OLD.id, OLD.status
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.status = 'DRAFT' AND NEW.status IN ('DRAFT', 'REVIEW') THEN RETURN NEW; END IF;
    IF OLD.status = 'REVIEW' AND NEW.status IN ('DRAFT', 'PUBLISHED')
            AND to_jsonb(OLD) - life = to_jsonb(NEW) - life THEN
        RETURN NEW;
    END IF;
    IF to_jsonb(OLD) = to_jsonb(NEW) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'Weights % are %: what they say stays.', OLD.id, OLD.status
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER weights_stay BEFORE UPDATE OR DELETE ON welfare_signweights
    FOR EACH ROW EXECUTE FUNCTION welfare_signweights_stay();
ALTER TABLE welfare_signweights ENABLE ALWAYS TRIGGER weights_stay;
"""
UNDO = """
DROP TRIGGER weights_stay ON welfare_signweights;
DROP TRIGGER stays_for_a_year ON welfare_hardshiphousehold;
DROP TRIGGER begins_unseen ON welfare_hardshiphousehold;
DROP TRIGGER state_is_a_deed ON welfare_hardshiphousehold;
DROP TRIGGER go_with_their_household ON welfare_hardshipstep;
DROP TRIGGER never_emptied ON welfare_hardshipstep;
DROP TRIGGER never_changed ON welfare_hardshipstep;
DROP FUNCTION welfare_signweights_stay(), welfare_hardship_households_stay(),
    welfare_hardship_state_is_a_deed(), welfare_hardship_steps_go_with_it(),
    welfare_hardship_steps_stay();
"""
SINCE = datetime.date(2026, 1, 1)
REASON = (
    "포털을 만들 때 넣은 가정입니다. 서울시가 정해 주기를 기다립니다. 생명에 바로 닿는 것(전기, 물, 난방, 집, "
    "병원)을 무겁게, 달마다 되풀이되는 것은 달수만큼, 반년이 지난 것은 세지 않게 했습니다."
)
# As it was then: points, points for each further month, the most, and for how many days.
ASSUMED = {
    "DISCONNECTED": [40, 0, 40, 120],
    "RENT": [20, 5, 40, 180],
    "MEDICAL_BILLS": [20, 0, 20, 180],
    "HEALTH_INSURANCE": [15, 3, 35, 180],
    "ELECTRICITY": [15, 5, 30, 180],
    "GAS": [15, 5, 30, 180],
    "WATER": [15, 5, 30, 180],
    "JOB_LOSS": [15, 0, 15, 180],
    "DISCHARGED": [15, 0, 15, 120],
    "MOBILE": [5, 2, 15, 180],
}


def bring_in(apps, schema_editor):
    """Put in what somebody has to begin with; the city decides on it, by a table of its own."""
    apps.get_model("welfare", "SignWeights").objects.create(
        since=SINCE,
        weights=ASSUMED,
        reason=REASON,
        is_assumption=True,
        status="PUBLISHED",
        made_at=timezone.now(),
        published_at=timezone.now(),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_a_number_may_be_locked'),
        ('offices', '0002_an_office_stands_in_for_those_without_staff'),
        ('welfare', '0020_households'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HardshipImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brought_at', models.DateTimeField(verbose_name='가져온 때')),
                ('lines', models.IntegerField(verbose_name='줄')),
                ('added', models.IntegerField(default=0, verbose_name='새 신호')),
                ('changed', models.IntegerField(default=0, verbose_name='개월 수가 바뀐 신호')),
                ('known', models.IntegerField(default=0, verbose_name='이미 아는 신호')),
                ('wrong', models.IntegerField(default=0, verbose_name='틀린 줄')),
                ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='가져온 사람')),
            ],
            options={
                'verbose_name': '위기 신호 가져오기',
                'verbose_name_plural': '위기 신호 가져오기',
            },
        ),
        migrations.CreateModel(
            name='SignWeights',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='시행일')),
                ('weights', models.JSONField(verbose_name='가중치')),
                ('reason', models.TextField(help_text='왜 이렇게 정했는지, 무엇을 보고 정했는지.', verbose_name='이유')),
                ('is_assumption', models.BooleanField(default=False, verbose_name='가정 (서울시가 아직 정하지 않음)')),
                ('status', models.CharField(choices=[('DRAFT', '쓰는 중'), ('REVIEW', '검토 기다림'), ('PUBLISHED', '시행'), ('WITHDRAWN', '거둠')], default='DRAFT', max_length=12, verbose_name='상태')),
                ('made_at', models.DateTimeField(verbose_name='쓴 때')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='시행한 때')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='쓴 사람')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='시행한 사람')),
            ],
            options={
                'verbose_name': '위기 신호 가중치',
                'verbose_name_plural': '위기 신호 가중치',
                'permissions': [('publish_signweights', '위기 신호 가중치를 검토해 시행하기')],
            },
        ),
        migrations.CreateModel(
            name='HardshipHousehold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=64, verbose_name='찾는 값')),
                ('name', core.records.fields.EncryptedTextField(blank=True, verbose_name='이름')),
                ('birth_date', core.records.fields.EncryptedTextField(blank=True, verbose_name='생년월일')),
                ('address', core.records.fields.EncryptedTextField(blank=True, verbose_name='주소')),
                ('district_code', models.CharField(max_length=5, verbose_name='자치구')),
                ('age_band', models.CharField(choices=[('UP_TO_19', '19세까지'), ('TO_39', '20~39세'), ('TO_49', '40~49세'), ('TO_64', '50~64세'), ('TO_79', '65~79세'), ('FROM_80', '80세부터')], max_length=8, verbose_name='나이대')),
                ('sex', models.CharField(blank=True, choices=[('F', '여성'), ('M', '남성'), ('', '적히지 않음')], max_length=1, verbose_name='성별')),
                ('state', models.CharField(choices=[('WAITING', '아직 보지 않음'), ('LOOKED_AT', '살펴봄'), ('VISITED', '찾아감'), ('HELPED', '도와드림'), ('LEFT', '그대로 둠')], default='WAITING', max_length=12, verbose_name='상태')),
                ('state_at', models.DateTimeField(blank=True, null=True, verbose_name='상태가 바뀐 때')),
                ('first_told_at', models.DateTimeField(verbose_name='처음 알려진 때')),
                ('last_told_at', models.DateTimeField(verbose_name='마지막으로 알려진 때')),
                ('touched_at', models.DateTimeField(verbose_name='마지막으로 달라진 때')),
                ('points', models.IntegerField(default=0, verbose_name='점수')),
                ('weighed_on', models.DateField(blank=True, null=True, verbose_name='점수를 낸 날')),
                ('care', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='welfare.carehousehold', verbose_name='돌보는 가구')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='welfare.caremember', verbose_name='가구원')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='merged', to='welfare.hardshiphousehold', verbose_name='합쳐진 곳')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office', verbose_name='동주민센터')),
                ('weights', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='welfare.signweights', verbose_name='가중치')),
            ],
            options={
                'verbose_name': '위기 신호 가구',
                'verbose_name_plural': '위기 신호 가구',
            },
        ),
        migrations.CreateModel(
            name='HardshipSign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=64, verbose_name='찾는 값')),
                ('kind', models.CharField(choices=[('ELECTRICITY', '전기요금 체납'), ('GAS', '가스요금 체납'), ('WATER', '수도요금 체납'), ('RENT', '임대료 체납'), ('HEALTH_INSURANCE', '건강보험료 체납'), ('MOBILE', '휴대전화 요금 체납'), ('DISCONNECTED', '단전·단수·단가스'), ('JOB_LOSS', '일자리를 잃음'), ('DISCHARGED', '병원·시설에서 나옴'), ('MEDICAL_BILLS', '큰 의료비')], max_length=16, verbose_name='신호')),
                ('month', models.DateField(verbose_name='신고월')),
                ('months', models.SmallIntegerField(blank=True, null=True, verbose_name='체납 개월 수')),
                ('told_at', models.DateTimeField(verbose_name='가져온 때')),
                ('brought', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signs', to='welfare.hardshipimport', verbose_name='가져오기')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signs', to='welfare.hardshiphousehold', verbose_name='가구')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='welfare.caremember', verbose_name='가구원')),
            ],
            options={
                'verbose_name': '위기 신호',
                'verbose_name_plural': '위기 신호',
                'indexes': [models.Index(fields=['told_at'], name='welfare_hardshipsign_by_age')],
                'constraints': [models.UniqueConstraint(fields=('household', 'mark', 'kind', 'month'), name='welfare_hardshipsign_is_told_once', violation_error_message='이미 들어 있는 신호입니다.'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='welfare_hardshipsign_is_of_a_month', violation_error_message='신고월은 그 달의 첫날로 적습니다.'), models.CheckConstraint(condition=models.Q(('months', None), models.Q(('months__gte', 1), ('months__lte', 120)), _connector='OR'), name='welfare_hardshipsign_counts_months', violation_error_message='체납 개월 수는 1에서 120까지입니다.')],
            },
        ),
        migrations.CreateModel(
            name='HardshipStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('LOOKED_AT', '살펴봄'), ('VISIT_PLANNED', '가정 방문을 잡음'), ('VISITED', '찾아감'), ('HELPED', '도와드림'), ('LEFT', '그대로 둠')], max_length=16, verbose_name='한 일')),
                ('words', core.records.fields.EncryptedTextField(verbose_name='까닭')),
                ('at', models.DateTimeField(verbose_name='한 때')),
                ('key', models.UUIDField(unique=True, verbose_name='요청')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='한 사람')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='가정 방문')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='welfare.hardshiphousehold', verbose_name='가구')),
            ],
            options={
                'verbose_name': '위기 신호에 한 일',
                'verbose_name_plural': '위기 신호에 한 일',
                'indexes': [models.Index(fields=['household', 'at'], name='welfare_hardshipstep_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('deed', 'VISIT_PLANNED')), models.Q(models.Q(('deed', 'VISIT_PLANNED'), _negated=True), ('case', None)), _connector='OR'), name='welfare_hardshipstep_plans_a_visit', violation_error_message='가정 방문에는 신청이 하나 있어야 합니다.')],
            },
        ),
        migrations.AddConstraint(
            model_name='signweights',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'PUBLISHED')), fields=('since',), name='welfare_signweights_is_one_a_day', violation_error_message='이날부터 시행하는 가중치가 이미 있습니다.'),
        ),
        migrations.AddConstraint(
            model_name='signweights',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('DRAFT', 'REVIEW')), models.Q(('is_assumption', True), ('made_by', None), ('published_by', None)), models.Q(('made_by__isnull', False), ('published_by__isnull', False), models.Q(('made_by', models.F('published_by')), _negated=True)), _connector='OR'), name='welfare_signweights_takes_two', violation_error_message='쓴 사람이 아닌 다른 사람이 시행해야 합니다.'),
        ),
        migrations.AddConstraint(
            model_name='signweights',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('DRAFT', 'REVIEW')), ('published_at__isnull', False), _connector='OR'), name='welfare_signweights_says_when', violation_error_message='시행한 때가 있어야 합니다.'),
        ),
        migrations.AddConstraint(
            model_name='signweights',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='welfare_signweights_says_why', violation_error_message='왜 이렇게 정했는지 적어 주세요.'),
        ),
        migrations.AddIndex(
            model_name='hardshiphousehold',
            index=models.Index(condition=models.Q(('merged_into', None)), fields=['office', '-points', 'last_told_at', 'id'], name='welfare_hardship_worklist'),
        ),
        migrations.AddIndex(
            model_name='hardshiphousehold',
            index=models.Index(fields=['mark'], name='welfare_hardship_by_mark'),
        ),
        migrations.AddIndex(
            model_name='hardshiphousehold',
            index=models.Index(fields=['touched_at'], name='welfare_hardship_by_age'),
        ),
        migrations.AddConstraint(
            model_name='hardshiphousehold',
            constraint=models.UniqueConstraint(condition=models.Q(('merged_into', None), ('care__isnull', False)), fields=('care',), name='welfare_hardship_is_one_a_household', violation_error_message='이 가구는 이미 목록에 있습니다.'),
        ),
        migrations.AddConstraint(
            model_name='hardshiphousehold',
            constraint=models.UniqueConstraint(condition=models.Q(('merged_into', None), ('care', None)), fields=('office', 'mark'), name='welfare_hardship_is_one_a_mark', violation_error_message='이 사람은 이미 목록에 있습니다.'),
        ),
        migrations.AddConstraint(
            model_name='hardshiphousehold',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'WAITING'), ('state_at__isnull', False), _connector='OR'), name='welfare_hardship_says_since_when', violation_error_message='상태가 언제 바뀌었는지 있어야 합니다.'),
        ),
        migrations.AddConstraint(
            model_name='hardshiphousehold',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='welfare_hardship_is_not_within_itself', violation_error_message='자기 자신과는 합칠 수 없습니다.'),
        ),
        migrations.RunSQL(STEPS_STAY + HOUSEHOLDS_STAY + WEIGHTS_STAY, UNDO),
        migrations.RunPython(bring_in, migrations.RunPython.noop, elidable=True),
    ]
