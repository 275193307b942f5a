"""A case goes through its moves, once for each request, by whoever may make them."""

import datetime
import threading

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.enums import Role
from accounts.models import User
from core.cases.enums import Party, Step
from core.cases.models import Case, CaseEvent
from core.cases.services import (
    CaseRefused,
    answer_case,
    assign_case,
    assign_cases,
    escalate_overdue,
    find_by_paper_code,
    give_paper_code,
    hand_over,
    link_cases,
    move_case,
    note_view,
    open_case,
    write_note,
)
from core.records.rotation import rotate
from tests.core.cases.factories import NOW, make_case, make_office, make_staff
from welfare.cases import COUNSEL

DAY = datetime.timedelta(days=1)


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def worker(office):
    return make_staff(office)


@pytest.fixture
def manager(office):
    return make_staff(office, Role.MANAGER, "정책임")


@pytest.fixture
def outsider(db):
    return make_staff(make_office("나래동주민센터"), Role.MANAGER, "강창구")


@pytest.fixture
def case(resident, office):
    return make_case(resident, office)


def steps(case):
    return list(case.events.oldest_first().values_list("step", flat=True))


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


def move(case, name, actor, *, now=NOW, key=None, **told):
    return move_case(case=case, move=name, actor=actor, now=now, key=key or name, **told)


class TestOpening:
    def test_puts_it_where_it_lies_with_its_term(self, case, office, resident):
        assert (case.state, case.office, case.person) == ("received", office, resident)
        assert case.due_date == datetime.date(2026, 12, 2)
        assert [(one.step, one.party) for one in case.events.all()] == [
            (Step.OPENED, Party.CITIZEN)
        ]

    def test_happens_once_for_a_key(self, case, resident, office):
        again = make_case(resident, office, key=case.opening_key)

        assert again == case
        assert Case.objects.count() == CaseEvent.objects.count() == 1

    def test_is_refused_while_one_is_open(self, case, resident, office):
        with pytest.raises(CaseRefused, match="이미 진행"):
            make_case(resident, office)

    def test_is_refused_where_nobody_knows_the_office(self, resident):
        with pytest.raises(CaseRefused, match="사는 동"):
            open_case(kind=COUNSEL, person=resident, subject="상담", key="k", now=NOW)

    def test_takes_people_without_an_account(self, office, worker):
        case = make_case(None, office, actor=worker)

        assert case.person is None
        assert case.events.get().party == Party.WORKER


