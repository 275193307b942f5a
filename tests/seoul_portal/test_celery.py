"""The task queue with a real worker: what is killed is given out again."""

import json
import os
import shelve
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import current_app
from celery.schedules import crontab
from django.conf import settings

from core.areas import declared_feeds
from core.sandbox import commands, engines
from core.sandbox.children import signal_group, with_this_python
from seoul_portal import celery
from seoul_portal.celery import app
from tests.redis_server import redis_at


class Workers:
    def __init__(self, folder: Path, visibility: int) -> None:
        self.folder = folder
        self.log = folder / "worker.log"
        self.notes = folder / "notes"
        self.notes.touch()
        self.started: list[subprocess.Popen[bytes]] = []
        self.environ = os.environ | {
            "REDIS_URL": f"unix://{folder}/r.sock?db=0",
            "TASK_VISIBILITY": str(visibility),
            "DJANGO_SETTINGS_MODULE": "seoul_portal.settings",
        }

    def command(self, command: tuple[str, ...]) -> list[str]:
        parts = with_this_python(command)
        return [
            part.replace("seoul_portal.celery", "tests.seoul_portal.worker_app") for part in parts
        ]

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                self.command(commands.WORKER),
                cwd=engines.CHECKOUT,
                env=self.environ,
                stdout=log,
                stderr=log,
                process_group=0,
            )
        self.started.append(worker)
        return worker

    def send(self) -> None:
        script = (
            "from tests.seoul_portal.worker_app import note;"
            f"note.apply_async(kwargs={{'path': {str(self.notes)!r}}})"
        )
        subprocess.run(
            [sys.executable, "-c", script], cwd=engines.CHECKOUT, env=self.environ, check=True
        )

    def wait_for(self, what: Callable[[str], bool], seconds: float = 60) -> str:
        deadline = time.monotonic() + seconds
        while not what(notes := self.notes.read_text()):
            assert time.monotonic() < deadline, f"{notes}\n{self.log.read_text()}"
            time.sleep(0.1)
        return notes


@pytest.fixture
def workers(tmp_path, request) -> Iterator[Workers]:
    with redis_at(tmp_path / "r.sock"):
        found = Workers(tmp_path, visibility=getattr(request, "param", 600))
        yield found
        for worker in found.started:
            signal_group(worker, signal.SIGKILL)
            worker.wait()


@pytest.mark.slow
class TestWorker:
    def test_gives_a_task_out_again_when_the_process_that_ran_it_is_killed(self, workers):
        workers.start()
        workers.send()
        notes = workers.wait_for(lambda notes: "started" in notes)

        os.kill(int(notes.split()[1]), signal.SIGKILL)

        notes = workers.wait_for(lambda notes: "done" in notes)
        assert notes.count("started") == 2
        assert notes.count("done") == 1

    @pytest.mark.parametrize("workers", [5], indirect=True)
    def test_gives_a_task_out_again_when_the_whole_worker_is_killed(self, workers):
        worker = workers.start()
        workers.send()
        workers.wait_for(lambda notes: "started" in notes)
        signal_group(worker, signal.SIGKILL)
        worker.wait()

        workers.start()

        notes = workers.wait_for(lambda notes: "done" in notes)
        assert notes.count("done") == 1

    def test_tells_its_health_and_logs_one_json_object_a_line(self, workers):
        workers.start()
        workers.notes.write_text("started 0\n")
        workers.send()
        workers.wait_for(lambda notes: "done" in notes)
        health = subprocess.run(
            workers.command(commands.WORKER_PROBE),
            cwd=engines.CHECKOUT,
            env=workers.environ,
            capture_output=True,
            text=True,
            check=False,
        )

        assert health.returncode == 0, health.stdout + health.stderr
        lines = [line for line in workers.log.read_text().splitlines() if line.startswith("{")]
        entries = [json.loads(line) for line in lines]
        assert any(entry["event"].startswith("Task tests.note") for entry in entries)


@pytest.mark.slow
class TestBeat:
    def test_keeps_the_times_that_the_apps_declare(self, workers):
        kept = workers.folder / "beat" / "schedule"
        kept.parent.mkdir()
        elsewhere = {"SANDBOX_DIR": str(workers.folder), "PYTHONPATH": str(engines.CHECKOUT)}
        with workers.log.open("wb") as log:
            beat = subprocess.Popen(
                workers.command(commands.BEAT),
                cwd=workers.folder,
                env=workers.environ | elsewhere,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 60
        while "beat: Starting" not in workers.log.read_text():
            assert beat.poll() is None, workers.log.read_text()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        time.sleep(1)
        beat.terminate()
        assert beat.wait(20) == 0

        with shelve.open(str(kept)) as schedule:
            entries = schedule["entries"]
        for feed in declared_feeds():
            (entry,) = [entry for entry in entries.values() if entry.kwargs.get("name") == feed]
            assert entry.schedule.hour <= {2, 3, 4, 5}


class TestQueues:
    def test_of_syncs_is_worked_off_one_at_a_time_and_apart_from_all_else(self):
        told = {
            queue: command
            for command in (commands.WORKER, commands.SYNC_WORKER)
            for queue in command[command.index("--queues") + 1].split(",")
        }
        route = celery.app.amqp.router.route({}, "core.feeds.tasks.sync_feed")

        assert set(told) == {"celery", "syncs"}
        assert route["queue"].name == "syncs"
        syncs = told["syncs"]
        assert syncs[syncs.index("--concurrency") + 1] == "1"


class TestApplication:
    def test_is_the_one_that_threads_of_the_web_server_send_to(self):
        found: list[str] = []
        thread = threading.Thread(target=lambda: found.append(current_app.conf.broker_url))
        thread.start()
        thread.join()

        assert found == [settings.CELERY_BROKER_URL]

    def test_never_runs_a_task_longer_than_it_stays_invisible(self):
        visible_again = app.conf.broker_transport_options["visibility_timeout"]

        assert app.conf.task_acks_late
        assert app.conf.task_reject_on_worker_lost
        assert app.conf.task_time_limit < visible_again

    def test_puts_the_apps_times_together(self):
        from accounts import tasks as accounts
        from core.cases import tasks as cases
        from core.feeds import tasks as feeds
        from core.kpi import tasks as kpi
        from core.notices import tasks as notices
        from core.records import tasks as records
        from core.visits import tasks as visits
        from welfare import tasks as welfare

        assert celery.beat_schedule() == (
            accounts.BEAT_SCHEDULE
            | cases.BEAT_SCHEDULE
            | feeds.BEAT_SCHEDULE
            | kpi.BEAT_SCHEDULE
            | notices.BEAT_SCHEDULE
            | records.BEAT_SCHEDULE
            | visits.BEAT_SCHEDULE
            | welfare.BEAT_SCHEDULE
        )

    def test_refuses_a_name_that_two_apps_declare(self, monkeypatch):
        from django.apps import apps

        entry = {"twice": {"task": "x", "schedule": crontab()}}
        monkeypatch.setattr("core.feeds.tasks.BEAT_SCHEDULE", entry)
        feeds = apps.get_app_config("feeds")
        monkeypatch.setattr(celery.apps, "get_app_configs", lambda: [feeds, feeds])

        with pytest.raises(RuntimeError, match="a second time"):
            celery.beat_schedule()


def test_remembers_its_last_runs_where_all_data_is_wherever_it_was_started(settings):
    told = Path(app.conf.beat_schedule_filename)

    assert told == settings.VAR_DIR / "beat" / "schedule"
    assert told.is_absolute()
    assert "--schedule" not in commands.BEAT
