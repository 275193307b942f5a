"""A case goes from state to state as declared, once for each click, and by nobody else."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from core.cases.enums import EventKind, Party
from core.cases.errors import CaseHidden, CaseRefused
from core.cases.models import Case, CaseEvent, CaseWords
from core.cases.permissions import SYSTEM, PaperHolder
from core.cases.services import answer, hand_over, move
from core.cases.services.moving import MoveRefused
from tests.core.cases.conftest import NOW, TODAY, again, make_case, new_key

DAY = datetime.timedelta(days=1)


def go(case, name, actor, *, words="", now=NOW, key=None):
    return move(case_id=case.pk, name=name, actor=actor, key=key or new_key(), now=now, words=words)


class TestMove:
    def test_goes_through_a_whole_life(self, case, citizen, worker, manager):
        go(case, "begin", worker)
        go(case, "ask", worker, words="문이 몇 개인가요?")
        answer(case_id=case.pk, actor=citizen, key=new_key(), now=NOW, text="둘입니다.")
        go(case, "approve", manager)

        assert again(case).state == "approved"
        assert again(case).closed_at == NOW
        told = CaseEvent.objects.of(case).in_order().values_list("kind", "party", "to_state")
        assert list(told) == [
            (EventKind.OPENED, Party.CITIZEN, "received"),
            (EventKind.MOVED, Party.WORKER, "in_review"),
            (EventKind.MOVED, Party.WORKER, "asked"),
            (EventKind.MOVED, Party.CITIZEN, "in_review"),
            (EventKind.MOVED, Party.MANAGER, "approved"),
        ]

    def test_is_the_helpers_as_well(self, case, helper, worker):
        go(case, "ask", worker, words="?")
        event = answer(case_id=case.pk, actor=helper, key=new_key(), now=NOW, text="둘입니다.")

        assert (event.party, event.actor_id) == (Party.HELPER, helper.pk)

    def test_is_made_with_the_code_on_paper(self, case, worker):
        event = go(case, "withdraw", PaperHolder(case.pk))

        assert (event.party, event.actor_id, again(case).state) == (Party.PAPER, None, "withdrawn")

    def test_is_made_by_the_portal_where_it_is_declared(self, case, worker):
        go(case, "ask", worker, words="?")

        assert go(case, "lapse", SYSTEM).party == Party.SYSTEM

    @pytest.mark.parametrize(
        ("name", "who"),
        [
            ("begin", "citizen"),
            ("begin", "helper"),
            ("withdraw", "worker"),
            ("withdraw", "manager"),
        ],
    )
    def test_is_refused_to_the_other_side(self, request, case, name, who):
        with pytest.raises(MoveRefused):
            go(case, name, request.getfixturevalue(who))

        assert again(case).state == "received"

    @pytest.mark.parametrize("who", ["stranger", "outsider", "officer"])
    def test_is_hidden_from_strangers(self, request, case, who):
        with pytest.raises(CaseHidden):
            go(case, "begin", request.getfixturevalue(who))

    def test_is_hidden_from_another_paper(self, case):
        with pytest.raises(CaseHidden):
            go(case, "withdraw", PaperHolder(case.pk + 1))

    def test_is_a_managers_where_it_is_declared_so(self, case, worker, manager):
        go(case, "begin", worker)
        with pytest.raises(MoveRefused):
            go(case, "approve", worker)

        go(case, "approve", manager)
        assert again(case).state == "approved"

    def test_is_nobodys_on_ones_own_request(self, centre, worker):
        case = make_case(worker)
        with pytest.raises(MoveRefused):
            go(case, "begin", worker)

    def test_leads_only_from_where_it_is_declared(self, case, manager):
        with pytest.raises(MoveRefused):
            go(case, "approve", manager)
        with pytest.raises(MoveRefused):
            go(case, "nowhere", manager)

    def test_needs_its_words(self, case, worker):
        go(case, "begin", worker)
        with pytest.raises(CaseRefused, match="이유"):
            go(case, "decline", worker, words="  ")

        assert again(case).state == "in_review"

    def test_keeps_words_where_they_can_be_erased(self, case, worker):
        event = go(case, "ask", worker, words="  문이 몇 개인가요? ")

        assert event.words.text == "문이 몇 개인가요?"
        assert event.words.is_told
        event.words.delete()
        assert CaseEvent.objects.filter(pk=event.pk).exists()
        # By the end of the transaction the whole request has to be emptied.
        Case.objects.filter(pk=case.pk).update(
            person=None, subject="", applicant="", code_hash=None
        )

    def test_happens_once_for_each_key(self, case, worker):
        key = new_key()
        first, second = (go(case, "begin", worker, key=key) for _ in range(2))

        assert first == second
        assert CaseEvent.objects.of(case).filter(kind=EventKind.MOVED).count() == 1

    def test_takes_no_key_of_something_else(self, case, worker):
        with pytest.raises(CaseRefused):
            go(case, "begin", worker, key="opened")

    def test_is_refused_the_second_time(self, case, worker):
        go(case, "begin", worker)
        with pytest.raises(MoveRefused, match="그 사이에"):
            go(case, "begin", worker)

    def test_reopens_what_had_ended(self, case, worker, manager):
        go(case, "begin", worker)
        go(case, "decline", worker, words="대상이 아님")
        later = NOW + DAY
        event = go(case, "reopen", manager, words="이의 신청", now=later)

        case = again(case)
        assert (case.state, case.closed_at) == ("in_review", None)
        assert case.due_date == datetime.date(2026, 11, 16)  # the tenth day, the first counted
        assert not event.words.is_told

    def test_does_not_reopen_what_is_open(self, case, manager):
        with pytest.raises(MoveRefused):
            go(case, "reopen", manager, words="?")


class TestAnswer:
    def test_happens_once_for_each_key(self, case, citizen, worker):
        go(case, "ask", worker, words="?")
        told = {"case_id": case.pk, "actor": citizen, "key": new_key(), "now": NOW}

        assert answer(text="둘", **told) == answer(text="둘", **told)
        assert again(case).state == "in_review"

    def test_is_refused_where_nothing_is_asked(self, case, citizen):
        with pytest.raises(MoveRefused, match="그 사이에"):
            answer(case_id=case.pk, actor=citizen, key=new_key(), now=NOW, text="둘")

    def test_is_no_colleagues(self, case, worker):
        go(case, "ask", worker, words="?")
        with pytest.raises(MoveRefused):
            answer(case_id=case.pk, actor=worker, key=new_key(), now=NOW, text="둘")


class TestClock:
    def test_begins_with_the_case(self, case):
        assert again(case).due_date == datetime.date(2026, 11, 5)  # three days after Monday

    def test_begins_anew_with_a_state_that_says_so(self, case, worker):
        go(case, "begin", worker)

        assert again(case).due_date == datetime.date(2026, 11, 13)

    def test_stands_still_while_the_citizen_is_asked(self, case, citizen, worker):
        go(case, "begin", worker)  # due on Friday the 13th
        go(case, "ask", worker, words="?", now=NOW + 2 * DAY)  # Wednesday the 4th
        case = again(case)
        assert (case.paused_date, case.is_overdue(datetime.date(2027, 1, 1))) == (
            TODAY + 2 * DAY,
            False,
        )

        go(case, "answer", citizen, words="!", now=NOW + 14 * DAY)  # Monday the 16th
        case = again(case)
        assert case.paused_date is None
        assert case.due_date == datetime.date(2026, 11, 25)  # seven days were left

    def test_begins_anew_where_an_answer_leads_to_another_state(self, case, citizen, worker):
        go(case, "ask", worker, words="?")  # while it was received, in three days
        go(case, "answer", citizen, words="!", now=NOW + 14 * DAY)  # Monday the 16th

        assert again(case).due_date == datetime.date(2026, 11, 27)  # ten days, the first counted

    def test_remembers_what_was_interrupted_over_a_change_of_office(
        self, case, citizen, worker, outsider, other_centre
    ):
        go(case, "begin", worker)  # due on Friday the 13th
        go(case, "ask", worker, words="?", now=NOW + 2 * DAY)
        hand_over(
            case_id=case.pk,
            office=other_centre,
            reason="이사",
            actor=worker,
            key=new_key(),
            now=NOW + 3 * DAY,
        )
        go(case, "answer", citizen, words="!", now=NOW + 14 * DAY)

        assert again(case).due_date == datetime.date(2026, 11, 25)

    def test_ends_with_the_case(self, case, citizen):
        go(case, "withdraw", citizen)

        assert (again(case).due_date, again(case).paused_date) == (None, None)

    def test_is_late_after_the_day_and_not_on_it(self, case):
        due = again(case).due_date

        assert not again(case).is_overdue(due)
        assert again(case).is_overdue(due + DAY)


def settle():
    """Have the database judge at once what it else judges at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# By the right that the application has not got; by the trigger, where it is the owner who asks.
