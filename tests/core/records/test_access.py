"""The access log's table: it takes entries, gives none back, and lives by months."""

import datetime
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from core.records.enums import Door
from core.records.models import Access
from core.records.reading import Reading
from core.records.services import keep_months, record_looks
from core.records.services.access import _months_later

# By the right that the application has not got; by the trigger, where it is the owner who asks.
REFUSED = "permission denied|append-only"
SEOUL = datetime.timezone(datetime.timedelta(hours=9))


def record(people, *, now, **fields):
    reading = Reading(Door.ADMIN, "request-1", **{"actor_id": 1, "reason": "사건 1"} | fields)
    return record_looks(people=people, reading=reading, actor_name="이주무", now=now)


def at(*parts):
    return datetime.datetime(*parts, tzinfo=SEOUL)


def partition_of(moment):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableoid::regclass::text FROM records_access WHERE at = %s", [moment]
        )
        return cursor.fetchone()[0]


def tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent = 'records_access'::regclass"
        )
        return ["records_access", *(name for (name,) in cursor.fetchall())]


class TestRecording:
    def test_writes_one_entry_a_person_in_one_statement(self, db, now, django_assert_num_queries):
        looked = {n: Counter({"accounts.User": 2, "cases.Case": 1}) for n in range(1, 1001)}

        with django_assert_num_queries(1):
            assert record(looked, now=now) == 1000

        entry = Access.objects.of(7).get()
        assert Access.objects.count() == 1000
        assert (entry.at, entry.actor_id, entry.actor_name) == (now, 1, "이주무")
        assert entry.holdings == ["accounts.User", "cases.Case"]
        assert (entry.count, entry.reason, entry.door) == (3, "사건 1", Door.ADMIN)
        assert (entry.request_id, entry.office_id) == ("request-1", None)

    def test_of_nobody_asks_nothing(self, db, now, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert record({}, now=now) == 0

    def test_outlives_the_account(self, resident, now):
        record({resident.pk: Counter({"accounts.User": 1})}, now=now)
        key = resident.pk
        resident.delete()

        assert Access.objects.of(key).count() == 1


class TestTable:
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE {table} SET reason = 'other'",
            "UPDATE {table} SET reason = 'other' WHERE false",
            "DELETE FROM {table}",
            "DELETE FROM ONLY {table}",
            "TRUNCATE {table}",
            "TRUNCATE ONLY {table}",
            "SET LOCAL session_replication_role = replica; DELETE FROM {table}",
            "MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
        ],
    )
    def test_refuses_every_change_in_every_part(self, db, now, change):
        record({1: Counter({"accounts.User": 1})}, now=now)

        assert len(tables()) >= 5  # itself, three months, and what belongs to none
        for table in tables():
            if "ONLY" in change and table == "records_access" and "TRUNCATE" in change:
                continue  # PostgreSQL itself refuses it: the parent holds no row
            with (
                pytest.raises(ProgrammingError, match=REFUSED),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(change.format(table=table))
        assert Access.objects.get().reason == "사건 1"

    def test_refuses_the_orm_too(self, db, now):
        record({1: Counter({"accounts.User": 1})}, now=now)
        entry = Access.objects.get()
        entry.reason = "다른 이유"

        for change in (entry.save, entry.delete, Access.objects.all().delete):
            with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
                change()

    @pytest.mark.django_db(transaction=True)
    def test_is_open_to_the_tests_that_empty_all_tables_and_to_nothing_else(self, now):
        record({1: Counter({"accounts.User": 1})}, now=now)

        with pytest.raises(Exception, match="flush"):
            call_command("flush", verbosity=0, interactive=False)


class TestMonths:
    def test_stand_before_they_begin(self, db):
        made, dropped = keep_months(now=at(2030, 11, 3, 1, 0))

        assert made == [
            "records_access_2030_11",
            "records_access_2030_12",
            "records_access_2031_01",
        ]
        assert "records_access_2030_12" in tables()
        assert dropped == []  # by the database's own clock, it is not yet then

    def test_are_made_once(self, db):
        keep_months(now=at(2030, 11, 3, 1, 0))

        assert keep_months(now=at(2030, 11, 3, 1, 0)) == ([], [])

    def test_begin_at_midnight_in_seoul(self, db):
        keep_months(now=at(2030, 11, 3, 1, 0))
        last, first = at(2030, 11, 30, 23, 59, 59), at(2030, 12, 1, 0, 0)
        for moment in (last, first):
            record({1: Counter({"accounts.User": 1})}, now=moment)

        assert partition_of(last) == "records_access_2030_11"
        assert partition_of(first) == "records_access_2030_12"

    def test_take_in_what_came_before_them_and_lose_nothing(self, db):
        early, late = at(2030, 12, 5, 9, 0), at(2035, 1, 1, 9, 0)
        for moment in (early, late):
            record({1: Counter({"accounts.User": 1})}, now=moment)
        assert partition_of(early) == "records_access_other"
        before = list(Access.objects.order_by("pk").values_list("pk", "at"))

        with connection.cursor() as cursor:
            cursor.execute("SELECT records_access_month('2030-12-24')")

        assert partition_of(early) == "records_access_2030_12"
        assert partition_of(late) == "records_access_other"
        assert list(Access.objects.order_by("pk").values_list("pk", "at")) == before
        assert "records_access_aside" not in tables()

    def test_are_closed_to_changes_once_made_anew(self, db):
        record({1: Counter({"accounts.User": 1})}, now=at(2030, 12, 5, 9, 0))
        keep_months(now=at(2030, 12, 6, 9, 0))

        for table in ("records_access_other", "records_access_2030_12"):
            with (
                pytest.raises(ProgrammingError, match=REFUSED),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"DELETE FROM {table}")

    def test_go_when_every_entry_is_older_than_two_years(self, db):
        keep_months(now=at(2020, 11, 15, 9, 0))
        kept, gone = at(2020, 12, 1, 0, 0), at(2020, 11, 30, 23, 59)
        stray = at(2019, 3, 1, 0, 0)
        for moment in (kept, gone, stray):
            record({1: Counter({"accounts.User": 1})}, now=moment)

        _, dropped = keep_months(now=at(2022, 12, 31, 9, 0))

        assert dropped == ["records_access_2019_03", "records_access_2020_11"]
        assert [entry.at for entry in Access.objects.order_by("at")] == [kept]

    def test_stay_however_late_somebody_says_that_it_is(self, db):
        record({1: Counter({"accounts.User": 1})}, now=timezone.now())

        _, dropped = keep_months(now=at(2099, 1, 1, 9, 0))

        assert dropped == []
        assert Access.objects.count() == 1

    @pytest.mark.parametrize(
        ("day", "months", "answer"),
        [
            ((2026, 11, 28), 2, (2027, 1, 1)),
            ((2026, 12, 31), 1, (2027, 1, 1)),
            ((2026, 1, 31), -24, (2024, 1, 1)),
            ((2026, 1, 31), -1, (2025, 12, 1)),
        ],
    )
    def test_are_counted_over_the_turn_of_the_year(self, day, months, answer):
        assert _months_later(datetime.date(*day), months) == datetime.date(*answer)
