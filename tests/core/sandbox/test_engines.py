"""The embedded engines live exactly as long as somebody holds them, whoever is killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
from django.conf import settings

HOLDER = """
import sys
from core.sandbox import engines
try:
    engines.hold()
except engines.EnginesUnavailable as fault:
    sys.exit(str(fault))
print(engines.socket_dir(), flush=True)
sys.stdin.read()
"""
PATIENCE = 20


class Checkout:
    """A copy of the code that starts engines, in a folder that only its owner may enter."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "checkout"
        self.root.mkdir(mode=0o700)
        (self.root / "core").mkdir()
        shutil.copy(settings.BASE_DIR / "core" / "__init__.py", self.root / "core")
        for room in ("sandbox", "database"):
            shutil.copytree(settings.BASE_DIR / "core" / room, self.root / "core" / room)
        self.holders: list[subprocess.Popen[str]] = []

    def launch(self) -> subprocess.Popen[str]:
        environ = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER],
            cwd=self.root,
            env={**environ, "SANDBOX_THROWAWAY": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.holders.append(holder)
        return holder

    def hold(self) -> tuple[subprocess.Popen[str], str]:
        holder = self.launch()
        sockets = holder.stdout.readline().strip()
        assert sockets, holder.stderr.read() + self.log()
        return holder, sockets

    def log(self) -> str:
        return (self.root / "var" / "guardian.log").read_text(encoding="utf-8")

    def processes(self) -> dict[str, psutil.Process]:
        """Answer the guardian and the two engines of this checkout that are alive."""
        found = {}
        for process in psutil.process_iter(["cmdline", "cwd", "status"]):
            words = " ".join(process.info["cmdline"] or ())
            if process.info["status"] == psutil.STATUS_ZOMBIE:
                continue
            if "core.sandbox.guardian" in words and process.info["cwd"] == str(self.root):
                found["guardian"] = process
            elif "bin/postgres -D" in words and str(self.root) in words:
                found["postgres"] = process
            elif "redis-server" in words and process.info["cwd"] == str(self.root / "var/redis"):
                found["redis"] = process
        return found

    def wait_until_gone(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not left

    def end(self) -> None:
        for holder in self.holders:
            holder.kill()
            holder.communicate()
        self.wait_until_gone()


@pytest.fixture
def folder():
    """Answer a closed folder of our own: each pytest closes everybody's `tmp_path` again."""
    with tempfile.TemporaryDirectory(prefix="portal-engines-") as made:
        assert Path(made).stat().st_mode & 0o777 == 0o700
        yield Path(made)


@pytest.fixture
def checkout(folder):
    made = Checkout(folder)
    yield made
    made.end()


def ask(sockets: str, question: str) -> object:
    with psycopg.connect(host=sockets, user="portal", dbname="portal", autocommit=True) as database:
        cursor = database.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


class TestEngines:
    def test_start_for_the_first_holder(self, checkout):
        _, sockets = checkout.hold()

        assert ask(sockets, "SHOW server_version_num").startswith("18")
        assert ask(sockets, "SHOW listen_addresses") == ""
        with redis.Redis(unix_socket_path=f"{sockets}/redis.sock") as client:
            assert client.ping()
        assert set(checkout.processes()) == {"guardian", "postgres", "redis"}
        assert Path(sockets).stat().st_mode & 0o777 == 0o700

    def test_end_when_the_last_holder_is_killed_and_keep_what_they_held(self, checkout):
        first, sockets = checkout.hold()
        second, _ = checkout.hold()
        ask(sockets, "CREATE TABLE kept AS SELECT 7 AS number")

        first.send_signal(signal.SIGKILL)
        first.wait()
        time.sleep(0.5)
        assert ask(sockets, "SELECT number FROM kept") == 7
        second.send_signal(signal.SIGKILL)

        checkout.wait_until_gone()
        _, sockets = checkout.hold()
        assert ask(sockets, "SELECT number FROM kept") == 7

    def test_end_when_their_guardian_is_killed_and_start_again(self, checkout):
        _, sockets = checkout.hold()
        ask(sockets, "CREATE TABLE kept AS SELECT 7 AS number")
        ask(sockets, "CHECKPOINT")

        checkout.processes()["guardian"].kill()

        checkout.wait_until_gone()
        _, sockets = checkout.hold()
        assert ask(sockets, "SELECT number FROM kept") == 7

    def test_start_once_for_holders_that_come_together(self, checkout):
        launched = [checkout.launch() for _ in range(3)]

        said = {holder.stdout.readline() for holder in launched}
        assert len(said) == 1, checkout.log()
        guardians = [
            process
            for process in psutil.process_iter(["cmdline", "cwd"])
            if "core.sandbox.guardian" in (process.info["cmdline"] or ())
            and process.info["cwd"] == str(checkout.root)
        ]
        assert len(guardians) == 1

    def test_of_two_checkouts_do_not_meet(self, checkout, folder):
        (folder / "other").mkdir()
        other = Checkout(folder / "other")
        try:
            (_, here), (_, there) = checkout.hold(), other.hold()
            ask(here, "CREATE TABLE only_here AS SELECT 1")

            assert here != there
            assert ask(there, "SELECT to_regclass('only_here')") is None
        finally:
            other.end()
        assert ask(here, "SELECT to_regclass('only_here')") == "only_here"

    def test_say_where_to_look_when_they_cannot_start(self, checkout):
        (checkout.root / "var").mkdir()
        (checkout.root / "var" / "postgres").write_text("a file where a folder belongs")

        holder = checkout.launch()
        _, said = holder.communicate(timeout=PATIENCE)

        assert holder.returncode != 0
        assert f"{checkout.root}/var/guardian.log says why" in said
        assert "DATABASE_URL" in said


class TestOwnEngines:
    def test_are_not_started_beside_configured_ones(self, checkout):
        given = {"DATABASE_URL": "postgresql://portal@db/portal", "REDIS_URL": "redis://cache/0"}

        subprocess.run(
            [
                sys.executable,
                "-c",
                "import os; from core.sandbox.engines import hold_if_embedded as h; h(os.environ)",
            ],
            cwd=checkout.root,
            env={"PATH": os.environ["PATH"], **given},
            check=True,
        )

        assert checkout.processes() == {}
        assert not (checkout.root / "var").exists()