REFUSED = "permission denied|is a log"


class TestDatabase:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE cases_caseevent SET kind = 'NOTE'",
            "UPDATE cases_caseevent SET kind = 'NOTE' WHERE false",
            "DELETE FROM cases_caseevent",
            "TRUNCATE cases_caseevent CASCADE",
            "UPDATE cases_casewords SET text = ''",
            "TRUNCATE cases_casewords",
            "SET LOCAL session_replication_role = replica; DELETE FROM cases_caseevent",
        ],
    )
    def test_refuses_to_change_the_log(self, case, statement):
        settle()  # TRUNCATE waits for what is pending
        with connection.cursor() as cursor:
            with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
                cursor.execute(statement)

        assert CaseEvent.objects.of(case).count() == 1

    def test_lets_words_go_with_the_whole_request_and_not_alone(self, case, citizen):
        go(case, "withdraw", citizen, words="그만둡니다.")
        settle()

        def forget(**also):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED; DELETE FROM cases_casewords")
                Case.objects.filter(pk=case.pk).update(**also)
                settle()

        for also in ({"version": again(case).version}, {"subject": ""}, {"person": None}):
            with pytest.raises(DatabaseError, match="go with their person"):
                forget(**also)
        assert CaseWords.objects.filter(case=case).exists()

        forget(person=None, subject="", applicant="", code_hash=None)
        assert not CaseWords.objects.filter(case=case).exists()

    def test_is_not_taken_in_by_a_table_of_the_askers_own(self, case, citizen):
        go(case, "withdraw", citizen, words="그만둡니다.")
        settle()
        with (
            pytest.raises(DatabaseError, match="go with their person"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "CREATE TEMP TABLE cases_case AS SELECT id, NULL::bigint AS person_id,"
                " '' AS subject, '' AS applicant, NULL AS code_hash FROM public.cases_case;"
                "SET LOCAL search_path = pg_temp, public; DELETE FROM cases_casewords;"
                "SET CONSTRAINTS ALL IMMEDIATE"
            )

    @pytest.mark.parametrize(
        "change",
        [
            {"state": "approved"},
            {"state": "approved", "version": 2},
            {"version": 7},
        ],
    )
    def test_refuses_a_step_without_a_line(self, case, change):
        settle()
        with pytest.raises(DatabaseError, match="without a line"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change)

    def test_refuses_another_office_without_a_line(self, case, other_centre):
        settle()
        with pytest.raises(DatabaseError, match="without a line"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(office=other_centre)

    def test_refuses_a_due_date_after_the_end(self, case):
        with pytest.raises(DatabaseError, match="due_only_while_open"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(closed_at=NOW)
