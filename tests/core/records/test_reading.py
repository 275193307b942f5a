"""Whatever way the ORM is asked, the open reading hears whose rows were shown."""

from collections import Counter

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import Avg, CharField, Count, F, Max, OuterRef, Q, Subquery, Value, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Lower, RowNumber
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.prepared import prepared_cursor
from core.records.enums import Door
from core.records.reading import (
    Reading,
    ReasonNeeded,
    because,
    recording,
    sql_reading,
    system_reading,
)
from core.records.registry import watched_tables
from core.records.watches import Unattributable

PEOPLE = "accounts.User"


@pytest.fixture
def reading():
    """A reading that is open while the test asks."""
    made = Reading(Door.PAGE)
    with recording(made):
        yield made


@pytest.fixture
def people(resident, stranger):
    return User.objects.filter(pk__in=[resident.pk, stranger.pk])


@pytest.fixture
def everybody(resident, stranger):
    """What a reading must hold that saw a row of each of the two."""
    return {one.pk: Counter({PEOPLE: 1}) for one in (resident, stranger)}


WAYS = {
    "objects": lambda people: list(people.order_by("pk")),
    "iterator": lambda people: list(people.iterator(chunk_size=1)),
    "get": lambda people: [people.get(pk=one) for one in people.values_list("pk", flat=True)],
    "values": lambda people: list(people.values("email", "pk")),
    "values without the person": lambda people: list(people.values("email")),
    "values_list": lambda people: list(people.values_list("name", "email")),
    "flat values_list": lambda people: list(people.values_list("name", flat=True)),
    "named values_list": lambda people: list(people.values_list("name", named=True)),
    "only": lambda people: list(people.only("name")),
    "in a function": lambda people: list(people.values_list(Lower("email"), flat=True)),
    "put together": lambda people: list(
        people.annotate(
            told=Concat("name", Value(" "), "email", output_field=CharField())
        ).values_list("told")
    ),
    "through an alias": lambda people: list(people.annotate(a=F("email")).values_list("a")),
    "in a window": lambda people: list(
        people.annotate(turn=Window(RowNumber(), order_by="pk")).values_list("email", "turn")
    ),
    "through another manager": lambda people: list(
        User._base_manager.filter(pk__in=people.values("pk"))
    ),
    "sliced": lambda people: list(people.order_by("pk")[:2]),
    "union of objects": lambda people: list(people.filter(name="김주민").union(people)),
    "in_bulk": lambda people: people.in_bulk(),
    "one at a time": lambda people: [people.first(), people.last()],
    "locked": lambda people: list(people.select_for_update()),
}


class TestAnyWayOfAsking:
    @pytest.mark.parametrize("way", WAYS)
    def test_is_noted_once_a_person(self, people, reading, everybody, way):
        WAYS[way](people)

        assert reading.by_person() == everybody

    def test_answers_what_it_would_answer_anyway(self, people):
        for name, way in WAYS.items():
            plain = way(people)
            with recording(Reading(Door.PAGE)):
                heard = way(people)
            assert str(sorted(map(str, heard))) == str(sorted(map(str, plain))), name

    @pytest.mark.parametrize(
        "ask",
        [
            lambda people: people.count(),
            lambda people: people.exists(),
            lambda people: list(people.values_list("pk", flat=True)),
            lambda people: list(people.values("is_staff")),
            lambda people: people.aggregate(n=Count("email"), on=Count("pk", filter=~Q(name=""))),
            lambda people: list(
                people.values("is_staff").annotate(n=Count("email", distinct=True))
            ),
            lambda people: people.update(is_active=True),
            lambda people: list(Office.objects.filter(memberships__person__in=people)),
            lambda people: Membership.objects.aggregate(Avg("person__memberships")),
            lambda people: people[:1].aggregate(n=Count("pk")),
        ],
    )
    def test_that_shows_nobody_is_not_noted(self, people, reading, ask):
        ask(people)

        assert reading.by_person() == {}

    @pytest.mark.parametrize(
        "ask",
        [
            lambda people: people.aggregate(Max("email")),
            lambda people: people[:1].aggregate(Max("email")),
            lambda people: list(people.values("is_staff").annotate(last=Max("name"))),
            lambda people: list(people.values_list("name").distinct()),
            lambda people: list(people.values("name").annotate(n=Count("pk"))),
            lambda people: list(people.values_list("name").union(people.values_list("email"))),
            lambda people: list(
                Office.objects.annotate(
                    who=Subquery(
                        User.objects.filter(memberships__office=OuterRef("pk")).values("email")[:1]
                    )
                )
            ),
            lambda people: list(
                Office.objects.annotate(a=RawSQL("(SELECT max(email) FROM accounts_user)", []))
            ),
            lambda people: list(people.values_list(RawSQL("email", []))),
        ],
    )
    def test_that_hides_whose_it_is_is_refused(self, people, reading, ask):
        with pytest.raises(Unattributable):
            ask(people)

    def test_that_hides_whose_it_is_is_answered_where_nobody_looks(self, people):
        assert people.aggregate(last=Max("email"))["last"]


@pytest.fixture
def centre(db):
    return Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터")


@pytest.fixture
def duty(centre, resident):
    return Membership.objects.create(
        person=resident, office=centre, role=Role.WORKER, starts_date=timezone.localdate()
    )


