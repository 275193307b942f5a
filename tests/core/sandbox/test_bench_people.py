"""`make bench`, people: what fills it, what is asked and how it is judged; nothing is timed."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.services import ensure_centres
from core.cases.models import Case, CaseEvent, CaseTally
from core.cases.registry import declared_kinds
from core.notices.enums import DeliveryState
from core.notices.models import Delivery, Message
from core.offices.models import Office
from core.records.models import Access
from core.sandbox.bench import desk, filling, inside, looking, people, samples, telling, wrk
from core.sandbox.bench.__main__ import read_arguments
from tests.sign_in import sign_in

NOW = datetime.datetime(2026, 11, 18, 10, 0, tzinfo=datetime.UTC)
CASES = 600


@pytest.fixture
def worker(db) -> User:
    ensure_centres()
    person = User.objects.create_user("worker@demo.example", "pw", name="최창구")
    Membership.objects.create(
        person=person,
        office=Office.objects.get(name="종로구 사직동주민센터"),
        role=Role.WORKER,
        starts_date=datetime.date(2020, 1, 1),
    )
    return User.objects.get(pk=person.pk)


@pytest.fixture
def filled(worker) -> User:
    assert filling.work(cases=CASES, worker=worker.email) == {"people": 150, "cases": CASES}
    return worker


class TestWays:
    def test_lead_to_every_declared_state(self):
        for kind in declared_kinds().values():
            assert samples.way_to(kind, kind.start.slug) == ()
            for state in kind.states[1:]:
                moves = samples.way_to(kind, state.slug)
                assert kind.start.slug in moves[0].source
                assert moves[-1].target == state.slug
                for before, after in zip(moves, moves[1:], strict=False):
                    assert before.target in after.source


class TestSamples:
    def test_are_of_every_state_at_every_age(self):
        made, _ = samples.samples(now=NOW)
        states = [state for kind in declared_kinds().values() for state in kind.states]

        open_ones = sum(not state.is_end for state in states) * len(samples.OPEN_AGES)
        assert sum(one.is_open for one in made) == open_ones
        over = sum(state.is_end for state in states) * len(samples.OVER_AGES)
        assert len(made) == open_ones + over
        assert [one.number for one in made] == list(range(len(made)))

    def test_have_a_line_for_each_step_up_to_where_they_stand(self):
        made, lines = samples.samples(now=NOW)
        for one in made:
            log = [line for line in lines if line.sample == one.number]
            assert [line.version for line in log] == list(range(1, one.version + 1))
            assert [line.from_state for line in log[1:]] == [line.to_state for line in log[:-1]]
            assert log[-1].to_state == one.state
            assert one.opened_at == log[0].at <= log[-1].at <= NOW

    def test_are_due_as_the_engine_says(self):
        made, _ = samples.samples(now=NOW)
        dues = {(one.state, one.opened_at.date()): one.due_date for one in made if one.is_open}

        # Received on a Wednesday, due on the third working day after it.
        assert dues["received", NOW.date()] == datetime.date(2026, 11, 23)
        assert all(one.due_date is None and one.closed_at for one in made if not one.is_open)
        assert all(one.paused_date for one in made if one.state == "asked")


class TestFilling:
    def test_lies_in_all_centres_with_a_full_page_in_the_workers(self, filled):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the end of a transaction checks

        assert Case.objects.count() == CASES
        assert Case.objects.open().count() == CASES / filling.OPEN_EVERY
        assert Case.objects.worked_on_by(filled).open().count() >= filling.FULL_PAGE
        assert Case.objects.order_by("office").values("office").distinct().count() == 426

    def test_lets_nobody_ask_twice_for_the_same(self, filled):
        people_asking = Case.objects.open().order_by("person").values_list("person", flat=True)

        assert len(set(people_asking)) == len(people_asking)
        assert None not in people_asking

    def test_leaves_figures_and_logs_that_agree(self, filled):
        standing = Case.objects.open().order_by("office", "state").values_list("office", "state")
        told = {}
        for one in CaseTally.objects.order_by("pk"):
            told[one.office_id, one.state] = told.get((one.office_id, one.state), 0) + one.number

        assert told == {pair: list(standing).count(pair) for pair in set(standing)}
        for case in Case.objects.order_by("pk"):
            log = CaseEvent.objects.of(case).in_order()
            assert [line.version for line in log] == list(range(1, case.version + 1))
            assert log.reverse()[0].to_state == case.state

    def test_is_in_batches_as_in_one(self, worker, monkeypatch):
        monkeypatch.setattr(filling, "BATCH", 7)
        filling.work(cases=50, worker=worker.email)

        keys = Case.objects.order_by("pk").values_list("opened_key", flat=True)
        assert [key.int for key in keys] == list(range(50))


@pytest.mark.django_db(transaction=True)
class TestLooking:
    PATH = people.WORKLIST

    @pytest.fixture
    def cookie(self, filled, client) -> str:
        sign_in(client, filled)
        return f"{desk.SESSION}={client.cookies[desk.SESSION].value}"

    def test_is_written_down_but_where_nobody_looks(self, cookie, client):
        told = looking.work(path=self.PATH, cookie=cookie, host="testserver", times=2)

        assert told["logged"] > 0
        assert told["bare"] > 0
        # Two measured and the warm-up wrote an entry a person of the page, the others none.
        requests = set(Access.objects.order_by("pk").values_list("request_id", flat=True))
        assert len(requests) == 2 + looking.WARM_UP
        assert Access.objects.count() == len(requests) * 50

    def test_fails_where_the_list_does_not_come(self, filled):
        with pytest.raises(wrk.BenchFailed, match="answers 302"):
            looking.work(path=self.PATH, cookie="", host="testserver", times=1)

    def test_is_judged_by_its_share(self):
        look = people.LOOKED_AT[0]
        told = people.look_result(look, {"logged": 20.0, "bare": 17.0}, rows=10)

        assert told.ratio == pytest.approx(0.15)
        assert told.figure == 20
        more = people.look_result(look, {"logged": 20.0, "bare": 16.9}, rows=10)
        assert more.is_met is False


@pytest.mark.django_db
class TestTelling:
    def test_tells_all_and_brings_it_to_some(self, tmp_path, settings):
        settings.VAR_DIR = tmp_path
        filling.work(people=30)
        told = telling.work(people=30, delivered=5)

        assert set(told) == {"queued", "queued_at_once", "sent_at_once", "sent_as_digests"}
        assert Message.objects.count() == 30 + 5
        assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 5 + 5
        assert not list(tmp_path.iterdir())

    def test_fails_where_somebody_was_not_told(self, tmp_path, settings):
        settings.VAR_DIR = tmp_path
        filling.work(people=3)

        with pytest.raises(wrk.BenchFailed, match="4 people were to be told"):
            telling.work(people=4, delivered=1)

    def test_may_take_a_minute_to_queue(self):
        told = {"queued": 60.0, "sent_at_once": 2.0, "sent_as_digests": 4.0}
        queued, rate, at_once, digests = people.notice_results(told, people=600, delivered=60)

        assert queued.is_met is True
        assert (rate.figure, at_once.figure, digests.figure) == (10, 30, 15)
        slow = people.notice_results(told | {"queued": 60.1}, people=600, delivered=60)
        assert slow[0].is_met is False


@pytest.mark.django_db
class TestSignIns:
    def test_are_those_that_the_sample_people_were_told(self, tmp_path, settings, monkeypatch):
        settings.DEBUG = True
        path = tmp_path / "sign-ins" / "some"
        path.parent.mkdir()
        call_command("demo", sign_ins=path, stdout=io.StringIO())
        monkeypatch.setattr(desk.engines, "var_dir", lambda: tmp_path)
        told = desk.sign_ins("some")

        assert {desk.WORKER, desk.OVERSEER} <= set(told)
        worker = told[desk.WORKER]
        assert worker.email == "worker@demo.example"
        assert User.objects.get(email=worker.email).check_password(worker.password)


class TestRequests:
    def test_hold_the_worklist_against_the_bare_query(self):
        told = people.SUBJECT

        assert (told.limit, told.target, told.may_grow) == ("query", 0.3, True)
        assert told.addresses == ("/admin/cases/case/",)

    def test_carry_a_cookie_only_where_somebody_is_signed_in(self, tmp_path):
        signed_in = wrk.environment(tmp_path, begin=7, cookie="sessionid=a")

        assert (signed_in["BENCH_COOKIE"], signed_in["BENCH_BEGIN"]) == ("sessionid=a", "7")
        assert "BENCH_COOKIE" not in wrk.environment(tmp_path, begin=0, cookie="")


class TestWorkInside:
    def test_is_done_elsewhere_and_told_as_json(self, monkeypatch):
        def run(command, environ):
            assert "secret" not in " ".join(command)
            assert environ[inside.TOLD] == '{"cookie": "secret"}'
            return 'said before\n{"logged": 1.5}\n'

        monkeypatch.setattr(inside.databases, "run", run)

        assert inside.run("looking", {}, cookie="secret") == {"logged": 1.5}


class TestArguments:
    def test_are_the_sizes_of_a_city(self):
        asked = read_arguments([])

        assert asked.case_rows == [10_000, 1_000_000]
        assert asked.notice_rows == 100_000
        assert "people" in asked.parts
