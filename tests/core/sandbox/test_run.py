"""`make run`, started for real: it comes up, says how, loses nothing, and leaves no process."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from core.sandbox.one_time_code import one_time_code
from seoul_portal.management.commands.demo import PEOPLE
from tests.core.sandbox.checkout import ROOT, Run, copy_tree

pytestmark = pytest.mark.slow
# Of what a first start takes of the processor, on whatever machine.
QUICK = 0.5
SEES_ADMIN = (("resident", False), ("volunteer", False), ("officer", True), ("admin", True))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    return copy_tree(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Path:
    """Where no portal runs: in the folder of one that does, every other start is refused."""
    return copy_tree(tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture
def start(elsewhere: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def begin(where: Path = elsewhere, **environ: str) -> Run:
        runs.append(Run(where, environ=environ).start())
        return runs[-1]

    yield begin
    for run in runs:
        run.end_for_good()


class Portal:
    """The portal of this module: comes up for who asks for it, and stays up for the next test.

    Coming up takes most of what these tests take; who stops or kills it leaves it to the next.
    """

    def __init__(self, where: Path) -> None:
        self.where = where
        self.runs: list[Run] = []
        self.took: list[float] = []

    def up(self) -> Run:
        if self.runs and self.runs[-1].process.poll() is None:
            return self.runs[-1]
        self.runs.append(Run(self.where).start())
        run = self.runs[-1].wait_for("Ctrl-C stops everything")
        self.took.append(run.processor_seconds())
        return run


@pytest.fixture(scope="module")
def portal(checkout: Path) -> Iterator[Portal]:
    portal = Portal(checkout)
    yield portal
    for run in portal.runs:
        run.end_for_good()


def database(run: Run) -> psycopg.Connection:
    url = subprocess.run(
        [sys.executable, "-c", "from core.sandbox.engines import *; print(owner_url())"],
        cwd=run.checkout,
        env={k: v for k, v in os.environ.items() if k != "SANDBOX_DIR"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return psycopg.connect(url.strip(), autocommit=True)


def send(client, path: str, data: dict[str, str]):
    """Send a page's form, with its token."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).text)
    assert token is not None
    return client.post(path, data=data | {"csrfmiddlewaretoken": token[1]})


class TestRun:
    def test_comes_up_with_a_sign_in_for_each_role(self, portal):
        run = portal.up()

        line = r"^  (\w+) +\w+@demo\.example +(\w+) *(\w*)$"
        sign_ins = {role: rest for role, *rest in re.findall(line, run.said(), re.M)}
        assert sign_ins.keys() == {one.role for one in PEOPLE}
        with_secret = {role for role, (_, secret) in sign_ins.items() if secret}
        assert with_secret == {
            "worker", "manager", "other_worker", "other_manager", "city_desk", "partner", "officer",
            "rule_keeper", "admin",
        }  # fmt: skip
        with run.client() as client:
            assert client.get("/readyz").status_code == 200
            assert client.get("/").status_code == 200
            assert client.get("/en/").status_code == 200
        for role, sees_admin in SEES_ADMIN:
            with run.client() as client:
                password, secret = sign_ins[role]
                login = {"login": f"{role}@demo.example", "password": password}
                assert send(client, "/accounts/login/", login).status_code == 302, role
                if secret:
                    assert client.get("/admin/").status_code == 302, role
                    code = {"code": one_time_code(secret, at=time.time())}
                    assert send(client, "/accounts/2fa/authenticate/", code).status_code == 302
                assert (client.get("/admin/").status_code == 200) is sees_admin, role

    def test_loses_nothing_and_starts_quickly_the_second_time(self, portal):
        first = portal.up()
        with database(first) as connection:
            connection.execute("DROP TABLE IF EXISTS kept")
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        told = first.said().split("Sign in")[1].splitlines()[1:4]
        assert first.stop(signal.SIGTERM) == 0
        assert first.left(5) == []

        second = portal.up()
        # The processor's seconds, not the clock's: other tests run beside this one. What they
        # add up to is what a machine of one core would need.
        assert portal.took[-1] < portal.took[0] * QUICK
        assert "Database tables" not in second.said()
        assert second.said().split("Sign in")[1].splitlines()[1:4] == told
        with database(second) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)

    def test_leaves_nothing_behind_when_it_is_stopped_while_it_prepares(self, start, tmp_path):
        run = start(copy_tree(tmp_path)).wait_for("PostgreSQL and Redis")
        time.sleep(0.5)  # in the middle of the migrations

        assert run.stop() == 0
        assert run.left(5) == []


class TestRefusedStart:
    def test_says_in_a_sentence_that_the_port_is_taken(self, start):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            run = start(PORT=str(port))
            assert run.process.wait(20) == 1

        lines = run.said().splitlines()
        assert len(lines) == 1
        assert f"Port {port}" in lines[0]
        assert "make run PORT=" in lines[0]
        assert run.left(5) == []

    def test_refuses_a_second_run_of_the_same_folder(self, start, portal):
        first = portal.up()
        second = start(portal.where)

        assert second.process.wait(20) == 1
        assert second.said().strip() == (
            f"The portal already runs from this folder (process {first.process.pid})."
        )

    @pytest.mark.parametrize("port", ["http", "0", "70000"])
    def test_names_a_port_that_is_none(self, start, port):
        run = start(PORT=port)

        assert run.process.wait(20) == 1
        assert run.said().startswith(f"PORT is '{port}'; it must be")

    def test_passes_on_the_sentence_of_a_wrong_setting(self, start):
        run = start(METRICS_ALLOW="everybody")

        assert run.process.wait(60) == 1
        assert "METRICS_ALLOW: 'everybody' does not appear to be" in run.said().splitlines()[-1]
        assert "Traceback" not in run.said()
        assert run.left(5) == []


class TestKilled:
    def test_leaves_nothing_behind_when_it_is_killed(self, portal):
        run = portal.up()
        assert len(run.processes()) > 6

        os.kill(run.process.pid, signal.SIGKILL)
        run.process.wait()

        assert run.left(180) == []
        assert portal.up() is not run

    def test_starts_a_killed_child_again_and_says_so(self, portal):
        run = portal.up()
        for word, name in (("worker", "worker"), ("granian", "web server")):
            killed = run.process_of(word)
            os.kill(killed.pid, signal.SIGKILL)
            run.wait_for(f"The {name} was ended by SIGKILL", 10)
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                try:
                    assert run.process_of(word).pid != killed.pid
                    break
                except (StopIteration, AssertionError):
                    time.sleep(0.1)
            else:
                pytest.fail(f"{name} did not come back:\n{run.said()}")
        deadline = time.monotonic() + 90
        with run.client() as client:
            while time.monotonic() < deadline:
                with suppress(httpx.TransportError):
                    if client.get("/readyz").status_code == 200:
                        break
                time.sleep(0.2)
            assert client.get("/").status_code == 200
        assert run.stop() == 0
        assert run.left(5) == []


class TestMakefile:
    def test_runs_what_these_tests_run(self):
        recipe = (ROOT / "Makefile").read_text().partition("\nrun:")[2].splitlines()[1]

        assert recipe.strip() == "@exec $(BIN)/python -m core.sandbox.launch"
