"""A worker killed at any moment neither loses a message nor lets anybody get one twice."""

import datetime
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from core.notices.enums import Channel, DeliveryState, Mode
from core.notices.models import Delivery, Message, Preference, Reader
from core.notices.services import tell_many, telling
from core.notices.services.choosing import choose
from core.notices.services.claiming import LEASE
from core.sandbox.upstreams import serve
from tests.core.notices.pretend import Answered, Opened, at

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, KILLS, STOPS = 200, 25, 8
AT_A_TIME = 2


class Workers:
    """Two at a time, killed at a moment that nobody can foresee."""

    def __init__(self, channel, outbox, environ):
        self.now = at(8, day=5)
        database = connection.settings_dict
        url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
        self.source = subprocess.Popen(
            [sys.executable, "-m", "tests.core.notices.deliver_once", channel],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": url, "OUTBOX": str(outbox), "DEBUG": "1"} | environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.source.kill()
        self.source.communicate()

    def start(self):
        self.now += LEASE + datetime.timedelta(seconds=1)
        started = []
        for _ in range(AT_A_TIME):
            self.source.stdin.write(f"{self.now.isoformat()}\n")
            self.source.stdin.flush()
            started.append(int(self.source.stdout.readline()))
        return started

    def run_and_kill(self, is_time, seconds, meanwhile=lambda: None):
        """Kill once something has come through, and a moment later: in the middle of the next."""
        started = self.start()
        deadline = time.monotonic() + 20
        while not is_time() and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(seconds)
        meanwhile()
        for process in started:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.wait_for(started)

    def run(self):
        self.wait_for(self.start())

    def wait_for(self, started):
        for process in started:
            deadline = time.monotonic() + 60
            while Path(f"/proc/{process}").exists():
                assert time.monotonic() < deadline, "a worker does not end"
                time.sleep(0.02)


@pytest.fixture(autouse=True)
def _nobody_else_delivers(monkeypatch):
    monkeypatch.setattr(telling, "_wake", lambda: None)


def fill(channel):
    User.objects.bulk_create(
        User(email=f"{number}@many.example", password="!") for number in range(PEOPLE)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE accounts_user")
    people = list(User.objects.order_by("pk"))
    chosen = [Channel.EMAIL] if channel == Channel.EMAIL else [Channel.SMS]
    Preference.objects.bulk_create(
        Preference(person=person, purpose=notice.purpose.slug, mode=mode, channels=chosen,
                   chosen_at=at(9))
        for person in people
        for notice, mode in ((Answered, Mode.AT_ONCE), (Opened, Mode.DAILY))
    )  # fmt: skip
    Reader.objects.bulk_create(
        Reader(person=person, phone=f"010{person.pk:08}") for person in people
    )
    everybody = User.objects.all()
    tell_many(notice=Answered, people=everybody, facts={"number": 1}, cause="a", now=at(10))
    for cause in ("one", "two"):
        tell_many(notice=Opened, people=everybody, facts={"name": cause}, cause=cause, now=at(10))
    assert Delivery.objects.count() == 3 * PEOPLE


def kill_again_and_again(workers, how_many_came):
    pauses = random.Random(20260305)
    counts = []
    for _ in range(KILLS):
        enough = how_many_came() + pauses.randrange(10)
        workers.run_and_kill(lambda goal=enough: how_many_came() >= goal, pauses.uniform(0, 0.01))
        noted = Delivery.objects.filter(state=DeliveryState.SENT, is_lead=True).count()
        counts.append((how_many_came(), noted))
    workers.run()
    workers.run()
    return counts


class TestKilledWorker:
    def test_leaves_each_letter_once(self, tmp_path):
        fill(Channel.EMAIL)
        outbox = tmp_path / "outbox"

        with Workers(Channel.EMAIL, outbox, {}) as workers:
            counts = kill_again_and_again(workers, lambda: len(list(outbox.glob("*.eml"))))

        letters = [message_from_bytes(path.read_bytes()) for path in outbox.glob("*.eml")]
        got = Counter(letter["To"] for letter in letters)
        assert len(got) == PEOPLE
        assert set(got.values()) == {2}  # the answer, and one digest of the other two
        assert all(letter.get_payload() for letter in letters)
        assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
        in_the_middle = [noted for _, noted in counts if 0 < noted < 2 * PEOPLE]
        assert len(in_the_middle) >= KILLS / 2, counts

    def test_brings_nothing_more_of_what_was_stopped_while_a_worker_held_it(self, tmp_path):
        fill(Channel.EMAIL)
        Message.objects.filter(notice=Answered.slug).delete()  # leaves a digest for each
        outbox = tmp_path / "outbox"
        news, had, held = Opened.purpose, {}, []

        def digests():
            letters = [message_from_bytes(path.read_bytes()) for path in outbox.glob("*.eml")]
            return Counter(one["To"] for one in letters)

        def stop_what_is_held():
            leads = Delivery.objects.waiting().filter(is_lead=True, message__purpose=news.slug)
            for lead in leads.exclude(leased_until=None).select_related("person").order_by("pk"):
                choose(person_id=lead.person_id, purpose=news, mode=Mode.STOPPED,
                       channels=[Channel.EMAIL], now=at(10))  # fmt: skip
                held.append(lead.person.email)

        with Workers(Channel.EMAIL, outbox, {}) as workers:
            for _ in range(STOPS):
                goal = len(list(outbox.glob("*.eml"))) + 5
                workers.run_and_kill(
                    lambda goal=goal: len(list(outbox.glob("*.eml"))) >= goal, 0, stop_what_is_held
                )
                # What a worker was sending at that instant may have come; nothing comes after it.
                came = digests()
                had |= {email: came[email] for email in held if email not in had}
            workers.run()
            workers.run()

        assert len(had) >= STOPS
        assert {email: digests()[email] for email in had} == had
        assert 0 in had.values()
        states = set(Delivery.objects.values_list("state", flat=True))
        assert states == {DeliveryState.SENT, DeliveryState.SUPPRESSED}

    def test_rings_each_telephone_once(self, tmp_path, every_channel):
        fill(Channel.SMS)
        with (
            serve(rows=1) as upstreams,
            Workers(Channel.SMS, tmp_path, {"UPSTREAMS_URL": str(upstreams)}) as workers,
        ):
            kill_again_and_again(workers, lambda: len(upstreams.taken_by("nhn")))

            taken = upstreams.taken_by("nhn")
        assert set(Counter(one["to"] for one in taken).values()) == {2}
        assert len(taken) == 2 * PEOPLE
        assert len({one["key"] for one in taken}) == 2 * PEOPLE
        assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
