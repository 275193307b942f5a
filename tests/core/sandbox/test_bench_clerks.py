"""`make bench`, clerks: who is seated, what they ask for and how it is judged; nothing is timed."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from django.conf import settings
from django.test import Client

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.services import ensure_centres
from core.cases.models import Case
from core.offices.models import Office
from core.sandbox.bench import clerks, filling, seats, servers
from core.sandbox.bench.__main__ import read_arguments
from core.sandbox.bench.wrk import BenchFailed
from tests.welfare.benefit_factories import make_benefit
from welfare.models import CounterTalk


@pytest.fixture
def seated(db):
    """Seats in the first centres of the city, among requests that lie in every one of them."""
    ensure_centres()
    worker = User.objects.create_user("worker@demo.example", "pw", name="최창구")
    Membership.objects.create(
        person=worker,
        office=Office.objects.get(name="종로구 사직동주민센터"),
        role=Role.WORKER,
        starts_date=seats.SINCE,
    )
    filling.work(cases=600, worker=worker.email)
    return seats.work(clerks=6)


def browser_of(seat):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = seat["session"]
    return client


class TestSeats:
    def test_are_two_in_each_centre(self, seated):
        people = User.objects.filter(email__startswith="clerk-").order_by("pk")
        offices = [list(one.office_ids) for one in people]

        assert len(seated) == 6
        assert [len(one) for one in offices] == [1] * 6
        assert offices[0] == offices[1] != offices[2]

    def test_have_a_request_of_their_own_centre(self, seated):
        person = User.objects.get(email="clerk-3@bench.example")

        case = Case.objects.get(pk=seated[3]["things"]["request"])
        assert case.office_id in person.office_ids

    def test_are_refused_where_there_are_too_few(self, db):
        with pytest.raises(ValueError, match="2 clerks, but 0 seats"):
            seats.work(clerks=2)


class TestSteps:
    def test_are_open_to_whoever_is_seated(self, seated):
        make_benefit(서비스명="어르신 교통비", conditions={"JA0110": 65, "JA0111": 120})
        client, things = browser_of(seated[0]), dict(seated[0]["things"])

        for step in clerks.STEPS:
            path = step.path.format(**things)
            answer = client.get(path) if step.sent is None else client.post(path, step.sent)
            assert answer.status_code == step.answer, step.name
            if step.path == clerks.BEGIN:
                things["talk"] = clerks.TALK_NUMBER.search(answer["Location"])[1]
            if step.name == "counter, answers":
                assert "어르신 교통비" in answer.content.decode()

        assert CounterTalk.objects.get(pk=things["talk"]).finished_at is not None


def told(**milliseconds):
    seen = clerks.Told()
    for step in clerks.STEPS:
        seen.took[step.name] = milliseconds.get("took", [10.0, 20.0, 30.0])
    return seen


class TestJudging:
    def test_holds_each_page_against_one_clerk_alone(self):
        found = clerks.results(told(), told(took=[30.0, 41.0, 50.0]), clerks=850)

        worklist = next(one for one in found if one.name.startswith("worklist"))
        assert (worklist.figure, worklist.limit, worklist.rows) == (41.0, 20.0, 850)
        assert worklist.is_met is False
        assert found[-1].is_met is True
        assert found[-1].rows == 3 * len(clerks.STEPS)

    def test_counts_every_page_that_failed(self):
        together = told()
        together.errors += ["worklist: 503"]

        failed = clerks.results(told(), together, clerks=850)[-1]

        assert (failed.figure, failed.is_met, failed.note) == (1, False, "worklist: 503")

    def test_takes_nothing_from_a_clerk_alone_who_was_refused(self):
        alone = told()
        alone.errors += ["worklist: 403"]

        with pytest.raises(BenchFailed, match="403"):
            clerks.results(alone, told(), clerks=850)

    def test_says_what_they_keep_busy_whatever_else_the_machine_does(self):
        together = told()
        together.asked = 1_000

        found = clerks.work_of(together, 20.0, clerks=850)

        # 20 ms a page, and a page of each every 40 seconds.
        assert found.figure == pytest.approx(0.425)
        assert found.is_met is None

    def test_finds_the_processor_time_of_this_group_of_processes(self):
        before = servers.processor_seconds(os.getpgrp())
        sum(range(5_000_000))

        assert servers.processor_seconds(os.getpgrp()) > before
        assert servers.processor_seconds(-1) == 0

    def test_says_of_a_server_that_does_not_answer(self):
        async def ask():
            async with httpx.AsyncHTTPTransport() as line:
                seat = {"session": "none", "things": {}}
                clerk = clerks.seated("http://127.0.0.1:9", seat, line)
                seen = clerks.Told()
                await clerks.take(clerks.STEPS[0], clerk, seen)
                return seen

        # In a thread of its own: browser tests leave a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            seen = thread.submit(lambda: asyncio.run(ask())).result()
        assert seen.errors == ["worklist: ConnectError"]


class TestArguments:
    def test_are_all_clerks_of_the_city(self):
        asked = read_arguments([])

        assert "clerks" in asked.parts
        assert asked.clerks == 850
        assert clerks.PACE == (20.0, 60.0)
