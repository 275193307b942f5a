"""The access log: partitioned by month, and closed to every change by triggers on each table."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


REFUSE = """
CREATE FUNCTION records_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$
"""
# By statement, not by row: a change that meets no row is refused too, and so is TRUNCATE. A trigger
# by statement fires for the table that the statement names, so every partition has its own. ALWAYS:
# also where a session plays a replica.
CLOSE = """
CREATE FUNCTION records_close(closed regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s'
        ' FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change()', closed);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', closed);
END $$
"""
TABLE = """
CREATE SEQUENCE records_access_id_seq;
CREATE TABLE records_access (
    id bigint NOT NULL DEFAULT nextval('records_access_id_seq'),
    at timestamptz NOT NULL,
    person_id bigint,
    actor_id bigint,
    actor_name text NOT NULL,
    office_id bigint,
    holdings text[] NOT NULL,
    reason text NOT NULL,
    door varchar(8) NOT NULL,
    request_id text NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
ALTER SEQUENCE records_access_id_seq OWNED BY records_access.id;
CREATE INDEX records_access_of_a_person ON records_access (person_id, at DESC, id DESC);
CREATE INDEX records_access_by_an_actor ON records_access (actor_id, at DESC);
CREATE TABLE records_access_other PARTITION OF records_access DEFAULT;
SELECT records_close('records_access'), records_close('records_access_other');
"""
# A month (Asia/Seoul) gets its partition before it begins. What came while there was none lies in
# records_access_other, which cannot be deleted from either: it is put aside whole, a new one takes
# its place, and every row goes back in through the front, before the old table is dropped.
MONTH = """
CREATE FUNCTION records_access_month(day date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', day);
    name text := 'records_access_' || to_char(first, 'YYYY_MM');
    begins timestamptz := first::timestamp AT TIME ZONE 'Asia/Seoul';
    ends timestamptz := (first + interval '1 month') AT TIME ZONE 'Asia/Seoul';
    has_strays boolean;
    put_back bigint;
    put_aside bigint;
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN false;
    END IF;
    LOCK TABLE records_access IN SHARE ROW EXCLUSIVE MODE;
    SELECT EXISTS (SELECT FROM records_access_other WHERE at >= begins AND at < ends)
        INTO has_strays;
    IF has_strays THEN
        ALTER TABLE records_access DETACH PARTITION records_access_other;
        ALTER TABLE records_access_other RENAME TO records_access_aside;
        CREATE TABLE records_access_other PARTITION OF records_access DEFAULT;
        PERFORM records_close('records_access_other');
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF records_access FOR VALUES FROM (%L) TO (%L)',
        name, begins, ends);
    PERFORM records_close(name::regclass);
    IF has_strays THEN
        SELECT count(*) FROM records_access_aside INTO put_aside;
        INSERT INTO records_access SELECT * FROM records_access_aside;
        GET DIAGNOSTICS put_back = ROW_COUNT;
        IF put_back <> put_aside THEN
            RAISE EXCEPTION 'Only % of % entries came back.', put_back, put_aside;
        END IF;
        DROP TABLE records_access_aside;
    END IF;
    RETURN true;
END $$
"""
FIRST_MONTHS = """
SELECT records_access_month((now() AT TIME ZONE 'Asia/Seoul' + make_interval(months => ahead))::date)
FROM generate_series(0, 2) AS ahead
"""
BACK = """
DROP TABLE records_access;
DROP FUNCTION records_access_month(date), records_close(regclass), records_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0001_initial"),
        ("records", "0001_consents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Access",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="시각")),
                        ("actor_name", models.TextField(verbose_name="본 사람의 이름")),
                        (
                            "holdings",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None, verbose_name="본 것"
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="이유")),
                        (
                            "door",
                            models.CharField(
                                choices=[
                                    ("PAGE", "누리집"),
                                    ("ADMIN", "직원 화면"),
                                    ("API", "프로그램(API)"),
                                ],
                                max_length=8,
                                verbose_name="본 곳",
                            ),
                        ),
                        ("request_id", models.TextField(verbose_name="요청 번호")),
                        ("count", models.PositiveIntegerField(verbose_name="본 줄 수")),
                        (
                            "actor",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="본 사람",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="offices.office",
                                verbose_name="본 기관",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="누구의 정보",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "열람 기록",
                        "verbose_name_plural": "열람 기록",
                        "indexes": [
                            models.Index(
                                fields=["person", "-at", "-id"], name="records_access_of_a_person"
                            ),
                            models.Index(
                                fields=["actor", "-at"], name="records_access_by_an_actor"
                            ),
                        ],
                    },
                ),
            ],
            database_operations=[
                migrations.RunSQL(
                    [*((one, None) for one in (REFUSE, CLOSE, TABLE, MONTH, FIRST_MONTHS))], BACK
                ),
            ],
        ),
    ]