class TestMoves:
    def test_go_through_a_whole_life(self, case, worker, resident):
        move(case, "begin", worker)
        move(case, "ask", worker, text="어느 요일이 좋으세요?")
        answer_case(case=case, text="화요일이요", actor=resident, now=NOW, key="a")
        move(case, "finish", worker, text="방문해 상담했습니다.")
        case.refresh_from_db()

        assert (case.state, case.closed_at, case.due_date) == ("done", NOW, None)
        assert steps(case) == ["OPENED", "MOVED", "MOVED", "ANSWERED", "MOVED"]
        assert move(case, "reopen", resident, text="하나 더 있어요").state == "working"

    @pytest.mark.parametrize("who", ["stranger", "outsider", "nobody"])
    def test_are_refused_to_strangers(self, case, who, stranger, outsider):
        actor = {"stranger": stranger, "outsider": outsider, "nobody": None}[who]
        for name in ("begin", "finish", "withdraw"):
            with pytest.raises(CaseRefused):
                move(case, name, actor, text="글")

        assert steps(case) == ["OPENED"]

    def test_are_refused_to_staff_in_their_own_matter(self, office, worker):
        case = make_case(worker, office)

        with pytest.raises(CaseRefused):
            move(case, "begin", worker)
        assert move(case, "withdraw", worker).state == "withdrawn"

    def test_are_refused_from_another_state(self, case, worker):
        move(case, "finish", worker, text="끝")

        with pytest.raises(CaseRefused, match="마쳤습니다"):
            move(case, "begin", worker)

    def test_that_need_a_text_want_one(self, case, worker):
        with pytest.raises(CaseRefused, match="적어 주세요"):
            move(case, "ask", worker, text="  ")

    def test_made_twice_are_made_once(self, case, worker):
        for _ in range(2):
            move(case, "begin", worker, key="same")

        assert steps(case) == ["OPENED", "MOVED"]

    def test_end_with_the_membership(self, case, worker, office):
        worker.memberships.update(ends_date=datetime.date(2026, 11, 1))

        with pytest.raises(CaseRefused):
            move(case, "begin", User.objects.get(pk=worker.pk))

    def test_that_fail_in_the_middle_leave_nothing(self, case, worker, monkeypatch):
        def die(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr("core.cases.services.moving.write_down", die)
        with pytest.raises(KeyboardInterrupt):
            move(case, "begin", worker)

        case.refresh_from_db()
        assert case.state == "received"


class TestClock:
    def test_stands_still_while_the_citizen_is_asked(self, case, worker, resident):
        move(case, "begin", worker)  # 7 working days: until 8 December
        move(case, "ask", worker, text="언제?", now=NOW + 3 * DAY)  # Monday: 6 are left
        case.refresh_from_db()
        assert (case.due_date, case.days_left) == (None, 6)

        later = NOW + 20 * DAY  # Thursday, 17 December
        answer_case(case=case, text="내일", actor=resident, now=later, key="a")
        case.refresh_from_db()
        # Christmas is no working day.
        assert case.due_date == datetime.date(2026, 12, 28)

    def test_brings_what_is_late_before_the_manager_once(self, case, office):
        late = NOW + 10 * DAY

        assert escalate_overdue(now=NOW) == 0
        assert [escalate_overdue(now=late), escalate_overdue(now=late)] == [1, 0]
        assert steps(case)[-1] == Step.ESCALATED

    def test_asks_as_often_for_many_that_are_late(self, resident, office, assert_flat):
        def add(number):
            make_case(None, office, actor=resident)

        assert assert_flat(lambda: escalate_overdue(now=NOW + 10 * DAY), add=add) <= 6


class TestAssigning:
    def test_is_a_managers(self, case, manager, worker):
        assert assign_case(case=case, assignee=worker, actor=manager, now=NOW).assignee == worker

    def test_lets_a_worker_take_and_give_back(self, case, worker):
        assign_case(case=case, assignee=worker, actor=worker, now=NOW)
        assert assign_case(case=case, assignee=None, actor=worker, now=NOW).assignee is None

    def test_takes_nothing_from_a_colleague(self, case, worker, manager, office):
        assign_case(case=case, assignee=make_staff(office), actor=manager, now=NOW)

        with pytest.raises(CaseRefused):
            assign_case(case=case, assignee=worker, actor=worker, now=NOW)

    def test_goes_to_nobody_elsewhere(self, case, manager, outsider):
        with pytest.raises(CaseRefused):
            assign_case(case=case, assignee=outsider, actor=manager, now=NOW)

    def test_of_many_is_all_or_nothing(self, case, office, manager, worker, outsider):
        elsewhere = make_case(None, make_office("나래동주민센터"), actor=outsider)

        with pytest.raises(CaseRefused):
            assign_cases(cases=[case, elsewhere], assignee=worker, actor=manager, now=NOW)
        case.refresh_from_db()
        assert case.assignee is None
        assert assign_cases(cases=[case], assignee=worker, actor=manager, now=NOW) == 1


class TestHandingOver:
    def test_takes_the_history_along_and_closes_the_door_behind(
        self, case, worker, outsider, resident
    ):
        write_note(case=case, step=Step.NOTED, text="메모", actor=worker, now=NOW, key="n")
        there = make_office("나래동주민센터")
        hand_over(case=case, office=there, reason="이사", actor=worker, now=NOW, key="h")

        assert case not in Case.objects.visible_to(worker)
        assert case in Case.objects.visible_to(outsider)
        assert case in Case.objects.visible_to(resident)
        assert steps(case) == ["OPENED", "NOTED", "HANDED_OVER"]

    def test_says_why(self, case, worker):
        with pytest.raises(CaseRefused, match="왜"):
            hand_over(
                case=case, office=make_office("나래"), reason="", actor=worker, now=NOW, key="h"
            )


class TestLinking:
    def test_is_noted_in_both(self, case, worker, office):
        other = make_case(None, office, actor=worker)
        for _ in range(2):
            link_cases(case=case, other=other, actor=worker, now=NOW, key="l")

        assert case.events.get(step=Step.LINKED).about == other.number
        assert other.events.get(step=Step.LINKED).about == case.number


class TestLog:
    def test_keeps_who_opened_it_once_an_hour(self, case, worker, resident):
        for minutes in (0, 30, 61):
            note_view(case=case, actor=worker, now=NOW + datetime.timedelta(minutes=minutes))
        note_view(case=case, actor=resident, now=NOW)

        assert steps(case).count(Step.VIEWED) == 2

    def test_does_not_tell_citizens_what_colleagues_note(self, case, worker):
        write_note(case=case, step=Step.NOTED, text="안", actor=worker, now=NOW, key="1")
        write_note(case=case, step=Step.TOLD, text="밖", actor=worker, now=NOW, key="2")

        assert [one.text for one in case.events.told_to_citizens().oldest_first()] == ["", "밖"]

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE cases_caseevent SET step = 'TOLD'",
            "UPDATE cases_caseevent SET text = 'x'",
            "DELETE FROM cases_caseevent",
            "TRUNCATE cases_caseevent",
        ],
    )
    def test_refuses_every_change(self, case, change):
        with pytest.raises(DatabaseError, match="append-only"):
            run("SET CONSTRAINTS ALL IMMEDIATE", change)

    def test_lets_a_text_be_sealed_anew_and_nothing_else(self, case, worker):
        write_note(case=case, step=Step.NOTED, text="메모", actor=worker, now=NOW, key="1")
        rotate(CaseEvent, CaseEvent._meta.get_field("text"))

        assert case.events.get(step=Step.NOTED).text == "메모"
        with pytest.raises(DatabaseError, match="append-only"):
            run(
                "SELECT set_config('records.resealing', 'on', true)",
                "UPDATE cases_caseevent SET text = 'x', party = 'WORKER'",
            )

    def test_holds_no_text_in_the_open(self, case, worker):
        write_note(case=case, step=Step.NOTED, text="아무도모르게", actor=worker, now=NOW, key="1")
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(text, '') FROM cases_caseevent")
            assert "아무도모르게" not in cursor.fetchone()[0]


