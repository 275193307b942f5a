"""Two at once, and one that is killed: each step happens once, whole, or not at all."""

import os
import subprocess
import sys
import threading
import time
import uuid

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from core.cases.enums import EventKind
from core.cases.errors import CaseRefused
from core.cases.models import Case, CaseEvent, CaseTally, CaseWords
from core.cases.services import issue_code, move, take
from core.records.services import erase, erasure
from tests.core.cases.conftest import NOW, again, make_case, new_key

pytestmark = pytest.mark.django_db(transaction=True)
# How long one waits for the other at the most, and how long it lets the other wait, in seconds.
A_WHILE, A_MOMENT = 5, 0.3


def at_once(*deeds):
    """Do things in threads that begin together; answer what each answered or raised."""
    answers, gate = [None] * len(deeds), threading.Barrier(len(deeds))

    def run(number, deed):
        gate.wait()
        try:
            answers[number] = deed()
        except Exception as fault:
            answers[number] = fault
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(number, deed)) for number, deed in enumerate(deeds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def moves_of(case):
    return CaseEvent.objects.of(case).filter(kind=EventKind.MOVED).count()


class TestAtOnce:
    def test_a_double_click_moves_once(self, case, worker):
        key = new_key()

        def click():
            return move(case_id=case.pk, name="begin", actor=worker, key=key, now=NOW)

        answers = at_once(*[click] * 6)
        assert len(set(answers)) == 1
        assert moves_of(case) == 1

    def test_two_different_moves_are_one_and_a_refusal(self, case, worker, citizen):
        answers = at_once(
            lambda: move(case_id=case.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW),
            lambda: move(case_id=case.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW),
            lambda: move(case_id=case.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW),
        )

        assert sum(isinstance(one, CaseRefused) for one in answers) == 2
        assert moves_of(case) == 1

    def test_two_who_take_it_are_one_and_a_refusal(self, case, worker, manager):
        answers = at_once(
            *(
                lambda who=who: take(
                    case_id=case.pk, actor=who, actor_name=who.name, key=new_key(), now=NOW
                )
                for who in (worker, manager)
            )
        )

        assert sorted(type(one).__name__ for one in answers) == ["CaseEvent", "CaseRefused"]

    def test_a_request_sent_twice_is_one(self, centre, citizen):
        key = uuid.uuid4()
        answers = at_once(*[lambda: make_case(citizen, key=key)] * 5)

        assert len(set(answers)) == Case.objects.count() == 1

    def test_one_only_stays_one(self, centre, citizen):
        answers = at_once(*[lambda: make_case(citizen, kind="welfare.one-only")] * 5)

        assert Case.objects.count() == 1
        assert sum(isinstance(one, CaseRefused) for one in answers) == 4

    def test_one_only_stays_one_though_another_is_opened_again(self, centre, citizen, manager):
        first = make_case(citizen, kind="welfare.one-only")
        for name in ("begin", "approve"):
            move(case_id=first.pk, name=name, actor=manager, key=new_key(), now=NOW)
        told = {"name": "reopen", "actor": manager, "key": new_key(), "now": NOW, "words": "이의"}

        at_once(
            lambda: make_case(citizen, kind="welfare.one-only"),
            lambda: move(case_id=first.pk, **told),
        )
        assert Case.objects.open().of_kind("welfare.one-only").count() == 1

    def test_nothing_is_opened_for_whom_somebody_erases(self, case, citizen, worker, monkeypatch):
        """Neither while theirs are ended, nor for the empty shell that may stay of the account."""
        ended, tried, end = threading.Event(), threading.Event(), erasure._end_what_is_under_way

        def end_and_wait(*told):
            lines = end(*told)
            ended.set()
            tried.wait(A_WHILE)
            return lines

        def open_one():
            ended.wait(A_WHILE)
            try:
                return make_case(citizen, actor=worker, office_id=case.office_id, words="달다")
            finally:
                tried.set()

        monkeypatch.setattr(erasure, "_end_what_is_under_way", end_and_wait)
        lines, refused = at_once(lambda: erase(person=citizen, now=NOW), open_one)

        assert isinstance(refused, CaseRefused)
        assert "ended" in {line.outcome for line in lines}
        with pytest.raises(CaseRefused):
            make_case(citizen, actor=worker, office_id=case.office_id)
        assert Case.objects.get() == again(case)
        assert not Case.objects.open().exists()

    def test_what_is_being_opened_is_ended_with_who_is_erased(self, centre, citizen, worker):
        opened = threading.Event()

        def open_slowly():
            with transaction.atomic():
                made = make_case(citizen, actor=worker, office_id=centre.pk, words="문턱")
                opened.set()
                time.sleep(A_MOMENT)
            return made

        def erase_then():
            opened.wait(A_WHILE)
            return erase(person=citizen, now=NOW)

        made, _ = at_once(open_slowly, erase_then)

        assert (again(made).person, again(made).applicant) == (None, "")
        assert again(made).closed_at is not None
        assert not CaseWords.objects.exists()

    def test_nothing_is_opened_again_of_whom_somebody_erases(
        self, case, citizen, worker, manager, monkeypatch
    ):
        for name in ("begin", "decline"):
            move(case_id=case.pk, name=name, actor=worker, key=new_key(), now=NOW, words="아님")
        begun, end = threading.Event(), erasure._end_what_is_under_way

        def end_and_wait(*told):
            lines = end(*told)
            begun.set()
            time.sleep(A_MOMENT)
            return lines

        def open_again():
            begun.wait(A_WHILE)
            told = {"name": "reopen", "actor": manager, "key": new_key(), "words": "다시"}
            return move(case_id=case.pk, now=NOW, **told)

        monkeypatch.setattr(erasure, "_end_what_is_under_way", end_and_wait)
        _, refused = at_once(lambda: erase(person=citizen, now=NOW), open_again)

        assert isinstance(refused, CaseRefused)
        assert not Case.objects.open().exists()
        assert not CaseWords.objects.exists()

    def test_a_slip_asked_for_twice_is_one(self, case, worker):
        key = new_key()
        codes = at_once(*[lambda: issue_code(case_id=case.pk, actor=worker, key=key, now=NOW)] * 4)

        assert len(set(codes)) == 1

    def test_figures_add_up_without_deadlock(self, centre, citizen, worker):
        cases = [make_case(citizen) for _ in range(8)]

        def there_and_back(case):
            for name, actor in (("begin", worker), ("ask", worker), ("answer", citizen)):
                move(case_id=case.pk, name=name, actor=actor, key=new_key(), now=NOW, words=".")

        answers = at_once(*(lambda one=one: there_and_back(one) for one in cases))
        assert answers == [None] * 8
        held = CaseTally.objects.of_offices(None).values_list("state", "number")
        assert list(held.order_by("state")) == [("in_review", 8)]


KILLED = """
import os, sys, datetime
import django
django.setup()
from core.areas import PolicyArea
from core.cases import registry
from tests.core.cases import kinds
registry.policy_areas = lambda: (kinds.an_area(kinds.HOME_HELP),)
from accounts.models import User
from core.cases.services import moving
moving.tell_of_move = lambda *args, **kwargs: os.kill(os.getpid(), 9)
moving.move(case_id=int(sys.argv[1]), name="begin", actor=User.objects.get(pk=int(sys.argv[2])),
            key="killed", now=datetime.datetime.fromisoformat(sys.argv[3]))
"""


class TestKilled:
    def test_in_mid_move_nothing_has_happened(self, case, worker):
        database = connection.settings_dict
        url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, str(case.pk), str(worker.pk), NOW.isoformat()],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "seoul_portal.settings",
                "DATABASE_URL": url,
                "REDIS_URL": settings.REDIS_URL,
            },
            cwd=settings.BASE_DIR,
            check=False,
            capture_output=True,
            text=True,
        )

        assert ended.returncode == -9, ended.stderr
        assert (again(case).state, again(case).version, moves_of(case)) == ("received", 1, 0)
        move(case_id=case.pk, name="begin", actor=worker, key="killed", now=NOW)
        assert (again(case).state, moves_of(case)) == ("in_review", 1)