class TestWhatHangsTogether:
    def test_is_noted_for_each_table(self, duty, resident, reading):
        list(Membership.objects.select_related("person", "office"))

        assert reading.by_person() == {resident.pk: Counter({"accounts.Membership": 1, PEOPLE: 1})}

    def test_is_noted_where_another_model_reaches_through(self, duty, resident, reading):
        list(Office.objects.values("name", "memberships__person__email"))

        assert reading.by_person() == {resident.pk: Counter({PEOPLE: 1})}

    def test_is_noted_where_it_is_fetched_beforehand(self, duty, resident, reading):
        list(Office.objects.prefetch_related("memberships__person"))

        assert reading.by_person()[resident.pk] == Counter({"accounts.Membership": 1, PEOPLE: 1})

    def test_is_nobodys_where_an_outer_join_meets_no_row(self, centre, reading):
        list(Office.objects.values("name", "memberships__person__email"))

        assert reading.by_person() == {}

    def test_is_noted_in_tables_of_libraries(self, resident, reading):
        EmailAddress.objects.create(user=resident, email=resident.email)
        list(EmailAddress.objects.values_list("email", flat=True))

        assert reading.by_person() == {resident.pk: Counter({"account.EmailAddress": 1})}

    def test_adds_up_over_many_queries(self, resident, reading):
        for _ in range(3):
            User.objects.get(pk=resident.pk)

        assert reading.by_person() == {resident.pk: Counter({PEOPLE: 3})}

    def test_of_oneself_is_not_told(self, people, resident, stranger, reading):
        reading.actor_id = resident.pk
        list(people)

        assert reading.by_person().keys() == {stranger.pk}


class TestRowsThatLeadToTheirPersonThroughOthers:
    @pytest.fixture
    def remarks(self, db):
        from tests.core.records import models

        remark = models.make_remark()
        with models.tables(remark):
            yield remark

    @pytest.fixture(autouse=True)
    def _watch(self, remarks, monkeypatch):
        from core.records import reading, registry
        from core.records.declaration import Holding

        told = {"title": "", "purpose": "", "legal_basis": ""}
        holding = Holding(
            model="records.Remark", person="membership__person", fields={"text": "말"}, **told
        )
        watches = watched_tables() | {"records_remark": (registry.watch_of(holding),)}
        monkeypatch.setattr(reading, "watched_tables", lambda: watches)

    def test_are_told_to_that_person(self, remarks, duty, resident, reading):
        remarks.objects.create(membership=duty, text="열심히 합니다.")
        remarks.objects.create(membership=None, text="누구의 것도 아님")
        list(remarks.objects.values_list("text", flat=True))

        assert reading.by_person() == {
            resident.pk: Counter({"records.Remark": 1}),
            None: Counter({"records.Remark": 1}),
        }


class TestSqlByHand:
    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT email FROM accounts_user",
            'SELECT "accounts_user"."email" FROM "accounts_user"',
            "  (SELECT 1 FROM offices_office, accounts_user)",
            "WITH people AS (SELECT * FROM accounts_user) SELECT * FROM people",
            "select u.email from public.accounts_user u",
            "TABLE accounts_user",
        ],
    )
    def test_is_refused_where_it_reads_people(self, people, reading, sql):
        for opened in (connection.cursor, prepared_cursor):
            with opened() as cursor, pytest.raises(Unattributable, match="sql_reading"):
                cursor.execute(sql)
        with pytest.raises(Unattributable):
            list(User.objects.raw("SELECT * FROM accounts_user"))

    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT name FROM offices_office",
            "SELECT 1 FROM accounts_user_groups",
            "UPDATE accounts_user SET is_active = is_active",
        ],
    )
    def test_of_other_kinds_runs(self, people, reading, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    def test_may_say_whose_rows_it_read(self, people, resident, reading):
        with sql_reading(PEOPLE) as note, connection.cursor() as cursor:
            cursor.execute("SELECT id, name FROM accounts_user WHERE id = %s", [resident.pk])
            note(row[0] for row in cursor.fetchall())

        assert reading.by_person() == {resident.pk: Counter({PEOPLE: 1})}
        with connection.cursor() as cursor, pytest.raises(Unattributable):
            cursor.execute("SELECT id, name FROM accounts_user")

    def test_names_a_holding_that_is_watched(self, reading):
        with pytest.raises(LookupError), sql_reading("accounts.Nobody"):
            pass


class TestNobodyLooking:
    def test_says_why(self, people, reading):
        with system_reading("to see whether an address is free"):
            list(people)
            people.aggregate(Max("email"))
        assert reading.by_person() == {}

        with pytest.raises(ValueError, match="Say why"), system_reading(" "):
            pass

    def test_ends_with_the_block(self, people, reading, everybody):
        with pytest.raises(RuntimeError), system_reading("for a moment"):
            raise RuntimeError
        list(people)

        assert reading.by_person() == everybody


class TestWhoMaySeeEverything:
    def test_is_stopped_before_the_rows_are_shown(self, people, resident):
        boss = Reading(Door.ADMIN, actor_id=1, wants_reason=True)

        with recording(boss), pytest.raises(ReasonNeeded):
            list(people)
        assert boss.was_refused

    def test_sees_their_own(self, resident):
        boss = Reading(Door.ADMIN, actor_id=resident.pk, wants_reason=True)

        with recording(boss):
            assert User.objects.get(pk=resident.pk) == resident

    def test_may_work_on_a_case(self, people, everybody):
        boss = Reading(Door.ADMIN, actor_id=1, wants_reason=True)

        with recording(boss):
            because("사건 12345678", office_id=3)
            list(people)

        assert (boss.reason, boss.office_id) == ("사건 12345678", 3)
        assert boss.by_person() == everybody

    def test_because_of_nothing_where_nobody_looks(self):
        because("사건 12345678")