class TestPaper:
    def test_finds_its_case_by_eight_digits(self, case):
        old = give_paper_code(case=case, now=NOW)
        code = give_paper_code(case=case, now=NOW)

        assert find_by_paper_code(f"{code[:4]}-{code[4:]}") == case
        assert find_by_paper_code(old) is None
        assert code not in str(Case.objects.values_list("paper_code", flat=True).get())

    @pytest.mark.parametrize("code", ["", "1234567", "abcdefgh", "１２３４５６７８", "123456789"])
    def test_finds_nothing_otherwise(self, case, code):
        give_paper_code(case=case, now=NOW)

        assert find_by_paper_code(code) is None

    def test_lets_its_holder_answer(self, case, worker):
        move(case, "ask", worker, text="언제?")
        answer_case(case=case, text="화", actor=None, party=Party.PAPER, now=NOW, key="p")

        case.refresh_from_db()
        assert case.state == "working"
        assert case.events.get(step=Step.ANSWERED).party == Party.PAPER


class TestVisibility:
    def test_is_of_ones_own_and_of_ones_office(self, case, resident, worker, stranger, outsider):
        seen = {
            name: case in Case.objects.visible_to(actor)
            for name, actor in {
                "resident": resident, "worker": worker, "stranger": stranger,
                "outsider": outsider, "nobody": None,
            }.items()
        }  # fmt: skip

        assert seen == {
            "resident": True, "worker": True, "stranger": False, "outsider": False, "nobody": False,
        }  # fmt: skip


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_two_clicks_are_one_move(self, resident):
        office = make_office()
        case, worker = make_case(resident, office), make_staff(office)
        faults = []

        def click():
            try:
                move_case(case=case, move="begin", actor=worker, now=NOW, key="same")
            except CaseRefused as refused:
                faults.append(refused)
            finally:
                connection.close()

        threads = [threading.Thread(target=click) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        assert not faults
        assert steps(case) == ["OPENED", "MOVED"]
